"""Ways to make a trial smaller, each trying one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import ceil, floor
from typing import TypeVar

from flint import fmpq_mat

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import small_matrices
from exactdyn.hunts.shrinking.attention import projected
from exactdyn.hunts.shrinking.counterexample import Trial, height
from exactdyn.hunts.shrinking.parts import has_values, independent, without
from exactdyn.hunts.shrinking.simplest import simplest
from exactdyn.hunts.tokens.wanted import plus
from exactdyn.numbers.reading import Row, Rows, to_fmpq
from exactdyn.numbers.vectors import (
    fraction_rows,
    identity,
    inner,
    is_symmetric,
    primitive_rows,
    rational_matrix,
)

T = TypeVar("T")

Reduction = Callable[[Trial], Iterator[Trial]]
"""Proposes smaller trials, the smallest first; some may not be smaller after all."""

_SMALL_MATRICES, _SMALL_ENTRIES, _SHIFTS = 200, 3, 6
_PAIRED = 12  # of more tokens the first so many are paired


def _fewer_tokens(trial: Trial) -> Iterator[Trial]:
    """Leave out one token, with its row and its column of the mask."""
    if len(trial.tokens) > 1:
        for i in range(len(trial.tokens)):
            around = without(trial.around, [i])
            if around is not None:
                yield replace(trial, around=around, tokens=_without(trial.tokens, i))


def _pairs(trial: Trial) -> Iterator[Trial]:
    """Keep two tokens alone, with A or with -I, of which two tokens are often enough."""
    count = len(trial.tokens)
    if count <= 2:
        return
    opposite = tuple(tuple(-x for x in row) for row in identity(len(trial.A)))
    for pair in combinations(range(min(count, _PAIRED)), 2):
        around = without(trial.around, {*range(count)} - {*pair})
        if around is not None:
            for A in dict.fromkeys((trial.A, opposite)):
                yield replace(trial, A=A, around=around, tokens=tuple(trial.tokens[i] for i in pair))


def _beside_zero(trial: Trial) -> Iterator[Trial]:
    """In place of A = 0 take a semidefinite matrix that is 0 on one difference of tokens, or a simple one."""
    if any(map(any, trial.A)):
        return
    for x, y in combinations(trial.tokens, 2):
        v = plus(y, x, -1)
        square = inner(v, v)
        # <Az, z> = |v|^2 |z|^2 - <v, z>^2, which is 0 on the line of v alone.
        A = tuple(tuple(square * (r == c) - v[r] * v[c] for c in range(len(v))) for r in range(len(v)))
        yield replace(trial, A=primitive_rows(A))
    yield from _simple_matrix(trial)


def _lower_dimension(trial: Trial) -> Iterator[Trial]:
    """Restrict the system to the span of the tokens, or leave out a coordinate, alone or added to another."""
    if has_values(trial):
        return  # V stays, so do the coordinates that it is about
    dimension = len(trial.A)
    if len(independent(trial.tokens)) < dimension:
        yield from _in_simple_bases(trial)
    for r in range(dimension) if dimension > 1 else ():
        A = tuple(_without(row, r) for row in _without(trial.A, r))
        yield replace(trial, A=A, tokens=tuple(_without(row, r) for row in trial.tokens))
        for other, sign in product({*range(dimension)} - {r}, (1, -1)):
            added = (_with(row, other, row[other] + sign * row[r]) for row in trial.tokens)
            yield replace(trial, A=A, tokens=tuple(_without(row, r) for row in added))


def _fewer_layers(trial: Trial) -> Iterator[Trial]:
    """Look at fewer layers."""
    for layers in range(trial.layers):
        yield replace(trial, layers=layers)


def _more_hypotheses(trial: Trial) -> Iterator[Trial]:
    """Make A symmetric or definite, alpha positive, zero tokens and copies others."""
    A, size = trial.A, range(len(trial.A))
    if not is_symmetric(A):
        A = tuple(tuple(A[r][c] + A[c][r] for c in size) for r in size)
        yield replace(trial, A=A)
    for matrix in dict.fromkeys((A, trial.A)):
        dominant = max(sum(map(abs, row)) for row in (*matrix, *zip(*matrix, strict=True))) + 1
        for shift in (*range(1, _SHIFTS), dominant):
            yield replace(trial, A=tuple(tuple(matrix[r][c] + shift * (r == c) for c in size) for r in size))
    if trial.alpha is not None and trial.alpha <= 0:
        for alpha in dict.fromkeys((Fraction(1), -trial.alpha)):
            yield replace(trial, around=alpha)
    for i, token in enumerate(trial.tokens):
        if not any(token) or trial.tokens.count(token) > 1:
            yield from (replace(trial, tokens=_with(trial.tokens, i, moved)) for moved in _neighbours(token))


def _simple_matrix(trial: Trial) -> Iterator[Trial]:
    """Take one of the simplest integer matrices."""
    for A in _simplest_matrices("symmetric" if is_symmetric(trial.A) else "general", len(trial.A)):
        yield replace(trial, A=A)


@lru_cache(maxsize=16)  # as every step of every shrinking goes through them
def _simplest_matrices(kind: str, dimension: int) -> tuple[Rows, ...]:
    return tuple(small_matrices(matrix_class(kind, dimension), _SMALL_ENTRIES, _SMALL_MATRICES))


def _other_coordinates(trial: Trial) -> Iterator[Trial]:
    """Multiply A or all tokens by a positive number, one coordinate by any; take tokens as a basis."""
    yield replace(trial, A=primitive_rows(trial.A))
    yield replace(trial, tokens=primitive_rows(trial.tokens))
    yield replace(trial, tokens=tuple(tuple(-x for x in row) for row in trial.tokens))
    for r in range(len(trial.A)):
        column = primitive_rows((tuple(row[r] for row in trial.tokens),))[0]
        own = next((y / row[r] for y, row in zip(column, trial.tokens, strict=True) if row[r]), Fraction(1))
        for factor in dict.fromkeys((own, -own, Fraction(-1))):
            tokens = tuple(_with(row, r, row[r] * factor) for row in trial.tokens)
            A = tuple(
                tuple(x / factor ** ((i == r) + (j == r)) for j, x in enumerate(row))
                for i, row in enumerate(trial.A)
            )
            yield replace(trial, A=A, tokens=tokens)
            yield replace(trial, A=primitive_rows(A), tokens=tokens)
    if not has_values(trial):
        yield from _in_simple_bases(trial)


def _smaller_numbers(trial: Trial) -> Iterator[Trial]:
    """Make one number simpler; or all with this absolute value in A, or in a column of the tokens."""
    for y in () if trial.alpha is None else simpler(trial.alpha):
        if y != -1:
            yield replace(trial, around=y)
    for A in _changed(trial.A):
        yield replace(trial, A=A)
    for i, row in enumerate(trial.A):
        for j in range(i):
            for y in simpler(row[j]):
                A = _with(trial.A, i, _with(trial.A[i], j, y))
                yield replace(trial, A=_with(A, j, _with(A[j], i, y if row[j] == trial.A[j][i] else -y)))
    for tokens in _changed(trial.tokens):
        yield replace(trial, tokens=tokens)
    for r in range(len(trial.A)):
        for (column,) in _changed((tuple(row[r] for row in trial.tokens),)):
            moved = zip(trial.tokens, column, strict=True)
            yield replace(trial, tokens=tuple(_with(row, r, x) for row, x in moved))


def simpler(x: Fraction) -> list[Fraction]:
    """Return numbers that are simpler than one: of smaller height, or positive instead of negative.

    >>> [str(y) for y in simpler(Fraction(5, 3))]
    ['0', '1', '-1', '2', '-2', '1/2', '-1/2', '3', '-3', '3/2']
    """
    small = [*map(Fraction, (0, 1, -1, 2, -2, 3, -3)), Fraction(1, 2), Fraction(-1, 2)]
    # Far from these, halves of the way and single steps: few candidates lead to the smallest.
    near = [Fraction(y) for part in (8, 4, 2) for y in (floor(x / part), floor(x - x / part))]
    near += map(Fraction, (floor(x), ceil(x), ceil(x) - 1, floor(x) + 1))
    coarse = [x.limit_denominator(q) for q in range(1, min(x.denominator, 8))]
    candidates = dict.fromkeys([*small, *near, *coarse, -x])
    own = height(x), x < 0
    return sorted(
        (y for y in candidates if (height(y), y < 0) < own), key=lambda y: (height(y), y.denominator, y < 0)
    )


REDUCTIONS: dict[str, Reduction] = {
    "simplest": simplest,
    "pairs": _pairs,
    "tokens": _fewer_tokens,
    "zero matrix": _beside_zero,  # before dimensions, of which it may need two
    "dimension": _lower_dimension,
    "projection": projected,
    "layers": _fewer_layers,
    "hypotheses": _more_hypotheses,
    "matrix": _simple_matrix,
    "coordinates": _other_coordinates,
    "numbers": _smaller_numbers,
}
"""All reductions, in the order in which they are tried."""


def _changed(rows: Rows) -> Iterator[Rows]:
    # One entry made simpler, or all entries of one absolute value.
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            for y in simpler(x):
                yield _with(rows, i, _with(row, j, y))
    for value in dict.fromkeys(abs(x) for row in rows for x in row):
        for y in simpler(value):
            yield tuple(tuple(y if x == value else -y if x == -value else x for x in row) for row in rows)


def _neighbours(token: Row) -> Iterator[Row]:
    for r, x in enumerate(token):
        yield _with(token, r, x + 1)
        yield _with(token, r, x - 1)


def _in_simple_bases(trial: Trial) -> Iterator[Trial]:
    # Tokens X B with the rows of B independent see of A only B A B^T. Rows of B: tokens, or those that make
    # X the tokens' own coordinates, as many as are needed.
    tokens = rational_matrix(trial.tokens)
    reduced, rank = tokens.rref()
    dimension = len(trial.A)
    own = [[to_fmpq(x) for x in trial.tokens[i]] for i in independent(trial.tokens)]
    for rows in (own, [[reduced[r, c] for c in range(dimension)] for r in range(rank)]) if rank else ():
        B = fmpq_mat(rows)
        X = tokens * B.transpose() * (B * B.transpose()).inv()
        A = B * rational_matrix(trial.A) * B.transpose()
        yield replace(trial, A=primitive_rows(fraction_rows(A)), tokens=fraction_rows(X))
        yield replace(trial, A=fraction_rows(A), tokens=fraction_rows(X))


def _without(row: tuple[T, ...], place: int) -> tuple[T, ...]:
    return row[:place] + row[place + 1 :]


def _with(row: tuple[T, ...], place: int, value: T) -> tuple[T, ...]:
    return (*row[:place], value, *row[place + 1 :])
