"""The claims of temperature certificates once more: both runs, the softmax one in balls of 400 bits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from tests.oracle.reading import UnconfirmedError, Vector, entries, index, members, need, number, vector

BITS = 400

ROUNDING = Fraction(1, 2**300)
"""Balls do not show that numbers are equal, which tied softmax tokens and hardmax tokens are."""


def confirms(document: Any) -> bool:
    """Tell whether a JSON document is a temperature certificate whose bounds are true."""
    try:
        with ctx.workprec(BITS):
            _confirm(document)
    except UnconfirmedError:
        return False
    return True


def _confirm(document: Any) -> None:
    top = members(document, "format version system temperature errors")
    need(top["format"] == "exactdyn temperature certificate" and index(top["version"], 2) == 1)
    system = members(top["system"], "A alpha tokens")
    size = len(entries(system["A"]))
    A, hard = ([vector(row, size) for row in entries(system[name])] for name in ("A", "tokens"))
    alpha, temperature = number(system["alpha"]), number(top["temperature"])
    need(len(A) == size > 0 and hard and alpha >= 0 and temperature > 0 and entries(top["errors"]))
    soft = [list(map(_ball, token)) for token in hard]
    for layer, entry in enumerate(top["errors"]):
        bounds = vector(entry, len(hard))
        need(min(bounds) >= 0)
        if layer > 0 and alpha > 0:
            hard, soft = _hard_step(A, alpha, hard), _soft_step(A, alpha, temperature, soft)
            for bound, x, y in zip(bounds, hard, soft, strict=True):
                need(all(abs(b - _ball(a)) <= _ball(bound + ROUNDING) for a, b in zip(x, y, strict=True)))


def _hard_step(A: list[Vector], alpha: Fraction, tokens: list[Vector]) -> list[Vector]:
    moved = []
    for x in tokens:
        image = [sum(a * b for a, b in zip(row, x, strict=True)) for row in A]
        scores = [sum(a * b for a, b in zip(image, y, strict=True)) for y in tokens]
        attended = [y for y, score in zip(tokens, scores, strict=True) if score == max(scores)]
        means = [sum(column) / len(attended) for column in zip(*attended, strict=True)]
        moved.append([(a + alpha * b) / (1 + alpha) for a, b in zip(x, means, strict=True)])
    return moved


def _soft_step(A: list[Vector], alpha: Fraction, temperature: Fraction, tokens: list[list[arb]]) -> Any:
    moved = []
    for x in tokens:
        image = [sum((_ball(a) * b for a, b in zip(row, x, strict=True)), arb(0)) for row in A]
        scores = [sum((a * b for a, b in zip(image, y, strict=True)), arb(0)) for y in tokens]
        weights = [((score - scores[0]) / _ball(temperature)).exp() for score in scores]
        total = sum(weights, arb(0))
        means = [
            sum((w * b for w, b in zip(weights, column, strict=True)), arb(0)) / total
            for column in zip(*tokens, strict=True)
        ]
        moved.append([(a + _ball(alpha) * b) / _ball(1 + alpha) for a, b in zip(x, means, strict=True)])
    return moved


def _ball(number: Fraction) -> arb:
    return arb(fmpq(number.numerator, number.denominator))
