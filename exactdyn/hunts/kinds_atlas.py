"""The atlas of kinds: what each statement needs of a kind of system, found among small ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from exactdyn.certificates.envelope import certificate_data
from exactdyn.documents.example import Example, read_document
from exactdyn.documents.load import load_example
from exactdyn.documents.write import example_document
from exactdyn.hunts.atlas import Cell
from exactdyn.hunts.kind_rows import KIND_ROWS, KindRow, kind_lemma, row_columns
from exactdyn.hunts.small_systems import SIZES, middle_systems, small_systems
from exactdyn.limits import Limit, limit
from exactdyn.numbers.reading import exact_rows
from exactdyn.numbers.shown import counted
from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES
from exactdyn.statements.statement import OnLimit, Statement
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict

LAYERS, LIMIT_LAYERS = 4, 30
"""So many layers are looked at for statements about layers and about the limit."""

ON_LAYERS_CAP, ON_LIMIT_CAP = {1: 60, 2: 600, 3: 300, 4: 150}, 30
"""So many systems of each size are gone through for them; for layers by the number of tokens."""

MIDDLES_CAP = 30
"""And so many with a token in the middle of two others."""


@dataclass(frozen=True)
class KindCell(Cell):
    """What is known of a statement for a kind of system, see :class:`~exactdyn.hunts.atlas.Cell`.

    ``undecided``: whether the statement is decided for none of the systems that were looked at.
    """

    undecided: bool = False

    @property
    def name(self) -> str:
        """What the cell's files are called, without ending.

        >>> KindCell("two-heads", "norm-growth", "open").name
        'norm-growth-with-two-heads'
        """
        return f"{self.column}-with-{self.row}"

    @cached_property
    def failing(self) -> FailingSystem | None:
        """The example of the cell, its verdict computed again; None where there is none.

        Raises ValueError if the statement does not fail there.

        >>> document = {"tau": "2/(k+2)", "tokens": [["-1"], ["1"], ["2"]], "layers": 1}
        >>> cell = KindCell("first-step-whole", "distinctness-preserved", "fails", document)
        >>> cell.failing.verdict.witness["tokens"]
        [1, 2]
        """
        if self.example is None:
            return None
        example = read_document(self.example, self.name)
        verdict = _Seen(example.system, example.tokens, example.layers).verdict(CATALOGUE[self.column])
        if verdict.outcome != "fails":
            raise ValueError(f"{self.name}: requires an example that fails, got {verdict.outcome}")
        return FailingSystem(self.column, example, verdict)


@dataclass(frozen=True)
class FailingSystem:
    """A system with tokens for which a statement fails, as an example, with the verdict that says where."""

    statement: str
    example: Example
    verdict: Verdict

    @property
    def certificate(self) -> dict[str, object]:
        """The data of a certificate of the hypotheses that are decided and of the statement that fails."""
        run = self.example.run()
        hypotheses = {name: hypothesis.decide(run) for name, hypothesis in HYPOTHESES.items()}
        return certificate_data(run, {**hypotheses, self.statement: self.verdict})


@dataclass(frozen=True)
class KindsAtlas:
    """The table of kinds, its cells row by row; a statement that is not about a row's systems has none there.

    >>> KindsAtlas().cell(KIND_ROWS[0], "norm-growth") is None
    True
    """

    cells: tuple[KindCell, ...] = ()

    def cell(self, row: KindRow, column: str) -> KindCell | None:
        """Return a cell, None where there is none.

        >>> cell = KindCell("two-heads", "norm-growth", "open")
        >>> KindsAtlas((cell,)).cell(kind_row_of(cell), "norm-growth") == cell
        True
        """
        found = (cell for cell in self.cells if (cell.row, cell.column) == (row.name, column))
        return next(found, None)


def kind_row_of(cell: KindCell) -> KindRow:
    """Return the row of a cell.

    >>> kind_row_of(KindCell("two-heads", "norm-growth", "open")).changed
    'two heads'
    """
    return next(row for row in KIND_ROWS if row.name == cell.row)


def fill_row(row: KindRow, sizes: Sequence[tuple[int, int]] = SIZES) -> tuple[KindCell, ...]:
    """Return the cells of a row; systems are gone through from the smallest until a statement fails.

    The built-in examples of the row come last. ``sizes``: the numbers of tokens and dimensions of the
    systems.

    >>> [cell.column for cell in fill_row(KIND_ROWS[6], [(2, 1)]) if cell.outcome == "fails"]
    ['leaders-persist', 'distinctness-preserved']
    """
    columns = row_columns(row)
    lemmas = {column: kind_lemma(row, column) for column in columns}
    searches = {column: _Search(CATALOGUE[column]) for column in columns if lemmas[column] is None}
    for size in sizes:
        for place, (system, tokens) in enumerate(small_systems(row.makes, size, row.ordered)):
            pending = [search for search in searches.values() if search.goes_on(place, len(tokens))]
            if not pending:
                break
            _look(pending, _Seen(system, tokens, LAYERS))
        for system, tokens in islice(middle_systems(row.makes, size, row.ordered), MIDDLES_CAP):
            _look(searches.values(), _Seen(system, tokens, LAYERS))
    for example in map(load_example, row.examples):
        _look(searches.values(), _Seen(example.system, example.tokens, LAYERS))
    return tuple(
        KindCell(row.name, column, "lemma", lemma=lemma) if lemma else searches[column].cell(row, column)
        for column, lemma in lemmas.items()
    )


def _look(searches: Iterable[_Search], seen: _Seen) -> None:
    for search in searches:
        if search.found is None:
            search.look(seen)


class _Seen:
    """A system with tokens that is looked at: its run and, once a statement asks for it, its limit."""

    def __init__(self, system: HardAttention, tokens: object, layers: int) -> None:
        self.system, self.tokens, self.layers = system, tokens, layers

    @cached_property
    def run(self) -> Run:
        """The run, up to the layers that are looked at."""
        return self.system.run(self.tokens, self.layers)

    @cached_property
    def limit(self) -> Limit:
        """The limit, for which so many layers are looked at as it needs, up to a bound."""
        return limit(self.run, LIMIT_LAYERS)

    def verdict(self, statement: Statement) -> Verdict:
        """Decide a statement, as a check does."""
        on_limit = isinstance(statement.decided, OnLimit)
        return statement.decide(self.run, self.limit if on_limit else None)


@dataclass
class _Search:
    """The search for a system for which a statement fails: what it has come to.

    ``found``: the document of the first such system. ``sizes``: how many systems of n tokens in dimension d
    were looked at. ``reasons``: why the statement was undecided, with how often.
    """

    statement: Statement
    found: Mapping[str, object] | None = None
    sizes: Counter[tuple[int, int]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def goes_on(self, place: int, count: int) -> bool:
        """Tell whether it looks at the system at this place among those of its size, of so many tokens."""
        cap = ON_LAYERS_CAP[count] if self.statement.on_layers else ON_LIMIT_CAP
        return self.found is None and place < cap

    def look(self, seen: _Seen) -> None:
        """Look at a system with its tokens."""
        verdict = seen.verdict(self.statement)
        self.sizes[seen.run.start.count, seen.run.start.dimension] += 1
        if verdict.outcome == "undecided":
            self.reasons[verdict.reason or ""] += 1
        if verdict.outcome == "fails":
            self.found = _shortest(self.statement, seen)

    def cell(self, row: KindRow, column: str) -> KindCell:
        """Return the cell that the search amounts to."""
        if self.found is not None:
            return KindCell(row.name, column, "fails", self.found)
        undecided = 0 < self.sizes.total() == self.reasons.total()
        return KindCell(row.name, column, "open", searched=tuple(self._told()), undecided=undecided)

    def _told(self) -> Sequence[str]:
        numbers = ((f"{counted(n, 'token')} in d = {d}", number) for (n, d), number in self.sizes.items())
        sizes = [f"{counted(number, 'system')} of {size}" for size, number in numbers]
        return [*sizes, *(f"undecided for {number}: {reason}" for reason, number in self.reasons.items())]


def _shortest(statement: Statement, seen: _Seen) -> Mapping[str, object]:
    """Return the document of a system with so few layers that the statement still fails."""
    for layers in range(LAYERS + 1):
        shorter = _Seen(seen.system, seen.tokens, layers)
        if shorter.verdict(statement).outcome == "fails":
            break
    tokens = exact_rows(seen.tokens, "tokens")
    return dict(example_document(Example("", "", seen.system, tokens, layers=max(1, layers))))
