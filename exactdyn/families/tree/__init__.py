"""The tree of cases: every matrix of a class, told apart by what its tokens attend, layer after layer.

The states of a run depend on A only through its attention sets, so the matrices with a given itinerary form
a rational polyhedral cone. A node of the tree splits at one token: each case is one set that the token may
attend, as linear conditions on A. A case that no matrix of the class satisfies ends in a contradiction; where
all cases end, the tree is a proof about every matrix of the class (lemma ``cases`` in
``proofs_checks/FORMAT.md``), which ``proofs_checks`` checks again.

From the bottom up:

- :mod:`~exactdyn.families.tree.branch`: an open case on its way, that is its conditions, a matrix that
  satisfies them, the layers decided so far; and the goal, what is sought along branches;
- :mod:`~exactdyn.families.tree.nodes`: the nodes that the certificate writes, and what becomes of a branch;
- :mod:`~exactdyn.families.tree.meeting`: which tokens can meet before all sets are decided;
- :mod:`~exactdyn.families.tree.failing`: whether a statement fails for the matrices of a branch;
- :mod:`~exactdyn.families.tree.expansion`: one step, from a branch to its node and the branches below;
- :mod:`~exactdyn.families.tree.assembly`: nodes at their places, or pieces made apart, put together;
- :mod:`~exactdyn.families.tree.search`: the loop over branches, depth first, which can be interrupted.
"""
