"""The claims of temperature certificates once more: both runs, token by token, nothing bounded beforehand.

The hardmax run is computed in fractions, the softmax run in balls, as its definition says, in more and more
bits until every distance is decided. No error is carried on, no copy is told from another token.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from tests.judges.oracle.heads import Given
from tests.judges.oracle.reading import (
    UnconfirmedError,
    Vector,
    confirmed,
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


class Stated(Given):
    """A system whose heads are kept apart: softmax of the scores A and 2 A is not the same."""

    def join(self, head: dict[str, Any]) -> None:
        self.heads.append(head)


def confirms(document: Any) -> bool:
    """Tell whether a JSON document is a temperature certificate whose bounds are true."""
    return confirmed(_confirm, document)


def _confirm(document: Any) -> None:
    top = members(document, "format version system temperature errors")
    need(top["format"] == "exactdyn temperature certificate")
    version = index(top["version"], 3)
    need(version > 0)
    given = Stated(top["system"] if version == 2 else _in_general_words(top["system"]))
    temperature = number(top["temperature"])
    need(temperature > 0)
    bounds = [vector(entry, len(given.tokens)) for entry in entries(top["errors"])]
    need(bounds and min(min(own) for own in bounds) >= 0)
    states = hard_run(given, len(bounds))
    for cooler in COOLER:
        need(near(given, temperature * cooler, states, bounds))


def _in_general_words(system: Any) -> dict[str, Any]:
    # z + tau (c - z), tau = alpha / (1 + alpha), in the words of version 2.
    parts = members(system, "A alpha tokens")
    alpha = number(parts["alpha"])
    need(alpha != -1)
    tau = alpha / (1 + alpha)
    text = f"{hex(tau.numerator)}/{hex(tau.denominator)}"
    return {"tokens": parts["tokens"], "tau": {"listed": [text]}, "heads": [{"A": [parts["A"]]}]}


def near(given: Stated, temperature: Fraction, hard: list[State], bounds: list[Vector]) -> bool:
    """Tell whether the softmax run from ``hard[0]`` provably stays within the bounds of the hardmax run."""
    matrices = [matrix for head in given.heads for matrix in head["A"]]
    largest = max(abs(x) for rows in (*matrices, *hard) for row in rows for x in row) + 1
    exponents = int(largest**3 / temperature).bit_length()
    for bits in BITS:
        with ctx.workprec(bits + exponents):
            found = list(_comparisons(given, temperature, hard, bounds))
        if None not in found:
            return all(found)
    return False


def hard_run(given: Stated, count: int) -> list[State]:
    """Return so many states of the hardmax run."""
    states = [given.tokens]
    while len(states) < count:
        layer, state = len(states) - 1, states[-1]
        states.append(given.next_state(state, given.attend(state, layer), layer))
    return states


def soft_run(given: Stated, temperature: Fraction, count: int) -> Iterator[Balls]:
    """Go through so many states of the softmax run."""
    state = [list(map(_ball, token)) for token in given.tokens]
    for layer in range(count):
        if layer:
            state = [_soft_step(given, layer - 1, temperature, i, state) for i in range(len(state))]
        yield state


def _comparisons(
    given: Stated, temperature: Fraction, hard: list[State], bounds: list[Vector]
) -> Iterator[bool | None]:
    # Whether a coordinate is as near as claimed; None if the balls are too wide to tell.
    runs = zip(soft_run(given, temperature, len(hard)), hard, bounds, strict=True)
    for soft_state, hard_state, own in runs:
        room = EQUAL * max(abs(x) for state in (hard[0], hard_state) for token in state for x in token)
        for bound, x, y in zip(own, soft_state, hard_state, strict=True):
            for a, b in zip(x, y, strict=True):
                distance = abs(a - _ball(b))
                if distance <= _ball(bound + room):
                    yield True
                else:
                    yield False if distance > _ball(bound) else None


def _soft_step(given: Stated, layer: int, temperature: Fraction, i: int, tokens: Balls) -> list[arb]:
    pulls, y = given.pulls(layer), list(tokens[i])
    if pulls is None:
        raise UnconfirmedError
    for head, P in zip(given.heads, pulls, strict=True):
        mean = _soft_mean(given.at(head["A"], layer), temperature, tokens[i], head["seen"][i], tokens)
        pull = _image(P, [b - a for a, b in zip(tokens[i], mean, strict=True)])
        y = [a + b for a, b in zip(y, pull, strict=True)]
    if not given.relu:
        return y
    block = given.at(given.relu, layer)
    inner = [a + _ball(b) for a, b in zip(_image(block["W1"], y), block["b1"], strict=True)]
    outer = _image(block["W2"], [(abs(x) + x) / 2 for x in inner])
    eta = _ball(block["eta"])
    return [eta * a + b + _ball(c) for a, b, c in zip(y, outer, block["b2"], strict=True)]


def _soft_mean(A: State, temperature: Fraction, x: list[arb], seen: list[int], tokens: Balls) -> list[arb]:
    image = _image(A, x)
    scores = {j: _sum(a * b for a, b in zip(image, tokens[j], strict=True)) for j in seen}
    top = max(scores.values(), key=lambda score: score.mid())
    weights = {j: ((score - top) / _ball(temperature)).exp() for j, score in scores.items()}
    total = _sum(weights.values())
    return [_sum(weights[j] * tokens[j][r] for j in seen) / total for r in range(len(x))]


def _image(matrix: State, x: list[arb]) -> list[arb]:
    return [_sum(_ball(a) * b for a, b in zip(row, x, strict=True)) for row in matrix]


def _sum(numbers: Any) -> arb:
    return sum(numbers, arb(0))


def _ball(number: Fraction) -> arb:
    return arb(fmpq(number.numerator, number.denominator))
