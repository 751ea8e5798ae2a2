"""Statements for all values of a parameter: proved by a lemma for all of them, or failing at values found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from exactdyn.limits import limit
from exactdyn.parameters.cell import ParameterCell
from exactdyn.parameters.cells import ParameterCells
from exactdyn.statements.catalogue import STATEMENTS
from exactdyn.statements.statement import Fact, OnLayers, OnLimit, Statement
from exactdyn.systems.run import Run

OF_ANY_MATRIX: tuple[Fact, ...] = (
    "convex_step",
    "moves",
    "transitive_masks",
    "coordinates_convex",
    "ties_kept",
    "one_head",
    "same_attention",
    "leaders_stay",
    "leaders_exposed",
)
"""Facts that a system of the paper has whatever A is, if 0 < tau < 1."""

CELLS_TRIED = 100
"""In so many cells at most a sample is tried."""

LATER = 3
"""So many layers beyond the last one of a cell its sample is run."""


@dataclass(frozen=True)
class LineVerdict:
    """What is known of a statement on a line of systems.

    ``outcome``: "holds" for every value of the parameter, by ``lemma`` or because every cell is closed;
    "fails" at each value of ``fails_at``, one a cell, exactly; else "undecided": one value in each of
    ``tried`` cells was looked at, and it failed at none.
    """

    outcome: Literal["holds", "fails", "undecided"]
    lemma: str | None = None
    fails_at: tuple[Fraction, ...] = ()
    tried: int = 0


def line_verdicts(found: ParameterCells) -> dict[str, LineVerdict]:
    """Return what is known of every statement of the theorem for all values of the parameter.

    Source: the lemmas of ``proofs_checks/FORMAT.md``, which ask for facts that do not change with alpha > 0.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> verdicts = line_verdicts(cells(Hardmax([[-1]]), tokens=[[1], [-1]]))
    >>> verdicts["hull-shrinkage"].lemma, verdicts["distinctness-preserved"].fails_at
    ('convex-step', (Fraction(1, 1),))
    """
    samples = [(cell, x) for cell in found.cells for x in _sample(cell)][:CELLS_TRIED]
    return {name: _verdict(record, found, samples) for name, record in STATEMENTS.items()}


def _verdict(
    record: Statement, found: ParameterCells, samples: list[tuple[ParameterCell, Fraction]]
) -> LineVerdict:
    lemma = _lemma(record, found)
    if lemma is not None:
        return LineVerdict("holds", lemma)
    if record.name == "convergence" and found.complete:
        return LineVerdict("holds")
    failing = tuple(shown for cell, x in samples for shown in _failing(record, found, cell, x))
    return LineVerdict("fails" if failing else "undecided", None, failing, len(samples))


def _lemma(record: Statement, found: ParameterCells) -> str | None:
    """Return the lemma that proves a statement for all of the line, if one does by what does not change."""
    line, decided = found.line, record.decided
    lemmas = decided.guarantees if not isinstance(decided, OnLayers) else (decided.lemma,)
    system, tokens = line.system((line.low + line.high) / 2)
    run = system.run(tokens, 0)
    for lemma in lemmas:
        if lemma is None or (len(line.tokens) > 1 and lemma.of_start is not None):
            continue
        if (len(line.matrix) == 1 or set(lemma.facts) <= set(OF_ANY_MATRIX)) and lemma.holds_for(run):
            return lemma.name
    return None


def _sample(cell: ParameterCell) -> Iterator[Fraction]:
    """Yield a rational value in a cell; none where it is an irrational point."""
    if not cell.point:
        yield next(cell.piece.region.samples())
    elif cell.low.place.number is not None:
        yield cell.low.place.number


def _failing(
    record: Statement, found: ParameterCells, cell: ParameterCell, x: Fraction
) -> Iterator[Fraction]:
    system, tokens = found.line.system(x)
    run: Run = system.run(tokens, cell.layer + LATER)
    decided = record.decided
    verdict = decided.decide(run, limit(run)) if isinstance(decided, OnLimit) else decided.decide(run)
    value = found.line.shown(x)
    if verdict.outcome == "fails" and value is not None:
        yield value
