"""Where a statement fails: for all matrices of a branch alike, or for some, by one condition more."""

from __future__ import annotations

from dataclasses import replace

from exactdyn.families.classes.member import Finder, Member, Nobody
from exactdyn.families.classes.simplest import simplest
from exactdyn.families.setting import Setting
from exactdyn.families.tree.branch import Branch
from exactdyn.families.tree.meeting import may_meet, settled
from exactdyn.families.tree.nodes import Expanded, Node, closed, growing, holding
from exactdyn.statements.catalogue import BY_CASES


def examined(
    setting: Setting, finder: Finder, statement: str, branch: Branch, last: bool
) -> Expanded | int | None:
    """Look whether a statement fails for matrices of a branch, as far as its attention sets are decided.

    ``last``: whether the layer reached is the last one whose sets may be needed. Returns a branch whose
    matrix violates the statement, if some matrix of this one does; at the last layer the leaf that shows that
    it holds; where <Az, z> decides the node that shows it for this layer. Otherwise there is nothing to show
    yet: a token whose set is to be decided next, or None if any will do.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``, "Statement" and "Growth".

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from fractions import Fraction
    >>> from exactdyn.families.classes.conditions import Preferences
    >>> from exactdyn.families.tree.branch import BranchLayer
    >>> from exactdyn.numbers.points import Points
    >>> finder = Finder(matrix_class("general", 1))
    >>> line = Preferences(finder.matrices, 0, Points.from_rows([[1], [-1]]))
    >>> branch = Branch((BranchLayer(line, {}),), {}, Member(finder.matrices.identity))
    >>> examined(Setting.of(Fraction(1, 2)), finder, "distinctness-preserved", branch, last=True).node
    {'holds': {}}
    """
    asked = BY_CASES[statement]
    if asked.families == "meeting" and last:
        met = _meeting(setting, finder, branch)
        if met is not None:
            return met
    if not branch.decided:
        return None
    if asked.families == "growth":
        return _growth(setting, finder, branch, last)
    A = finder.matrices.matrix(branch.member.coordinates)
    layers = len(branch.layers) - asked.final
    # The states and sets are those of all matrices of the branch, so the verdict is about them all.
    verdict = asked.computed(setting.with_matrices(A).run(branch.layers[0].state.rows(), layers))
    if verdict.outcome == "fails":
        return Expanded(found=_simple(finder, branch))
    return Expanded(holding(verdict.evidence)) if last else None


def _meeting(setting: Setting, finder: Finder, branch: Branch) -> Expanded | int | None:
    # Before all sets are decided it may be plain that no two tokens can meet, or that two do.
    rate = setting.rate(len(branch.layers) - 1)
    pairs = None if rate is None else may_meet(branch, rate)
    if pairs is None:
        return None
    if not pairs:
        return Expanded(holding({}))
    if any(settled(branch, i) and settled(branch, j) for i, j in pairs):
        return Expanded(found=_simple(finder, branch))
    return min(token for pair in pairs for token in pair if not settled(branch, token))


def _growth(setting: Setting, finder: Finder, branch: Branch, last: bool) -> Expanded | None:
    # One program for each token that moves: whether <Az, z> may fall for some matrix of the branch. If it
    # may, that matrix is a counterexample; if it may for none, the contradictions together are the node.
    if branch.grown == len(branch.layers):
        return Expanded(holding({})) if last else None
    here = branch.layer.preferences
    moved = setting.step(here.layer).moved(here.state, branch.attention[-1])
    there = replace(here, layer=here.layer + 1, state=moved)
    leaves, reasons = list[Node | None](), list[str]()
    for token, places in enumerate(zip(here.state.points, there.state.points, strict=True)):
        if places[0] == places[1]:
            continue
        falls = here.falling(there, token)
        together = {**branch.conditions, falls.comparison: falls}
        answer = finder.find(list(together.values()), branch.directions, branch.member.cuts)
        if isinstance(answer, Member):
            return Expanded(found=_simple(finder, replace(branch, conditions=together, member=answer)))
        leaves.append(closed(answer) if isinstance(answer, Nobody) else None)
        reasons += [] if isinstance(answer, Nobody) else [answer.reason]
    below = replace(branch, place=(*branch.place, 0), grown=len(branch.layers))
    return Expanded(growing(leaves), (below,), reasons=tuple(reasons))


def _simple(finder: Finder, branch: Branch) -> Branch:
    conditions = list(branch.conditions.values())
    return replace(branch, member=simplest(finder, conditions, branch.member, branch.directions))
