"""The atlas: what each hypothesis of the clustering theorem is for, statement by statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from exactdyn.families.questions.guarantees import RANK_LIMIT, Narrowing
from exactdyn.hunts.answer import Answer, Searched, excluding_lemma, narrowing, smallest
from exactdyn.hunts.proof import counterexample
from exactdyn.hunts.request import Request, Result
from exactdyn.hunts.shrinking.counterexample import Counterexample
from exactdyn.numbers.shown import counted
from exactdyn.statements.catalogue import CATALOGUE, ON_LAYERS

Outcome: TypeAlias = Literal["fails", "lemma", "partly", "open"]


@dataclass(frozen=True)
class Row:
    """A hypothesis that is dropped, and what is left of the others.

    ``name``: the row's name in files. ``dropped``, ``kept``: in words. ``kind``: the class of matrices.
    ``freed``: the hypotheses on alpha and tokens that need not hold, see
    :class:`~exactdyn.hunts.request.Request`. ``singular``: whether what is new in the class is singular.
    ``wandering``: further numbers of tokens, dimensions and numbers of configurations that are looked at for
    a token that wanders for ever.
    """

    name: str
    dropped: str
    kept: str
    kind: str
    freed: frozenset[str] = frozenset()
    singular: bool = False
    wandering: tuple[tuple[int, int, int], ...] = ()


# Five tokens in dimension 3 are the least among which one may wander for ever between pairs of leaders, seven
# in dimension 4 if A is not symmetric. In dimension 2, or with a semidefinite A, it would be news: where A is
# semidefinite of rank at most 2 graphs settle, and whether they do in dimension 3 is open.
_PAIRS = ((5, 2, 24), (5, 3, 48))
_SPACE = ((4, 3, 24), (5, 3, 48), (6, 3, 24), (7, 3, 24))

ROWS = (
    Row("nothing", "nothing", "A symmetric positive definite", "positive-definite", wandering=_SPACE),
    Row(
        "definite",
        "definite",
        "A symmetric positive semidefinite",
        "positive-semidefinite",
        singular=True,
        wandering=_SPACE,
    ),
    Row("positive-definite", "positive definite", "A symmetric", "symmetric", wandering=_PAIRS),
    Row(
        "symmetric",
        "symmetric",
        "<Ax, x> > 0 for x != 0",
        "positive-definite-part",
        wandering=((5, 2, 24), (7, 4, 128)),
    ),
    Row(
        "nonzero-tokens",
        "nonzero",
        "a token may be 0",
        "positive-definite",
        frozenset({"nonzero-tokens"}),
        wandering=_SPACE,
    ),
    Row(
        "distinct-tokens",
        "distinct",
        "copies allowed",
        "positive-definite",
        frozenset({"distinct-tokens"}),
        wandering=_SPACE,
    ),
    Row("positive-alpha", "alpha > 0", "alpha <= 0", "positive-definite", frozenset({"positive-alpha"})),
)
"""The rows: nothing dropped, then one hypothesis after the other, everything else kept."""

COLUMNS = (
    "hull-shrinkage",
    "norm-growth",
    "leaders-persist",
    "distinctness-preserved",
    "leaders-extreme",
    "convergence",
    "attention-settles",
    "leader-vertex",
    "limit-set",
)
"""The statements of an atlas, if none are named: those of the theorem, and one that it does not make."""


@dataclass(frozen=True)
class Cell:
    """What is known of a statement where a hypothesis is dropped.

    ``outcome``: "fails" (there is a counterexample), "lemma" (a lemma of ``proofs_checks/FORMAT.md`` excludes
    one), "partly" (one does for matrices of rank at most 2, and none was found beyond) or "open" (none was
    found). ``example``: the smallest counterexample found, an EXAMPLE document. ``lemma``: its name.
    ``searched``: what was searched for one, hunt by hunt.
    """

    row: str
    column: str
    outcome: Outcome
    example: Mapping[str, object] | None = None
    lemma: str | None = None
    searched: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the cell's files are called, without ending.

        >>> Cell("symmetric", "norm-growth", "open").name
        'norm-growth-without-symmetric'
        """
        return f"{self.column}-without-{self.row}"

    @cached_property
    def counterexample(self) -> Counterexample | None:
        """The counterexample of the cell, its verdict computed again; None where there is none.

        >>> document = {"A": [["-1"]], "alpha": "1", "tokens": [["1"], ["-1"]], "layers": 1}
        >>> cell = Cell("positive-definite", "distinctness-preserved", "fails", document)
        >>> cell.counterexample.verdict.witness["point"]
        [Fraction(0, 1)]
        """
        if self.example is None:
            return None
        return counterexample(_request(row_of(self), self.column, 1, 1), dict(self.example))


@dataclass(frozen=True)
class Atlas:
    """The table: some statements, all rows, and the cells that are known so far.

    >>> Atlas(("norm-growth",)).complete
    False
    """

    columns: tuple[str, ...] = COLUMNS
    cells: tuple[Cell, ...] = ()

    @property
    def missing(self) -> tuple[tuple[Row, str], ...]:
        """The rows and columns of the cells that are not known, in the order in which they are looked at."""
        known = {(cell.row, cell.column) for cell in self.cells}
        places = ((row, column) for row in ROWS for column in self.columns)
        return tuple((row, column) for row, column in places if (row.name, column) not in known)

    @property
    def complete(self) -> bool:
        """Whether all cells are known."""
        return not self.missing

    def cell(self, row: Row, column: str) -> Cell | None:
        """Return a cell, None where it is not known.

        >>> Atlas().cell(ROWS[0], "norm-growth") is None
        True
        """
        found = (cell for cell in self.cells if (cell.row, cell.column) == (row.name, column))
        return next(found, None)


@dataclass(frozen=True)
class Hunt:
    """One hunt of a cell: the question, and how many configurations are to be gone through."""

    request: Request
    configurations: int


def plan(row: Row, column: str) -> tuple[Hunt, ...]:
    """Return the hunts of a cell, those for the smallest configurations first.

    The cell ends with one that finds a counterexample with an A as regular as the row allows. Dimensions in
    which a lemma excludes one are left out.

    >>> {hunt.request.dimension for hunt in plan(ROWS[2], "norm-growth")}
    {1, 2}
    """
    sizes = [(2, 1, 24), (3, 1, 24), (2, 2, 24), (3, 2, 24)]
    if column not in ON_LAYERS:
        sizes += [(4, 2, 24)]
    if CATALOGUE[column].wandering:
        sizes += row.wandering
    hunts = [Hunt(_request(row, column, count, dimension), number) for count, dimension, number in sizes]
    return tuple(hunt for hunt in hunts if excluding_lemma(hunt.request) is None)


def row_of(cell: Cell) -> Row:
    """Return the row of a cell.

    >>> row_of(Cell("symmetric", "norm-growth", "open")).kind
    'positive-definite-part'
    """
    return next(row for row in ROWS if row.name == cell.row)


def fill(row: Row, column: str, answer: Callable[[Hunt], Answer]) -> Cell:
    """Return a cell; ``answer`` goes on a hunt, and is not called where a lemma makes hunts idle.

    >>> fill(ROWS[0], "norm-growth", lambda hunt: Answer("budget", Searched())).lemma
    'norm-growth'
    """
    lemma = excluding_lemma(_request(row, column, 1, RANK_LIMIT + 1))
    if lemma is not None:
        return Cell(row.name, column, "lemma", lemma=lemma)
    lemma = excluding_lemma(_request(row, column, 1, RANK_LIMIT))
    searched: list[str] = []
    found: list[Result] = []
    for hunt in plan(row, column):
        answered = answer(hunt)
        searched.append(_searched(hunt, answered.searched))
        found += [answered.counterexample] if answered.counterexample is not None else []
        if found and (smallest(found).size or ())[1] <= row.singular:
            break
    if found:
        return Cell(row.name, column, "fails", smallest(found).counterexample, searched=tuple(searched))
    return Cell(row.name, column, "partly" if lemma else "open", lemma=lemma, searched=tuple(searched))


def meant(cell: Cell) -> Narrowing:
    """Return of which matrices and tokens the lemma of a cell speaks: those that the row has.

    >>> meant(Cell("definite", "convergence", "partly", lemma="rank-two-settles")).rank
    2
    """
    row = row_of(cell)
    found = narrowing(_request(row, cell.column, 1, RANK_LIMIT))
    return found if cell.outcome == "partly" else replace(found, rank=None)


def _request(row: Row, column: str, count: int, dimension: int) -> Request:
    layers = 2 if column in ON_LAYERS else 30
    # For alpha < 0 the hulls need not shrink, and there is no limit polytope whose vertices could be leaders.
    alpha = Fraction(0) if "positive-alpha" in row.freed and CATALOGUE[column].polytope else None
    return Request(column, row.kind, (), count, dimension, layers, alpha, dropped=row.freed)


def _searched(hunt: Hunt, searched: Searched) -> str:
    request, absent = hunt.request, sum(searched.absent.values())
    counts = {"without one for any A": absent, "limits": searched.runs, "linear programs": searched.programs}
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    details = f" ({told})" if told else ""  # the simplest matrices may be enough
    size = f"{counted(request.count, 'token')} in d = {request.dimension}"
    return f"{hunt.configurations} configurations of {size}{details}"
