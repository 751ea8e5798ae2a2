"""Runs over Q(theta) without the library: intervals of 200 digits decide, and polynomials modulo one tie.

A number is a polynomial in theta modulo its minimal polynomial, so it is 0 exactly if the polynomial is.
Beside every state there is one in interval arithmetic, which has come from the first by steps of its own:
what it separates is decided, and what it does not must be equal exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flint import arb, ctx, fmpq_poly

DIGITS = 200
BITS = 700
"""200 digits, and 35 bits for their growth."""

Row = list[fmpq_poly]
Sets = tuple[frozenset[int], ...]


@dataclass(frozen=True)
class JudgedField:
    """A field: the monic minimal polynomial of theta, lowest degree first, and a ball around theta."""

    polynomial: tuple[int, ...]
    theta: Callable[[], arb]

    @property
    def modulus(self) -> fmpq_poly:
        """The polynomial."""
        return fmpq_poly(list(self.polynomial))

    def ball(self, number: fmpq_poly) -> arb:
        """The number in interval arithmetic."""
        theta, value = self.theta(), arb(0)
        for coefficient in reversed(number.coeffs()):
            value = value * theta + coefficient
        return value


@dataclass(frozen=True)
class JudgedLayer:
    """The tokens of a layer, whom they attend, and how many of these attention sets are ties of points."""

    tokens: list[Row]
    sets: Sets
    ties: int


class UndecidedError(ArithmeticError):
    """Intervals of 200 digits do not separate two scores that differ: the judge is at its end."""


def run(
    field: JudgedField, A: list[Row], tau: fmpq_poly, tokens: list[Row], layers: int
) -> Iterator[JudgedLayer]:
    """Go through the layers of z_i <- z_i + tau (c_i - z_i), c_i the mean of the largest <A z_i, z_j>."""
    G = field.modulus
    with ctx.workprec(BITS):
        matrix = [[field.ball(a) for a in row] for row in A]
        step = field.ball(tau)
        balls = [[field.ball(x) for x in row] for row in tokens]
        for _ in range(layers + 1):
            found = []
            for z, ball in zip(tokens, balls, strict=True):
                direction = [_inner(row, ball) for row in matrix]
                near = _not_below([_inner(direction, other) for other in balls])
                exact = [_inner(row, z) % G for row in A]
                scores = [_inner(exact, tokens[j]) % G for j in near]
                if any(score != scores[0] for score in scores):
                    raise UndecidedError("two scores differ by less than 200 digits tell")
                found.append(frozenset(near))
            ties = sum(len({tuple(map(str, tokens[j])) for j in own}) > 1 for own in found)
            yield JudgedLayer(tokens, tuple(found), ties)
            tokens = [
                [x + tau * (c - x) % G for x, c in zip(z, _mean([tokens[j] for j in own]), strict=True)]
                for z, own in zip(tokens, found, strict=True)
            ]
            balls = [
                [x + step * (c - x) for x, c in zip(z, _mean([balls[j] for j in own]), strict=True)]
                for z, own in zip(balls, found, strict=True)
            ]


def _not_below(scores: Sequence[arb]) -> list[int]:
    """The places of which intervals do not tell that another score is larger."""
    highest = scores[0].lower()
    for score in scores[1:]:
        highest = highest.max(score.lower())
    return [j for j, score in enumerate(scores) if not score < highest]


def _inner(x: Sequence, y: Sequence):
    products = [a * b for a, b in zip(x, y, strict=True)]
    return sum(products[1:], products[0])


def _mean(rows: Sequence[Sequence]) -> list:
    return [sum(axis[1:], axis[0]) / len(rows) for axis in zip(*rows, strict=True)]
