"""What the results of a hunt amount to, and exactly what was searched for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from exactdyn.families.questions.guarantees import Narrowing, proving
from exactdyn.families.setting import Setting
from exactdyn.hunts.agenda import in_order
from exactdyn.hunts.request import Place, Request, Result, Task
from exactdyn.hunts.tokens.configurations import configuration
from exactdyn.statements.statement import Lemma


@dataclass(frozen=True)
class Searched:
    """What was searched; configurations are counted by the kind of their tokens.

    ``absent``: proved to have no counterexample (without avoidable ties, unless they were searched).
    ``found``: searched up to their first counterexample. ``undecided``: gone through, but something stays
    open for good, for ``reasons`` (each with how often it occurred). ``unfinished``: begun. ``programs``,
    ``runs``: linear programs solved and limits looked at.
    """

    absent: Mapping[str, int] = field(default_factory=dict)
    found: Mapping[str, int] = field(default_factory=dict)
    undecided: Mapping[str, int] = field(default_factory=dict)
    unfinished: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    programs: int = 0
    runs: int = 0


@dataclass(frozen=True)
class Answer:
    """What a hunt has come to.

    ``status``: "found"; "none": it is proved that there is no counterexample; "budget":
    neither. ``counterexample``: the result that holds the first or smallest one. ``lemma``: what excludes
    counterexamples without any search, whatever the tokens. ``pieces``: those of the closed tree of cases
    by their places, where a search is the proof.
    """

    status: Literal["found", "none", "budget"]
    searched: Searched
    counterexample: Result | None = None
    lemma: str | None = None
    pieces: Mapping[Place, list[dict[str, object] | None]] | None = field(default=None, repr=False)


def gathered(request: Request, results: Mapping[Task, Result], configurations: int | None = None) -> Answer:
    """Return what results amount to, whoever computed them in whatever order; some may be missing.

    ``configurations``: so many were to be gone through, each up to its first counterexample, and the smallest
    of these is the answer; None: the first of all is, and what comes after it plays no part.

    >>> request = Request("norm-growth", "general", (), 2, 1, 1)
    >>> some = {Task(0): Result(piece=[{}]), Task(1): Result(counterexample={}, size=(1,)), Task(2): Result()}
    >>> answer = gathered(request, some)
    >>> answer.status, answer.searched.absent, answer.searched.found
    ('found', {'integers': 1}, {'rationals': 1})
    """
    lemma = excluding_lemma(request)
    if lemma is not None:
        return Answer("none", Searched(), lemma=lemma)
    count, found, last = _Count(request), list[Result](), None
    for part in _parts(request, results, configurations):  # none is kept: there may be a hundred thousand
        count.add(part)
        found += [] if part.found is None else [part.found]
        last = part
    if found:
        return Answer("found", count.searched(), found[0] if configurations is None else smallest(found))
    if request.complete and request.ties and last is not None and last.outcome == "absent":
        pieces = {task.place: result.piece or [None] for task, result in last.results.items()}
        return Answer("none", count.searched(), pieces=pieces)
    return Answer("budget", count.searched())


def smallest(found: Iterable[Result]) -> Result:
    """Return the smallest of some results that hold a counterexample, the first of equal ones.

    >>> smallest([Result(counterexample={}, size=(2,)), Result(counterexample={}, size=(1,))]).size
    (1,)
    """
    return min(found, key=lambda result: result.size or ())


def excluding_lemma(request: Request) -> str | None:
    """Return the name of the lemma that :func:`excluding` returns; None where there is none.

    Source: the lemmas of ``proofs_checks/FORMAT.md``, section "Statements about all matrices".

    >>> excluding_lemma(Request("hull-shrinkage", "general", (), 2, 1, 1))
    'convex-step'
    >>> dropped = frozenset({"positive-alpha"})
    >>> excluding_lemma(Request("hull-shrinkage", "general", (), 2, 1, 1, dropped=dropped)) is None
    True
    """
    lemma = excluding(request)
    return None if lemma is None else lemma.name


def excluding(request: Request) -> Lemma | None:
    """Return the lemma that excludes every counterexample of the class, whatever its tokens, if there is one.

    With value matrices or rows of a mask, which fix the tokens' dimension or number, it is given only for a
    complete request, and then it is about the given tokens.

    Source: the lemmas of ``proofs_checks/FORMAT.md``, section "Statements about all matrices".

    >>> from dataclasses import replace
    >>> plane = Request("convergence", "positive-semidefinite", (), 4, 2, 1)
    >>> excluding(plane).name, excluding(replace(plane, dimension=3)) is None
    ('rank-two-settles', True)
    """
    around = request.around
    if around is None and "positive-alpha" in request.dropped:
        return None
    setting = Setting.of(Fraction(1) if around is None else around)  # whatever the positive alpha is
    if (setting.alpha is not None and setting.alpha <= 0) or not (setting.for_all_tokens or request.complete):
        return None
    return proving(request.statement, request.kind, setting.around, narrowing(request))


def narrowing(request: Request) -> Narrowing:
    """Return which matrices and tokens a request is about: its dimension, and what all its tokens satisfy.

    >>> one = (Fraction(1),)
    >>> sorted(narrowing(Request("limit-set", "symmetric", (one, one), 2, 1, 1)).hypotheses)
    ['nonzero-tokens']
    """
    given, generated = request.given, request.count > len(request.given)
    holding = {"nonzero-tokens": all(map(any, given)), "distinct-tokens": len({*given}) == len(given)}
    kept = {name for name, held in holding.items() if held and not (generated and name in request.dropped)}
    return Narrowing(request.dimension, frozenset(kept))


_OUTCOMES = ("absent", "found", "undecided", "unfinished")


@dataclass(frozen=True)
class _Part:
    """What is known of one configuration; ``found``: the result that holds its first counterexample."""

    index: int
    results: Mapping[Task, Result]
    whole: bool
    found: Result | None

    @property
    def origin(self) -> str | None:
        return next((result.origin for result in self.results.values()), None)

    @property
    def outcome(self) -> Literal["absent", "found", "undecided", "unfinished"]:
        if self.found is not None:
            return "found"
        if not self.whole:
            return "unfinished"
        return "undecided" if any(result.reason for result in self.results.values()) else "absent"


def _parts(request: Request, results: Mapping[Task, Result], configurations: int | None) -> Iterator[_Part]:
    # What lies beyond the end of the hunt, or beyond a counterexample, is known by chance, of who was faster:
    # it is left out, so that the answer does not depend on that.
    end = 1 if request.complete else configurations
    for index in sorted({task.index for task in results}):
        if end is not None and index >= end:
            return
        known, whole, found = dict[Task, Result](), True, None
        for task, result in in_order(index, results):
            if result is None:
                whole = False
                continue
            known[task] = result
            if result.counterexample is not None:
                found = result
                break
        yield _Part(index, known, whole, found)
        if found is not None and configurations is None:
            return


class _Count:
    """Counts what became of the configurations, and the work that was done for them."""

    def __init__(self, request: Request) -> None:
        self._request, self._programs, self._runs = request, 0, 0
        self._kinds: dict[str, Counter[str]] = {outcome: Counter() for outcome in _OUTCOMES}
        self._reasons = Counter[str]()

    def add(self, part: _Part) -> None:
        origin = part.origin or configuration(self._request, part.index).origin
        self._kinds[part.outcome][origin] += 1
        for result in part.results.values():
            self._programs += result.programs
            self._runs += result.runs
            if result.reason:
                self._reasons[result.reason] += 1

    def searched(self) -> Searched:
        kinds = {outcome: dict(counts) for outcome, counts in self._kinds.items()}
        return Searched(**kinds, reasons=dict(self._reasons), programs=self._programs, runs=self._runs)
