"""The linear algebra of field extensions: a primitive element, its polynomial, and numbers in its powers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from flint import arb, fmpq, fmpq_mat, fmpq_poly, fmpz_poly

from exactdyn.numbers.fields.real_root import FIRST_BITS, isolates
from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import to_fmpq

Ball: TypeAlias = Callable[[int], arb]
"""Balls around one number, for every precision."""


def relations(
    modulus: fmpq_poly, polynomial: Sequence[fmpq_poly], multiple: int
) -> tuple[fmpz_poly, fmpq_poly] | None:
    """Return the polynomial of w = y + multiple t, and t as a polynomial in w, if its powers are a basis.

    The algebra is Q[t, y] with G(t) = 0 and y^p + c_(p-1) y^(p-1) + ... + c_0 = 0. ``modulus``: G, monic and
    integer. ``polynomial``: c_0, ..., c_(p-1), integer polynomials in t.
    Source: primitive element, H. Cohen, A Course in Computational Algebraic Number Theory, section 4.2.2.

    >>> two, three = fmpq_poly([-2, 0, 1]), [fmpq_poly([-3]), fmpq_poly([])]
    >>> relations(two, three, 1)
    (x^4 + (-10)*x^2 + 1, 1/2*x^3 + (-9/2)*x)
    >>> relations(two, three, 0) is None
    True
    """
    degree = int(modulus.degree())
    size = degree * len(polynomial)
    theta = fmpq_poly([0, 1])
    row = [fmpq_poly([1])] + [fmpq_poly([])] * (len(polynomial) - 1)
    rows = []
    for _ in range(size + 1):
        rows.append([x[power] for x in row for power in range(degree)])
        top = row[-1]
        shifted = [fmpq_poly([]), *row[:-1]]
        row = [
            (up - top * c + multiple * theta * x) % modulus
            for up, c, x in zip(shifted, polynomial, row, strict=True)
        ]
    old = theta % modulus
    wanted = [old[power] if power < degree else fmpq(0) for power in range(size)]
    try:
        found = fmpq_mat(rows[:size]).transpose().solve(fmpq_mat([rows[size], wanted]).transpose())
    except ZeroDivisionError:
        return None
    whole = fmpq_poly([*(-found[k, 0] for k in range(size)), 1])
    return whole.numer(), fmpq_poly([found[k, 1] for k in range(size)])


def factor_at(polynomial: fmpz_poly, ball: Ball) -> fmpz_poly:
    """Return the irreducible factor of a squarefree polynomial that vanishes at the number inside balls.

    >>> factor_at(fmpz_poly([-2, 1]) * fmpz_poly([-2, 0, 1]), lambda bits: arb(2).sqrt())
    x^2 + (-2)
    """
    factors = [factor for factor, _ in polynomial.factor()[1]]
    bits = FIRST_BITS
    while len(factors) > 1:
        near = ball(bits)
        with working(bits):
            factors = [x for x in factors if not (x(near) > 0 or x(near) < 0)]
        bits *= 2
    return factors[0]


def preimage(image: fmpq_poly, modulus: fmpq_poly) -> fmpq_poly:
    """Write x as a polynomial in ``image``, both modulo a polynomial of which ``image`` generates the field.

    >>> preimage(fmpq_poly([1, 2]), fmpq_poly([-2, 0, 1]))
    1/2*x + (-1/2)
    """
    degree = int(modulus.degree())
    x = fmpq_poly([0, 1]) % modulus
    columns = fmpq_mat(powers(image, modulus, degree)).transpose()
    found = columns.solve(fmpq_mat([[x[power] for power in range(degree)]]).transpose())
    return fmpq_poly([found[power, 0] for power in range(degree)])


def powers(number: fmpq_poly, modulus: fmpq_poly, count: int) -> list[list[fmpq]]:
    """Return the coefficients of the first powers of a number, 1 first.

    >>> powers(fmpq_poly([1, 1]), fmpq_poly([-2, 0, 1]), 3)
    [[1, 0], [1, 1], [3, 2]]
    """
    degree = int(modulus.degree())
    rows, power = [], fmpq_poly([1])
    for _ in range(count):
        rows.append([power[k] for k in range(degree)])
        power = power * number % modulus
    return rows


def composed(polynomial: fmpq_poly, image: fmpq_poly, modulus: fmpq_poly) -> fmpq_poly:
    """Put a number into a polynomial, modulo a polynomial.

    >>> composed(fmpq_poly([0, 0, 1]), fmpq_poly([1, 1]), fmpq_poly([-2, 0, 1]))
    2*x + 3
    """
    result = fmpq_poly([])
    for coefficient in reversed(polynomial.coeffs()):
        result = (result * image + coefficient) % modulus
    return result


def narrowed(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Halve an interval with one root of an irreducible polynomial, of degree 2 or more, to isolate the root.

    >>> narrowed(fmpz_poly([-2, 0, 1]), Fraction(0), Fraction(2))
    (Fraction(1, 1), Fraction(2, 1))
    """
    rising = polynomial(to_fmpq(high)) > 0
    while not isolates(polynomial, low, high):
        middle = (low + high) / 2
        low, high = (low, middle) if (polynomial(to_fmpq(middle)) > 0) == rising else (middle, high)
    return low, high
