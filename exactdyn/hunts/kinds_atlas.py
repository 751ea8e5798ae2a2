"""The atlas of kinds: what each statement needs of a kind of system, beyond the theorem's hypotheses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from exactdyn.certificates.envelope import certificate_data
from exactdyn.documents.example import Example, read_document
from exactdyn.documents.write import example_document
from exactdyn.hunts import small_kinds
from exactdyn.hunts.atlas import COLUMNS, Cell
from exactdyn.hunts.small_systems import SIZES, Makes, small_systems
from exactdyn.limits import Limit, limit
from exactdyn.numbers.reading import exact_rows
from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES, OF_KINDS
from exactdyn.statements.convergence import SUMMABLE
from exactdyn.statements.statement import OnLimit, Statement
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.verdict import Verdict

KINDS_COLUMNS = (*COLUMNS, "hull-of-the-seen", "interval-shrinkage")
"""The statements."""

LAYERS, LIMIT_LAYERS = 4, 30
"""So many layers are looked at for statements about layers and about the limit."""

ON_LAYERS_CAP, ON_LIMIT_CAP = 400, 40
"""So many systems of each size are gone through for them."""


@dataclass(frozen=True)
class KindRow:
    """What is changed from one head with A symmetric positive definite and alpha > 0 that all tokens see.

    ``name``: the row's name in files. ``changed``, ``kept``: in words. ``makes``: its small systems.
    ``always``: the facts that every system of the row has, by their names in
    :class:`~exactdyn.systems.facts.Facts`: lemmas that ask for no others hold for the whole row.
    ``ordered``: whether the order of the tokens matters to its systems.
    """

    name: str
    changed: str
    kept: str
    makes: Makes
    always: frozenset[str]
    ordered: bool = False


_CONVEX = frozenset({"convex_step", "coordinates_convex"})
_GROWS = frozenset(
    {"q_grows", "semidefinite", "definite"}
)  # all that see themselves, by one A, and go forward

KIND_ROWS = (
    KindRow(
        "a-causal-mask",
        "causal mask",
        "a token sees itself and those before it",
        small_kinds.causal,
        _CONVEX | _GROWS | {"leaders_stay", "transitive_masks"},
        ordered=True,
    ),
    KindRow(
        "a-mask-not-transitive",
        "mask not transitive",
        "every token sees itself",
        small_kinds.not_transitive,
        _CONVEX | _GROWS,
    ),
    KindRow(
        "two-heads",
        "two heads",
        "A of each symmetric positive definite, no multiple of each other",
        small_kinds.two_heads,
        _CONVEX | {"leaders_stay", "transitive_masks"},
    ),
    KindRow(
        "mixing-values",
        "V no multiple of I",
        "<Vx, x> > 0 for x != 0",
        small_kinds.mixing_values,
        frozenset(),
    ),
    KindRow("negative-values", "V negative", "V = -I", small_kinds.negative_values, frozenset()),
    KindRow(
        "summable-steps",
        "summable schedule",
        "0 < tau_k < 1",
        small_kinds.summable,
        _CONVEX | _GROWS | {"leaders_stay", "transitive_masks", "tells_apart", "leaders_exposed", "summable"},
    ),
    KindRow(
        "first-step-whole",
        "tau_0 = 1",
        "tau_k = 2/(k+2)",
        small_kinds.frank_wolfe,
        _CONVEX | _GROWS | {"transitive_masks"},
    ),
    KindRow(
        "first-of-ties",
        "of ties the first",
        "everybody sees everybody",
        small_kinds.first_of_ties,
        _CONVEX | _GROWS | {"leaders_stay", "transitive_masks", "tells_apart"},
        ordered=True,
    ),
    KindRow("a-relu-block", "ReLU block", "one unit, after attention", small_kinds.bent, frozenset()),
)
"""The rows: one change after the other, everything else kept."""


@dataclass(frozen=True)
class KindCell(Cell):
    """What is known of a statement for a kind of system, see :class:`~exactdyn.hunts.atlas.Cell`."""

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


def kind_lemma(row: KindRow, column: str) -> str | None:
    """Return the lemma by which a statement holds for every system of a row; None: there is none.

    Source: the lemmas of ``proofs_checks/FORMAT.md``.

    >>> kind_lemma(KIND_ROWS[0], "norm-growth"), kind_lemma(KIND_ROWS[1], "leaders-persist")
    ('norm-growth', None)
    """
    if column == "convergence" and "summable" in row.always:
        return SUMMABLE
    lemma = CATALOGUE[column].decided.lemma
    proved = lemma is not None and lemma.of_start is None and row.always.issuperset(lemma.facts)
    return lemma.name if lemma is not None and proved else None


def row_columns(row: KindRow) -> tuple[str, ...]:
    """Return the statements that are about the systems of a row.

    >>> "hull-of-the-seen" in row_columns(KIND_ROWS[0]), "hull-of-the-seen" in row_columns(KIND_ROWS[2])
    (True, False)
    """
    facts = row.makes(3, 2)[0].facts(2)
    about = {name for name in KINDS_COLUMNS if name in OF_KINDS}
    own = {name for name in about if (test := OF_KINDS[name].about) is not None and test.test(facts)}
    return tuple(name for name in KINDS_COLUMNS if name not in about or name in own)


def fill_row(row: KindRow, done: Callable[[int], None] = lambda count: None) -> tuple[KindCell, ...]:
    """Return the cells of a row: systems are gone through from the smallest, until one fails.

    ``done``: called with the number of sizes that have been gone through.

    >>> [cell.column for cell in fill_row(KIND_ROWS[6]) if cell.outcome == "fails"][0]
    'leaders-persist'
    """
    columns = row_columns(row)
    lemmas = {column: kind_lemma(row, column) for column in columns}
    searches = {column: _Search(CATALOGUE[column]) for column in columns if lemmas[column] is None}
    for count, size in enumerate(SIZES):
        done(count)
        for place, (system, tokens) in enumerate(small_systems(row.makes, size, row.ordered)):
            seen = _Seen(system, tokens, LAYERS)
            pending = [search for search in searches.values() if search.goes_on(place)]
            for search in pending:
                search.look(seen)
            if not pending:
                break
    return tuple(
        KindCell(row.name, column, "lemma", lemma=lemma) if lemma else searches[column].cell(row, column)
        for column, lemma in lemmas.items()
    )


class _Seen:
    """A system with tokens that is looked at: its run and, once a statement asks for it, its limit."""

    def __init__(self, system: HardAttention, tokens: object, layers: int) -> None:
        self.system, self.tokens, self.run = system, tokens, system.run(tokens, layers)

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
    """The search for a system for which a statement fails: what it has come to."""

    statement: Statement
    found: Mapping[str, object] | None = None
    sizes: Counter[tuple[int, int]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def goes_on(self, place: int) -> bool:
        """Tell whether it looks at the system at this place among those of its size."""
        cap = ON_LAYERS_CAP if self.statement.on_layers else ON_LIMIT_CAP
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
        return KindCell(row.name, column, "open", searched=tuple(self._told()))

    def _told(self) -> Sequence[str]:
        sizes = [f"{number} systems of n = {n}, d = {d}" for (n, d), number in self.sizes.items()]
        return [*sizes, *(f"undecided {number} times: {reason}" for reason, number in self.reasons.items())]


def _shortest(statement: Statement, seen: _Seen) -> Mapping[str, object]:
    """Return the document of a system with so few layers that the statement still fails."""
    for layers in range(LAYERS + 1):
        shorter = _Seen(seen.system, seen.tokens, layers)
        if shorter.verdict(statement).outcome == "fails":
            break
    tokens = exact_rows(seen.tokens, "tokens")
    return dict(example_document(Example("", "", seen.system, tokens, layers=max(1, layers))))
