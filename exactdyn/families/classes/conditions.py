"""Conditions on A: which of two tokens another one prefers, as rows over the coordinates of a class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from flint import fmpz, fmpz_mat

from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.geometry.programs.cone import Relation
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import Ties
from exactdyn.numbers.points import Points
from exactdyn.numbers.vectors import content, inner

Comparison: TypeAlias = tuple[int, ...]
"""A layer k and tokens i, j, l: it stands for the number <A z_i, z_j - z_l> at that layer.

A layer k and one token i: <Az_i, z_i> at layer k less the same at layer k+1.
"""


@dataclass(frozen=True)
class Condition:
    """A comparison in relation to 0, as an integer row over the coordinates of the class.

    ``multiplier``: row . x is the multiplier times the number that the comparison stands for, for the matrix
    ``sum x_p generator_p``; it is positive.
    """

    comparison: Comparison
    relation: Relation
    row: tuple[fmpz, ...]
    multiplier: Fraction

    def holds(self, coordinates: Sequence[fmpz]) -> bool:
        """Whether it holds for the matrix with these coordinates.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [2]]))
        >>> line.condition(1, 1, 0, ">").holds([fmpz(3)])
        True
        >>> line.condition(1, 1, 0, ">").holds([fmpz(0)])
        False
        """
        value = inner(self.row, coordinates)
        return value == 0 if self.relation == "=" else value > 0 or (value == 0 and self.relation == ">=")

    def turned(self, relation: Relation) -> Condition:
        """Return the same comparison in another relation.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [2]]))
        >>> line.condition(1, 1, 0, ">").turned("=").relation
        '='
        """
        return replace(self, relation=relation)


@dataclass(frozen=True)
class Preferences:
    """The scores <A z_i, z_j> at one layer for all A of a class at once.

    ``mask``: what every token sees; None for everybody. ``ties``: what a tie means.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> state = Points.from_rows([[1], [2]])
    >>> preferences = Preferences(matrix_class("general", 1), 0, state)
    >>> preferences.condition(1, 1, 0, ">").multiplier
    Fraction(1, 2)
    """

    matrices: MatrixClass
    layer: int
    state: Points
    mask: AttentionSets | None = None
    ties: Ties = "mean"

    def seen(self, token: int) -> Iterable[int]:
        """Return what a token may see.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [2]]))
        >>> list(line.seen(1))
        [0, 1]
        """
        return range(self.state.count) if self.mask is None else sorted(self.mask[token])

    def foremost(self, tokens: Iterable[int]) -> int:
        """Return the token that stands for tokens of one score: the last one if ``ties`` says so.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> state = Points.from_rows([[1], [2]])
        >>> Preferences(matrix_class("general", 1), 0, state, ties="last").foremost({0, 1})
        1
        """
        return max(tokens) if self.ties == "last" else min(tokens)

    def chosen(self, group: frozenset[int]) -> frozenset[int]:
        """Return what is attended of tokens that have the largest score together.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> state = Points.from_rows([[1], [2]])
        >>> Preferences(matrix_class("general", 1), 0, state, ties="last").chosen(frozenset({0, 1}))
        frozenset({1})
        """
        return group if self.ties == "mean" else frozenset({self.foremost(group)})

    def passes(self, token: int, other: int) -> bool:
        """Tell whether a token is attended rather than another one of the same score.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> state = Points.from_rows([[1], [2]])
        >>> Preferences(matrix_class("general", 1), 0, state, ties="first").passes(0, 1)
        True
        """
        return self.ties != "mean" and self.foremost((token, other)) == token

    def attending(self, token: int, own: frozenset[int]) -> list[Condition]:
        """Return the conditions that a token attends these tokens, all of which it sees.

        Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [2]]))
        >>> [condition.relation for condition in line.attending(1, frozenset({0, 1}))]
        ['=']
        """
        lead = self.foremost(own)
        found = list[Condition]()
        for j in self.seen(token):
            beaten: Relation = ">=" if self.passes(lead, j) else ">"
            if j != lead:
                found.append(self.condition(token, lead, j, "=" if j in own else beaten))
        return found

    @property
    def factor(self) -> int:
        """The positive integer that makes the coordinates of all scores integers.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> Preferences(matrix_class("general", 1), 0, Points.from_rows([["1/2"], ["1/3"]])).factor
        36
        """
        return int(self.state.common[1]) ** 2 * self.matrices.scale

    @cached_property
    def scores(self) -> list[list[tuple[fmpz, ...]]]:
        """For tokens i and j the score <A z_i, z_j>, times :attr:`factor`, as integer coordinates.

        Source: arXiv 2407.01602, equation (1.2); the score is linear in A.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [2]]))
        >>> line.scores[1]
        [(2,), (4,)]
        """
        numerators, _ = self.state.common
        points = numerators.tolist()
        products = [[w * z for w in target for z in source] for source in points for target in points]
        rows = (fmpz_mat(products) * self.matrices.table).tolist()
        n = self.state.count
        return [[tuple(rows[i * n + j]) for j in range(n)] for i in range(n)]

    def condition(self, i: int, j: int, other: int, relation: Relation) -> Condition:
        """Return the condition that <A z_i, z_j - z_other> is in relation to 0.

        Source: arXiv 2407.01602, equation (1.2), as a comparison of two scores.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [2]]))
        >>> line.condition(1, 1, 0, ">").row
        (1,)
        """
        difference = [x - y for x, y in zip(self.scores[i][j], self.scores[i][other], strict=True)]
        return _condition((self.layer, i, j, other), relation, difference, self.factor)

    def falling(self, later: Preferences, token: int) -> Condition:
        """Return the condition that <Az, z> of a token does not grow up to the next layer.

        Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``, "Growth".

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> one, two = (Points.from_rows([[x]]) for x in (1, 2))
        >>> line = matrix_class("general", 1)
        >>> Preferences(line, 0, one).falling(Preferences(line, 1, two), 0).row
        (-1,)
        """
        before, after = self.scores[token][token], later.scores[token][token]
        difference = [x * later.factor - y * self.factor for x, y in zip(before, after, strict=True)]
        return _condition((self.layer, token), ">=", difference, self.factor * later.factor)

    def groups(self, token: int) -> list[frozenset[int]]:
        """Return the tokens it sees between which no A of the class lets a token choose.

        They come lowest first, or highest first where the last token of a tie is attended.

        Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> state = Points.from_rows([[1], [2], [1]])
        >>> Preferences(matrix_class("general", 1), 0, state).groups(0)
        [frozenset({0, 2}), frozenset({1})]
        """
        groups: dict[tuple[fmpz, ...], list[int]] = {}
        for j in sorted(self.seen(token), reverse=self.ties == "last"):
            groups.setdefault(self.scores[token][j], []).append(j)
        return [frozenset(group) for group in groups.values()]

    def attended(self, token: int, coordinates: Sequence[fmpz]) -> frozenset[int]:
        """Return what a token attends for the matrix with these coordinates.

        Source: arXiv 2407.01602, equation (1.2).

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [2]]))
        >>> line.attended(0, [fmpz(3)]), line.attended(0, [fmpz(-1)])
        (frozenset({1}), frozenset({0}))
        """
        values = {j: inner(self.scores[token][j], coordinates) for j in self.seen(token)}
        largest = max(values.values())
        return self.chosen(frozenset(j for j, value in values.items() if value == largest))


def _condition(comparison: Comparison, relation: Relation, row: Sequence[fmpz], factor: int) -> Condition:
    # In lowest terms; the row is the factor times the number compared.
    common = content(row)
    return Condition(comparison, relation, tuple(x // common for x in row), Fraction(factor, common))
