"""``hull-shrinkage``: the convex hull of the tokens at layer k+1 lies within that at layer k."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from exactdyn.geometry.membership import Outside, combined_again, locate
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row
from exactdyn.numbers.vectors import inner
from exactdyn.statements.statement import Failure, Lemma, OnLayers, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import computed_layers


def computed(run: Run) -> Verdict:
    """Decide hull shrinkage on the layers of a run: every token is located in the hull one layer earlier.

    Source: ``proofs_checks/FORMAT.md``, section "hull-shrinkage".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).evidence["weights"][0][1]
    [[0, Fraction(1, 2)], [1, Fraction(1, 2)]]
    >>> computed(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 3)).witness["token"]
    2
    """
    everybody = range(run.start.count)
    weights: list[list[Combination]] = []
    for layer, (before, after) in enumerate(pairwise(run.states())):
        found = kept_in_hull(everybody, before, after, weights[-1] if weights else ())
        if isinstance(found, Left):
            return Verdict("fails", witness={"layer": layer, "token": found.token, **found.separated})
        weights.append(found)
    return Verdict("holds", computed_layers(run.layers), evidence={"weights": weights})


Combination: TypeAlias = list[list[Any]]
"""A convex combination of tokens, as pairs of a token and its weight."""


@dataclass(frozen=True)
class Left:
    """A token that left a hull, and in ``separated`` a functional that shows it."""

    token: int
    separated: Data


def kept_in_hull(
    tokens: Sequence[int], before: Points, after: Points, earlier: Sequence[Combination] = ()
) -> list[Combination] | Left:
    """Return each of some tokens as a combination of where they were, or the first that is none.

    ``before``, ``after``: the states of two layers. ``earlier``: combinations of the layer before, which are
    tried first: with the same weights, then of the same tokens with others.
    Source: ``proofs_checks/FORMAT.md``, sections "hull-shrinkage" and "hull-of-the-seen".

    >>> line = Points.from_rows([[1], ["1/2"], [7]])
    >>> kept_in_hull([0, 1], line, Points.from_rows([[1], ["3/4"], [7]]))[1]
    [[0, Fraction(1, 2)], [1, Fraction(1, 2)]]
    >>> kept_in_hull([0, 1], line, Points.from_rows([[1], [7], [7]])).separated["largest_before"]
    Fraction(1, 1)
    """
    places = [before.row(token) for token in tokens]
    place_of = {token: place for place, token in enumerate(tokens)}
    combinations: list[Combination] = []
    for token in tokens:
        point = after.row(token)
        guess = {place_of[j]: weight for j, weight in earlier[place_of[token]]} if earlier else {}
        weights = combined_again(point, places, guess)
        if weights is None:
            located = locate(point, places)
            if isinstance(located, Outside):
                return Left(token, _separated(located.functional, places, point))
            weights = located.weights
        combinations.append([[tokens[place], weight] for place, weight in weights.items()])
    return combinations


def _separated(functional: Row, before: list[Row], after: Row) -> Data:
    return {
        "functional": list(functional),
        "largest_before": max(inner(functional, place) for place in before),
        "after": inner(functional, after),
    }


STATEMENT = Statement(
    "hull-shrinkage",
    "the hull of the tokens never grows",
    OnLayers(computed, Lemma("convex-step", ("convex_step",))),
    (
        Failure(
            r"token {token} leaves the hull after layer {layer}: with $f = {functional}$, "
            r"$\langle f, z\rangle$ is at most ${largest_before}$ on layer {layer}, "
            "but ${after}$ for token {token} at layer {next}"
        ),
    ),
    role="proof",
)
"""Source: lemma ``convex-step`` in ``proofs_checks/FORMAT.md``."""
