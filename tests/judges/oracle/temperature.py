"""The claims of temperature certificates once more: both runs, token by token, nothing bounded beforehand.

The hardmax run is computed in fractions, the softmax run in balls, as its definition says, in more and more
bits until every distance is decided. No error is carried on, no copy is told from another token.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from tests.judges.oracle.reading import (
    UnconfirmedError,
    Vector,
    entries,
    index,
    members,
    need,
    number,
    vector,
)

BITS = (400, 1600, 6400, 25600)
"""Beyond those of the largest exponent."""

EQUAL = Fraction(1, 2**300)
"""So near to a bound, beside the largest coordinate, a distance counts as equal: no ball shows equality."""

COOLER = (Fraction(1), Fraction(2, 3), Fraction(1, 10), Fraction(1, 1000))
"""A certificate speaks of every smaller temperature too: these are tried, in units of its own."""

State = list[Vector]
Balls = list[list[arb]]


def confirms(document: Any) -> bool:
    """Tell whether a JSON document is a temperature certificate whose bounds are true."""
    try:
        _confirm(document)
    except UnconfirmedError:
        return False
    return True


def _confirm(document: Any) -> None:
    top = members(document, "format version system temperature errors")
    need(top["format"] == "exactdyn temperature certificate" and index(top["version"], 2) == 1)
    system = members(top["system"], "A alpha tokens")
    size = len(entries(system["A"]))
    A, tokens = ([vector(row, size) for row in entries(system[name])] for name in ("A", "tokens"))
    alpha, temperature = number(system["alpha"]), number(top["temperature"])
    need(len(A) == size > 0 and tokens and alpha >= 0 and temperature > 0)
    bounds = [vector(entry, len(tokens)) for entry in entries(top["errors"])]
    need(bounds and min(min(own) for own in bounds) >= 0)
    states = hard_run(A, alpha, tokens, len(bounds))
    for cooler in COOLER:
        need(near(A, alpha, temperature * cooler, states, bounds))


def near(A: State, alpha: Fraction, temperature: Fraction, hard: list[State], bounds: list[Vector]) -> bool:
    """Tell whether the softmax run from ``hard[0]`` provably stays within the bounds of the hardmax run."""
    largest = max(abs(x) for rows in (A, hard[0]) for row in rows for x in row) + 1
    exponents = int(largest**3 / temperature).bit_length()
    for bits in BITS:
        with ctx.workprec(bits + exponents):
            found = list(_comparisons(A, alpha, temperature, hard, bounds))
        if None not in found:
            return all(found)
    return False


def hard_run(A: State, alpha: Fraction, tokens: State, count: int) -> list[State]:
    """Return so many states of the hardmax run."""
    states = [tokens]
    while len(states) < count:
        states.append([_hard_step(A, alpha, x, states[-1]) for x in states[-1]])
    return states


def soft_run(A: State, alpha: Fraction, temperature: Fraction, tokens: State, count: int) -> Iterator[Balls]:
    """Go through so many states of the softmax run."""
    state = [list(map(_ball, token)) for token in tokens]
    matrix = [list(map(_ball, row)) for row in A]
    for layer in range(count):
        if layer:
            state = [_soft_step(matrix, alpha, temperature, x, state) for x in state]
        yield state


def _comparisons(
    A: State, alpha: Fraction, temperature: Fraction, hard: list[State], bounds: list[Vector]
) -> Iterator[bool | None]:
    # Whether a coordinate is as near as claimed; None if the balls are too wide to tell.
    room = EQUAL * max(abs(x) for token in hard[0] for x in token)
    runs = zip(soft_run(A, alpha, temperature, hard[0], len(hard)), hard, bounds, strict=True)
    for soft_state, hard_state, own in runs:
        for bound, x, y in zip(own, soft_state, hard_state, strict=True):
            for a, b in zip(x, y, strict=True):
                distance = abs(a - _ball(b))
                if distance <= _ball(bound + room):
                    yield True
                else:
                    yield False if distance > _ball(bound) else None


def _hard_step(A: State, alpha: Fraction, x: Vector, tokens: State) -> Vector:
    image = [sum(a * b for a, b in zip(row, x, strict=True)) for row in A]
    scores = [sum(a * b for a, b in zip(image, y, strict=True)) for y in tokens]
    attended = [y for y, score in zip(tokens, scores, strict=True) if score == max(scores)]
    means = [sum(column) / len(attended) for column in zip(*attended, strict=True)]
    return [(a + alpha * b) / (1 + alpha) for a, b in zip(x, means, strict=True)]


def _soft_step(A: Balls, alpha: Fraction, temperature: Fraction, x: list[arb], tokens: Balls) -> list[arb]:
    image = [_sum(a * b for a, b in zip(row, x, strict=True)) for row in A]
    scores = [_sum(a * b for a, b in zip(image, y, strict=True)) for y in tokens]
    top = max(scores, key=lambda score: score.mid())
    weights = [((score - top) / _ball(temperature)).exp() for score in scores]
    means = [
        _sum(w * b for w, b in zip(weights, column, strict=True)) for column in zip(*tokens, strict=True)
    ]
    total = _sum(weights)
    return [(a + _ball(alpha) * b / total) / _ball(1 + alpha) for a, b in zip(x, means, strict=True)]


def _sum(numbers: Any) -> arb:
    return sum(numbers, arb(0))


def _ball(number: Fraction) -> arb:
    return arb(fmpq(number.numerator, number.denominator))
