"""Expressions of sympy as the tree of what they say: walked, never printed and read again."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

from flint import fmpz_poly

from exactdyn.errors import NumberError
from exactdyn.numbers.fields.meaning import ACCEPTED, DEGREE_LIMIT, roots_between
from exactdyn.numbers.syntax import OPERATIONS_LIMIT, Call, Name, Tree
from proofs_checks.format.rationals import shorten

_FUNCTIONS = {"cos": "cos", "sin": "sin", "tan": "tan"}
_OPERATORS = {"Add": "+", "Mul": "*", "Pow": "^"}
_GOLDEN = Call("/", (Call("+", (Fraction(1), Call("sqrt", (Fraction(5),)))), Fraction(2)))


def tree_of(value: Any, where: str) -> Tree:
    """Return an expression of sympy as a tree.

    ``where`` is the field that messages name. Raises :class:`~exactdyn.errors.NumberError` for other parts
    than rationals, sums, products, powers, pi, GoldenRatio, cos, sin, tan and real roots of polynomials.

    >>> import sympy
    >>> tree_of(2 * sympy.cos(sympy.pi / 7), "alpha").function
    '*'
    """
    return _Walk(where).of(value)


class _Walk:
    """One walk through an expression, which counts what it meets."""

    def __init__(self, where: str) -> None:
        self._where, self._met = where, 0

    def of(self, value: Any) -> Tree:
        """Return the tree of a part."""
        self._met += 1
        kind = type(value).__name__
        if self._met > 2 * OPERATIONS_LIMIT:
            raise NumberError(f"{self._where}: requires at most {OPERATIONS_LIMIT} operations")
        if getattr(value, "is_Rational", False):
            return Fraction(int(value.p), int(value.q))
        if kind == "Pi":
            return Name("pi")
        if kind == "GoldenRatio":
            return _GOLDEN
        if kind == "ComplexRootOf" and value.is_real:
            return self._root(value)
        if kind in _OPERATORS:
            return reduce(lambda left, right: Call(_OPERATORS[kind], (left, right)), map(self.of, value.args))
        if kind in _FUNCTIONS and len(value.args) == 1:
            return Call(_FUNCTIONS[kind], (self.of(value.args[0]),))
        raise NumberError(f"{self._where}: {ACCEPTED}, got sympy's {shorten(value)}")

    def _root(self, value: Any) -> Call:
        """Return a real root, which sympy counts upwards from 0, by an interval of its own."""
        coefficients = value.poly.all_coeffs()[::-1]
        if len(coefficients) > DEGREE_LIMIT + 1 or not all(
            getattr(x, "is_Rational", False) for x in coefficients
        ):
            raise NumberError(
                f"{self._where}: requires a root of a polynomial with rational coefficients of degree "
                f"at most {DEGREE_LIMIT}, got sympy's {shorten(value)}"
            )
        rationals = [Fraction(int(x.p), int(x.q)) for x in coefficients]
        terms = [Call("*", (x, Call("^", (Name("x"), Fraction(k))))) for k, x in enumerate(rationals)]
        total: Tree = Fraction(0)
        for term in terms:
            total = Call("+", (total, term))
        return Call("root", (total, Call("..", interval(rationals, int(value.index)))))


def interval(coefficients: Sequence[Fraction], place: int) -> tuple[Fraction, Fraction]:
    """Return rationals between which only the real root of this place, counted upwards from 0, lies.

    ``coefficients``: those of a polynomial irreducible over the rationals, lowest degree first.
    Source: bisection by Sturm's theorem, H. Cohen, A Course in Computational Algebraic Number Theory,
    section 4.1.2.

    >>> interval([Fraction(-2), Fraction(0), Fraction(1)], 1)
    (Fraction(0, 1), Fraction(3, 1))
    """
    scale = reduce(lambda a, b: a * b.denominator, coefficients, 1)
    polynomial = fmpz_poly([int(x * scale) for x in coefficients])
    reach = 1 + max(abs(x / coefficients[-1]) for x in coefficients[:-1])
    low, high = -reach, reach
    while roots_between(polynomial, low, high) > 1:
        middle = (low + high) / 2
        below = roots_between(polynomial, low, middle)
        low, high, place = (low, middle, place) if place < below else (middle, high, place - below)
    return low, high
