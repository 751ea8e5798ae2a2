"""Choosing the leaders: a matrix for which given tokens lead, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal

from exactdyn.errors import InputError
from exactdyn.families.classes.conditions import Condition
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.classes.member import Finder, Member
from exactdyn.families.classes.simplest import simplest
from exactdyn.families.questions.margin import entry_margin
from exactdyn.families.setting import Around, Setting, the_one_matrix
from exactdyn.families.tree.branch import Branch, Goal, Sets
from exactdyn.families.tree.nodes import realised
from exactdyn.families.tree.search import Search, SearchProgress
from exactdyn.layer.attention import sole_attention
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows, integer
from exactdyn.systems.run import Run

LAYERS_LIMIT = 1000
"""Largest layer or depth that is asked about: the number of cases grows faster than any power of it."""


@dataclass(frozen=True)
class Question:
    """Matrices of a class that let tokens lead at a layer: the system but for A, and where to look.

    ``around``: a system whose A plays no part, or its coefficient alpha. ``start``: the tokens. ``matrices``:
    the class. ``layer``: the layer at which they are to lead. A token i leads if it attends itself alone,
    C_i = {i}. ``each_layer``: a matrix is sought for every layer up to that one; else one for all of them.
    """

    around: Around
    start: Points
    matrices: MatrixClass
    layer: int = 0
    each_layer: bool = False

    @cached_property
    def setting(self) -> Setting:
        """All of the system but A; raises InputError where one matrix is not what is missing.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> Question(Fraction(1), Points.from_rows([[1]]), matrix_class("general", 1)).setting.alpha
        Fraction(1, 1)
        """
        return Setting.of(self.around, self.each_layer)


@dataclass(frozen=True)
class Lead:
    """A matrix for which the tokens lead, or the proof that the class has none.

    ``status``: "found", "none" or "undecided". ``matrices``: the matrix found, or those of the layers 0, 1,
    ... up to the one asked about. ``leaders``: all tokens that lead there. ``margin``: how far A may move
    entry by entry before the answer changes, see
    :func:`~exactdyn.families.questions.margin.entry_margin`. ``claim``: what a certificate says of it
    (nothing if undecided). ``reason``: why undecided. ``each_layer``: whether all this is said of matrices
    for every layer, rather than of one for all of them.
    """

    status: Literal["found", "none", "undecided"]
    matrices: tuple[Rows, ...] = ()
    leaders: tuple[int, ...] = ()
    margin: Fraction | None = None
    claim: Mapping[str, object] | None = field(default=None, repr=False)
    reason: str | None = None
    each_layer: bool = False

    @property
    def A(self) -> Rows | None:  # noqa: N802  (the letter of the papers)
        """The one matrix found, None if there is none; raises InputError where each layer has its own.

        >>> Lead("none").A
        """
        return the_one_matrix(self.matrices) if self.matrices else None


def lead(
    question: Question,
    leaders: Sequence[int],
    only: bool = False,
    report: Callable[[SearchProgress], None] | None = None,
) -> Lead:
    """Find a matrix for which at least (or with ``only``: exactly) these tokens lead.

    ``leaders``: indices of tokens. Without ``only`` and at layer 0 the matrices form one cone; otherwise a
    finite union of cones, one for each choice of what the tokens attend before the layer, and of a token that
    beats or ties each one that is not to lead.

    Raises :class:`~exactdyn.errors.InputError` for an index that does not exist and a layer below 0.
    Source: the open question of arXiv 2407.01602, section 5; lemmas ``cases`` and ``farkas`` in FORMAT.md.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> on_a_line = Points.from_rows([[1, 0], [2, 0], [3, 0]])
    >>> lead(Question(Fraction(1), on_a_line, matrix_class("general", 2)), [1]).status
    'none'
    >>> around = Points.from_rows([[1, 0], [0, 1], [-1, -1]])
    >>> lead(Question(Fraction(1), around, matrix_class("general", 2)), [0, 1, 2]).A[0]
    (Fraction(1, 1), Fraction(0, 1))
    """
    count = question.start.count
    tokens = {integer(i, f"leaders[{place}]", 0, count - 1) for place, i in enumerate(leaders)}
    mask = question.setting.seen(count)
    for place, i in enumerate(leaders):
        if mask is not None and i not in mask[i]:
            raise InputError(f"leaders[{place}]: requires a token that sees itself, got {i}")
    named = {i: frozenset({i}) for i in sorted(tokens)}
    return realise(question, named, only, report=report)


def largest(question: Question, report: Callable[[SearchProgress], None] | None = None) -> tuple[Lead, Lead]:
    """Find as many tokens as can lead together: an answer "found", and the proof that no more can.

    The second answer says whether some matrix lets more tokens lead: "none" if the first is largest.

    Source: the open question of arXiv 2407.01602, section 5; lemmas ``cases`` and ``farkas`` in FORMAT.md.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> on_a_line = Points.from_rows([[1, 0], [2, 0], [3, 0]])
    >>> most, more = largest(Question(Fraction(1), on_a_line, matrix_class("general", 2)))
    >>> most.leaders, more.status
    ((2,), 'none')
    """
    most = realise(question, {}, report=report)
    while most.status == "found" and len(most.leaders) < question.start.count:
        more = realise(question, {}, least=len(most.leaders) + 1, report=report)
        if more.status != "found":
            return most, more
        most = more
    return most, Lead("none", each_layer=question.each_layer)


def realise(
    question: Question,
    sets: Sets,
    only: bool = False,
    least: int = 0,
    report: Callable[[SearchProgress], None] | None = None,
) -> Lead:
    """Find a matrix for which tokens have given attention sets at the layer of the question.

    ``sets``: for some tokens a nonempty set of tokens. ``only``: no token leads whose set does not say so.
    ``least``: at least so many tokens lead.
    Source: lemmas ``cases`` and ``farkas`` in FORMAT.md.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> pair = Question(Fraction(1), Points.from_rows([[1], [-1]]), matrix_class("general", 1))
    >>> realise(pair, {0: frozenset({1}), 1: frozenset({1})}).status
    'none'
    """
    layer = integer(question.layer, "layer", 0, LAYERS_LIMIT)
    goal = Goal((*({},) * layer, sets), only, least)
    search = Search(question.setting, question.start, question.matrices, goal)
    search.run(report)
    if search.found:
        (branch,) = search.found.values()
        return _found(question, goal, branch)
    if search.tree is None:
        return Lead("undecided", reason=search.reasons[0], each_layer=question.each_layer)
    evidence = _described(question, goal) | {"cases": search.tree}
    claim = {"claim": "unrealised", "verdict": "holds", "evidence": evidence}
    return Lead("none", claim=claim, each_layer=question.each_layer)


def _found(question: Question, goal: Goal, branch: Branch) -> Lead:
    sets = goal.sets[-1]
    finder = Finder(question.matrices)
    conditions, member = _with_room(finder, goal, branch)
    simple = replace(branch, member=simplest(finder, conditions, member, branch.directions))
    run = _run(question, simple)
    leading = {i for i, own in sets.items() if own == {i}}
    # The conditions need not say all: what else the matrix of the branch does, a simple one may not do.
    if len(_leaders(run)) < goal.leaders or (goal.only and set(_leaders(run)) != leading):
        simple = branch
        run = _run(question, simple)
    leaders = _leaders(run)
    asked = sets if sets or goal.only else {i: frozenset({i}) for i in leaders}
    margin = entry_margin(run, asked, goal.only, question.layer)
    found = realised(question.matrices, simple.members, question.each_layer)
    witness = _described(question, goal) | found
    claim = {"claim": "unrealised", "verdict": "fails", "witness": witness}
    matrices = _matrices(question, simple)
    return Lead("found", matrices, tuple(leaders), margin, claim, each_layer=question.each_layer)


def _with_room(finder: Finder, goal: Goal, branch: Branch) -> tuple[list[Condition], Member]:
    # Rather beaten than tied, one token after the other as far as that goes: then the matrix may move.
    conditions, member = dict(branch.conditions), branch.member
    preferences, sets = branch.layer.preferences, goal.sets[-1]
    for i in range(preferences.state.count) if goal.only else ():
        if i in sets:
            continue
        for j in sorted(preferences.attended(i, member.coordinates) - {i}):
            beaten = preferences.condition(i, j, i, ">")
            trial = {**conditions, beaten.comparison: beaten}
            found = finder.find(list(trial.values()), branch.directions)
            if isinstance(found, Member):
                conditions, member = trial, found
                break
    return list(conditions.values()), member


def _matrices(question: Question, branch: Branch) -> tuple[Rows, ...]:
    return tuple(question.matrices.matrix(own.coordinates) for own in branch.members)


def _run(question: Question, branch: Branch) -> Run:
    system = question.setting.with_matrices(*_matrices(question, branch))
    return system.run(question.start.rows(), question.layer)


def _leaders(run: Run) -> list[int]:
    return sorted(sole_attention(run.attention(run.layers)))


def _described(question: Question, goal: Goal) -> dict[str, object]:
    tokens = range(question.start.count)
    sets = [[sorted(own[i]) if i in own else None for i in tokens] for own in goal.sets]
    optional = {"only": goal.only, "leaders": goal.leaders}
    return {"attention": sets} | {name: value for name, value in optional.items() if value}
