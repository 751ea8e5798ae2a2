"""``distinctness-preserved``: two distinct tokens never meet."""

from __future__ import annotations

from exactdyn.statements.hypotheses import definiteness
from exactdyn.statements.statement import Failure, Lemma, OnLayers, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import computed_layers


def computed(run: Run) -> Verdict:
    """Decide whether distinct tokens stay distinct on the layers of a run, by its states.

    Source: ``proofs_checks/FORMAT.md``, section "distinctness-preserved".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).scope
    'layers 0..1'
    >>> computed(Hardmax([[-1]], alpha=1).run([[1], [-1]], 1)).witness
    {'layer': 0, 'tokens': [0, 1], 'point': [Fraction(0, 1)]}
    """
    for layer in run.possible_meetings():
        here, there = run.state(layer), run.state(layer + 1)
        for token, (earlier, later) in enumerate(zip(here.copies, there.copies, strict=True)):
            met = later - earlier  # of the token itself: under a mask copies may part
            if met:
                witness = {"layer": layer, "tokens": [token, min(met)], "point": list(there.row(token))}
                return Verdict("fails", witness=witness)
    return Verdict("holds", computed_layers(run.layers))


STATEMENT = Statement(
    "distinctness-preserved",
    "distinct tokens never meet",
    OnLayers(
        computed,
        Lemma("no-collision", ("tells_apart", "semidefinite"), definiteness),
        families="meeting",
    ),
    (
        Failure(
            "tokens {tokens_0} and {tokens_1}, distinct at layer {layer}, meet at ${point}$ at layer {next}",
        ),
    ),
    role="proof",
    configurations="collisions",
)
"""Source: lemma ``no-collision`` in ``proofs_checks/FORMAT.md``."""
