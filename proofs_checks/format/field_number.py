"""A number of the field of a certificate, compared through the rule of signs alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.number_field import NumberField
from proofs_checks.format.rationals import write_polynomial, write_rational


class FieldNumber:
    """The value at theta of an integer vector over one positive denominator.

    The operators take numbers of the same field and rationals. That two numbers are equal, different, or
    which is larger, is the sign of their difference, :meth:`NumberField.sign`: where that is not found,
    RejectedError is raised. There is no hash: what needs one, a set or a dictionary, is a TypeError.

    Source: FORMAT.md, section "Number fields".

    >>> root = FieldNumber.of(NumberField((-2, 0, 1), Fraction(1), Fraction(2)), [Fraction(0), Fraction(1)])
    >>> root * root == 2, root > Fraction(3, 2), 1 / root
    (True, False, FieldNumber((0, 1)/2))
    """

    __slots__ = ("_coefficients", "denominator", "field")

    def __init__(self, field: NumberField, coefficients: tuple[int, ...], denominator: int) -> None:
        self.field, self._coefficients, self.denominator = field, coefficients, denominator

    @classmethod
    def of(cls, field: NumberField, numbers: Sequence[Fraction]) -> FieldNumber:
        """Return the number with these coefficients of 1, theta, theta^2, ..., at most as many as the degree.

        >>> FieldNumber.of(NumberField((-2, 0, 1), Fraction(1), Fraction(2)), [Fraction(1, 2)])
        FieldNumber((1, 0)/2)
        """
        common = 1
        for x in numbers:
            work.count_fractions(1, max(common.bit_length(), work.longest([x])))
            common *= x.denominator // gcd(common, x.denominator)
        whole = [x.numerator * (common // x.denominator) for x in numbers]
        return cls(field, (*whole, *[0] * (field.degree - len(whole))), common)

    @property
    def numerator(self) -> FieldNumber:
        """The number times its denominator."""
        return FieldNumber(self.field, self._coefficients, 1)

    @property
    def coefficients(self) -> tuple[Fraction, ...]:
        """The coefficients of 1, theta, theta^2, ...: to be shown, as equal numbers may have different ones.

        >>> FieldNumber(NumberField((-2, 0, 1), Fraction(1), Fraction(2)), (0, 1), 2).coefficients
        (Fraction(0, 1), Fraction(1, 2))
        """
        return tuple(Fraction(x, self.denominator) for x in self._coefficients)

    def bit_length(self) -> int:
        """Return the bits of the longest coefficient of the numerator.

        >>> FieldNumber(NumberField((-2, 0, 1), Fraction(1), Fraction(2)), (7, 1), 2).bit_length()
        3
        """
        return max(map(int.bit_length, self._coefficients))

    def common_divisor(self, number: int) -> int:
        """Return the greatest common divisor of an integer and all coefficients of the numerator.

        >>> FieldNumber(NumberField((-2, 0, 1), Fraction(1), Fraction(2)), (4, 6), 1).common_divisor(8)
        2
        """
        return gcd(number, *self._coefficients)

    def sign(self) -> int:
        """Return -1, 0 or 1; raises RejectedError where that is not found.

        >>> FieldNumber(NumberField((-2, 0, 1), Fraction(1), Fraction(2)), (7, -5), 1).sign()
        -1
        """
        return self.field.sign(self._coefficients)

    def _made(self, coefficients: tuple[int, ...], denominator: int) -> FieldNumber:
        if denominator != 1:
            bits = max(denominator.bit_length(), *map(int.bit_length, coefficients))
            work.count_fractions(1 + len(coefficients) // 4, bits)
            common = gcd(denominator, *coefficients)
            coefficients, denominator = tuple(x // common for x in coefficients), denominator // common
        return FieldNumber(self.field, coefficients, denominator)

    def _other(self, other: Operand) -> FieldNumber | None:
        if isinstance(other, int | Fraction):
            rest = [0] * (self.field.degree - 1)
            return FieldNumber(self.field, (other.numerator, *rest), other.denominator)
        if not isinstance(other, FieldNumber):
            return None
        if other.field is not self.field and other.field != self.field:
            raise TypeError("numbers of two fields")
        return other

    def __add__(self, other: Operand) -> FieldNumber:
        if isinstance(other, int) and other == 0:
            return self  # a sum begins so
        own = self._other(other)
        if own is None:
            return NotImplemented
        work.count_products(12 + self.field.degree // 2, max(self.bit_length(), own.bit_length()))
        pairs = zip(self._coefficients, own._coefficients, strict=True)
        p, q = self.denominator, own.denominator
        if p == q:
            return self._made(tuple(x + y for x, y in pairs), p)
        return self._made(tuple(x * q + y * p for x, y in pairs), p * q)

    __radd__ = __add__

    def __sub__(self, other: Operand) -> FieldNumber:
        return self + -other

    def __rsub__(self, other: Operand) -> FieldNumber:
        return -self + other

    def __neg__(self) -> FieldNumber:
        return FieldNumber(self.field, tuple(-x for x in self._coefficients), self.denominator)

    def __mul__(self, other: Operand) -> FieldNumber:
        size = self.field.degree
        if isinstance(other, int | Fraction):
            p, q = other.numerator, other.denominator
            work.count_products(12 + size // 2, max(self.bit_length(), p.bit_length()))
            return self._made(tuple(p * x for x in self._coefficients), self.denominator * q)
        own = self._other(other)
        if own is None:
            return NotImplemented
        work.count_products(20 + 3 * size * size // 4, self.bit_length() + own.bit_length())
        product = self.field.times(self._coefficients, own._coefficients)
        return self._made(product, self.denominator * own.denominator)

    __rmul__ = __mul__

    def __truediv__(self, other: Operand) -> FieldNumber:
        if isinstance(other, FieldNumber):
            return self * other._inverse()
        return self * (1 / Fraction(other)) if isinstance(other, int | Fraction) else NotImplemented

    def __rtruediv__(self, other: int | Fraction) -> FieldNumber:
        return self._inverse() * other

    def _inverse(self) -> FieldNumber:
        inverse = FieldNumber.of(self.field, self.field.inverse(self._coefficients))
        product = self.field.times(self._coefficients, inverse._coefficients)
        if product != (inverse.denominator, *[0] * (self.field.degree - 1)):
            raise RejectedError("system.field: requires a divisor that has an inverse")
        return inverse * self.denominator

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FieldNumber | Fraction | int):
            return NotImplemented
        return (self - other).sign() == 0

    def __lt__(self, other: Operand) -> bool:
        return (self - other).sign() < 0

    def __le__(self, other: Operand) -> bool:
        return (self - other).sign() <= 0

    def __gt__(self, other: Operand) -> bool:
        return (self - other).sign() > 0

    def __ge__(self, other: Operand) -> bool:
        return (self - other).sign() >= 0

    def __bool__(self) -> bool:
        return self.sign() != 0

    def __repr__(self) -> str:
        return f"FieldNumber({self._coefficients}/{self.denominator})"


Operand: TypeAlias = FieldNumber | Fraction | int
"""What the operators take."""

Number: TypeAlias = Fraction | FieldNumber
"""A number of a certificate: a rational, or one of its field."""

Integer: TypeAlias = int | FieldNumber
"""An integer, or a number whose coefficients are integers."""

Vector: TypeAlias = tuple[Number, ...]
Matrix: TypeAlias = tuple[Vector, ...]
Rows: TypeAlias = list[list[Integer]]
"""Vectors of integers, or of numbers whose coefficients are: over one denominator they are any vectors."""

RationalVector: TypeAlias = tuple[Fraction, ...]
RationalMatrix: TypeAlias = tuple[RationalVector, ...]


def sign(number: Number | int) -> int:
    """Return the sign of any number; raises RejectedError where that is not found.

    >>> sign(-3), sign(Fraction(1, 2))
    (-1, 1)
    """
    return number.sign() if isinstance(number, FieldNumber) else (number > 0) - (number < 0)


def rational(number: Number) -> Fraction:
    """Return a number that has to be rational; raises RejectedError for one of a field.

    >>> rational(Fraction(1, 2))
    Fraction(1, 2)
    """
    if isinstance(number, FieldNumber):
        raise RejectedError("numbers of a field: this is checked over the rationals only")
    return number


def write_number(number: Number) -> str:
    """Write a rational as "p/q" or "p", another number as a polynomial in t = theta.

    >>> root_of_2 = NumberField((-2, 0, 1), Fraction(1), Fraction(2))
    >>> write_number(Fraction(1, 2)), write_number(FieldNumber(root_of_2, (1, -1), 2))
    ('1/2', '1/2 - 1/2 t')
    """
    return (
        write_polynomial(number.coefficients) if isinstance(number, FieldNumber) else write_rational(number)
    )


def integers(rows: Rows) -> list[list[int]]:
    """Return vectors that have to be of integers; raises RejectedError for those of a field.

    >>> integers([[1, -8]])
    [[1, -8]]
    """
    return [[rational(Fraction(x) if isinstance(x, int) else x).numerator for x in row] for row in rows]
