"""``interval-shrinkage``: no coordinate's interval from its lowest to its highest value ever grows."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from exactdyn.statements.statement import About, Failure, Lemma, OnLayers, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import computed_layers


def computed(run: Run) -> Verdict:
    """Decide it on the layers of a run, by the lowest and the highest value of every coordinate.

    Source: ``proofs_checks/FORMAT.md``, section "interval-shrinkage".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 1)).witness["highest"]
    Fraction(1, 1)
    """
    for layer, (before, after) in enumerate(pairwise(run.states())):
        beyond = _beyond(before.rows(), after.rows())
        if beyond is not None:
            return Verdict("fails", witness={"layer": layer, **beyond})
    return Verdict("holds", computed_layers(run.layers))


def _beyond(before: list[list[Fraction]], after: list[list[Fraction]]) -> Data | None:
    # The first value that is not between the ends of its coordinate one layer earlier.
    ends = [(min(column), max(column)) for column in zip(*before, strict=True)]
    for token, place in enumerate(after):
        for coordinate, (value, (lowest, highest)) in enumerate(zip(place, ends, strict=True)):
            if not lowest <= value <= highest:
                numbers = {"lowest": lowest, "highest": highest, "after": value}
                return {"token": token, "coordinate": coordinate, **numbers}
    return None


STATEMENT = Statement(
    "interval-shrinkage",
    "no coordinate's interval, from its lowest to its highest value, ever grows",
    OnLayers(computed, Lemma("convex-coordinates", ("coordinates_convex",))),
    (
        Failure(
            "coordinate {coordinate} is between ${lowest}$ and ${highest}$ on layer {layer}, "
            "but ${after}$ for token {token} at layer {next}"
        ),
    ),
    role="kind",
    about=About(
        "steps that do not take every coordinate alike",
        lambda facts: not (facts.scalar_step or facts.convex_step),
    ),
)
"""Source: lemma ``convex-coordinates`` in ``proofs_checks/FORMAT.md``."""
