"""A number of a real number field: a polynomial in its generator, with Python's operators."""

from __future__ import annotations

from fractions import Fraction
from numbers import Rational
from typing import Any, TypeAlias

from flint import fmpq, fmpq_poly, fmpz, fmpz_poly

from exactdyn.errors import InputError
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.fields.real_root import RealRoot
from exactdyn.numbers.fields.subfield import moved
from exactdyn.numbers.precision import exactly
from exactdyn.numbers.reading import to_fmpq

Operand: TypeAlias = "FieldNumber | Fraction | int | fmpz | fmpq"
"""What the operators take beside a number of the field: rationals."""


class FieldNumber(DomainNumber):
    """A number c_0 + c_1 theta + ... of a field Q(theta): rational coefficients, lower degree than theta.

    Numbers of one field are equal exactly if their coefficients are, as the polynomial of theta is
    irreducible, numbers of two fields if they are the same root of the same minimal polynomial; a number
    that is rational equals, and hashes as, its :class:`~fractions.Fraction`. The other operators take numbers
    of the same field and rationals, and raise :class:`~exactdyn.errors.InputError` for those of two fields.
    Numbers are made by their field, :class:`~exactdyn.numbers.fields.real_field.RealField`.
    Source: H. Cohen, A Course in Computational Algebraic Number Theory, section 4.2.2.

    >>> from exactdyn.numbers.fields.real_field import RealField
    >>> field = RealField.of([-2, 0, 1], 1, 2)
    >>> root = field.generator
    >>> root * root == 2, hash(root * root) == hash(Fraction(2)), 1 / root, root > Fraction(7, 5)
    (True, True, FieldNumber(1/2*x = 0.7071067811865476), True)
    """

    __slots__ = ("domain", "polynomial", "root")

    domain: Domain[Any]

    def __init__(self, domain: Domain[Any], root: RealRoot, polynomial: fmpq_poly) -> None:
        self.domain, self.root, self.polynomial = domain, root, polynomial

    @property
    def rational(self) -> Fraction | None:
        """The number as a fraction, None if it is irrational.

        >>> from exactdyn.numbers.fields.real_field import RealField
        >>> (RealField.of([-2, 0, 1], 1, 2).generator ** 2).rational
        Fraction(2, 1)
        """
        if self.polynomial.degree() > 0:
            return None
        constant = self.polynomial[0]
        return Fraction(int(constant.p), int(constant.q))

    def sign(self) -> int:
        """Return -1, 0 or 1, exactly.

        >>> from exactdyn.numbers.fields.real_field import RealField
        >>> (RealField.of([-2, 0, 1], 1, 2).generator - Fraction(3, 2)).sign()
        -1
        """
        return self.root.sign(self.polynomial.numer())

    def ends(self, bits: int) -> tuple[Fraction, Fraction]:
        """Return the ends of a ball of so many bits that contains the number.

        >>> from exactdyn.numbers.fields.real_field import RealField
        >>> low, high = RealField.of([-2, 0, 1], 1, 2).generator.ends(64)
        >>> low**2 < 2 < high**2
        True
        """
        value = self.root.value(self.polynomial.numer(), bits)
        middle, radius = exactly(value.mid()), exactly(value.rad())
        below = int(self.polynomial.denom())
        return (middle - radius) / below, (middle + radius) / below

    def _with(self, polynomial: fmpq_poly) -> FieldNumber:
        return FieldNumber(self.domain, self.root, polynomial)

    def _shares_field(self, other: FieldNumber) -> bool:
        """Tell whether a number is one of this field as it is written: of the same generator, or rational."""
        return other.root is self.root or other.root == self.root or other.polynomial.degree() < 1

    def _is_same_root(self, other: FieldNumber) -> bool:
        """Tell whether an irrational number of another field is this one.

        Each is 1/m times an algebraic integer, with the least m that its minimal polynomial shows; they are
        equal if these integers and these m are.
        """
        if self.rational is not None or self.nearest() != other.nearest():
            return False
        own, others = (moved(x.root, x.polynomial, [x.polynomial]) for x in (self, other))
        return own == others

    def _other(self, other: object) -> fmpq_poly | fmpq | fmpz | int | None:
        """Return what the polynomial is combined with, None for what is no number of this field."""
        if isinstance(other, FieldNumber):
            if self._shares_field(other):
                return other.polynomial
            raise InputError(f"numbers: requires one domain, got {self.domain.name} and {other.domain.name}")
        if isinstance(other, int | fmpz | fmpq):
            return other
        if isinstance(other, Rational):
            return to_fmpq(Fraction(other))
        return None

    def __add__(self, other: Operand) -> FieldNumber:
        own = self._other(other)
        return NotImplemented if own is None else self._with(self.polynomial + own)

    __radd__ = __add__

    def __sub__(self, other: Operand) -> FieldNumber:
        own = self._other(other)
        return NotImplemented if own is None else self._with(self.polynomial - own)

    def __rsub__(self, other: Operand) -> FieldNumber:
        return -self + other

    def __mul__(self, other: Operand) -> FieldNumber:
        own = self._other(other)
        if own is None:
            return NotImplemented
        if not isinstance(own, fmpq_poly):
            return self._with(self.polynomial * own)
        return self._with(self.polynomial * own % self.root.modulus)

    __rmul__ = __mul__

    def __truediv__(self, other: Operand) -> FieldNumber:
        own = self._other(other)
        if own is None:
            return NotImplemented
        if isinstance(own, fmpq_poly):
            return self._with(self.polynomial * inverse(own, self.root.modulus) % self.root.modulus)
        return self._with(self.polynomial / fmpq(own))

    def __rtruediv__(self, other: Operand) -> FieldNumber:
        return self._with(inverse(self.polynomial, self.root.modulus)) * other

    def __pow__(self, exponent: int) -> FieldNumber:
        base = self if exponent >= 0 else 1 / self
        result = base._with(fmpq_poly([1]))
        for bit in bin(abs(exponent))[2:]:
            result = result * result
            result = result * base if bit == "1" else result
        return result

    def __neg__(self) -> FieldNumber:
        return self._with(-self.polynomial)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FieldNumber) and not self._shares_field(other):
            return self._is_same_root(other)
        own = self._other(other)
        return NotImplemented if own is None else bool(self.polynomial == own)

    def __hash__(self) -> int:
        exact = self.rational
        if exact is not None:
            return hash(exact)
        return hash(self.nearest())  # the same in whatever field the number is written

    def __bool__(self) -> bool:
        return not self.polynomial.is_zero()

    def __repr__(self) -> str:
        return f"FieldNumber({written(self.polynomial)} = {self.nearest()})"

    def __reduce__(self) -> tuple[object, ...]:
        row, denominator = self.domain.point([self])
        return _restored, (self.domain, [int(x) for x in row], int(denominator))


def inverse(polynomial: fmpq_poly, modulus: fmpq_poly) -> fmpq_poly:
    """Return the inverse of a polynomial modulo an irreducible one; raises ZeroDivisionError for 0.

    Source: extended Euclidean algorithm, D. E. Knuth, The Art of Computer Programming 2, section 4.6.1.

    >>> inverse(fmpq_poly([0, 1]), fmpq_poly([-2, 0, 1]))
    1/2*x
    """
    if polynomial.is_zero():
        raise ZeroDivisionError("division by 0")
    return polynomial.xgcd(modulus)[1]


def written(polynomial: fmpz_poly | fmpq_poly) -> str:
    """Write a polynomial with its signs where a reader expects them.

    >>> written(fmpq_poly([-1, -2, 1]))
    'x^2 - 2*x - 1'
    """
    text = str(polynomial).replace("+ (-", "- ").replace("(", "").replace(")", "")
    return text.replace("-1*x", "-x").replace("- 1*x", "- x")


def _restored(domain: Domain[Any], row: list[int], denominator: int) -> FieldNumber:
    """Return a number from what pickle kept of it."""
    (number,) = domain.numbers([fmpz(x) for x in row], fmpz(denominator))
    return number  # type: ignore[no-any-return]
