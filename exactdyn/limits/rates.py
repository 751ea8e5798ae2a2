"""The rates at which tokens go where they go: numbers of the domain, or irrational or complex roots."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, cast

from flint import fmpz_poly

from exactdyn.limits.recurrence import spectrum_of
from exactdyn.numbers.domain import Domain, DomainPolynomial
from exactdyn.numbers.precision import exactly, working
from exactdyn.numbers.rationals import RATIONALS

DIGITS = 16
"""The radius of a ball is 10^-DIGITS, or a smaller power of ten where the balls of two roots meet."""


@dataclass(frozen=True)
class AlgebraicRate:
    """An irrational or complex rate: the one root in a ball of a polynomial that has no rational factors.

    ``factor``: its integer coefficients, lowest degree first, without a common factor. ``real`` and
    ``imaginary``: the middle of the ball, ``radius``: of the disc around it, which no other root of the
    factor is in, nor 0. ``imaginary`` is 0 exactly for a real rate.
    Source: ``arb_fmpz_poly_complex_roots`` of FLINT, which isolates all roots.
    """

    factor: tuple[int, ...]
    real: Fraction
    imaginary: Fraction
    radius: Fraction

    def __abs__(self) -> float:
        """Return the size of the middle of the ball."""
        return abs(complex(self))

    def __complex__(self) -> complex:
        """Return the middle of the ball."""
        return complex(float(self.real), float(self.imaginary))

    def narrowed(self, digits: int) -> AlgebraicRate:
        """Return the same rate in a ball of radius 10^-digits, or a smaller one.

        >>> rate = roots_of_factor((-2, 0, 1))[1]
        >>> str(rate.narrowed(30).real.numerator)[:20]
        '14142135623730950488'
        """
        candidates = roots_of_factor(self.factor, digits)
        return min(candidates, key=lambda x: (x.real - self.real) ** 2 + (x.imaginary - self.imaginary) ** 2)

    def sympy(self) -> Any:
        """Return the rate as a number of sympy, in radicals for a factor of degree 2.

        >>> roots_of_factor((1, -3, 3))[1].sympy()
        1/2 + sqrt(3)*I/6
        """
        from sympy import Poly, Symbol

        roots = Poly(list(reversed(self.factor)), Symbol("x")).all_roots()
        return min(
            roots, key=lambda root: abs(complex(root.evalf(DIGITS + len(self.factor))) - complex(self))
        )


def rates_of(polynomial: DomainPolynomial, domain: Domain[Any]) -> dict[Any, int]:
    """Return the roots of a polynomial with their multiplicities, those of smallest size first.

    Over the rationals all of them, irrational and complex ones as :class:`AlgebraicRate`; over a number field
    all if they are numbers of it, otherwise none.

    >>> polynomial = RATIONALS.polynomial([Fraction(1, 3), Fraction(-1), Fraction(1)])
    >>> [f"{complex(rate):.3f}" for rate in rates_of(polynomial, RATIONALS)]
    ['0.500-0.289j', '0.500+0.289j']
    """
    spectrum = spectrum_of(polynomial)
    if spectrum is not None:
        return spectrum
    if domain != RATIONALS:
        return {}
    roots: dict[Any, int] = {}
    for factor, multiplicity in polynomial.factor()[1]:
        coefficients = factor.numer().coeffs()
        if len(coefficients) == 2:
            own: list[Any] = [Fraction(-int(coefficients[0]), int(coefficients[1]))]
        else:
            own = list(roots_of_factor(tuple(map(int, coefficients))))
        roots |= dict.fromkeys(own, multiplicity)
    return dict(sorted(roots.items(), key=lambda item: abs(complex(item[0]))))


def roots_of_factor(factor: tuple[int, ...], digits: int = DIGITS) -> tuple[AlgebraicRate, ...]:
    """Return all roots of an irreducible polynomial of degree 2 or more, each in a ball of its own.

    >>> [rate.imaginary for rate in roots_of_factor((-2, 0, 1))]
    [Fraction(0, 1), Fraction(0, 1)]
    """
    while True:
        found = _isolated(factor, digits)
        if found is not None:
            return found
        digits *= 2


def _isolated(factor: tuple[int, ...], digits: int) -> tuple[AlgebraicRate, ...] | None:
    # Decimals near the roots: taken if each ball holds its root, none meets another, and none holds 0.
    radius, unit = Fraction(1, 10**digits), 10 ** (digits + 1)
    with working(4 * digits + 64):
        roots = cast("list[Any]", fmpz_poly(list(factor)).complex_roots())
    found = []
    for root, _ in roots:
        parts = [(exactly(x.mid()), exactly(x.rad())) for x in (root.real, root.imag)]
        real, imaginary = (Fraction(round(value * unit), unit) for value, _ in parts)
        error = sum(abs(x - own) + more for (x, more), own in zip(parts, (real, imaginary), strict=True))
        if error > radius:
            return None
        found.append(AlgebraicRate(factor, real, imaginary, radius))
    apart = all(
        (x.real - y.real) ** 2 + (x.imaginary - y.imaginary) ** 2 > (2 * radius) ** 2
        for x, y in combinations(found, 2)
    )
    large = all(x.real**2 + x.imaginary**2 > radius**2 for x in found)
    return tuple(sorted(found, key=lambda x: (x.real, x.imaginary))) if apart and large else None
