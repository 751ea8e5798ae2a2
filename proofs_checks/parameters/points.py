"""Points of the line: roots of integer polynomials, each alone in an interval with rational ends."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from proofs_checks import work
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field
from proofs_checks.parameters.polynomials import (
    HALVINGS_LIMIT,
    Polynomial,
    at,
    bits,
    divided,
    longest,
    moved,
    sign_at,
    sign_throughout,
    variations,
)


@dataclass(frozen=True)
class Point:
    """The one root of an integer polynomial between ``low`` and ``high``, where it is not 0.

    Source: parameters/FORMAT.md, section "Points".
    """

    polynomial: tuple[int, ...]
    low: Fraction
    high: Fraction

    @cached_property
    def g(self) -> Polynomial:
        """The polynomial."""
        return list(self.polynomial)

    @property
    def number(self) -> Fraction | None:
        """The point itself, where the polynomial is linear."""
        return Fraction(-self.g[0], self.g[1]) if len(self.g) == 2 else None

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Two numbers with the point between them, or twice the point."""
        return (self.low, self.high) if self.number is None else (self.number, self.number)

    def sign(self, p: Polynomial) -> int:
        """Return the sign of p here; raises RejectedError where that is not seen.

        Source: parameters/FORMAT.md, section "Points".
        """
        if not p or divided(p, self.g) is not None:
            return 0
        if self.number is not None:
            return sign_at(p, self.number)
        low, high, rising = self.low, self.high, sign_at(self.g, self.high)
        for _ in range(HALVINGS_LIMIT):
            least, most = _range(p, low, high)
            if least > 0 or most < 0:
                return 1 if least > 0 else -1
            middle = (low + high) / 2
            side = sign_at(self.g, middle)
            if side == 0:
                return sign_at(p, middle)  # the point is rational
            low, high = (low, middle) if side == rising else (middle, high)
        raise RejectedError("a sign at a point is not seen")


def read_point(field: Field) -> Point:
    """Read a point; raises RejectedError unless its polynomial has one root there.

    Source: parameters/FORMAT.md, section "Points".
    """
    members = field.fields(["polynomial", "interval"])
    coefficients = tuple(x.any_integer() for x in members["polynomial"].items())
    if len(coefficients) < 2 or not coefficients[-1]:
        members["polynomial"].refuse("a polynomial of a degree of at least 1, its last coefficient not 0")
    low, high = members["interval"].rational_vector(2)
    g = list(coefficients)
    if not low < high or not at(g, low) or not at(g, high) or variations(moved(g, low, high)) != 1:
        raise RejectedError(f"{field.path}: requires one root, seen by Descartes' rule of signs")
    return Point(coefficients, low, high)


def positive_between(p: Polynomial, left: Point, right: Point) -> bool:
    """Tell whether p > 0 is seen on the open interval between two points.

    Source: parameters/FORMAT.md, lemma ``slivers``.
    """
    return (
        bool(p)
        and sign_throughout(p, left.high, right.low) > 0
        and _sliver(p, left, left.high)
        and _sliver(p, right, right.low)
    )


def _sliver(p: Polynomial, point: Point, end: Fraction) -> bool:
    """Tell whether p > 0 is seen between a point and this end of its interval, the end included."""
    sign = 1
    while (quotient := divided(p, point.g)) is not None:
        p, sign = quotient, sign * sign_at(point.g, end)
    return sign * sign_throughout(p, point.low, point.high) > 0


def _range(p: Polynomial, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Return bounds for p on an interval by Horner's rule."""
    work.count_fractions(4 * len(p), bits(p) + len(p) * max(longest(low), longest(high)))
    least = most = Fraction(0)
    for c in reversed(p):
        ends = [end * x for end in (least, most) for x in (low, high)]
        least, most = min(ends) + c, max(ends) + c
    return least, most
