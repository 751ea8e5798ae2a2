"""Whether a softmax run attends what the exact hardmax run attends, read off its enclosures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from flint import arb

from exactdyn.errors import InputError
from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls, ball, balls, units_below
from exactdyn.systems.hardmax import hardmax_of
from exactdyn.systems.run import Run
from tests.judges.temperature_layers import temperature_layers

Choice: TypeAlias = Literal["same", "other", "undecided"]

SHARE_BITS = 1024
"""Shares below 2^-SHARE_BITS are bounded by 0."""


@dataclass(frozen=True)
class Choices:
    """What the tokens of a softmax run attend at a layer, beside the attention sets of the hardmax run.

    ``choices``: for each token "same" if its largest score is proved to be at a token of the hardmax set C_i,
    "other" if it is proved not to be. ``shares``: lower bounds of its softmax attention to C_i.
    """

    layer: int
    choices: tuple[Choice, ...]
    shares: tuple[Fraction, ...]


def choices(run: Run, temperature: Fraction, bits: int = 256) -> tuple[Choices, ...]:
    """Compare the softmax run of a temperature with the exact hardmax run, layer by layer and token by token.

    Both start from the same tokens; afterwards each follows its own dynamics. Raises
    :class:`~exactdyn.errors.InputError` for a temperature that is not positive and for alpha < 0. Source:
    arXiv 2407.01602, section 5, where models are trained with softmax and read as hardmax.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> choices(Hardmax().run([[1], ["1/2"]], 1), Fraction(1, 100))[1].choices
    ('same', 'same')
    """
    alpha = hardmax_of(run, "temperature").alpha
    if not run.facts.convex_step:
        raise InputError(f"alpha: requires a number of at least 0, got {alpha}")
    matrix = run.system.matrix(run.start.dimension)
    start = run.start.rows()
    states = temperature_layers(matrix, alpha, temperature, start, run.layers, bits)
    found = []
    for layer, state in enumerate(states):
        with working(bits):
            found.append(_layer(run, layer, state, matrix, temperature))
    return tuple(found)


def _layer(run: Run, layer: int, state: Balls, matrix: Rows, temperature: Fraction) -> Choices:
    # Copies in the first state are copies in every state of both runs: one of each will do.
    lowest = [min(copies) for copies in run.start.copies]
    weights = {token: lowest.count(token) for token in lowest}
    A = balls(matrix)
    rows = {}
    for token in weights:
        direction = [inner(row, state[token]) for row in A]
        scores = {j: inner(direction, state[j]) for j in weights}
        rows[token] = _row(scores, weights, run.itinerary[layer][token], temperature)
    return Choices(layer, tuple(rows[own][0] for own in lowest), tuple(rows[own][1] for own in lowest))


def _row(
    scores: dict[int, arb], weights: dict[int, int], attended: frozenset[int], temperature: Fraction
) -> tuple[Choice, Fraction]:
    inside = [k for k in scores if k in attended]
    outside = [j for j in scores if j not in attended]
    top = max(inside, key=lambda k: float(scores[k].mid()))

    def mass(points: list[int]) -> arb:
        shares = (weights[j] * ((scores[j] - scores[top]) / ball(temperature)).exp() for j in points)
        return sum(shares, arb(0))

    share = max(Fraction(0), units_below(1 / (1 + mass(outside) / mass(inside)), SHARE_BITS))
    if all(scores[top] > scores[j] for j in outside):
        return "same", share
    other = any(all(scores[j] > scores[k] for k in inside) for j in outside)
    return ("other" if other else "undecided"), share
