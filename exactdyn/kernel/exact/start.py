"""The initial state as it was given: exact values of the tokens asked for, floats for all."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

import numpy as np
from flint import fmpz

from exactdyn.kernel.exact.point import Value
from exactdyn.numbers.domain import Point
from exactdyn.numbers.points import Points, lowest_terms
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import ExactFloats, nearest_float, nearest_pair

ORDINARY = (2.0**-400, 2.0**400)
"""Floats of these sizes may be multiplied and divided by each other: nothing is lost below or above."""

LIMB = 64
"""Denominators of floats are rounded up to powers of 2**64: then most tokens have the same one."""


class Source:
    """The n tokens that a run starts from; floats stay an array until somebody needs them exactly.

    ``tokens``: rows of exact numbers, :class:`~exactdyn.numbers.reading.ExactFloats`, or points of any
    domain. Raises :class:`~exactdyn.errors.InputError` as :func:`~exactdyn.numbers.reading.exact_rows` does.

    >>> Source([["1/2"], [1]]).value(0)
    Value(numerators=(1,), base=2, power=0)
    """

    def __init__(self, tokens: object) -> None:
        if isinstance(tokens, ExactFloats) and tokens.values.size:
            self._floats: np.ndarray | None = tokens.values
            self.count, self.dimension = tokens.values.shape
        else:
            self._floats = None
            self._points = tokens if isinstance(tokens, Points) else Points.from_rows(tokens, "tokens")
            self.count, self.dimension = self._points.count, self._points.dimension

    @property
    def points(self) -> Points:
        """All tokens exactly.

        >>> Source([["1/2"]]).points.rows()
        [[Fraction(1, 2)]]
        """
        if self._floats is None:
            return self._points
        return Points(tuple(map(_dyadic_point, self._floats.tolist())))

    @property
    def rational(self) -> bool:
        """Whether the tokens are points of the rationals.

        >>> Source([["1/2"]]).rational
        True
        """
        return self._floats is not None or self._points.domain == RATIONALS

    def value(self, token: int) -> Value:
        """Return one token exactly.

        >>> Source([["1/2", "1/3"]]).value(0)
        Value(numerators=(3, 2), base=6, power=0)
        """
        if self._floats is None:
            numerators, denominator = self._points.points[token]
            return Value(numerators, denominator, 0)
        ratios = [x.as_integer_ratio() for x in self._floats[token].tolist()]
        bits = max(denominator for _, denominator in ratios).bit_length() - 1
        bits += -bits % LIMB
        shifted = [fmpz(x << (bits + 1 - denominator.bit_length())) for x, denominator in ratios]
        return Value(tuple(shifted), fmpz(1 << bits), 0)

    def point(self, token: int) -> Point:
        """Return one token exactly, in lowest terms.

        >>> Source([["1/2", "1/3"]]).point(0)
        ((3, 2), 6)
        """
        numerators, denominator, _ = self.value(token)
        return lowest_terms(numerators, denominator)

    def shadow(self) -> tuple[np.ndarray, int, float]:
        """Return n x d floats of size at most 1, the s such that they are tokens / 2**s, and the error.

        >>> Source([[3], ["1/2"]]).shadow()[:2]
        (array([[0.75 ],
               [0.125]]), 2)
        """
        if self._floats is None:
            return scaled_floats(self._points.points)
        largest = float(max(self._floats.max(), -self._floats.min()))
        exponent = int(np.frexp(largest)[1])
        return np.ldexp(self._floats, -exponent), exponent, 2.0**-1070  # exact but where it underflows

    def pairs(self) -> tuple[np.ndarray, np.ndarray, int, float]:
        """Return two arrays of floats whose sum is tokens / 2**s, of size at most 1, the s, and the error.

        The second holds the floats next to what the first ones lack, at most u = 2**-53 times as large.

        >>> Source([["1/3"]]).pairs()[:3]
        (array([[0.66666667]]), array([[3.70074342e-17]]), -1)
        """
        high, exponent, error = self.shadow()
        if self._floats is not None:
            return high, np.zeros_like(high), exponent, error
        up, down = max(0, -exponent), max(0, exponent)
        pairs = [
            [nearest_pair(int(x) << up, int(denominator) << down) for x in numerators]
            for numerators, denominator in self._points.points
        ]
        high, low = np.ascontiguousarray(np.array(pairs).transpose(2, 0, 1))
        return high, low, exponent, 1.01 * 2.0**-106

    def first_copies(self) -> np.ndarray | None:
        """Return for every token the lowest token at the same point, or None if all are distinct.

        >>> Source([[1], [2], [1]]).first_copies()
        array([0, 1, 0])
        """
        if self._floats is None:
            places: dict[object, int] = {}
            first = [places.setdefault(point, token) for token, point in enumerate(self._points.points)]
            return None if len(places) == self.count else np.array(first)
        # Sorting one column is quick and mostly tells: n may be 100,000.
        column = np.sort(self._floats[:, 0])
        if not (column[1:] == column[:-1]).any():
            return None
        plain = self._floats + 0.0  # the two zeros are one number
        _, index, inverse = np.unique(plain, axis=0, return_index=True, return_inverse=True)
        return None if len(index) == self.count else index[inverse.ravel()]

    def denominator(self) -> int:
        """Return a common denominator of all coordinates (floats), or their least one (exact numbers).

        >>> Source([["1/2"], ["1/3"]]).denominator()
        6
        """
        if self._floats is None:
            return lcm(*{int(denominator) for _, denominator in self._points.points})
        # x = m 2**e with an integer m of 53 bits: its trailing zeros are no part of the denominator.
        mantissa, exponent = np.frexp(self._floats[self._floats != 0])
        integers = np.ldexp(mantissa, 53).astype(np.int64)
        trailing = np.frexp((integers & -integers).astype(float))[1] - 1
        return 1 << max(0, int((53 - exponent - trailing).max(initial=0)))


def _dyadic_point(row: list[float]) -> Point:
    # The largest denominator is a common one, and its own numerator is odd: these are lowest terms.
    ratios = [x.as_integer_ratio() for x in row]
    bits = max([denominator.bit_length() for _, denominator in ratios])
    return tuple([fmpz(x << (bits - own.bit_length())) for x, own in ratios]), fmpz(1 << (bits - 1))


def scaled_floats(points: Sequence[Point]) -> tuple[np.ndarray, int, float]:
    """Return floats of size at most 1, the s such that they are the points / 2**s, and a bound of the error.

    Each is the float next to a number of size at most 1.
    Source: Higham, Accuracy and Stability of Numerical Algorithms (2nd edition, 2002), Theorem 2.2.

    >>> scaled_floats([((fmpz(1), fmpz(3)), fmpz(2))])[:2]
    (array([[0.25, 0.75]]), 1)
    """
    return scaled_quotients([[(int(x), int(denominator)) for x in row] for row, denominator in points])


def scaled_quotients(rows: Sequence[Sequence[tuple[int, int]]]) -> tuple[np.ndarray, int, float]:
    """Return the same as :func:`scaled_floats` of quotients p/q with q > 0, given as pairs of integers.

    Source: Higham, Accuracy and Stability of Numerical Algorithms (2nd edition, 2002), Theorem 2.2.

    >>> scaled_quotients([[(1, 2), (3, 2)]])[:2]
    (array([[0.25, 0.75]]), 1)
    """
    floats = np.array([[nearest_float(*quotient) for quotient in row] for row in rows])
    nonzero = np.abs(floats[floats != 0])
    within = len(nonzero) > 0 and ORDINARY[0] <= nonzero.min() and nonzero.max() <= ORDINARY[1]
    vanished = [rows[i][r][0] for i, r in np.argwhere(floats == 0).tolist()] if within else ()
    if within and not any(vanished):
        # Floats of such sizes times a power of two are what rounding after it would give.
        exponent = int(np.frexp(nonzero.max())[1])
        return np.ldexp(floats, -exponent), exponent, 1.01 * 2.0**-53
    exponent = max((p.bit_length() - q.bit_length() + 1 for row in rows for p, q in row if p), default=0)
    up, down = max(0, -exponent), max(0, exponent)
    scaled = [[nearest_float(p << up, q << down) for p, q in row] for row in rows]
    return np.array(scaled), exponent, 1.01 * 2.0**-53
