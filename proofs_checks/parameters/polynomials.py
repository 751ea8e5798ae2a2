"""Integer polynomials in one variable x, coefficients from the lowest degree up, no zeros at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm
from typing import TypeAlias

from proofs_checks import work

Polynomial: TypeAlias = list[int]

HALVINGS_LIMIT = 200
"""How often an interval is halved at most before a sign is given up."""


def trimmed(coefficients: Iterable[int]) -> Polynomial:
    """Return a polynomial without zeros at the end.

    >>> trimmed([1, 2, 0])
    [1, 2]
    """
    p = list(coefficients)
    while p and not p[-1]:
        p.pop()
    return p


def plus(p: Polynomial, q: Polynomial, factor: int = 1) -> Polynomial:
    """Return p + factor q.

    >>> plus([1, 1], [0, 1], -1)
    [1]
    """
    work.count_products(len(p) + len(q), bits(p) + factor.bit_length())
    longer = max(len(p), len(q))
    left, right = p + [0] * (longer - len(p)), q + [0] * (longer - len(q))
    return trimmed(x + factor * y for x, y in zip(left, right, strict=True))


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    """Return the product.

    >>> times([1, 1], [-1, 1])
    [-1, 0, 1]
    """
    if not p or not q:
        return []
    work.count_products(len(p) * len(q), max(bits(p), bits(q)))
    product = [0] * (len(p) + len(q) - 1)
    for i, x in enumerate(p):
        for j, y in enumerate(q):
            product[i + j] += x * y
    return product


def inner(xs: Sequence[Polynomial], ys: Sequence[Polynomial]) -> Polynomial:
    """Return the sum of the products.

    >>> inner([[1], [0, 1]], [[2], [0, 1]])
    [2, 0, 1]
    """
    total: Polynomial = []
    for x, y in zip(xs, ys, strict=True):
        total = plus(total, times(x, y))
    return total


def determinant(rows: Sequence[Sequence[Polynomial]]) -> Polynomial:
    """Return the determinant of a square matrix, expanded by the first row.

    >>> determinant([[[0, 1], [1]], [[1], [0, 1]]])
    [-1, 0, 1]
    """
    if len(rows) == 1:
        return rows[0][0]
    total: Polynomial = []
    for column, entry in enumerate(rows[0]):
        rest = determinant([[x for c, x in enumerate(row) if c != column] for row in rows[1:]])
        total = plus(total, times(entry, rest), -1 if column % 2 else 1)
    return total


def bits(p: Polynomial) -> int:
    """Return the bits of the longest coefficient.

    >>> bits([1, -8])
    4
    """
    return max((x.bit_length() for x in p), default=0)


def sign_at(p: Polynomial, x: Fraction) -> int:
    """Return the sign of p at a rational number.

    >>> sign_at([-1, 2], Fraction(1, 2)), sign_at([-1, 2], Fraction(1, 3))
    (0, -1)
    """
    value = at(p, x)
    return (value > 0) - (value < 0)


def at(p: Polynomial, x: Fraction) -> int:
    """Return p at a rational number times a power of its denominator, that of the degree of p.

    >>> at([-1, 0, 3], Fraction(1, 2))
    -1
    """
    work.count_products(3 * len(p), bits(p) + len(p) * longest(x))
    value, power = 0, 1
    for c in reversed(p):
        value = value * x.numerator + c * power
        power *= x.denominator
    return value


def longest(x: Fraction) -> int:
    """Return the bits of the longer part of a number.

    >>> longest(Fraction(1, 8))
    4
    """
    return max(x.numerator.bit_length(), x.denominator.bit_length())


def divided(p: Polynomial, g: Polynomial) -> Polynomial | None:
    """Return a positive multiple of p/g with integer coefficients, or None unless g divides p.

    >>> divided([-1, 0, 1], [2, 2]), divided([1, 1], [0, 1])
    ([-1, 1], None)
    """
    rest, quotient = p[:], [0] * max(len(p) - len(g) + 1, 0)
    for k in reversed(range(len(quotient))):
        top, lead = rest[k + len(g) - 1], g[-1]
        if not top:
            continue
        scale = abs(lead) // gcd(lead, top)
        work.count_products(2 * len(rest) + len(g), bits(rest) + bits(g))
        rest, quotient = [scale * x for x in rest], [scale * x for x in quotient]
        quotient[k] = scale * top // lead
        for i, x in enumerate(g):
            rest[k + i] -= quotient[k] * x
    if any(rest):
        return None
    common = gcd(*quotient)
    return [x // common for x in quotient] if common else quotient


def moved(p: Polynomial, low: Fraction, high: Fraction) -> list[int]:
    """Return the coefficients in s of (c + c s)^m p((low + high s)/(1 + s)), m the degree, c > 0 an integer.

    The first one has the sign of p at ``low``, the last one that at ``high``; none is left out.

    >>> moved([-1, 2], Fraction(0), Fraction(1))
    [-1, 1]
    """
    c = lcm(low.denominator, high.denominator)
    a, b = int(low * c), int(high * c)
    found: list[int] = []
    power = [1]
    for x in reversed(p):  # Horner's rule, with (a + b s) for x and c + c s for 1
        found = [a * u + b * v for u, v in zip([*found, 0], [0, *found], strict=True)] if found else [0]
        found = [u + x * v for u, v in zip(found, power, strict=True)]
        power = [c * (u + v) for u, v in zip([*power, 0], [0, *power], strict=True)]
    work.count_products(6 * len(p) ** 2, bits(p) + len(p) * (max(longest(low), longest(high)) + 1))
    return found


def variations(coefficients: Sequence[int]) -> int:
    """Return how often the sign changes along coefficients, zeros left out.

    >>> variations([1, 0, -1, -1, 1])
    2
    """
    signs = [x > 0 for x in coefficients if x]
    return sum(one != other for one, other in pairwise(signs))


def sign_throughout(p: Polynomial, low: Fraction, high: Fraction) -> int:
    """Return the sign that p has on all of a closed interval; 0 if none is seen.

    Source: parameters/FORMAT.md, lemma ``one-sign``.

    >>> sign_throughout([2, -2, 1], Fraction(0), Fraction(2))
    1
    >>> sign_throughout([0, 1], Fraction(0), Fraction(1))
    0
    """
    sign, todo = sign_at(p, low), [(low, high, 0)]
    while todo:
        low, high, halvings = todo.pop()
        found = [sign * x for x in moved(p, low, high)]
        if not found or found[0] <= 0 or found[-1] <= 0 or halvings > HALVINGS_LIMIT:
            return 0
        if min(found) < 0:
            middle = (low + high) / 2
            todo += [(low, middle, halvings + 1), (middle, high, halvings + 1)]
    return sign
