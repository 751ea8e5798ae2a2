"""``distinctness-preserved``: two distinct tokens never meet."""

from __future__ import annotations

from itertools import pairwise

from exactdyn.statements.hypotheses import factorisation_data
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import EVERY_LAYER, computed_layers


def decide(run: Run) -> Verdict:
    """Decide whether distinct tokens stay distinct.

    Source: lemma ``no-collision`` in ``proofs_checks/FORMAT.md`` for a positive semidefinite symmetric part
    of A and alpha >= 0; otherwise it is computed.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> decide(Hardmax([[-1]], alpha=1).run([[1], [-1]], 1)).witness
    {'layer': 0, 'tokens': [0, 1], 'point': [Fraction(0, 1)]}
    """
    facts = run.facts
    if facts.tells_apart and facts.semidefinite is not None:
        return Verdict("holds", EVERY_LAYER, "no-collision", evidence=factorisation_data(facts.semidefinite))
    return computed(run)


def computed(run: Run) -> Verdict:
    """Decide whether distinct tokens stay distinct on the layers of a run, by its states.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).scope
    'layers 0..1'
    """
    for layer, (here, there) in enumerate(pairwise(run.states())):
        for earlier, later in zip(here.copies, there.copies, strict=True):
            if earlier != later:
                tokens = [min(earlier), min(later - earlier)]
                point = list(there.row(tokens[0]))
                return Verdict("fails", witness={"layer": layer, "tokens": tokens, "point": point})
    return Verdict("holds", computed_layers(run.layers))
