"""``norm-growth``: q(z) = <Az, z> never falls, and stays equal only for a token that does not move."""

from __future__ import annotations

from exactdyn.statements.hypotheses import SEVERAL, definiteness
from exactdyn.statements.statement import Failure, Lemma, OnLayers, Statement
from exactdyn.systems.images import squares
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import computed_layers


def computed(run: Run) -> Verdict:
    """Decide norm growth on the layers of a run, by q at every layer.

    Source: ``proofs_checks/FORMAT.md``, section "norm-growth".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax([[1, -4], [4, 1]], alpha=1).run([[1, 0], [0, 1], [-1, -1]], 1)).witness
    {'layer': 0, 'token': 0, 'q_before': Fraction(1, 1), 'q_after': Fraction(1, 2)}
    """
    A = run.facts.matrix
    if A is None:
        return Verdict("undecided", reason=SEVERAL)
    for layer, token, before, after in squares(run, A):
        if after <= before:
            witness = {"layer": layer, "token": token, "q_before": before, "q_after": after}
            return Verdict("fails", witness=witness)
    return Verdict("holds", computed_layers(run.layers))


STATEMENT = Statement(
    "norm-growth",
    "<Az, z> never falls, and grows for every token that moves",
    OnLayers(
        computed,
        Lemma("norm-growth", ("q_grows", "definite"), definiteness),
        families="growth",
    ),
    (Failure(r"layer {layer}, token {token}: $\langle Az, z\rangle$ goes from ${q_before}$ to ${q_after}$"),),
    role="proof",
)
"""Source: lemma ``norm-growth`` in ``proofs_checks/FORMAT.md`` (arXiv 2407.01602, Lemma 3.2)."""
