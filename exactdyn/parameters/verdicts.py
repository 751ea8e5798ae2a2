"""Statements for all values of a parameter at once: on which of them each holds, and on which it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Literal, TypeAlias

from flint import fmpz_poly

from exactdyn.numbers.shown import counted
from exactdyn.parameters import critical
from exactdyn.parameters.cells import ParameterCells
from exactdyn.parameters.deciding import CellQuestion, by_lemma
from exactdyn.parameters.end import End
from exactdyn.parameters.region import Region
from exactdyn.parameters.value import ParameterValue
from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES, STATEMENTS
from exactdyn.statements.statement import OnLayers, Statement
from exactdyn.verdict import Verdict

ASKED: tuple[str, ...] = (*STATEMENTS, "attention-settles")
"""The statements that are asked: those of ``check``, and whether the graphs settle."""

TRIED_LIMIT = 100
"""In so many open cells at most a value is tried for a statement on the limit."""

Strata: TypeAlias = list[tuple[Region, ParameterValue]]
"""The parts of a line on which what is asked of A and the first tokens is the same, with a value in each."""


@dataclass(frozen=True)
class VerdictPart:
    """An interval of the parameter, or a point, on all of which a statement has one verdict.

    ``low``, ``high``: its ends, one object for a point. ``verdict``: as for one system; a witness is that of
    the value ``at``, which is the part itself for a rational point, rational inside an interval, and None for
    an irrational point, where the witness has numbers of its field.
    """

    low: End
    high: End
    verdict: Verdict
    at: Fraction | None

    @property
    def point(self) -> bool:
        """Whether the part is one value of the parameter."""
        return self.low is self.high


@dataclass(frozen=True, repr=False)
class LineVerdict:
    """What is known of a statement on a line of systems: ``parts``, from low to high, are all of it."""

    parts: tuple[VerdictPart, ...]

    @property
    def outcome(self) -> Literal["holds", "fails", "undecided"]:
        """Whether it "fails" for some values, or is "undecided" for some, or "holds" for all."""
        outcomes = {part.verdict.outcome for part in self.parts}
        return "fails" if "fails" in outcomes else "undecided" if "undecided" in outcomes else "holds"

    @property
    def lemma(self) -> str | None:
        """The one lemma by which it holds for all values; None where it does not, or by several."""
        lemmas = {part.verdict.lemma for part in self.parts}
        return lemmas.pop() if len(lemmas) == 1 else None

    @property
    def fails_at(self) -> tuple[Fraction, ...]:
        """For each part where it fails a rational value there, as far as there is one."""
        failing = (part.at for part in self.parts if part.verdict.outcome == "fails")
        return tuple(value for value in failing if value is not None)

    def __repr__(self) -> str:
        by = "" if self.lemma is None else f" by {self.lemma}"
        return f"LineVerdict({self.outcome}{by}, {counted(len(self.parts), 'part')})"


def line_verdicts(found: ParameterCells) -> dict[str, LineVerdict]:
    """Return for which values of the parameter each statement of the theorem holds, fails, or is undecided.

    Cells are cut further, at every place where something that the answer depends on may change
    (:mod:`~exactdyn.parameters.critical`); each part has the answer of one value in it, which is found as
    ``check`` finds it, at points over their number field. A statement about layers that no lemma proves is
    looked at as far as the graphs of a cell are known. An open cell has no answer but by a lemma; where one
    value that is tried there fails, that value is a part of its own.
    Source: the statements and lemmas of ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> verdicts = line_verdicts(cells(Hardmax([[-1]]), tokens=[[1], [-1]]))
    >>> verdicts["hull-shrinkage"].lemma, verdicts["leader-vertex"].outcome
    ('convex-step', 'fails')
    >>> [(part.low.text(), part.verdict.outcome) for part in verdicts["distinctness-preserved"].parts]
    [('0', 'holds'), ('1', 'fails'), ('1', 'holds')]
    """
    strata = _strata(found)
    questions = [CellQuestion(cell, found.exploration) for cell in found.cells]
    return {name: LineVerdict(tuple(_parts(CATALOGUE[name], found, strata, questions))) for name in ASKED}


def line_hypotheses(found: ParameterCells) -> dict[str, LineVerdict]:
    """Return for which values of the parameter each hypothesis of the theorem holds.

    Source: arXiv 2407.01602, Theorem 2.2.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> t = {"name": "t", "from": -1, "to": 2}
    >>> hypotheses = line_hypotheses(cells(Hardmax(alpha=1), tokens=[[1], ["t"]], parameter=t))
    >>> [name for name, verdict in hypotheses.items() if verdict.outcome == "fails"]
    ['nonzero-tokens', 'distinct-tokens']
    >>> hypotheses["distinct-tokens"].fails_at
    (Fraction(1, 1),)
    """
    strata = _strata(found)
    return {
        name: LineVerdict(
            tuple(_part(found, part, hypothesis.decide(value.start), value.shown) for part, value in strata)
        )
        for name, hypothesis in HYPOTHESES.items()
    }


def _strata(found: ParameterCells) -> Strata:
    facts = chain(critical.of_facts(found.line), critical.of_start(found.line))
    parts = critical.cut(found.exploration.whole, facts, found.exploration.roots)
    return [(part, ParameterValue.inside(found.line, part)) for part in parts]


def _parts(
    record: Statement, found: ParameterCells, strata: Strata, questions: Sequence[CellQuestion]
) -> Iterator[VerdictPart]:
    # All at once by lemmas, or part by part. What stays open is decided at some single values, where it may
    # fail.
    whole = _by_lemmas(record, found, strata)
    if whole is not None:
        yield from whole
        return
    tried = 0
    for question, part in ((own, part) for own in questions for part in own.parts(record)):
        verdict = question.decide(record, part)
        at = question.value(part).shown
        looks = verdict.outcome == "undecided" and not part.point and not question.cell.closed
        if looks and tried < TRIED_LIMIT and not isinstance(record.decided, OnLayers):
            tried += 1
            sample = question.at(record, part)
            if sample.outcome == "fails":
                yield from _around(found, part, verdict, at, sample)
                continue
        yield _part(found, part, verdict, at)
    if not found.finished:
        reached = found.cells[-1].high.place if found.cells else found.exploration.whole.low
        rest = Region(reached, found.exploration.whole.high)
        yield _part(found, rest, Verdict("undecided", reason="not reached before the stop"), None)


def _by_lemmas(record: Statement, found: ParameterCells, strata: Strata) -> list[VerdictPart] | None:
    """Return the parts of a line on all of which lemmas prove a statement without a look at cells."""
    verdicts = [(part, by_lemma(record, value)) for part, value in strata]
    proved = [(part, verdict) for part, verdict in verdicts if verdict is not None]
    return [_part(found, *own, None) for own in proved] if len(proved) == len(strata) else None


def _around(
    found: ParameterCells, part: Region, verdict: Verdict, at: Fraction | None, sample: Verdict
) -> Iterator[VerdictPart]:
    """Yield an undecided interval with one value in it at which the statement fails."""
    x = next(part.samples())
    (place,) = found.exploration.roots.of(fmpz_poly([-x.numerator, x.denominator]))
    yield _part(found, Region(part.low, place), verdict, None)
    yield _part(found, Region(place, place), sample, at)
    yield _part(found, Region(place, part.high), verdict, None)


def _part(found: ParameterCells, region: Region, verdict: Verdict, at: Fraction | None) -> VerdictPart:
    is_alpha = found.line.tau is None
    low = End(region.low, is_alpha)
    return VerdictPart(low, low if region.point else End(region.high, is_alpha), verdict, at)
