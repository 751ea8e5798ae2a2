"""Classes of matrices: a linear or affine space of them, or its semidefinite or definite part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias, cast

from flint import fmpz, fmpz_mat

from exactdyn.errors import InputError
from exactdyn.families.classes.pattern import read_pattern
from exactdyn.numbers.reading import Rows, exact
from exactdyn.numbers.vectors import cleared, common_denominator
from proofs_checks.families.family import CLASSES, DEFINITE, NEGATIVE, STRICT, SYMMETRIC, units
from proofs_checks.format.rationals import shorten

Kind: TypeAlias = Literal[
    "general",
    "symmetric",
    "positive-semidefinite",
    "positive-definite",
    "positive-semidefinite-part",
    "positive-definite-part",
    "negative-semidefinite",
    "negative-definite",
    "negative-semidefinite-part",
    "negative-definite-part",
]
"""The names of the classes; in those of parts the symmetric part of A is meant, and A may be any.

A belongs to a negative class if -A belongs to the positive one: the class is its mirror image.
"""


@dataclass(frozen=True)
class MatrixClass:
    """All d x d matrices A = base + sum x_p span_p, of these the (semi)definite ones if ``kind`` says so.

    ``kind``: one of :data:`Kind`; where it asks for a symmetric A, base and span are symmetric.
    ``base``: d x d fractions. ``span``: linearly independent d x d matrices. Positive multiples of A have the
    same attention sets, so nothing is lost by looking for a cone: its coordinates are x_0 > 0 for the base,
    unless that is 0, and one x_p for every matrix of the span.
    """

    kind: Kind
    base: Rows
    span: tuple[Rows, ...]
    named: bool

    @property
    def dimension(self) -> int:
        """The number d of rows and columns.

        >>> matrix_class("general", 3).dimension
        3
        """
        return len(self.base)

    @property
    def affine(self) -> bool:
        """Whether the base is not 0, so that the first coordinate belongs to it and is positive.

        >>> matrix_class("general", 2, "a, 1; 0, b").affine, matrix_class("general", 2, "a, b; 0, a").affine
        (True, False)
        """
        return any(map(any, self.base))

    @property
    def definite(self) -> bool:
        """Whether the symmetric part of a matrix must be definite or semidefinite.

        >>> matrix_class("positive-semidefinite", 2).definite, matrix_class("symmetric", 2).definite
        (True, False)
        """
        return self.kind in DEFINITE

    @property
    def strict(self) -> bool:
        """Whether it must be definite.

        >>> matrix_class("positive-definite", 2).strict, matrix_class("positive-semidefinite", 2).strict
        (True, False)
        """
        return self.kind in STRICT

    @property
    def sign(self) -> int:
        """The s for which s <Ax, x> is not negative for any x, where the class is a definite one.

        >>> matrix_class("positive-definite", 2).sign, matrix_class("negative-definite", 2).sign
        (1, -1)
        """
        return -1 if self.kind in NEGATIVE else 1

    @property
    def generators(self) -> tuple[Rows, ...]:
        """The matrices that the coordinates multiply.

        >>> len(matrix_class("general", 2, "a, 1; 0, b").generators)
        3
        """
        return (self.base, *self.span) if self.affine else self.span

    @cached_property
    def table(self) -> fmpz_mat:
        """The generators as columns, their d * d entries row by row, times :attr:`scale`.

        >>> matrix_class("symmetric", 2).table
        [1, 0, 0]
        [0, 1, 0]
        [0, 1, 0]
        [0, 0, 1]
        """
        flat = [[x for row in matrix for x in row] for matrix in self.generators]
        return fmpz_mat([[int(x * self.scale) for x in column] for column in flat]).transpose()

    @cached_property
    def scale(self) -> int:
        """The positive integer that makes all entries of the generators integers.

        >>> matrix_class("general", 1, "1/3*a").scale
        3
        """
        return common_denominator(row for matrix in self.generators for row in matrix)

    @cached_property
    def identity(self) -> tuple[fmpz, ...] | None:
        """The coordinates of the identity, or of its opposite in a negative class, if this is all of a class.

        >>> matrix_class("symmetric", 2).identity, matrix_class("negative-definite", 2).identity
        ((1, 0, 1), (-1, 0, -1))
        """
        if not self.named:
            return None
        diagonal = [any(B[r][r] for r in range(self.dimension)) for B in self.span]
        return tuple(fmpz(self.sign * inside) for inside in diagonal)

    def at(self, coordinates: Sequence[fmpz]) -> tuple[Fraction, ...]:
        """Return the x_p of the matrix that these coordinates of the cone stand for.

        >>> matrix_class("general", 1, "a + 1").at([fmpz(2), fmpz(3)])
        (Fraction(3, 2),)
        """
        if self.affine:
            return tuple(Fraction(int(x), int(coordinates[0])) for x in coordinates[1:])
        return tuple(Fraction(int(x)) for x in coordinates)

    def form(self, at: Sequence[Fraction]) -> Rows:
        """Return A, or -A in a negative class: of a definite class the matrix that has to be positive.

        Source: ``proofs_checks/FORMAT.md``, section "All matrices".

        >>> matrix_class("negative-definite", 1).form([Fraction(-2)])
        ((Fraction(2, 1),),)
        """
        return self.signed(self.member(at))

    def signed(self, A: Rows) -> Rows:
        """Return what has to be positive of a matrix: A, or -A in a negative class.

        >>> matrix_class("negative-definite", 1).signed(((Fraction(-2),),))
        ((Fraction(2, 1),),)
        """
        return A if self.sign > 0 else tuple(tuple(-x for x in row) for row in A)

    def member(self, at: Sequence[Fraction]) -> Rows:
        """Return A = base + sum x_p span_p.

        Source: ``proofs_checks/FORMAT.md``, section "All matrices".

        >>> matrix_class("symmetric", 2).member([Fraction(1), Fraction(2), Fraction(3)])[0]
        (Fraction(1, 1), Fraction(2, 1))
        """
        return tuple(
            tuple(
                sum((at[p] * weight for p, weight in terms), fixed)
                for terms, fixed in zip(own, row, strict=True)
            )
            for own, row in zip(self._terms, self.base, strict=True)
        )

    def matrix(self, coordinates: Sequence[fmpz]) -> Rows:
        """Return the matrix that these coordinates of the cone stand for.

        >>> matrix_class("general", 1, "a + 1").matrix([fmpz(2), fmpz(3)])
        ((Fraction(5, 2),),)
        """
        return self.member(self.at(coordinates))

    @cached_property
    def _terms(self) -> list[list[list[tuple[int, Fraction]]]]:
        # For every entry of a matrix, the x_p in it and their weights: there are few.
        rows = range(self.dimension)
        return [[[(p, B[r][c]) for p, B in enumerate(self.span) if B[r][c]] for c in rows] for r in rows]


def matrix_class(kind: str, dimension: int, pattern: str | None = None) -> MatrixClass:
    """Return a class of d x d matrices.

    ``kind``: one of "general", "symmetric", "positive-semidefinite" and "positive-definite", which mean
    symmetric, too, and "positive-semidefinite-part" and "positive-definite-part", where <Ax, x> >= 0 for
    every x, or > 0 for every x != 0, and A need not be symmetric; or these four with "negative", where the
    same is said of -A. ``pattern``: further only matrices of this form, see
    :func:`~exactdyn.families.classes.pattern.read_pattern`.

    Raises :class:`~exactdyn.errors.InputError` for another kind, a pattern that is none or does not fit, and
    a pattern that no matrix of the kind has but 0.
    Source: ``proofs_checks/FORMAT.md``, section "All matrices".

    >>> len(matrix_class("general", 2).span), len(matrix_class("symmetric", 2, "a, b; b, 1").span)
    (4, 2)
    >>> matrix_class("symmetric", 2, "a, 1; 0, b")
    Traceback (most recent call last):
    exactdyn.errors.InputError: pattern: no symmetric matrix has the pattern 'a, 1; 0, b'
    """
    if kind not in CLASSES:
        raise InputError(f"class: requires one of {', '.join(CLASSES)}, got {shorten(kind)}")
    zero = ((Fraction(0),) * dimension,) * dimension
    if pattern is None:
        return MatrixClass(cast("Kind", kind), zero, units(dimension, kind), named=True)
    base, *span = read_pattern(pattern, dimension)
    if kind in SYMMETRIC:
        combinations = _symmetric([base, *span])
        if any(map(any, base)) and not any(weights[0] for weights in combinations):
            raise InputError(f"pattern: no symmetric matrix has the pattern {shorten(pattern)}")
        base, *span = _combined([base, *span], combinations)
    span = [B for B in span if any(map(any, B))]
    if not span and not any(map(any, base)):
        raise InputError(f"pattern: requires a {kind} matrix other than 0, got {shorten(pattern)}")
    return MatrixClass(cast("Kind", kind), base, tuple(span), named=False)


def _symmetric(generators: Sequence[Rows]) -> list[list[Fraction]]:
    # A basis of the weights with which the generators add up to a symmetric matrix.
    size = range(len(generators[0]))
    skew = [[G[r][c] - G[c][r] for G in generators] for r in size for c in size if r < c]
    integers = [list(cleared(row)[0]) for row in skew] or [[fmpz(0)] * len(generators)]
    vectors, nullity = fmpz_mat(integers).nullspace()
    return [[exact(vectors[p, k]) for p in range(len(generators))] for k in range(nullity)]


def _combined(generators: Sequence[Rows], combinations: list[list[Fraction]]) -> list[Rows]:
    # The combination in which the first generator, if it is not 0, has weight 1; then those without it.
    first = [Fraction(0)] * len(generators)
    if any(map(any, generators[0])):
        own = next(weights for weights in combinations if weights[0])
        first = [x / own[0] for x in own]
    rest = [[x - weights[0] * y for x, y in zip(weights, first, strict=True)] for weights in combinations]
    size = range(len(generators[0]))
    return [
        tuple(
            tuple(
                sum((x * G[r][c] for x, G in zip(weights, generators, strict=True)), Fraction(0))
                for c in size
            )
            for r in size
        )
        for weights in [first, *rest]
    ]
