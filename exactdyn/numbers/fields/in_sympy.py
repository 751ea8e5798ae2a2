"""Numbers and matrices for sympy, which is imported when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.real_root import RealRoot


def sympy_matrix(rows: Sequence[Sequence[Any]]) -> Any:
    """Return rows of fractions and numbers of a field as a matrix of sympy.

    >>> from fractions import Fraction
    >>> sympy_matrix([[Fraction(1, 2)]]).tolist()
    [[1/2]]
    """
    import sympy

    return sympy.Matrix([[sympy_number(x) for x in row] for row in rows])


def sympy_number(number: Any) -> Any:
    """Return a fraction, or a number of a field as a polynomial in the generator, in sympy.

    The generator is a square root where its degree is 2, else the real root of its polynomial by its place.

    >>> from exactdyn.numbers.fields.joining import number
    >>> sympy_number(number("(1+sqrt(5))/2", "alpha"))
    1/2 + sqrt(5)/2
    """
    import sympy

    if not isinstance(number, FieldNumber):
        return sympy.Rational(number.numerator, number.denominator)
    generator = _generator(number.root)
    coefficients = [sympy.Rational(int(x.p), int(x.q)) for x in number.polynomial.coeffs()]
    return sympy.expand(sum(c * generator**power for power, c in enumerate(coefficients)))


def _generator(root: RealRoot) -> Any:
    import sympy

    polynomial = sympy.Poly([int(x) for x in reversed(root.polynomial.coeffs())], sympy.Symbol("x"))
    low, high = (sympy.Rational(end.numerator, end.denominator) for end in (root.low, root.high))
    if root.degree == 2:
        return next(x for x in sympy.roots(polynomial) if low < x < high)
    # Real roots have the first places, from the lowest upwards: those below the interval come before.
    place = polynomial.count_roots(None, low)
    return sympy.CRootOf(polynomial, place)
