"""A run: its attention sets and its exact states at any layer, on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol, TypeAlias

import numpy as np

from exactdyn.errors import InputError
from exactdyn.kernel.exact.fingerprints import fingerprints
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.recorder import Recording
from exactdyn.layer.attention import AttentionSets, leading_points
from exactdyn.numbers.fields.in_sympy import sympy_matrix
from exactdyn.numbers.fields.joining import joined, mapped, number_rows, simple
from exactdyn.numbers.points import Points
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import ExactFloats, integer
from exactdyn.numbers.shown import counted
from exactdyn.presentation import Presentable
from exactdyn.systems.facts import Facts
from exactdyn.systems.system import Recorded, System
from proofs_checks.format.rationals import shorten

DEFAULT_LAYERS = 30
"""So many layers a system runs, or an example, unless it is said how many."""

LAYERS_LIMIT = 10_000_000
"""Largest number of layers that a run accepts."""

ARRAY_LIMIT = 100_000_000
"""Most numbers that :meth:`Run.numpy` puts into one array: 800 megabytes."""


@dataclass(frozen=True, eq=False)
class Run(Presentable):
    """States 0..N of a system and their attention sets, from one initial state.

    What is kept is who attends whom; attention sets and exact states are built from it when somebody asks,
    and where every token is settled for ever, any later layer is as near as that one. ``labels``: a text for
    every token, which tables, graphs and pictures show; None for their numbers.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> Hardmax(alpha=1).run([[1], [-1], ["1/2"]], layers=5)
    Run(3 tokens in dimension 1, layers 0..5, 2 leaders)
    """

    system: System
    recording: Recorded
    labels: tuple[str, ...] | None = None
    _last: list[tuple[int, Points]] = field(default_factory=list, repr=False)

    @property
    def layers(self) -> int:
        """The number N of steps taken.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).run([[1], ["1/2"]], layers=2).layers
        2
        """
        return len(self.itinerary) - 1

    @property
    def itinerary(self) -> Sequence[AttentionSets]:
        """The attention sets of the layers 0..N: a sequence, built where it is read.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> len(Hardmax(alpha=1).run([[1], ["1/2"]], layers=2).itinerary)
        3
        """
        return self.recording.itinerary

    @property
    def leaders(self) -> dict[int, int]:
        """For every token that is a leader at some of these layers the first one.

        Source: arXiv 2407.01602, Definition 2.1 (leader).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).run([[1], ["1/2"]], layers=2).leaders
        {0: 0}
        """
        return self.recording.leaders

    @cached_property
    def lapses(self) -> dict[int, int]:
        """For every leader that attends others at a later one of these layers the first such layer.

        Source: ``proofs_checks/FORMAT.md``, section "leaders-persist".

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], layers=1).lapses
        {1: 1}
        """
        found: dict[int, int] = {}
        for layer in range(self.layers + 1):
            for token, first in self.leaders.items():
                if first < layer and token not in found and self.attention(layer)[token] != {token}:
                    found[token] = layer
        return found

    @cached_property
    def start(self) -> Points:
        """The initial state Z^0.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).run([[1], ["1/2"]], layers=2).start.rows()
        [[Fraction(1, 1)], [Fraction(1, 2)]]
        """
        return self.state(0)

    @cached_property
    def facts(self) -> Facts:
        """What lemmas may use of the system for tokens of this dimension; what is proved there, is so once.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[2]], alpha=1).run([[1]]).facts.definite.diagonal
        (Fraction(2, 1),)
        """
        return self.system.facts(self.start.dimension)

    def state(self, layer: int) -> Points:
        """Return the state of a layer in the normalised form.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        Source: arXiv 2407.01602, equation (1.1).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).run([[1], ["1/2"]], layers=2).state(2).rows()[1]
        [Fraction(7, 8)]
        """
        layer = self._numbered(layer)
        for k, state in self._last:
            if k == layer:
                return state
        state = self.recording.state(layer)
        self._last[:] = [(layer, state)]
        return state

    def states(self) -> Iterator[Points]:
        """Go through the states 0..N of the normalised form, holding one at a time.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> run = Hardmax(alpha=1).run([[1], ["1/2"]], layers=2)
        >>> len(list(run.states()))
        3
        """
        return (self.state(k) for k in range(self.layers + 1))

    def tokens(self, layer: int) -> list[list[Fraction]]:
        """Return the tokens at a layer as n rows of d fractions, in the form the system names.

        Over a field, what is irrational is a :class:`~exactdyn.numbers.fields.field_number.FieldNumber`.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        Source: arXiv 2407.01602, equations (1.1) to (1.3).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1, form="unnormalised").run([[1], ["1/2"]], layers=2).tokens(2)
        [[Fraction(4, 1)], [Fraction(7, 2)]]
        """
        layer = self._numbered(layer)
        rows: list[list[Any]] = self.recording.fractions(layer, *self.system.growth(layer))
        return [[simple(x) for x in row] for row in rows] if self.start.domain != RATIONALS else rows

    def sympy(self, layer: int) -> Any:
        """Return the tokens at a layer as an n x d matrix of sympy, in the form the system names.

        Over a field, numbers are in radicals where sympy finds them, or in cosines; else they are polynomials
        in a root of a polynomial, sympy's ``CRootOf``.
        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).run([["sqrt(2)"], ["1/2"]], layers=1).sympy(1).tolist()
        [[sqrt(2)], [1/4 + sqrt(2)/2]]
        """
        return sympy_matrix(self.tokens(layer))

    def floats(self, layer: int) -> np.ndarray:
        """Return the tokens at a layer as n x d float64, every coordinate correctly rounded.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).run([[1], ["1/2"]], layers=2).floats(2).tolist()
        [[1.0], [0.875]]
        """
        layer = self._numbered(layer)
        return self.recording.floats(layer, *self.system.growth(layer))

    def numpy(self) -> np.ndarray:
        """Return all layers as one array of (N+1) x n x d float64, every coordinate correctly rounded.

        Raises :class:`~exactdyn.errors.InputError` beyond :data:`ARRAY_LIMIT` numbers; :meth:`floats` has
        one layer.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).run([[1], ["1/2"]], layers=2).numpy()[:, 1, 0].tolist()
        [0.5, 0.75, 0.875]
        """
        size = (self.layers + 1) * self.start.count * self.start.dimension
        if size > ARRAY_LIMIT:
            raise InputError(f"layers: requires at most {ARRAY_LIMIT} numbers in one array, got {size}")
        return np.stack([self.floats(layer) for layer in range(self.layers + 1)])

    def dataframe(self) -> Any:
        """Return all layers as a table of pandas: a row for every layer and token.

        Columns: ``layer``, ``token``, the coordinates ``z0``, ``z1``, ... as float64, correctly rounded,
        ``attends``, the tokens attended, and ``leader``, whether it attends itself alone. Raises
        :class:`~exactdyn.errors.InputError` where pandas is not installed, and as :meth:`numpy` does.
        """
        try:
            from pandas import DataFrame  # not one of those that exactdyn installs
        except ImportError:
            raise InputError(
                "dataframe: requires pandas, which is not installed (pip install pandas)"
            ) from None
        states = self.numpy()
        layers, count, dimension = states.shape
        sets = [own for layer in range(layers) for own in self.attention(layer)]
        tokens = np.tile(np.arange(count), layers)
        columns: dict[str, Any] = {"layer": np.repeat(np.arange(layers), count), "token": tokens}
        if self.labels is not None:
            columns["label"] = list(self.labels) * layers
        columns |= {f"z{r}": states[:, :, r].ravel() for r in range(dimension)}
        columns["attends"] = [tuple(sorted(own)) for own in sets]
        columns["leader"] = [own == {token} for own, token in zip(sets, tokens.tolist(), strict=True)]
        return DataFrame(columns)

    def attention(self, layer: int) -> AttentionSets:
        """Return the attention sets C_0, ..., C_(n-1) of a layer.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        Source: arXiv 2407.01602, equation (1.2).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax().run([[1], ["1/2"]], layers=1).attention(0)
        (frozenset({0}), frozenset({0}))
        """
        layer = self._numbered(layer)
        return self.itinerary[layer]

    def head_attention(self, layer: int) -> tuple[AttentionSets, ...]:
        """Return the attention sets of a layer, those of each head; :meth:`attention` joins them.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        Source: arXiv 2407.01602, equation (1.2), for one head.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax().run([[1], ["1/2"]], layers=1).head_attention(0)
        ((frozenset({0}), frozenset({0})),)
        """
        return self.recording.head_attention(self._numbered(layer))

    def leading_points(self, layer: int) -> tuple[frozenset[int], ...]:
        """Return the points whose copies attend exactly each other at a layer, each as its tokens.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1).run([[1], ["1/2"]], layers=2).leading_points(0)
        (frozenset({0}),)
        """
        return leading_points(self.state(layer), self.itinerary[layer])

    def possible_meetings(self) -> Iterator[int]:
        """Go through the layers k < N after which distinct tokens may be found to have met, at layer k+1.

        Those that are left out are certain: no two tokens that are distinct at layer 0 are at one point of
        layer k+1. Where there is no fast kernel none is left out.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> list(Hardmax([[-1]], alpha=1).run([[1], [-1], [4]], layers=3).possible_meetings())
        [0, 1, 2]
        >>> list(Hardmax(alpha=1).run([[1], ["1/2"]], layers=3).possible_meetings())
        []
        """
        recording = self.recording
        found = fingerprints(recording.states, self.layers) if isinstance(recording, Recording) else None
        if found is None:
            yield from range(self.layers)
            return
        distinct = sorted({min(copies) for copies in self.start.copies})
        for layer, own in enumerate(found):
            if layer and len(np.unique(own[distinct])) < len(distinct):
                yield layer - 1

    def __eq__(self, other: object) -> bool:
        """Compare what determines a run: the system, the initial state, the number of layers."""
        if not isinstance(other, Run):
            return NotImplemented
        return (self.system, self.layers, self.start) == (other.system, other.layers, other.start)

    def __repr__(self) -> str:
        count, dimension = self.recording.shape
        return (
            f"Run({counted(count, 'token')} in dimension {dimension}, "
            f"layers 0..{self.layers}, {counted(len(self.leaders), 'leader')})"
        )

    def _numbered(self, layer: int) -> int:
        return integer(layer, "layer", 0, self.layers)


def started(system: System, tokens: object, layers: object) -> Run:
    """Run a system from tokens through this many layers; the method ``run`` of every kind of system is this.

    ``tokens``: n rows of d exact numbers, or :func:`~exactdyn.numbers.reading.from_floats`. ``layers``: 0 to
    :data:`LAYERS_LIMIT`. Raises :class:`~exactdyn.errors.InputError` for tokens of the wrong shape and for a
    bad number of layers.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> started(Hardmax(alpha="1/2"), [["1/2"], [1]], 3).leaders
    {1: 0}
    """
    number = integer(layers, "layers", 0, LAYERS_LIMIT)
    system, source = _in_one_field(system, tokens)
    return Run(system, system.record(source, number))


def _in_one_field(system: System, tokens: object) -> tuple[System, Source]:
    """Return the system and the tokens, both in the field that they need together."""
    if isinstance(tokens, ExactFloats) and system.domain == RATIONALS:
        return system, Source(tokens)
    rows = number_rows(tokens, "tokens")
    own = domain_of(x for row in rows for x in row)
    domain, into = joined([system.domain, own])
    if system.domain not in (RATIONALS, domain):
        system = system.carried(into)
    moved = rows if own in (RATIONALS, domain) else mapped(rows, into)
    return system, Source(Points.of_numbers(moved, domain))


class Started(Protocol):
    """What knows the tokens that it starts from: an :class:`~exactdyn.documents.Example`."""

    def run(self) -> Run:
        """Run from these tokens."""


Subject: TypeAlias = Run | Started | System
"""What verdicts and limits may be asked about; a system needs tokens beside it."""


def run_of(subject: Subject, tokens: object = None) -> Run:
    """Return the run that is meant: a run itself, that of an example, or that of a system from tokens.

    An example runs as many layers as it says, a system 30. Raises :class:`~exactdyn.errors.InputError` for
    anything else, for a system without tokens, and for tokens beside what has its own.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run_of(Hardmax(alpha=1), tokens=[[1], ["1/2"]])
    Run(2 tokens in dimension 1, layers 0..30, 1 leader)
    """
    if isinstance(subject, System):
        if tokens is None:
            raise InputError("tokens: requires tokens beside a system, got none")
        return started(subject, tokens, DEFAULT_LAYERS)
    if tokens is not None:
        raise InputError(f"tokens: requires a system to start from them, got {shorten(subject)}")
    if isinstance(subject, Run):
        return subject
    start: Callable[[], object] | None = getattr(subject, "run", None)
    run = start() if callable(start) and not isinstance(subject, type) else None
    if not isinstance(run, Run):
        near = f" (load_example({shorten(subject)}) reads an example)" if isinstance(subject, str) else ""
        got = f"{shorten(subject)}{near}"
        raise InputError(f"requires an example, a run, or a system with tokens, got {got}")
    return run
