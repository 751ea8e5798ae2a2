"""The rational numbers, as the number domain that everything is built for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq_poly, fmpz, fmpz_mat

from exactdyn.errors import InputError
from exactdyn.numbers.domain import Coefficients, Domain, DomainPolynomial, Point
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.reading import exact, nearest_float, to_fmpq
from exactdyn.numbers.vectors import cleared
from proofs_checks.format.rationals import write_rational


class Rationals(Domain[Fraction]):
    """The rational numbers: fractions, one integer a coordinate, and everything supported.

    >>> RATIONALS.point([Fraction(1, 2), Fraction(1, 3)])
    ((3, 2), 6)
    """

    name = "the rationals"

    def read(self, value: object, where: str) -> Fraction:
        """Read a number as :func:`~exactdyn.numbers.reading.exact` does.

        >>> RATIONALS.read("1e-3", "alpha")
        Fraction(1, 1000)
        """
        return exact(value, where)

    def text(self, number: Fraction) -> str:
        """Write "p/q" or "p", beyond 4000 digits in hexadecimal.

        >>> RATIONALS.text(Fraction(-1, 18))
        '-1/18'
        """
        return write_rational(number)

    def rational(self, number: Fraction) -> Fraction:
        """Return the number itself.

        >>> RATIONALS.rational(Fraction(1, 3))
        Fraction(1, 3)
        """
        return number

    def sign(self, number: Fraction) -> int:
        """Return the sign of the numerator.

        >>> RATIONALS.sign(Fraction(0))
        0
        """
        return (number > 0) - (number < 0)

    def point(self, row: Sequence[Fraction]) -> Point:
        """Return the least positive integer multiple of a vector, and the multiplier.

        >>> RATIONALS.point([Fraction(1, 2)])
        ((1,), 2)
        """
        numerators, common = cleared(row)
        return numerators, fmpz(common)

    def numbers(self, numerators: Sequence[fmpz], denominator: fmpz) -> tuple[Fraction, ...]:
        """Return the quotients.

        >>> RATIONALS.numbers([fmpz(3), fmpz(2)], fmpz(6))
        (Fraction(1, 2), Fraction(1, 3))
        """
        below = int(denominator)
        return tuple(Fraction(int(x), below) for x in numerators)

    def floats(self, numerators: Sequence[fmpz], denominator: fmpz) -> list[float]:
        """Return the quotients, correctly rounded.

        Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

        >>> RATIONALS.floats([fmpz(3), fmpz(2)], fmpz(6))
        [0.5, 0.3333333333333333]
        """
        below = int(denominator)
        return [nearest_float(int(x), below) for x in numerators]

    def multiplied(self, left: Coefficients, right: Coefficients) -> list[Any]:
        """Return the product.

        >>> RATIONALS.multiplied([fmpz_mat([[2, 3]])], [fmpz(2)])
        [[4, 6]]
        """
        return [left[0] * right[0]]

    def multiples(self, coefficients: Coefficients) -> list[Coefficients]:
        """Return the number itself.

        >>> RATIONALS.multiples([fmpz(2)])
        [[2]]
        """
        return [coefficients]

    def compared(self, coefficients: Sequence[fmpz_mat]) -> list[list[fmpz]]:
        """Return the integers.

        >>> RATIONALS.compared([fmpz_mat([[2, 3]])])
        [[2, 3]]
        """
        rows: list[list[fmpz]] = coefficients[0].tolist()
        return rows

    def polynomial(self, coefficients: Sequence[Fraction]) -> DomainPolynomial:
        """Return a polynomial of flint.

        >>> RATIONALS.polynomial([Fraction(1, 2), Fraction(1)])
        x + 1/2
        """
        return fmpq_poly([to_fmpq(x) for x in coefficients])

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)  # those that processes sent each other are the same

    def __hash__(self) -> int:
        return hash(type(self))


RATIONALS = Rationals()
"""The one object of its class."""


def domain_of(numbers: Iterable[object]) -> Domain[Any]:
    """Return the one domain that all these numbers belong to: the rationals, unless some say another.

    Raises :class:`~exactdyn.errors.InputError` if there are two others.

    >>> domain_of([Fraction(1), Fraction(1, 2)]).name
    'the rationals'
    """
    # Most are fractions, and their type is looked at five times as fast as what they derive from.
    own = {x.domain for x in numbers if type(x) is not Fraction and isinstance(x, DomainNumber)}
    if len(own) > 1:
        raise InputError(f"numbers: requires one domain, got {' and '.join(sorted(x.name for x in own))}")
    return own.pop() if own else RATIONALS
