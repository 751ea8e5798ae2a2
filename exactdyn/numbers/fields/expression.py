"""Real algebraic numbers as they are written: rationals, roots, cosines, and arithmetic with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from flint import fmpz_poly


@dataclass(frozen=True)
class Radical:
    """The root, of an index of at least 2, of a number that is not negative.

    ``signed``: whether a negative number has one too, of an odd index: its real root, as ``cbrt`` does. Else
    it has none: (-2)^(1/3) is a complex number.
    """

    index: int
    radicand: Expression
    signed: bool = field(default=False, repr=False)


@dataclass(frozen=True)
class Cosine:
    """cos(2 pi turn), the turn from 0 to 1/2."""

    turn: Fraction


@dataclass(frozen=True)
class NamedRoot:
    """The one root from ``low`` to ``high`` of an irreducible integer polynomial of degree 2 or more.

    ``coefficients``: those of the polynomial, lowest degree first.
    """

    coefficients: tuple[int, ...]
    low: Fraction
    high: Fraction

    @property
    def polynomial(self) -> fmpz_poly:
        """The polynomial.

        >>> NamedRoot((-2, 0, 1), Fraction(1), Fraction(2)).polynomial
        x^2 + (-2)
        """
        return fmpz_poly(list(self.coefficients))


@dataclass(frozen=True)
class Combined:
    """A sum, product or quotient of two numbers, or the power of one by an integer (``right``)."""

    operator: Literal["+", "*", "/", "^"]
    left: Expression
    right: Expression

    @property
    def exponent(self) -> int:
        """The right part of a power.

        >>> Combined("^", Radical(2, Fraction(2)), Fraction(3)).exponent
        3
        """
        return int(self.right)  # type: ignore[arg-type]


Generator: TypeAlias = Radical | Cosine | NamedRoot
"""What may make a field larger."""

Expression: TypeAlias = Fraction | Generator | Combined
"""A real algebraic number; what is seen to be rational is a fraction."""
