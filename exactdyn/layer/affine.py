"""The step of any hard-attention layer: an affine map of a token and what it attends, then a ReLU block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import lcm
from typing import Any, TypeAlias

from flint import fmpq_mat, fmpz, fmpz_mat

from exactdyn.errors import InputError
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.relu import Relu
from exactdyn.layer.step import LayerStep, Step
from exactdyn.numbers.elimination import inverse_matrix, product
from exactdyn.numbers.fields.joining import mapped, simple
from exactdyn.numbers.points import Points, lowest_terms, mean
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Rows, to_fmpq
from exactdyn.numbers.vectors import (
    cleared,
    fraction_rows,
    identity,
    inner,
    integer_multiple,
    rational_matrix,
)

Multiplier: TypeAlias = Fraction | Rows
"""A matrix that tokens are multiplied by; a number stands for that multiple of the identity."""

Factor: TypeAlias = fmpz | fmpz_mat
"""What the matrix of all tokens is multiplied by: an integer, or a transposed integer matrix."""


@dataclass(frozen=True)
class AffineStep:
    """The step y_i = z_i + sum_h P_h (c_ih - z_i), then a ReLU block if there is one.

    ``parts``: P_h, one for every head, d x d or numbers. c_ih: the mean of what token i attends in head h.
    With R = I - sum_h P_h this is y_i = R z_i + sum_h P_h c_ih.
    Source: arXiv 2508.09628 v1 for one head with a value matrix; arXiv 2502.02270 for the ReLU block.

    >>> step = AffineStep((Fraction(1, 2), ((Fraction(1, 4),),)))
    >>> sets = (frozenset({1}), frozenset({1}))
    >>> step.moved(Points.from_rows([[0], [1]]), sets, sets).rows()[0]
    [Fraction(3, 4)]
    """

    parts: tuple[Multiplier, ...]
    relu: Relu | None = None

    def moved(self, state: Points, *heads: AttentionSets) -> Points:
        """Return the next state; ``heads``: the attention sets of every head.

        Source: arXiv 2508.09628 v1 for one head with a value matrix.

        >>> turn = AffineStep((((Fraction(0), Fraction(1)), (Fraction(-1), Fraction(0))),))
        >>> sets = (frozenset({0, 1}), frozenset({1}))
        >>> turn.moved(Points.from_rows([[0, 0], [2, 4]]), sets).rows()[0]
        [Fraction(2, 1), Fraction(-1, 1)]
        """
        if "integer matrices" in state.domain.lacks:
            return self._moved_numbers(state, heads)
        numerators, denominator = self.moved_over(*state.common, heads)
        rows = numerators.tolist()
        return Points(tuple(lowest_terms(row, denominator) for row in rows), state.domain)

    def _moved_numbers(self, state: Points, heads: Sequence[AttentionSets]) -> Points:
        """Return the next state over a domain without integer matrices, number by number."""
        domain = state.domain
        moved: list[list[Any]] = state.rows()
        for part, sets in zip(self.parts, heads, strict=True):
            means = {own: mean([state.points[j] for j in sorted(own)]) for own in frozenset(sets)}
            for token, own in enumerate(sets):
                if means[own] != state.points[token]:
                    pairs = zip(domain.numbers(*means[own]), state.row(token), strict=True)
                    pull = [c - z for c, z in pairs]
                    steps = (
                        [inner(row, pull) for row in part]
                        if isinstance(part, tuple)
                        else [part * x for x in pull]
                    )
                    moved[token] = [y + step for y, step in zip(moved[token], steps, strict=True)]
        if self.relu is not None:
            moved = [self.relu.moved_number(row) for row in moved]
        return Points.of_numbers(tuple(map(tuple, moved)), domain)

    def moved_over(
        self, numerators: fmpz_mat, denominator: fmpz, heads: Sequence[AttentionSets]
    ) -> tuple[fmpz_mat, fmpz]:
        """Return the next state as integers over one positive denominator, from a state given so.

        Source: arXiv 2508.09628 v1 for one head with a value matrix.

        >>> sets = (frozenset({1}), frozenset({1}))
        >>> AffineStep((Fraction(1, 3),)).moved_over(fmpz_mat([[0], [2]]), fmpz(1), [sets])
        ([2]
        [6], 3)
        """
        takes, common = self._integers(numerators.ncols())
        rows = numerators.tolist()
        means = [_means(rows, sets) for sets in heads]
        size = lcm(*(own for _, own in means))
        # One product a head, of c_ih - z_i: z_i alone times R would be another, as long as all the run was.
        moved = numerators * (common * size)
        for take, (attended, own) in zip(takes, means, strict=True):
            moved += (attended - numerators * own) * (take * (size // own))
        common *= size
        if self.relu is None:
            return moved, denominator * common
        after = self.relu.moved(fmpq_mat(moved) / (denominator * common))
        return after.numer_denom()

    def _integers(self, dimension: int) -> tuple[list[Factor], int]:
        """Return all P_h as integers over one positive denominator, matrices transposed.

        Where all P_h are numbers they stay numbers, which is d products a token and not d^2.
        """
        known = self._known_integers.get(dimension)
        if known is None:
            numbers = [part for part in self.parts if not isinstance(part, tuple)]
            sole = len(numbers) == len(self.parts)
            known = _numbers_over_common(numbers) if sole else self._matrices_over_common(dimension)
            self._known_integers[dimension] = known
        return known

    def _matrices_over_common(self, dimension: int) -> tuple[list[Factor], int]:
        parts = [as_matrix(part, dimension) for part in self.parts]
        multiples = list(map(integer_multiple, parts))
        common = lcm(*(own for _, own in multiples))
        return [matrix.transpose() * (common // own) for matrix, own in multiples], common

    @cached_property
    def _known_integers(self) -> dict[int, tuple[list[Factor], int]]:
        return {}


def normalised_step(tau: Fraction, values: Sequence[Multiplier], relu: Relu | None = None) -> LayerStep:
    """Return the step of a layer in the normalised form: P_h = ((1-tau) I + tau sum_h V_h)^-1 tau V_h.

    ``values``: V_h, one for every head, d x d or numbers. With alpha = tau/(1-tau) it is that of
    z_i + alpha sum_h V_h c_ih divided by I + alpha sum_h V_h. Raises :class:`~exactdyn.errors.InputError`
    where that has no inverse.
    Source: arXiv 2508.09628 v1 for one head.

    >>> V = ((Fraction(3, 2), Fraction(0)), (Fraction(0), Fraction(7, 3)))
    >>> normalised_step(Fraction(1, 2), [V]).parts
    (((Fraction(3, 5), Fraction(0, 1)), (Fraction(0, 1), Fraction(7, 10))),)
    >>> normalised_step(Fraction(1, 2), [Fraction(1)])
    Step(tau=Fraction(1, 2))
    """
    parts = normalised_parts(tau, values)
    if len(parts) == 1 and not isinstance(parts[0], tuple) and relu is None:
        return Step(parts[0])
    return AffineStep(parts, relu)


def normalised_parts(tau: Fraction, values: Sequence[Multiplier]) -> tuple[Multiplier, ...]:
    """Return P_h = ((1-tau) I + tau sum_h V_h)^-1 tau V_h; numbers stay numbers where all V_h are numbers.

    Raises :class:`~exactdyn.errors.InputError` where there is no inverse.
    Source: arXiv 2508.09628 v1 for one head.

    >>> normalised_parts(Fraction(1, 2), [Fraction(1), Fraction(2)])
    (Fraction(1, 4), Fraction(1, 2))
    """
    numbers = [value for value in values if not isinstance(value, tuple)]
    if len(numbers) == len(values):
        return normalised_numbers(tau, numbers)
    dimension = next(len(value) for value in values if isinstance(value, tuple))
    if domain_of(numbers_of(values, [tau])) != RATIONALS:
        return _field_parts(tau, values, dimension)
    unit = rational_matrix(identity(dimension))
    matrices = [
        rational_matrix(value) if isinstance(value, tuple) else unit * to_fmpq(value) for value in values
    ]
    below_matrix = unit * to_fmpq(1 - tau)
    for matrix in matrices:
        below_matrix += matrix * to_fmpq(tau)
    try:
        inverse = below_matrix.inv()
    except ZeroDivisionError:
        raise InputError("(1 - tau) I + tau times the sum of all V has no inverse") from None
    return tuple(fraction_rows(inverse * matrix * to_fmpq(tau)) for matrix in matrices)


def numbers_of(values: Iterable[Multiplier], beside: Iterable[Fraction] = ()) -> Iterator[Fraction]:
    """Go through the entries of matrices, and numbers.

    >>> list(numbers_of([Fraction(2), ((Fraction(3),),)]))
    [Fraction(2, 1), Fraction(3, 1)]
    """
    entries = (chain.from_iterable(value) if isinstance(value, tuple) else (value,) for value in values)
    return chain(chain.from_iterable(entries), beside)


def _field_parts(tau: Fraction, values: Sequence[Multiplier], dimension: int) -> tuple[Multiplier, ...]:
    """Return P_h where some number is irrational, by elimination."""
    matrices = [as_matrix(value, dimension) for value in values]
    below = _sum([as_matrix(1 - tau, dimension), *(_times(matrix, tau) for matrix in matrices)])
    try:
        inverse = inverse_matrix(below)
    except ZeroDivisionError:
        raise InputError("(1 - tau) I + tau times the sum of all V has no inverse") from None
    return tuple(_times(product(inverse, matrix), tau) for matrix in matrices)


def multiplier_of(matrix: Rows) -> Multiplier:
    """Return a square matrix, or the number that it is a multiple of the identity by.

    >>> multiplier_of(((Fraction(3), Fraction(0)), (Fraction(0), Fraction(3))))
    Fraction(3, 1)
    """
    number = matrix[0][0]
    entries = (x == (number if i == j else 0) for i, row in enumerate(matrix) for j, x in enumerate(row))
    return number if all(entries) else matrix


def sum_of(values: Sequence[Multiplier]) -> Multiplier:
    """Return the sum of at least one multiplier, a number where it is a multiple of the identity.

    >>> sum_of([Fraction(1), ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))])
    Fraction(2, 1)
    """
    dimension = next((len(value) for value in values if isinstance(value, tuple)), 1)
    return multiplier_of(_sum([as_matrix(value, dimension) for value in values]))


def _sum(matrices: Sequence[Rows]) -> Rows:
    rows = zip(*matrices, strict=True)
    return tuple(tuple(sum(own, Fraction(0)) for own in zip(*row, strict=True)) for row in rows)


def as_matrix(value: Multiplier, dimension: int) -> Rows:
    """Return a multiplier as a matrix.

    >>> as_matrix(Fraction(3), 1)
    ((Fraction(3, 1),),)
    """
    return value if isinstance(value, tuple) else _times(identity(dimension), value)


def _times(rows: Rows, factor: Fraction) -> Rows:
    return mapped(rows, lambda x: simple(x * factor))


def normalised_numbers(tau: Fraction, values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return :func:`normalised_parts` where all V_h are numbers.

    Raises :class:`~exactdyn.errors.InputError` where there is no normalised step.

    >>> normalised_numbers(Fraction(2), [Fraction(1, 2)])
    Traceback (most recent call last):
    exactdyn.errors.InputError: (1 - tau) + tau times the sum of all V is 0
    """
    below = 1 - tau + tau * sum(values)
    if below == 0:
        raise InputError("(1 - tau) + tau times the sum of all V is 0")
    return tuple(simple(tau * value / below) for value in values)


def _numbers_over_common(parts: Sequence[Fraction]) -> tuple[list[Factor], int]:
    takes, common = cleared(parts)
    return list(takes), common


def _means(rows: list[list[fmpz]], sets: AttentionSets) -> tuple[fmpz_mat, int]:
    """Return the mean of what every token attends, times one positive integer, and that integer."""
    distinct = frozenset(sets)
    size = lcm(*map(len, distinct))
    means: dict[frozenset[int], list[fmpz]] = {}
    for own in distinct:
        if len(own) == 1:
            (j,) = own
            means[own] = rows[j] if size == 1 else [x * size for x in rows[j]]
        else:
            factor = size // len(own)
            means[own] = [sum(axis, fmpz(0)) * factor for axis in zip(*(rows[j] for j in own), strict=True)]
    flat = [x for own in sets for x in means[own]]
    return fmpz_mat(len(sets), len(rows[0]), flat), size
