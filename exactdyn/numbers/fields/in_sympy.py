"""Numbers and matrices for sympy, which is imported when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exactdyn.errors import LackingError
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.fields.closed_form import closed_form, in_powers
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
    """Return a fraction, or a number of a field in radicals or cosines, in sympy.

    Where neither is found it is a polynomial in the generator, the real root of its polynomial by its place.

    >>> from exactdyn.numbers.fields.joining import number
    >>> sympy_number(number("(1+sqrt(5))/2", "alpha"))
    1/2 + sqrt(5)/2
    >>> sympy_number(number("root(x^5-x-1, 1..2)/2", "alpha"))
    CRootOf(x**5 - x - 1, 0)/2
    """
    import sympy

    if not isinstance(number, DomainNumber):
        return sympy.Rational(number.numerator, number.denominator)
    if not isinstance(number, FieldNumber):
        raise LackingError(number.domain.refusal("documents"))
    found = closed_form(number)
    return in_powers(number, _generator(number.root)) if found is None else found


def _generator(root: RealRoot) -> Any:
    import sympy

    polynomial = sympy.Poly([int(x) for x in reversed(root.polynomial.coeffs())], sympy.Symbol("x"))
    low = sympy.Rational(root.low.numerator, root.low.denominator)
    # Real roots have the first places, from the lowest upwards: those below the interval come before.
    return sympy.CRootOf(polynomial, polynomial.count_roots(None, low))
