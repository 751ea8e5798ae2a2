"""Which tokens can meet in the next step, as far as attention sets are decided."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import lcm
from operator import add
from typing import TypeAlias

from exactdyn.families.tree.branch import Branch
from proofs_checks.families.cases import PLACES_LIMIT

_Place: TypeAlias = tuple[int, ...]


def may_meet(branch: Branch, tau: Fraction) -> list[tuple[int, int]] | None:
    """Return the pairs of tokens at different places that one step can bring to the same place.

    A token whose set is decided goes to one place; any other may attend any union of the groups between which
    no matrix lets it choose. None if the tokens are at more than ``PLACES_LIMIT`` places. No pair at all
    proves that no two tokens meet, whatever the matrix is.
    Source: ``proofs_checks/FORMAT.md``, section "Cases", "Statement".

    >>> from exactdyn.families.tree.branch import BranchLayer
    >>> from exactdyn.families.classes.conditions import Preferences
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from exactdyn.families.classes.member import Member
    >>> from exactdyn.numbers.points import Points
    >>> preferences = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [-1]]))
    >>> branch = Branch((BranchLayer(preferences, {}),), {}, Member(()))
    >>> may_meet(branch, Fraction(1, 2)), may_meet(branch, Fraction(1, 3))
    ([(0, 1)], [])
    """
    state = branch.layer.state
    rows = [[int(x) for x in row] for row in state.common[0].tolist()]
    if len(set(map(tuple, rows))) > PLACES_LIMIT:
        return None
    choices = [_parts(branch, token) for token in range(state.count)]
    unions = branch.layer.preferences.ties == "mean"
    reached = [
        set(_places(rows, token, own, parts, tau, unions)) for token, (own, parts) in enumerate(choices)
    ]
    return [
        (i, j)
        for i, j in combinations(range(state.count), 2)
        if rows[i] != rows[j] and not reached[i].isdisjoint(reached[j])
    ]


def settled(branch: Branch, token: int) -> bool:
    """Tell whether the set of a token at the layer reached is decided.

    >>> from exactdyn.families.tree.branch import BranchLayer
    >>> from exactdyn.families.classes.conditions import Preferences
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from exactdyn.families.classes.member import Member
    >>> from exactdyn.numbers.points import Points
    >>> preferences = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [-1]]))
    >>> settled(Branch((BranchLayer(preferences, {0: frozenset({1})}),), {}, Member(())), 0)
    True
    """
    return token in branch.layer.sets and all(c.comparison[1] != token for c, _ in branch.open)


def _parts(branch: Branch, token: int) -> tuple[frozenset[int], list[frozenset[int]]]:
    # What a token attends for certain, and what it may attend besides.
    own = branch.layer.sets.get(token)
    if own is None:
        preferences = branch.layer.preferences
        return frozenset(), [preferences.chosen(group) for group in preferences.groups(token)]
    return own, [added for condition, added in branch.open if condition.comparison[1] == token]


def _places(
    rows: list[list[int]],
    token: int,
    own: frozenset[int],
    parts: list[frozenset[int]],
    tau: Fraction,
    unions: bool,
) -> Iterator[_Place]:
    # Times one positive integer, which is the same for all tokens; without ``unions`` one part is attended.
    width, common = range(len(rows[0])), lcm(*range(1, len(rows) + 1))
    sums = [(len(own), [sum(rows[j][r] for j in own) for r in width])]
    for part in parts:
        more = [sum(rows[j][r] for j in part) for r in width]
        sums += [
            (size + len(part), list(map(add, total, more))) for size, total in sums[: None if unions else 1]
        ]
    keep, take = (tau.denominator - tau.numerator) * common, tau.numerator * common
    for size, total in sums:
        if size:
            yield tuple(keep * x + take // size * y for x, y in zip(rows[token], total, strict=True))
