"""The cases into which a branch is split at a token, which together leave out no matrix that is sought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from exactdyn.families.classes.conditions import Condition
from exactdyn.families.tree.branch import Branch
from exactdyn.geometry.programs.cone import Relation

Case: TypeAlias = tuple[Branch, Sequence[Condition]]
"""A branch and what is assumed in addition."""


def opened(branch: Branch) -> list[Case]:
    """Return the two cases of the first comparison >= that is open: = and >.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.conditions import Preferences
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from exactdyn.families.classes.member import Member
    >>> from exactdyn.families.tree.branch import BranchLayer
    >>> from exactdyn.numbers.points import Points
    >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [-1]]))
    >>> first, second = groups(Branch((BranchLayer(line, {}),), {}, Member(())), 0, ties=True)
    >>> [[condition.relation for condition in conditions] for _, conditions in opened(first[0])]
    [['='], ['>']]
    """
    (condition, added), *later = branch.open
    i = condition.comparison[1]
    rest = replace(branch, open=tuple(later))
    equal = rest.deciding(i, branch.layer.sets[i] | added)
    return [(equal, [condition.turned("=")]), (rest, [condition.turned(">")])]


def groups(branch: Branch, token: int, ties: bool) -> list[Case]:
    """Return a case for every group of tokens that have one score for a token, whatever the matrix.

    The group beats those before it, and those after it, which it may also tie with: these comparisons stay
    open. So each attention set is in the one case of its lowest group. ``ties``: whether avoidable ones
    count.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.conditions import Preferences
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from exactdyn.families.classes.member import Member
    >>> from exactdyn.families.tree.branch import BranchLayer
    >>> from exactdyn.numbers.points import Points
    >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [-1]]))
    >>> cases = groups(Branch((BranchLayer(line, {}),), {}, Member(())), 0, ties=True)
    >>> [[condition.relation for condition in conditions] for _, conditions in cases]
    [['>='], ['>']]
    """
    preferences, cases = branch.layer.preferences, list[Case]()
    found = preferences.groups(token)
    for place, group in enumerate(found):
        lead, own, rest = preferences.foremost(group), preferences.chosen(group), found[place + 1 :]
        before = [preferences.condition(token, lead, preferences.foremost(g), ">") for g in found[:place]]
        relation: Relation = ">=" if ties else ">"
        after = [preferences.condition(token, lead, preferences.foremost(g), relation) for g in rest]
        unsure = zip(after, rest, strict=True) if ties and preferences.ties == "mean" else ()
        cases.append((replace(branch.deciding(token, own), open=tuple(unsure)), before + after))
    return cases


def rivals(branch: Branch, token: int) -> list[Case]:
    """Return a case for every token that keeps a token from leading.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.conditions import Preferences
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from exactdyn.families.classes.member import Member
    >>> from exactdyn.families.tree.branch import BranchLayer
    >>> from exactdyn.numbers.points import Points
    >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [-1], [2]]))
    >>> len(rivals(Branch((BranchLayer(line, {}),), {}, Member(())), 0))
    2
    """
    preferences, there = branch.layer.preferences, branch.deciding(token, frozenset())
    cases: list[Case] = []
    for j in preferences.seen(token):
        tied = preferences.ties == "mean" or preferences.passes(j, token)
        if j != token:
            cases.append((there, [preferences.condition(token, j, token, ">=" if tied else ">")]))
    return cases


def counted(branch: Branch, token: int) -> list[Case]:
    """Return the cases of a token that may be counted as a leader: it leads, or it is not counted.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.conditions import Preferences
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from exactdyn.families.classes.member import Member
    >>> from exactdyn.families.tree.branch import BranchLayer
    >>> from exactdyn.numbers.points import Points
    >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[1], [-1], [2]]))
    >>> [len(conditions) for _, conditions in counted(Branch((BranchLayer(line, {}),), {}, Member(())), 0)]
    [2, 0]
    """
    preferences = branch.layer.preferences
    idle: Case = (branch.deciding(token, frozenset()), [])
    if token not in preferences.seen(token):
        return [idle]
    own = frozenset({token})
    return [(branch.deciding(token, own), preferences.attending(token, own)), idle]
