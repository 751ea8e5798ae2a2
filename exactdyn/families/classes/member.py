"""A matrix of a class that satisfies conditions, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

import numpy as np
from flint import fmpz, fmpz_mat

from exactdyn.families.classes.conditions import Comparison, Condition
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.geometry.definiteness import Factorisation, factorise, null_direction, quadratic_form
from exactdyn.geometry.programs.cone import Contradiction, Relation, cone_point
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row, Rows, exact
from exactdyn.numbers.vectors import cleared, primitive

ROUNDS_LIMIT = 16
"""So many matrices are tried for definiteness before the answer is that this is undecided."""

CUT_BITS_LIMIT = 1000
"""Longest entry of a vector <Av, v> >= 0 is demanded for: where each vector is four times as long as the one
before it, they approach a matrix of the boundary that none of them ever excludes."""

_CUTS_KEPT = 20

_DIGITS = 1024
"""Largest entry of a rounded eigenvector."""

Vector: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Member:
    """A matrix of the class: its coordinates in the cone of its positive multiples, in integers.

    ``cuts``: vectors v for which <Av, v> >= 0 (in a negative class <= 0, here and wherever cuts are spoken
    of) helped to find it; they are tried first when more is assumed.
    """

    coordinates: tuple[fmpz, ...]
    cuts: tuple[Vector, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Nobody:
    """No matrix of the class satisfies the conditions.

    ``weights``: a weight for some comparisons; ``cuts``: pairs of a weight and a vector v that stands for
    <Av, v> >= 0, or > 0 if the class is strict. The weighted sum of these numbers is 0 for every
    matrix of the class, or negative for every one with x_0 = 1. Lemma ``farkas`` in FORMAT.md.
    """

    weights: dict[Comparison, Fraction]
    cuts: tuple[tuple[Fraction, Vector], ...] = ()


@dataclass(frozen=True)
class Undecided:
    """Neither a matrix nor a proof was found."""

    reason: str


Answer: TypeAlias = Member | Nobody | Undecided


class Finder:
    """Finds members of one class. ``programs``: how many linear programs it has solved.

    No answer depends on what was asked before: a tree can be cut into pieces and searched in any order.
    """

    def __init__(self, matrices: MatrixClass) -> None:
        self.matrices = matrices
        self.programs = 0

    def find(
        self,
        conditions: Sequence[Condition],
        directions: Sequence[Vector] = (),
        cuts: Sequence[Vector] = (),
    ) -> Answer:
        """Find a matrix that satisfies conditions.

        Without definiteness one linear program decides. Otherwise each cut <Av, v> >= 0 is a valid row, so a
        contradiction is a proof; a matrix that satisfies all rows is accepted if an exact factorisation says
        so, and else gives the next cuts. ``directions``: vectors v to begin with. Where the conditions only
        just exclude definiteness, a proof needs the very v: differences of tokens mostly are. ``cuts``: more
        of them, those of a member that satisfies some of the conditions.

        Source: lemma ``farkas`` in ``proofs_checks/FORMAT.md``; A. Schrijver, Theory of linear and integer
        programming (1986), section 7.3.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> from exactdyn.families.classes.conditions import Preferences
        >>> finder = Finder(matrix_class("positive-definite", 1))
        >>> line = Preferences(finder.matrices, 0, Points.from_rows([[1], [2]]))
        >>> finder.find([line.condition(0, 1, 0, ">")])
        Member(coordinates=(1,))
        >>> sorted(finder.find([line.condition(0, 0, 1, ">")]).weights)
        [(0, 0, 0, 1)]
        """
        tried = [*directions, *cuts] if self.matrices.definite else []
        for _ in range(ROUNDS_LIMIT):
            self.programs += 1
            answer = self._program(conditions, tried)
            if isinstance(answer, Nobody):
                return answer
            violated = self._violated(answer)
            if not violated:
                return Member(answer.coordinates, tuple(tried[len(directions) :][-_CUTS_KEPT:]))
            if max(abs(x) for v in violated for x in v).bit_length() > CUT_BITS_LIMIT:
                return Undecided(f"only matrices close to the boundary of {self.matrices.kind} are left")
            tried += violated
        return Undecided(f"{ROUNDS_LIMIT} matrices that satisfy the conditions are not {self.matrices.kind}")

    def accepts(self, member: Member, conditions: Sequence[Condition]) -> bool:
        """Tell whether coordinates belong to a matrix of the class that satisfies conditions.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> finder = Finder(matrix_class("positive-definite", 1))
        >>> finder.accepts(Member((fmpz(1),)), []), finder.accepts(Member((fmpz(0),)), [])
        (True, False)
        """
        if self.matrices.affine and member.coordinates[0] <= 0:
            return False
        satisfied = all(condition.holds(member.coordinates) for condition in conditions)
        return satisfied and self._direction(member) is None

    def _program(self, conditions: Sequence[Condition], cuts: Sequence[Vector]) -> Member | Nobody:
        # Rows over the coordinates: the conditions, then <Av, v> for every cut, then x_0 > 0 for the base.
        # The answer's weights are those of the rows in this order.
        matrices = self.matrices
        rows = [condition.row for condition in conditions]
        relations: list[Relation] = [condition.relation for condition in conditions]
        if cuts:
            products = [[matrices.sign * x * y for x in v for y in v] for v in cuts]
            squares = fmpz_mat(products) * matrices.table
            rows += map(tuple, squares.tolist())
            relations += [">" if matrices.strict else ">="] * len(cuts)
        width = len(matrices.generators)
        if matrices.affine:
            rows.append((fmpz(1), *[fmpz(0)] * (width - 1)))
            relations.append(">")
        answer = cone_point(rows, relations, width)
        if not isinstance(answer, Contradiction):
            return Member(answer.coordinates)
        return self._nobody(conditions, cuts, answer)

    def _nobody(
        self, conditions: Sequence[Condition], cuts: Sequence[Vector], answer: Contradiction
    ) -> Nobody:
        # A row is a positive multiple of what it stands for, and weights are those of the rows: so they are
        # multiplied. The row x_0 > 0 needs no weight, as the certificate says "or negative where x_0 = 1".
        weights = {
            condition.comparison: exact(answer.weights[k]) * condition.multiplier
            for k, condition in enumerate(conditions)
            if k in answer.weights
        }
        used = [
            (exact(answer.weights[k]) * self.matrices.scale, v)
            for k, v in enumerate(cuts, start=len(conditions))
            if k in answer.weights
        ]
        return Nobody(weights, tuple(used))

    def _violated(self, member: Member) -> list[Vector]:
        # Vectors v with <Av, v> < 0 for the form, or = 0 where that is forbidden; none in the class.
        found = self._direction(member)
        if found is None:
            return []
        # Eigenvectors make the deepest cuts; rounded to few digits they are tried exactly.
        A = self.matrices.form(self.matrices.at(member.coordinates))
        largest = max(abs(x) for row in A for x in row) or 1
        floats = np.array([[float(x / largest) for x in row] for row in A])
        rounded = [_rounded(v) for v in np.linalg.eigh(floats + floats.T)[1].T]
        deep = [v for v in rounded if quadratic_form(A, tuple(map(Fraction, v))) < 0]
        return deep or [tuple(map(int, cleared(found)[0]))]

    def _direction(self, member: Member) -> Row | None:
        # A vector v with <Av, v> < 0 for the form, or = 0 where that is forbidden; None in the class.
        matrices = self.matrices
        if not matrices.definite:
            return None
        return indefinite_at(matrices, matrices.form(matrices.at(member.coordinates)))


def indefinite_at(matrices: MatrixClass, form: Rows) -> Row | None:
    """Return a vector x != 0 where a form is not as positive as a definite class demands; None in the class.

    ``form``: A, or -A in a negative class, see
    :meth:`~exactdyn.families.classes.matrix_class.MatrixClass.form`.
    Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> zero = ((Fraction(0),),)
    >>> indefinite_at(matrix_class("positive-definite", 1), zero)
    (Fraction(1, 1),)
    >>> indefinite_at(matrix_class("positive-semidefinite", 1), zero)
    """
    found = factorise(form)
    if isinstance(found, Factorisation):
        if found.positive or not matrices.strict:
            return None
        found = null_direction(found)
    return found.vector


def directions(state: Points) -> list[Vector]:
    """Return the tokens and their differences, as integer vectors, those that are not 0.

    >>> directions(Points.from_rows([[1, 0], [0, "1/2"]]))
    [(1, 0), (0, 1), (2, -1)]
    """
    points = state.common[0].tolist()
    differences = [[a - b for a, b in zip(x, y, strict=True)] for x, y in combinations(points, 2)]
    vectors = [tuple(map(int, primitive(v))) for v in [*points, *differences] if any(v)]
    return list(dict.fromkeys(vectors))


def _rounded(vector: np.ndarray) -> Vector:
    return tuple(int(x) for x in np.round(_DIGITS * vector / np.abs(vector).max()))
