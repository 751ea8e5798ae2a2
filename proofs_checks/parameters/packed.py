"""Many signs at once: polynomials on an interval, each packed into one integer."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from proofs_checks import work
from proofs_checks.parameters.polynomials import Polynomial, longest
from proofs_checks.parameters.states import Rows, State


class Packed:
    """The differences of scores of a state on the open interval from ``low`` to ``high``, or at low = high.

    A coordinate p of degree at most m is kept as the value of (c + c s)^m p((low + high s)/(1 + s)) at
    s = 2^width; products and sums of such values are those of products and sums of the polynomials in s.
    Source: parameters/FORMAT.md, lemma ``packed``.
    """

    def __init__(self, A: Rows, state: State, low: Fraction, high: Fraction) -> None:
        c = lcm(low.denominator, high.denominator)
        a, b = int(low * c), int(high * c)
        self.rows = state.rows
        top, bend = _degree(state.rows), _degree(A)
        degree = 2 * top + bend
        size = _length(state.rows, abs(a) + abs(b), 2 * c, top)
        form = len(A) ** 2 * _length(A, abs(a) + abs(b), 2 * c, bend)
        # No coefficient of a difference of two scores is longer than this.
        self.width = (2 * size * size * form).bit_length() + 1
        x, one = a + (b << self.width), c + (c << self.width)
        work.count_products(
            len(state.rows) * len(A) * (top + 1), (self.width + longest(low) + longest(high)) * (top + 1)
        )
        self.points = [[_packed(p, x, one, top) for p in row] for row in state.rows]
        self.A = [[_packed(p, x, one, bend) for p in row] for row in A]
        self._bits = self.width * (degree + 1)
        self._tops = (((1 << self._bits) - 1) // ((1 << self.width) - 1)) << (self.width - 1)

    def scores(self, token: int) -> list[int]:
        """Return the packed scores of a token with all tokens."""
        size = len(self.A)
        work.count_products(size * (size + len(self.points)), self._bits)
        z = self.points[token]
        image = [sum(x * y for x, y in zip(row, z, strict=True)) for row in self.A]
        return [sum(x * y for x, y in zip(image, point, strict=True)) for point in self.points]

    def positive(self, value: int) -> bool:
        """Tell whether a difference of scores is seen to be positive on all of the interval."""
        return value > 0 and not value & self._tops


def _packed(p: Polynomial, x: int, one: int, top: int) -> int:
    value, power = 0, one ** (top + 1 - len(p))
    for coefficient in reversed(p):  # Horner's rule, with the powers of x and of one filled up to the degree
        value, power = value * x + coefficient * power, power * one
    return value


def _degree(rows: Rows) -> int:
    return max(max(len(p) for row in rows for p in row) - 1, 0)


def _length(rows: Rows, ends: int, both: int, top: int) -> int:
    """Return a bound for the sum of the absolute coefficients in s of one coordinate or entry."""
    powers: list[int] = [pow(ends, m) * pow(both, top - m) for m in range(top + 1)]
    return max(sum(abs(x) * power for x, power in zip(p, powers, strict=False)) for row in rows for p in row)
