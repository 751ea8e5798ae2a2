"""The ends of cells, as users mean the parameter: rational, algebraic or infinite."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpz_poly

from exactdyn.numbers.shown import leading, rounded, short
from exactdyn.parameters.roots import Root
from proofs_checks.format.rationals import write_rational

DIGITS = 8
"""Significant digits of an irrational end, unless others are asked for."""

DIGITS_LIMIT = 1000
"""Most digits that may be asked for."""


@dataclass(frozen=True, eq=False, repr=False)
class End:
    """An end of a cell, in terms of the parameter.

    ``place``: where it is, for the computation; ``is_alpha``: whether that is tau = alpha/(1+alpha).
    A rational end has a ``number``, alpha = infinity is ``infinite``, every other one is a root of
    ``polynomial`` in the open ``interval``.

    >>> end = End(Root(fmpz_poly([-1, 0, 2]), Fraction(1, 2), Fraction(3, 4)), is_alpha=True)
    >>> end.interval, end.polynomial, end.decimal(5)
    ((Fraction(1, 1), Fraction(3, 1)), (-1, -2, 1), '2.4142')
    """

    place: Root
    is_alpha: bool

    @property
    def infinite(self) -> bool:
        """Whether this is alpha = infinity, tau = 1.

        >>> End(Root.rational(Fraction(1)), is_alpha=True).infinite
        True
        """
        return self.is_alpha and self.place.number == 1

    @property
    def number(self) -> Fraction | None:
        """The parameter here, if it is rational.

        >>> End(Root.rational(Fraction(1, 3)), is_alpha=True).number
        Fraction(1, 2)
        """
        x = self.place.number
        return None if x is None or self.infinite else self._mapped(x)

    @property
    def polynomial(self) -> tuple[int, ...]:
        """The coefficients, lowest degree first, of the irreducible polynomial of which this is a root.

        >>> End(Root.rational(Fraction(1, 3)), is_alpha=True).polynomial
        (-1, 2)
        """
        g = self.place.polynomial
        if self.is_alpha:  # (1 + alpha)^m g(alpha/(1+alpha))
            alpha, one, degree = fmpz_poly([0, 1]), fmpz_poly([1, 1]), g.degree()
            terms = (c * alpha**m * one ** (degree - m) for m, c in enumerate(g.coeffs()))
            g = sum(terms, fmpz_poly([]))
        g = g if g.leading_coefficient() > 0 else -g
        return tuple(map(int, g.coeffs()))

    @property
    def interval(self) -> tuple[Fraction, Fraction]:
        """Rational numbers below and above an irrational end, with no other root of its polynomial between.

        >>> End(Root.rational(Fraction(1, 3)), is_alpha=True).interval
        (Fraction(1, 2), Fraction(1, 2))
        """
        while self.is_alpha and self.place.high == 1 and not self.infinite:
            self.place.halve()
        return self._mapped(self.place.low), self._mapped(self.place.high)

    def decimal(self, digits: int = DIGITS) -> str:
        """Show the end as a decimal of so many significant digits, correctly rounded.

        >>> End(Root(fmpz_poly([-2, 0, 1]), Fraction(1), Fraction(2)), is_alpha=False).decimal(20)
        '1.4142135623730950488'
        """
        if self.infinite:
            return "infinity"
        while True:
            low, high = (rounded(x, digits) for x in self.interval)
            if low == high:
                return low
            self.place.halve()

    def leading(self, digits: int = DIGITS) -> tuple[str, str]:
        """Return the first digits of an irrational end, not rounded, and a power of ten behind them, if any.

        >>> end = End(Root(fmpz_poly([-3, 0, 1]), Fraction(1), Fraction(2)), is_alpha=False)
        >>> end.leading(5), end.decimal(5)
        (('1.7320', ''), '1.7321')
        """
        while True:
            text = leading(*self.interval, digits)
            if text is not None:
                figures, _, power = text.partition("e")
                return figures, power
            self.place.halve()

    def text(self, digits: int = DIGITS) -> str:
        """Show the end: exactly if it is rational or infinite, else its first digits, with dots after them.

        >>> End(Root.rational(Fraction(1, 3)), is_alpha=True).text()
        '1/2'
        >>> End(Root(fmpz_poly([-3, 0, 1]), Fraction(1), Fraction(2)), is_alpha=False).text(5)
        '1.7320...'
        """
        if self.number is not None or self.infinite:
            return self._exact()
        figures, power = self.leading(digits)
        return f"{figures}...{'e' if power else ''}{power}"

    def _exact(self) -> str:
        return "infinity" if self.number is None else short(self.number)

    def to_dict(self) -> str | dict[str, object]:
        """Return the end as data: "p/q", "infinity", or its polynomial and interval.

        >>> End(Root.rational(Fraction(1)), is_alpha=True).to_dict()
        'infinity'
        """
        if self.infinite:
            return "infinity"
        if self.number is not None:
            return write_rational(self.number)
        return {
            "polynomial": list(self.polynomial),
            "interval": [write_rational(x) for x in self.interval],
        }

    def sympy(self) -> Any:
        """Return the end as a number of sympy: rational, ``CRootOf``, or infinity.

        >>> End(Root(fmpz_poly([-1, 0, 2]), Fraction(1, 2), Fraction(3, 4)), is_alpha=True).sympy()
        CRootOf(x**2 - 2*x - 1, 1)
        """
        import sympy

        if self.infinite:
            return sympy.oo
        if self.number is not None:
            return sympy.Rational(self.number.numerator, self.number.denominator)
        polynomial = sympy.Poly(list(reversed(self.polynomial)), sympy.Symbol("x"))
        low = sympy.Rational(*self.interval[0].as_integer_ratio())
        # Real roots have the first places, from the lowest upwards: those below the interval come before.
        return sympy.CRootOf(polynomial, polynomial.count_roots(None, low), radicals=False)

    def __float__(self) -> float:
        return float("inf") if self.infinite else float(self.decimal(17))

    def __repr__(self) -> str:
        return f"End({self.text()})"

    def _mapped(self, x: Fraction) -> Fraction:
        return x / (1 - x) if self.is_alpha else x
