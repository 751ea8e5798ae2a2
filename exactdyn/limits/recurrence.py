"""Linear recurrences that a sequence of states satisfies: minimal polynomials, and their spectra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

from flint import fmpq, fmpq_poly, fmpz, fmpz_mat

from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row, Rows, exact, to_fmpq


def minimal_polynomial(states: Sequence[Points]) -> fmpq_poly | None:
    """Return the monic polynomial p of least degree with p(E) Z = 0, or None if these states are too few.

    ``states``: Z(0), ..., Z(s). E moves one state on: with p = x^D + p_{D-1} x^{D-1} + ... + p_0 the relation
    is Z(D) + p_{D-1} Z(D-1) + ... + p_0 Z(0) = 0. A polynomial of degree D <= s is found if there is one. If
    the states obey Z(j+1) = M Z(j) with one matrix M, the relation holds from every state on.
    Source: minimal polynomial of a vector, F. R. Gantmacher, The Theory of Matrices 1, section VII.1.

    >>> str(minimal_polynomial([Points.from_rows([[1], [x]]) for x in ("1/2", "3/4", "7/8")]))
    'x^2 + (-3/2)*x + 1/2'
    """
    # A column may be scaled as long as its factor is taken into the relation: no common denominator.
    common = [state.common for state in states]
    columns = fmpz_mat([numerators.entries() for numerators, _ in common])
    reduced, divisor, rank = columns.transpose().rref()
    if rank == len(states):
        return None
    # The columns 0..D-1 are independent and column D is not: the first D rows of the reduced matrix say how.
    degree = next(j for j in range(len(states)) if j >= rank or reduced[j, j] == 0)
    scale = common[degree][1]
    coefficients = [-fmpq(reduced[j, degree] * common[j][1], divisor * scale) for j in range(degree)]
    return fmpq_poly([*coefficients, 1])


def rational_spectrum(polynomial: fmpq_poly) -> dict[Fraction, int] | None:
    """Return the roots of a polynomial with their multiplicities if all are rational, otherwise None.

    >>> rational_spectrum(fmpq_poly([1, -3, 2]))
    {Fraction(1, 2): 1, Fraction(1, 1): 1}
    """
    roots: dict[Fraction, int] = {}
    for factor, multiplicity in polynomial.factor()[1]:
        if factor.degree() != 1:
            return None
        constant, slope = factor.coeffs()
        roots[exact(-constant / slope)] = multiplicity
    return dict(sorted(roots.items()))


def pairwise_products(spectrum: Mapping[Fraction, int]) -> list[Fraction]:
    """Return rates, each as often as needed, of every product of two sequences with this spectrum, ascending.

    A sequence with spectrum {rate: multiplicity} is a sum of rate^m times polynomials in m of degree below
    the multiplicity; the product of two such terms with e and f has degree below e + f - 1.
    Source: R. P. Stanley, Enumerative Combinatorics 1, Theorem 4.1.1, for the form of the terms.

    >>> pairwise_products({Fraction(1, 2): 1, Fraction(1): 1})
    [Fraction(1, 4), Fraction(1, 2), Fraction(1, 1)]
    """
    products: dict[Fraction, int] = {}
    for first, e in spectrum.items():
        for second, f in spectrum.items():
            rate = first * second
            products[rate] = max(products.get(rate, 0), e + f - 1)
    return [rate for rate in sorted(products) for _ in range(products[rate])]


def eigenvector_weights(polynomial: fmpq_poly, rate: Fraction) -> Row:
    """Return weights w_0, w_1, ... whose combination of states one step multiplies by the rate.

    ``polynomial``: of a sequence of states. If the rate is no multiple root of it, the weights satisfy
    sum_j w_j rate^j = 1: for the rate 1 the combination sum_j w_j Z(j) is then the limit of the sequence
    if it has one. If the rate is a multiple root, that sum is 0 and the combination is not zero.

    >>> eigenvector_weights(fmpq_poly([1, -3, 2]), Fraction(1))
    (Fraction(-1, 1), Fraction(2, 1))
    """
    quotient = polynomial // polynomial.gcd(fmpq_poly([to_fmpq(-rate), 1]))
    size = quotient(to_fmpq(rate))
    return tuple(exact(x / size if size != 0 else x) for x in quotient.coeffs())


def weights_after(polynomial: fmpq_poly, steps: int) -> Row:
    """Return weights w_0, w_1, ... with Z(steps) = sum_j w_j Z(j): x^steps modulo the polynomial.

    Source: C. M. Fiduccia, An efficient formula for linear recurrences, SIAM Journal on Computing 14 (1985).

    >>> weights_after(fmpq_poly([1, -3, 2]), 2)
    (Fraction(-1, 2), Fraction(3, 2))
    """
    power, square, rest = fmpq_poly([1]), fmpq_poly([0, 1]) % polynomial, steps
    while rest:
        if rest & 1:
            power = power * square % polynomial
        square, rest = square * square % polynomial, rest >> 1
    return tuple(map(exact, power.coeffs())) or (Fraction(0),)  # no coefficients: the states are zero


def combine(weights: Sequence[Fraction], states: Sequence[Points]) -> Rows:
    """Return the combination sum_j w_j Z(j) of states as rows of fractions.

    >>> combine((Fraction(-1), Fraction(2)), [Points.from_rows([[x]]) for x in ("1/2", "3/4")])
    ((Fraction(1, 1),),)
    """
    terms = [(weight, *state.common) for weight, state in zip(weights, states, strict=False)]
    common = reduce(fmpz.lcm, (weight.denominator * denominator for weight, _, denominator in terms))
    total = fmpz_mat(states[0].count, states[0].dimension)
    for weight, numerators, denominator in terms:
        total += numerators * (weight.numerator * (common // (weight.denominator * denominator)))
    divisor = int(common)
    return tuple(tuple(Fraction(int(x), divisor) for x in row) for row in total.tolist())
