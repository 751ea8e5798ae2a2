"""How a statement is decided on a cell: at one value of each part on which nothing it depends on changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from math import comb

from flint import fmpz_poly

from exactdyn.limits import Limit, limit
from exactdyn.limits.polytope import corners, rigid
from exactdyn.parameters import critical
from exactdyn.parameters.cell import ParameterCell
from exactdyn.parameters.exploration import Exploration
from exactdyn.parameters.region import Region
from exactdyn.parameters.rows import Polynomials, points_of, polynomial_rows
from exactdyn.parameters.states import PolynomialState
from exactdyn.parameters.value import ParameterValue
from exactdyn.statements.leader_vertex import mismatch
from exactdyn.statements.limit_set import outside
from exactdyn.statements.statement import OnLayers, Statement
from exactdyn.systems.trajectory import Trajectory
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import EVERY_LAYER

SIMPLICES_LIMIT = 5_000
"""Most simplices of limits whose orientation, or form, is looked at for all values of a cell."""


def by_lemma(record: Statement, value: ParameterValue) -> Verdict | None:
    """Return the verdict of a lemma that asks for facts of the system and its start alone, if one applies.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.statements.leader_vertex import STATEMENT
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = cells(Hardmax(), tokens=[[1], ["1/2"]])
    >>> by_lemma(STATEMENT, ParameterValue.inside(found.line, found.exploration.whole)).lemma
    'leading-points'
    """
    lemma = next((own for own in record.decided.guarantees if own.holds_for(value.start)), None)
    if lemma is not None:
        return Verdict("holds", EVERY_LAYER, lemma.name)
    if isinstance(record.decided, OnLayers):
        return None
    verdict = _whatever_the_limit(record, value, 0)
    return verdict if verdict.outcome == "holds" else None


class CellQuestion:
    """A cell of a line of systems, of which statements are asked.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.statements.limit_set import STATEMENT
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = cells(Hardmax([[-1]]), tokens=[[1], [-1]])
    >>> question = CellQuestion(found.cells[0], found.exploration)
    >>> (part,) = question.parts(STATEMENT)
    >>> question.decide(STATEMENT, part).witness["limit"]
    [Fraction(0, 1)]
    """

    def __init__(self, cell: ParameterCell, exploration: Exploration) -> None:
        self.cell, self.line, self.roots = cell, exploration.line, exploration.roots
        constant = cell.closed and cell.lemma != "basin" and cell.period == 1
        self.layers = max(cell.layer, exploration.layers) if constant else cell.layer
        self._values: dict[Region, ParameterValue] = {}
        self._found: dict[Region, Limit] = {}

    def parts(self, record: Statement) -> list[Region]:
        """Return the parts of the cell on each of which the answer is that at any one value."""
        line, own = self.line, self._critical(record.name)
        polynomials = chain(critical.of_facts(line), critical.of_start(line), own)
        return critical.cut(self.cell.piece.region, polynomials, self.roots)

    def value(self, part: Region) -> ParameterValue:
        """Return the value of a part at which statements are decided."""
        if part not in self._values:
            self._values[part] = ParameterValue.inside(self.line, part)
        return self._values[part]

    def decide(self, record: Statement, part: Region) -> Verdict:
        """Decide a statement for all values of a part."""
        value = self.value(part)
        verdict = by_lemma(record, value)
        if verdict is not None:
            return verdict
        if isinstance(record.decided, OnLayers):
            return record.decided.decide(value.run(self.layers))
        if not self._simplices_fit(record.name):
            return Verdict("undecided", reason=f"more than {SIMPLICES_LIMIT} simplices of limits")
        verdict = self._by_limits(record, value)
        # What fails all over a cell fails at a value, with a witness; a rational point is that value.
        if verdict is None and (self._fails(record.name) or (part.point and value.shown is not None)):
            verdict = self.at(record, part)
        return self._without_limits(record, value) if verdict is None else verdict

    def _without_limits(self, record: Statement, value: ParameterValue) -> Verdict:
        """Decide a statement by lemmas, as what is known of limits and later graphs says nothing of it."""
        reason = f"open after layer {self.cell.layer}"
        if self.cell.closed:
            settled = self.cell.limit_state is not None
            reason = "later graphs are not known" if settled else "not all tokens converge"
        return _whatever_the_limit(record, value, self.cell.layer, reason)

    def _fails(self, name: str) -> bool:
        """Tell whether a statement fails all over the cell, as graphs repeat and do not stay the same."""
        if name in ("convergence", "limit-set"):
            return self.cell.closed and self.cell.limit_state is None
        return name == "attention-settles" and self.cell.period > 1

    def at(self, record: Statement, part: Region) -> Verdict:
        """Decide a statement for the one value at which a part is looked at, as ``check`` does."""
        run = self.value(part).run(self.cell.layer)
        if part not in self._found:
            self._found[part] = limit(run)
        return record.decide(run, self._found[part])

    def _by_limits(self, record: Statement, value: ParameterValue) -> Verdict | None:
        """Return the verdict on a statement by the limits of a closed cell; None if they do not decide it."""
        cell, state = self.cell, self.cell.limit_state
        if state is None:
            return None
        holds = Verdict("holds", EVERY_LAYER, cell.lemma)
        if record.name == "convergence":
            return holds
        if record.name == "attention-settles":
            return None if cell.lemma == "basin" or cell.period > 1 else holds
        limits, A = value.places(state), value.matrix
        if record.name == "leader-vertex":
            witness = mismatch(limits, sorted(cell.leaders), corners(A, limits))
            return holds if witness is None else Verdict("fails", witness=witness)
        if record.name == "limit-set":
            witness = outside(A, limits)
            if witness is not None:
                return Verdict("fails", witness=witness)
            if value.start.facts.definite is None and not rigid(A, list(dict.fromkeys(limits))):
                return Verdict("undecided", reason="A is not positive definite, and S may be infinite")
            return holds
        return None

    def _critical(self, name: str) -> Iterator[fmpz_poly]:
        """Yield the polynomials on whose signs in this cell the answer depends, facts and start aside."""
        if self.cell.point or not self._simplices_fit(name):
            return
        if name == "norm-growth":
            yield from critical.of_growth(self._states, polynomial_rows(self.line.matrix))
        elif name == "distinctness-preserved":
            yield from critical.of_meeting(self._states)
        elif name == "leader-vertex" and self.cell.closed:
            yield from critical.of_vertices(self._limits)
        elif name == "limit-set" and self.cell.closed:
            A = polynomial_rows(self.line.matrix)
            yield from critical.of_limit_set(self._limits, A, self._definite)
        elif name == "limit-set":
            yield from critical.of_zeros(self._states)

    @cached_property
    def _definite(self) -> bool:
        """Whether A is positive definite, and does not move."""
        return (
            len(self.line.matrix) == 1 and self.value(self.cell.piece.region).start.facts.definite is not None
        )

    @cached_property
    def _limits(self) -> Polynomials:
        """The limits, one for each cluster."""
        state = self.cell.limit_state
        return [] if state is None else [state.polynomials[own[0]] for own in self.cell.clusters]

    @cached_property
    def _states(self) -> list[Polynomials]:
        """The states of the layers of which statements about layers are asked."""
        sets, state = self.cell.attention, PolynomialState.start(self.line.tokens)
        states = [state]
        for layer in range(self.layers):
            states.append(states[-1].moved(sets[min(layer, len(sets) - 1)], self.line.tau))
        return points_of(states)

    def _simplices_fit(self, name: str) -> bool:
        if name not in ("leader-vertex", "limit-set") or not self.cell.closed:
            return True
        sizes = range(2, self.line.dimension + 2)
        return sum(comb(len(self.cell.clusters), size) for size in sizes) <= SIMPLICES_LIMIT


def _whatever_the_limit(record: Statement, value: ParameterValue, layer: int, reason: str = "") -> Verdict:
    """Decide a statement on the limit where no limit is known: by lemmas, as ``check`` does."""
    run = value.run(layer)
    unknown = Limit("undecided", layer, reason=reason, trajectory=Trajectory(run))
    return replace(record.decide(run, unknown), evidence={})
