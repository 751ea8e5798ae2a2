"""Linear recurrences that a sequence of states satisfies: minimal polynomials, and their spectra."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from itertools import chain
from typing import Any, TypeAlias

from flint import fmpz, fmpz_mat, nmod_mat

from exactdyn.numbers.domain import Domain, DomainPolynomial
from exactdyn.numbers.fields.joining import from_flint, mapped
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row, Rows

Term: TypeAlias = tuple[Sequence[fmpz_mat], fmpz]
"""Numbers of a domain: an integer matrix for every power of its generator, and what to divide these by."""


PRIME = 2**61 - 1
"""A prime that fits a machine word."""


def minimal_polynomial(terms: Sequence[Term], domain: Domain[Any]) -> DomainPolynomial | None:
    """Return the monic polynomial p of least degree with p(E) Z = 0, or None if these terms are too few.

    ``terms``: Z(0), ..., Z(s), over a domain, and so is p. E moves one term on: with
    p = x^D + p_{D-1} x^{D-1} + ... + p_0 the relation is Z(D) + p_{D-1} Z(D-1) + ... + p_0 Z(0) = 0. A
    polynomial of degree D <= s is found if there is one. If the terms obey Z(j+1) = M Z(j) with one linear
    map M, the relation holds from every term on.
    Source: minimal polynomial of a vector, F. R. Gantmacher, The Theory of Matrices 1, section VII.1.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> states = [Points.from_rows([[1], [x]]) for x in ("1/2", "3/4", "7/8")]
    >>> str(minimal_polynomial([state.coefficients for state in states], RATIONALS))
    'x^2 + (-3/2)*x + 1/2'
    """
    # Combinations over the domain are rational ones of the products with the powers of its generator. A term
    # may be scaled as long as its factor is taken into the relation: no common denominator.
    size = domain.degree
    columns = [_entries(own) for parts, _ in terms for own in domain.multiples(parts)]
    whole = fmpz_mat(columns)
    # What is independent modulo a prime is so, and most terms that are too few are: their numbers are long.
    if nmod_mat(whole, PRIME).rank() == len(columns):
        return None
    reduced, divisor, rank = whole.transpose().rref()
    if rank == len(columns):
        return None
    # Term D is the first that the terms before it combine to: the first rows of the reduced matrix say how.
    degree = next(j for j in range(len(terms)) if j * size >= rank or reduced[j * size, j * size] == 0)
    scale = divisor * terms[degree][1]
    combined = [reduced[row, degree * size] for row in range(degree * size)]
    coefficients = []
    for j in range(degree):
        own = [-x * terms[j][1] for x in combined[j * size : (j + 1) * size]]
        coefficients.append(domain.numbers(own if scale > 0 else [-x for x in own], abs(scale))[0])
    return domain.polynomial([*coefficients, Fraction(1)])


def _entries(parts: Iterable[fmpz_mat]) -> list[fmpz]:
    return list(chain.from_iterable(part.entries() for part in parts))


def coefficients_of(polynomial: DomainPolynomial) -> Row:
    """Return the coefficients of a polynomial, lowest degree first.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> coefficients_of(RATIONALS.polynomial([Fraction(1, 2), Fraction(1)]))
    (Fraction(1, 2), Fraction(1, 1))
    """
    return tuple(map(from_flint, polynomial.coeffs()))


def spectrum_of(polynomial: DomainPolynomial) -> dict[Any, int] | None:
    """Return the roots of a polynomial with their multiplicities if all are in its domain, otherwise None.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> spectrum_of(RATIONALS.polynomial([Fraction(1), Fraction(-3), Fraction(2)]))
    {Fraction(1, 2): 1, Fraction(1, 1): 1}
    """
    roots: dict[Any, int] = {}
    for factor, multiplicity in polynomial.factor()[1]:
        if factor.degree() != 1:
            return None
        constant, slope = factor.coeffs()
        roots[from_flint(-constant / slope)] = multiplicity
    return dict(sorted(roots.items()))


def pairwise_products(spectrum: Mapping[Any, int]) -> list[Any]:
    """Return rates, each as often as needed, of every product of two sequences with this spectrum, ascending.

    A sequence with spectrum {rate: multiplicity} is a sum of rate^m times polynomials in m of degree below
    the multiplicity; the product of two such terms with e and f has degree below e + f - 1.
    Source: R. P. Stanley, Enumerative Combinatorics 1, Theorem 4.1.1, for the form of the terms.

    >>> pairwise_products({Fraction(1, 2): 1, Fraction(1): 1})
    [Fraction(1, 4), Fraction(1, 2), Fraction(1, 1)]
    """
    products: dict[Any, int] = {}
    for first, e in spectrum.items():
        for second, f in spectrum.items():
            rate = from_flint(first * second)
            products[rate] = max(products.get(rate, 0), e + f - 1)
    return [rate for rate in sorted(products) for _ in range(products[rate])]


def eigenvector_weights(polynomial: DomainPolynomial, rate: Any) -> Row:
    """Return weights w_0, w_1, ... whose combination of states one step multiplies by the rate.

    ``polynomial``: of a sequence of states. If the rate is no multiple root of it, the weights satisfy
    sum_j w_j rate^j = 1: for the rate 1 the combination sum_j w_j Z(j) is then the limit of the sequence
    if it has one. If the rate is a multiple root, that sum is 0 and the combination is not zero.
    Source: lemma ``locked-limit`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> eigenvector_weights(RATIONALS.polynomial([Fraction(1), Fraction(-3), Fraction(2)]), Fraction(1))
    (Fraction(-1, 1), Fraction(2, 1))
    """
    whole = coefficients_of(polynomial)
    value, *quotient = _divided(whole, rate)
    if value != 0:  # no root
        return tuple(from_flint(x / value) for x in whole)
    size, *_ = _divided(quotient, rate)
    return tuple(from_flint(x / size) if size != 0 else x for x in quotient)


def _divided(coefficients: Sequence[Any], rate: Any) -> list[Any]:
    """Divide by x - rate: the remainder, which is the value at the rate, then the quotient.

    Source: Horner's rule, D. E. Knuth, The Art of Computer Programming 2, section 4.6.4.
    """
    values = [Fraction(0)]
    for coefficient in reversed(coefficients):
        values.append(values[-1] * rate + coefficient)
    return [from_flint(x) for x in reversed(values[1:])]


def weights_after(polynomial: DomainPolynomial, steps: int, domain: Domain[Any]) -> Row:
    """Return weights w_0, w_1, ... with Z(steps) = sum_j w_j Z(j): x^steps modulo the polynomial.

    Source: C. M. Fiduccia, An efficient formula for linear recurrences, SIAM Journal on Computing 14 (1985).

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> weights_after(RATIONALS.polynomial([Fraction(1), Fraction(-3), Fraction(2)]), 2, RATIONALS)
    (Fraction(-1, 2), Fraction(3, 2))
    """
    zero, one = Fraction(0), Fraction(1)
    power: Any = domain.polynomial([one])
    square: Any = domain.polynomial([zero, one]) % polynomial
    rest = steps
    while rest:
        if rest & 1:
            power = power * square % polynomial
        square, rest = square * square % polynomial, rest >> 1
    return coefficients_of(power) or (zero,)  # no coefficients: the states are zero


def combine(weights: Sequence[Any], states: Sequence[Points]) -> Rows:
    """Return the combination sum_j w_j Z(j) of states as rows of numbers.

    >>> combine((Fraction(-1), Fraction(2)), [Points.from_rows([[x]]) for x in ("1/2", "3/4")])
    ((Fraction(1, 1),),)
    """
    domain = states[0].domain
    terms = []
    for weight, state in zip(weights, states, strict=False):
        parts, denominator = state.coefficients
        factor, below = domain.point([domain.own(weight)])
        terms.append((domain.multiplied(parts, factor), denominator * below))
    common = reduce(fmpz.lcm, (denominator for _, denominator in terms))
    scaled = ([part * (common // denominator) for part in parts] for parts, denominator in terms)
    total = [reduce(fmpz_mat.__add__, own) for own in zip(*scaled, strict=True)]
    rows = zip(*(part.tolist() for part in total), strict=True)
    flat = [tuple(chain.from_iterable(zip(*row, strict=True))) for row in rows]
    # Limits are few where tokens are many: each is made once.
    distinct = {row: domain.numbers(row, common) for row in dict.fromkeys(flat)}
    made = dict(zip(distinct, mapped(tuple(distinct.values()), from_flint), strict=True))
    return tuple(made[row] for row in flat)
