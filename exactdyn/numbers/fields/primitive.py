"""The linear algebra of field extensions: a primitive element, its polynomial, and numbers in its powers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import TypeAlias

from flint import arb, fmpq, fmpq_mat, fmpq_poly, fmpz, fmpz_poly

from exactdyn.numbers.fields.real_root import isolates
from exactdyn.numbers.precision import FIRST_BITS, working
from exactdyn.numbers.reading import to_fmpq

Ball: TypeAlias = Callable[[int], arb]
"""Balls around one number, for every precision."""


def relations(
    modulus: fmpq_poly, polynomial: Sequence[fmpq_poly], multiple: int
) -> tuple[fmpz_poly, fmpq_poly] | None:
    """Return the polynomial N of w = y + m t, and H with t = H(w) / N'(w); None if N has a double root.

    The algebra is Q[t, y] with G(t) = 0 and y^p + c_(p-1) y^(p-1) + ... + c_0 = 0, without double roots.
    ``modulus``: G, monic and integer. ``polynomial``: c_0, ..., c_(p-1), polynomials in t. ``multiple``: m.
    N and H come from the traces of w^k and t w^k, so that no equations are solved.
    Source: F. Rouillier, Solving zero-dimensional systems through the rational univariate representation,
    Applicable Algebra in Engineering, Communication and Computing 9 (1999), theorem 3.1.

    >>> two, three = fmpq_poly([-2, 0, 1]), [fmpq_poly([-3]), fmpq_poly([])]
    >>> relations(two, three, 1)
    (x^4 + (-10)*x^2 + 1, 8*x^2 + 8)
    >>> relations(two, three, 0) is None
    True
    """
    degree, theta = int(modulus.degree()), fmpq_poly([0, 1])
    size = degree * len(polynomial)
    trace, above = trace_of(modulus), power_sums(polynomial, modulus)
    row = [fmpq_poly([1])] + [fmpq_poly([])] * (len(polynomial) - 1)
    of_powers, of_old = [], []
    for _ in range(size + 1):
        number = reduce(add, map(mul, row, above)) % modulus
        of_powers.append(trace(number))
        of_old.append(trace(number * theta % modulus))
        top, shifted = row[-1], [fmpq_poly([]), *row[:-1]]
        row = [
            (up - top * c + multiple * theta * x) % modulus
            for up, c, x in zip(shifted, polynomial, row, strict=True)
        ]
    norm = of_traces(of_powers)
    if norm.gcd(norm.derivative()).degree() > 0:
        return None
    product = fmpq_poly(of_old[:size]) * fmpq_poly(norm.coeffs()[::-1])
    return norm.numer(), norm.denom() * fmpq_poly([product[size - 1 - power] for power in range(size)])


def characteristic(number: fmpq_poly, modulus: fmpq_poly) -> fmpq_poly:
    """Return the characteristic polynomial of a number over the rationals: a power of its minimal polynomial.

    >>> characteristic(fmpq_poly([1, 1]), fmpq_poly([-2, 0, 1]))
    x^2 + (-2)*x + (-1)
    """
    trace, power, traces = trace_of(modulus), fmpq_poly([1]), []
    for _ in range(int(modulus.degree()) + 1):
        traces.append(trace(power))
        power = power * number % modulus
    return of_traces(traces)


def trace_of(modulus: fmpq_poly) -> Callable[[fmpq_poly], fmpq]:
    """Return what gives the trace over the rationals of a polynomial in t, where G(t) = 0.

    >>> trace_of(fmpq_poly([-2, 0, 1]))(fmpq_poly([3, 1]))
    6
    """
    whole = [fmpq_poly([modulus[power]]) for power in range(int(modulus.degree()))]
    sums = [x[0] for x in power_sums(whole, fmpq_poly([0, 1]))]
    return lambda number: sum((number[power] * own for power, own in enumerate(sums)), fmpq(0))


def of_traces(traces: Sequence[fmpq]) -> fmpq_poly:
    """Return the monic polynomial whose roots have these sums of the powers 0, 1, ..., up to its degree.

    Source: Newton's identities, D. E. Knuth, The Art of Computer Programming 1, section 1.2.9, exercise 10.

    >>> of_traces([fmpq(2), fmpq(-2), fmpq(10)])
    x^2 + 2*x + (-3)
    """
    entries = [fmpq(1)]  # the highest first
    for power in range(1, len(traces)):
        entries.append(-reduce(add, map(mul, reversed(entries), traces[1:])) / power)
    return fmpq_poly(entries[::-1])


def power_sums(polynomial: Sequence[fmpq_poly], modulus: fmpq_poly) -> list[fmpq_poly]:
    """Return the sums of the powers 0, ..., p - 1 of the roots of y^p + c_(p-1) y^(p-1) + ... + c_0.

    Source: Newton's identities, D. E. Knuth, The Art of Computer Programming 1, section 1.2.9, exercise 10.

    >>> power_sums([fmpq_poly([-3]), fmpq_poly([2])], fmpq_poly([-2, 0, 1]))
    [2, (-2)]
    """
    size = len(polynomial)
    sums = [fmpq_poly([size])]
    for power in range(1, size):
        rest = -power * polynomial[size - power]
        for lower in range(1, power):
            rest -= polynomial[size - lower] * sums[power - lower]
        sums.append(rest % modulus)
    return sums


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


def denominator(polynomial: fmpq_poly) -> int:
    """Return a positive integer that makes a root of a monic polynomial an algebraic integer.

    It is the least one but for primes above 1000, which are not looked for.

    >>> denominator(fmpq_poly([-1, -4, 4, 8], 8))  # of cos(2 pi / 7), half an algebraic integer
    2
    """
    degree, multiple = int(polynomial.degree()), int(polynomial.denom())
    for prime, power in fmpz(multiple).factor(trial_limit=1000):
        for _ in range(int(power)):
            fewer = multiple // int(prime)
            if all((x * fewer ** (degree - k)).q == 1 for k, x in enumerate(polynomial.coeffs())):
                multiple = fewer
    return multiple
