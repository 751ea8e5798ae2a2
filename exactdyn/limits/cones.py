"""Cones that states enter: forms that compare the fast part of a recurrence with its slow part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from exactdyn.limits.forms import Cone, companion_of, is_semidefinite, moved
from exactdyn.numbers.domain import DomainPolynomial

_SHARE = 0.99
_PRECISIONS = (10**3, 10**6, 10**9)


def roots_of(polynomial: Any) -> list[complex]:
    """Return the roots of a rational polynomial as floats, as often as they are multiple.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> [root.real for root in roots_of(RATIONALS.polynomial([Fraction(-1, 2), Fraction(1)]))]
    [0.5]
    """
    found: list[tuple[Any, int]] = polynomial.numer().complex_roots()
    return [complex(root) for root, multiplicity in found for _ in range(multiplicity)]


def near(value: float, denominator: int) -> fmpq:
    """Return a rational number near a float, small ones as precisely relative to their size.

    >>> near(0.25, 1000)
    1/4
    """
    scale = 1
    while value and abs(value) * scale < 1e-2:
        scale *= 1024
    found = Fraction(value * scale).limit_denominator(denominator) / scale
    return fmpq(found.numerator, found.denominator)


def cones_of(polynomial: DomainPolynomial) -> Iterator[Cone]:
    """Yield forms that stay nonnegative at states: the sizes of fast parts, less a multiple of the others.

    Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> cone = next(cones_of(RATIONALS.polynomial([Fraction(1, 2), Fraction(-3, 2), Fraction(1)])))
    >>> cone.form[0, 0] >= 0 and cone.factor > 0
    True
    """
    roots, companion = roots_of(polynomial), companion_of(polynomial)
    sizes = sorted({round(abs(root), 9) for root in roots}, reverse=True)
    for fast, slow in pairwise(sizes):
        border = (fast + slow) / 2
        leading = [root for root in roots if abs(root) > border]
        rest = [root for root in roots if abs(root) <= border]
        share = _SHARE * len(leading) / len(rest)
        with np.errstate(over="ignore", invalid="ignore"):
            form = _sizes(leading, len(roots)) - share * _sizes(rest, len(roots))
        if not np.isfinite(form).all():
            continue  # sizes beyond the range of floats: no cone is guessed
        for part in (0.5, 0.1, 0.9):
            factor = near(part * fast**2 + (1 - part) * slow**2, 10**4)
            cone = _rounded(form, factor, companion)
            if cone is not None:
                yield cone
                break


def _rounded(form: np.ndarray, factor: fmpq, companion: fmpq_mat) -> Cone | None:
    size = range(len(form))
    for precision in _PRECISIONS:
        own = fmpq_mat([[near(float(form[min(x, y)][max(x, y)]), precision) for y in size] for x in size])
        if own[0, 0] >= 0 and is_semidefinite(moved(own, companion) - own * factor):
            return Cone(own, factor)
    return None


def _sizes(roots: Sequence[complex], count: int) -> np.ndarray:
    # The sum of |w(root)|^2 as a form, w(x) = w_0 + w_1 x + ...
    total = np.zeros((count, count))
    for root in roots:
        powers = np.power(np.complex128(root), np.arange(count))
        total += np.real(np.outer(np.conj(powers), powers))
    return total
