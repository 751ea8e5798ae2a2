"""Irrational numbers in radicals, where sympy finds them, or in cosines, where the field has them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import cos, gcd, pi
from typing import Any

from flint import fmpq, fmpq_poly, fmpz, fmpz_poly

from exactdyn.errors import NumberError
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.joining import number as read
from exactdyn.numbers.fields.real_field import RealField
from exactdyn.numbers.fields.real_root import RealRoot
from exactdyn.numbers.fields.subfield import moved

OPERATIONS_LIMIT = 40
"""Radicals of a generator with more operations than these are no help to a reader."""


def closed_form(number: FieldNumber) -> Any | None:
    """Return a number in radicals or cosines as an expression of sympy, None where none is found.

    >>> from exactdyn.numbers.fields.joining import number
    >>> closed_form(number("2^(1/3)-1", "A")), closed_form(number("1/2+cos(4*pi/7)/3", "A"))
    (-1 + 2**(1/3), 1/2 - cos(3*pi/7)/3)
    >>> closed_form(number("root(x^5-x-1, 1..2)", "A")) is None
    True
    """
    if (turn := turn_of(number.root)) is not None:
        return _in_cosines(number, turn)
    generator = radicals(number.root)
    if generator is not None:
        return in_powers(number, generator)
    # What all numbers of the field need may have no such form where one of them has.
    root, (polynomial,) = moved(number.root, number.polynomial, [number.polynomial])
    return None if root == number.root else closed_form(RealField(root).number(polynomial))


def in_powers(number: FieldNumber, generator: Any) -> Any:
    """Return a number as a polynomial in an expression of sympy for the generator, multiplied out.

    >>> import sympy
    >>> from exactdyn.numbers.fields.joining import number
    >>> in_powers(number("(1+sqrt(5))/2", "A"), sympy.Symbol("t"))
    t/2 + 1/2
    """
    import sympy

    coefficients = number.polynomial.coeffs()
    return sympy.expand(sum(_rational(c) * generator**power for power, c in enumerate(coefficients)))


@lru_cache(maxsize=64)
def radicals(root: RealRoot) -> Any | None:
    """Return a root in real radicals as an expression of sympy, None where sympy finds none that are short.

    What is returned reads back as exactly this root, and roots are taken of positive numbers alone, so that
    nobody has to ask which of them is meant.

    >>> from exactdyn.numbers.fields.joining import number
    >>> radicals(number("sqrt(2)+sqrt(3)", "A").root), radicals(number("root(x^3-3*x+1, 0..1)", "A").root)
    (sqrt(2) + sqrt(3), None)
    """
    import sympy

    polynomial = sympy.Poly([int(x) for x in reversed(root.polynomial.coeffs())], sympy.Symbol("x"))
    short = (x for x in sympy.roots(polynomial) if x.count_ops() <= OPERATIONS_LIMIT)
    return next((x for x in map(sympy.sqrtdenest, short) if _is_root(x, root)), None)


def _is_root(found: Any, root: RealRoot) -> bool:
    import sympy

    if found.has(sympy.I):
        return False
    bases = [power.base for power in found.atoms(sympy.Pow) if not power.exp.is_Integer]
    if not all(base.is_positive for base in bases):
        return False
    theta = RealField(root).generator
    if abs(float(found) - theta.nearest()) > 1e-6 * (1 + abs(theta.nearest())):
        return False
    try:
        return bool(read(found, "radicals") == theta)
    except NumberError:  # beyond the limits of what is read
        return False


@lru_cache(maxsize=64)
def turn_of(root: RealRoot) -> Fraction | None:
    """Return the t below 1/2 for which a root is 2 cos(2 pi t), None if there is none.

    Source: minimal polynomial of 2 cos(2 pi / n), W. Watkins and J. Zeitlin, American Mathematical Monthly
    100, 1993. Its degree is phi(n) / 2, and n < 10 phi(n) / 2 wherever that is at most 200.

    >>> from exactdyn.numbers.fields.joining import number
    >>> turn_of(number("sin(2*pi/7)", "A").root), turn_of(number("sqrt(7)", "A").root)
    (Fraction(1, 28), None)
    """
    orders = (n for n in range(5, 10 * root.degree) if int(fmpz(n).euler_phi()) == 2 * root.degree)
    order = next((n for n in orders if fmpz_poly.cos_minpoly(n) == root.polynomial), None)
    if order is None:
        return None
    near = RealField(root).generator.nearest()
    places = (k for k in range(1, order // 2 + 1) if gcd(k, order) == 1)
    # No two roots of these polynomials are as near to each other as floats are to the numbers.
    return Fraction(min(places, key=lambda k: abs(2 * cos(2 * pi * k / order) - near)), order)


def _in_cosines(number: FieldNumber, turn: Fraction) -> Any:
    """Return a number of the field of theta = 2 cos(2 pi turn): with one cosine where that is possible."""
    import sympy

    terms = _one_cosine(number, turn.denominator) or _sum_of_cosines(number)
    angle = 2 * sympy.pi * sympy.Rational(turn.numerator, turn.denominator)
    return sympy.Add(*(_rational(c) * (2 * sympy.cos(k * angle) if k else 1) for k, c in terms.items()))


def _one_cosine(number: FieldNumber, order: int) -> dict[int, fmpq] | None:
    """Return the factors of 1 and of one 2 cos(k a) whose sum is the number, if any; theta = 2 cos a."""
    last, cosine = fmpq_poly([2]), fmpq_poly([0, 1])
    for k in range(1, order // 2 + 1):
        if (degree := cosine.degree()) > 0:
            factor = number.polynomial[degree] / cosine[degree]
            rest = number.polynomial - factor * cosine
            if rest.degree() < 1:
                return {0: rest[0], k: factor}
        last, cosine = cosine, (cosine * fmpq_poly([0, 1]) - last) % number.root.modulus
    return None


def _sum_of_cosines(number: FieldNumber) -> dict[int, fmpq]:
    """Return the factors of 1, 2 cos a, 2 cos 2a, ... whose sum is the number, theta = 2 cos a."""
    terms = {0: fmpq(0)}
    for coefficient in reversed(number.polynomial.coeffs()):
        times_theta = {0: coefficient + 2 * terms.get(1, fmpq(0)), 1: terms[0] + terms.get(2, fmpq(0))}
        later = range(2, len(terms) + 1)
        terms = times_theta | {k: terms[k - 1] + terms.get(k + 1, fmpq(0)) for k in later}
    return terms


def _rational(number: fmpq) -> Any:
    import sympy

    return sympy.Rational(int(number.p), int(number.q))
