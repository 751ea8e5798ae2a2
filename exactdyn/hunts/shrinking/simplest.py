"""The simplest systems that there are, gone through from the smallest: often one of them fails as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, permutations, product
from math import gcd

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import small_matrices
from exactdyn.hunts.shrinking.counterexample import Trial
from exactdyn.hunts.shrinking.parts import has_values, without
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import is_symmetric, rational_matrix

SIZES = ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (4, 2))
"""Numbers of tokens and dimensions, from the smallest."""

LARGEST = {1: 3, 2: 1}
"""The largest coordinate of a token, up to its sign, by dimension."""

_POSITIVE = tuple(map(Fraction, ("1", "1/2", "2")))
_NOT_POSITIVE = tuple(map(Fraction, ("-2", "-1/2", "0")))


def simplest(trial: Trial) -> Iterator[Trial]:
    """Yield the systems with the smallest integers and fewer tokens, or as many in a lower dimension.

    All of a system but A and alpha is kept. A is invertible in the first of them; it is symmetric, no token
    is 0 and none a copy of another, where this is so in ``trial``. Tokens that are others turned or mirrored
    are left out.

    >>> one, nine = Fraction(1), Fraction(9)
    >>> found = next(simplest(Trial(((nine, nine), (nine, nine)), one, ((nine, one), (one, nine)), 3)))
    >>> [int(x) for row in (*found.A, *found.tokens) for x in row]
    [1, 1]
    """
    count, dimension = len(trial.tokens), len(trial.A)
    zero, copies = not all(map(any, trial.tokens)), len(set(trial.tokens)) < count
    sizes = [(n, d) for n, d in SIZES if n <= count and d <= dimension and (n, d) != (count, dimension)]
    for invertible, (n, d) in product((True, False), sizes):
        around = without(trial.around, range(n, count))
        if around is None or (d < dimension and has_values(trial)):
            continue
        own = replace(trial, around=around)
        alphas = [around] if trial.alpha is None else _alphas(trial.alpha)
        for alpha, tokens in product(alphas, _tokens(n, d, zero, copies)):
            for A in _matrices(d, is_symmetric(trial.A), invertible):
                yield replace(own, A=A, around=alpha, tokens=tokens)


def _alphas(own: Fraction) -> list[Fraction]:
    return list(dict.fromkeys((own, *(_POSITIVE if own > 0 else _NOT_POSITIVE))))


@cache
def _matrices(dimension: int, symmetric: bool, invertible: bool) -> tuple[Rows, ...]:
    matrices = matrix_class("symmetric" if symmetric else "general", dimension)
    small = [*small_matrices(matrices, 1, 3 ** (dimension * dimension))]
    if dimension == 2 and not symmetric:  # some things want an A that is far from symmetric
        small += [
            _rows(((1, b), (c, 1))) for b, c in product(range(-2, 3), repeat=2) if max(abs(b), abs(c)) == 2
        ]
    return tuple(A for A in small if any(map(any, A)) and bool(rational_matrix(A).det()) == invertible)


def _rows(rows: tuple[tuple[int, ...], ...]) -> Rows:
    return tuple(tuple(map(Fraction, row)) for row in rows)


def _turns(dimension: int) -> list[Callable[[tuple[int, ...]], tuple[int, ...]]]:
    def turn(order: tuple[int, ...], signs: tuple[int, ...]) -> Callable[[tuple[int, ...]], tuple[int, ...]]:
        return lambda z: tuple(sign * z[r] for r, sign in zip(order, signs, strict=True))

    ways = product(permutations(range(dimension)), product((1, -1), repeat=dimension))
    return [turn(order, signs) for order, signs in ways]


@cache
def _tokens(count: int, dimension: int, zero: bool, copies: bool) -> tuple[Rows, ...]:
    bound = LARGEST[dimension]
    points = [z for z in product(range(-bound, bound + 1), repeat=dimension) if zero or any(z)]
    chosen = {
        max(tuple(sorted(map(turn, tokens), reverse=True)) for turn in _turns(dimension))
        for tokens in combinations_with_replacement(points, count)
        if gcd(*(x for z in tokens for x in z)) == 1 and (copies or len(set(tokens)) == count)
    }
    ordered = sorted(chosen, key=lambda tokens: (sum(abs(x) for z in tokens for x in z), tokens))
    return tuple(map(_rows, ordered))
