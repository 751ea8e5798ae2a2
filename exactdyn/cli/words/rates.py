"""The rates of a limit in words: numbers, and roots of polynomials as decimals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from exactdyn.cli.words.sentences import Notation
from exactdyn.limits.rates import AlgebraicRate
from exactdyn.numbers.shown import IRRATIONAL_DIGITS, about

_MORE = 6
"""So many digits more than are shown does a ball have."""


def shown_rates(rates: Mapping[Any, int], notation: Notation, digits: int | None = None) -> Iterator[str]:
    """Yield rates in words, the irrational and complex roots of a polynomial together.

    ``digits``: those of decimals, if numbers are written so; otherwise irrational ones have 8.

    >>> from exactdyn.cli.words.sentences import PLAIN
    >>> from exactdyn.limits.rates import roots_of_factor
    >>> list(shown_rates({Fraction(1, 2): 2, **dict.fromkeys(roots_of_factor((1, -3, 3)), 1)}, PLAIN))
    ['1/2 (times a polynomial of degree 1)', '~0.50000000 +- ~0.28867513i, roots of 3x^2 - 3x + 1']
    """
    of_factor: dict[tuple[Any, int], list[Any]] = {}
    for rate, power in rates.items():
        factor = rate.factor if isinstance(rate, AlgebraicRate) else rate
        of_factor.setdefault((factor, power), []).append(rate)
    for (factor, power), own in of_factor.items():
        more = f" (times a polynomial of degree {power - 1})" if power > 1 else ""
        # Of two conjugates the upper one stands for both.
        upper = [rate for rate in own if isinstance(rate, AlgebraicRate) and rate.imaginary >= 0]
        if not upper:
            yield notation.number(factor) + more
            continue
        shown = ", ".join(shown_root(rate, digits or IRRATIONAL_DIGITS) for rate in upper)
        yield f"{shown}{more}, roots of {polynomial_text(factor)}"


def shown_root(rate: AlgebraicRate, digits: int) -> str:
    """Show a root as a decimal, together with its conjugate if it is complex.

    >>> from exactdyn.limits.rates import roots_of_factor
    >>> shown_root(roots_of_factor((-2, 0, 1))[1], 4), shown_root(roots_of_factor((2, 0, 1))[0], 4)
    ('~1.414', '+- ~1.414i')
    """
    precision = digits + _MORE
    while True:
        near = rate.narrowed(precision)
        real, imaginary = (_part(x, near.radius, digits) for x in (near.real, abs(near.imaginary)))
        if real is not None and imaginary is not None:
            break
        precision *= 2
    if not near.imaginary:
        return real
    return f"+- {imaginary}i" if real == "0" else f"{real} +- {imaginary}i"


def _part(middle: Fraction, radius: Fraction, digits: int) -> str | None:
    # A part that is 0 to many digits is 0: so are those of roots of a polynomial in x^2.
    if abs(middle) <= radius:
        return "0"
    return about(middle - radius, middle + radius, digits)


def polynomial_text(coefficients: tuple[int, ...]) -> str:
    """Write a polynomial with integer coefficients, lowest degree first.

    >>> polynomial_text((-1, 0, 3)), polynomial_text((1, 1))
    ('3x^2 - 1', 'x + 1')
    """
    text = ""
    for power, coefficient in reversed(list(enumerate(coefficients))):
        if coefficient:
            sign = ("-" if coefficient < 0 else "") if not text else (" - " if coefficient < 0 else " + ")
            size = "" if abs(coefficient) == 1 and power else str(abs(coefficient))
            text += sign + size + ("" if not power else "x" if power == 1 else f"x^{power}")
    return text
