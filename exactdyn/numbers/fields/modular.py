"""Numbers of a field modulo a large prime: what is independent there is so over the rationals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flint import fmpq_poly, fmpz, nmod_mat, nmod_poly

FIRST = 2**61 - 1
"""A prime; smaller ones follow."""


def primes(*polynomials: fmpq_poly) -> Iterator[int]:
    """Go through large primes that divide no denominator of some polynomials.

    >>> next(primes(fmpq_poly([1], 3)))
    2305843009213693951
    """
    for candidate in range(FIRST, 0, -2):
        if fmpz(candidate).is_prime() and all(x.denom() % candidate for x in polynomials):
            yield candidate


def reduced(polynomial: fmpq_poly, prime: int) -> nmod_poly:
    """Return a polynomial modulo a prime that does not divide its denominator.

    >>> reduced(fmpq_poly([1, 1], 2), 7)
    4*x + 4
    """
    return nmod_poly(polynomial.numer(), prime) * pow(int(polynomial.denom()), -1, prime)


def powers_modulo(number: fmpq_poly, modulus: fmpq_poly, prime: int) -> list[list[int]]:
    """Return the coefficients of the powers of a number below its field's degree, modulo a prime.

    >>> powers_modulo(fmpq_poly([1, 1]), fmpq_poly([-2, 0, 1]), 7)
    [[1, 0], [1, 1]]
    """
    degree = int(modulus.degree())
    own, whole = reduced(number, prime), reduced(modulus, prime)
    rows, power = [], nmod_poly([1], prime)
    for _ in range(degree):
        rows.append([int(power[place]) for place in range(degree)])
        power = power * own % whole
    return rows


def rank_modulo(rows: Sequence[Sequence[int]], prime: int) -> int:
    """Return the rank modulo a prime: over the rationals it is no smaller.

    >>> rank_modulo([[1, 2], [2, 4]], 7)
    1
    """
    return int(nmod_mat(len(rows), len(rows[0]), [x for row in rows for x in row], prime).rank())


def pivots_modulo(rows: Sequence[Sequence[int]], prime: int) -> list[int]:
    """Return places at which vectors that are independent modulo a prime are so: there they are over Q too.

    >>> pivots_modulo([[1, 2, 3], [1, 2, 4]], 7)
    [0, 2]
    """
    echelon, rank = nmod_mat(len(rows), len(rows[0]), [x for row in rows for x in row], prime).rref()
    width = len(rows[0])
    return [next(place for place in range(width) if int(echelon[k, place])) for k in range(rank)]
