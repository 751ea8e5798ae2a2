"""What a run records of every layer: who attends whom, by point, and the tokens that share a point.

An attention set of n tokens is one integer here: the point attended. Frozensets of tokens, which everybody
else works with, are built when a layer is asked for, and equal ones are one object.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload

import numpy as np

from exactdyn.layer.attention import AttentionSets

SETS_HELD = 2_000_000
"""About how many attention sets are held for whoever asks for a layer again."""


@dataclass(frozen=True)
class Tie:
    """Two or more points that score the same: their representatives, ascending, and the tokens at each.

    >>> Partition(3, np.array([0, 1, 0])).tie((0, 1))
    Tie(points=(0, 1), weights=(2, 1))
    """

    points: tuple[int, ...]
    weights: tuple[int, ...]


class Partition:
    """The tokens by the point they are at: tokens known to be at one point share their ``representative``.

    ``representative``: for every token the one that stands for its point, or None if each stands for itself.

    >>> Partition(3, np.array([0, 1, 0])).members[0]
    (0, 2)
    """

    def __init__(self, count: int, representative: np.ndarray | None = None) -> None:
        self.count = count
        self.representative = representative
        self.members: dict[int, tuple[int, ...]] = {}
        self._ties: dict[tuple[int, ...], frozenset[int]] = {}
        if representative is not None:
            self._collect(representative)

    def _collect(self, representative: np.ndarray) -> None:
        # Only points of several tokens are listed: mostly there is none, and n may be 100,000.
        order = np.argsort(representative, kind="stable")
        ordered = representative[order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), self.count], strict=True):
            if end - start > 1:
                self.members[int(ordered[start])] = tuple(order[start:end].tolist())

    @cached_property
    def alive(self) -> np.ndarray:
        """The representatives, ascending.

        >>> Partition(3, np.array([0, 1, 0])).alive
        array([0, 1])
        """
        own = np.arange(self.count)
        return own if self.representative is None else own[self.representative == own]

    def merged(self, survivors: dict[int, int]) -> Partition:
        """Return the partition in which each representative named joins the point of its survivor.

        >>> Partition(3).merged({1: 0, 2: 1}).members
        {0: (0, 1, 2)}
        """
        mapping = np.arange(self.count)
        mapping[list(survivors)] = list(survivors.values())
        while (mapping[mapping] != mapping).any():  # a survivor may have joined a third one
            mapping = mapping[mapping]
        old = mapping if self.representative is None else mapping[self.representative]
        return Partition(self.count, old)

    def tie(self, points: tuple[int, ...]) -> Tie:
        """Return the tie between these representatives, ascending.

        >>> Partition(2).tie((0, 1)).weights
        (1, 1)
        """
        return Tie(points, tuple(len(self.members.get(point, (point,))) for point in points))

    def tokens(self, points: tuple[int, ...]) -> frozenset[int]:
        """Return all tokens at these points; equal sets are one object.

        >>> Partition(3, np.array([0, 1, 0])).tokens((0, 1)) == {0, 1, 2}
        True
        """
        known = self._ties.get(points)
        if known is None:
            known = frozenset(token for point in points for token in self.members.get(point, (point,)))
            self._ties[points] = known
        return known


@dataclass(frozen=True, eq=False)
class LayerRecord:
    """Who attends whom at one layer.

    ``targets``: for every representative the one it attends, or -1 where ``ties`` has more. Entries of tokens
    that are no representatives mean nothing.

    >>> record = LayerRecord(np.array([0, -1]), {1: Tie((0, 1), (1, 1))}, Partition(2))
    >>> sorted(record.attended_by([1]))
    [0, 1]
    """

    targets: np.ndarray
    ties: dict[int, Tie]
    partition: Partition

    def attended_by(self, points: list[int]) -> set[int]:
        """Return the representatives that some of these representatives attend.

        >>> LayerRecord(np.array([0, 0]), {}, Partition(2)).attended_by([0, 1])
        {0}
        """
        attended = set(self.targets[points].tolist())
        if -1 in attended:
            attended.discard(-1)
            for tie in {id(tie): tie for tie in map(self.ties.get, points) if tie is not None}.values():
                attended.update(tie.points)
        return attended

    def same_as(self, other: LayerRecord) -> bool:
        """Tell whether the two layers are the same as data.

        >>> own = Partition(2)
        >>> LayerRecord(np.array([0, 0]), {}, own).same_as(LayerRecord(np.array([0, 1]), {}, own))
        False
        """
        return (
            self.partition is other.partition
            and self.ties == other.ties
            and self.targets.tobytes() == other.targets.tobytes()
        )


@dataclass(eq=False)
class Itinerary(Sequence[AttentionSets]):
    """The attention sets of the layers 0..N, built when asked for; from some layer on they may be constant.

    ``tokens``: how many. ``length``: N+1. ``layers``: the layers recorded; the last stands for all that
    follow. ``locked``: for each point known never to attend anything else again the layer from which on.
    ``leaders``: for every token that leads the first layer at which it does.

    >>> run = Itinerary(2, 100)
    >>> run.append(LayerRecord(np.array([0, 0]), {}, Partition(2)))
    >>> run[99]
    (frozenset({0}), frozenset({0}))
    """

    tokens: int
    length: int
    layers: list[LayerRecord] = field(default_factory=list)
    locked: dict[int, int] = field(default_factory=dict)
    leaders: dict[int, int] = field(default_factory=dict)
    _built: dict[int, AttentionSets] = field(default_factory=dict, repr=False)

    def layer(self, k: int) -> LayerRecord:
        """Return the record of layer k.

        >>> run = Itinerary(1, 9)
        >>> run.append(LayerRecord(np.array([0]), {}, Partition(1)))
        >>> run.layer(8) is run.layers[0]
        True
        """
        return self.layers[min(k, len(self.layers) - 1)]

    def append(self, layer: LayerRecord) -> None:
        """Record the next layer; equal neighbours are kept once.

        >>> run, one = Itinerary(1, 9), Partition(1)
        >>> for _ in range(2):
        ...     run.append(LayerRecord(np.array([0]), {}, one))
        >>> run.layers[0] is run.layers[1]
        True
        """
        if self.layers and layer.same_as(self.layers[-1]):
            layer = self.layers[-1]
        self.layers.append(layer)

    def __len__(self) -> int:
        """Return the number N+1 of layers."""
        return self.length

    @overload
    def __getitem__(self, index: int) -> AttentionSets: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[AttentionSets, ...]: ...
    def __getitem__(self, index: int | slice) -> AttentionSets | tuple[AttentionSets, ...]:
        """Return the sets of one layer, or of several."""
        if isinstance(index, slice):
            return tuple(self._sets(k) for k in range(self.length)[index])
        return self._sets(range(self.length)[index])

    def __iter__(self) -> Iterator[AttentionSets]:
        """Go through the layers 0..N."""
        return (self._sets(k) for k in range(self.length))

    def __hash__(self) -> int:
        """Refuse: it grows while a run is recorded."""
        raise TypeError("an itinerary cannot be hashed")

    def __eq__(self, other: object) -> bool:
        """Compare all sets of all layers, with any sequence of them."""
        if not isinstance(other, Itinerary | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    @cached_property
    def _single(self) -> list[frozenset[int]]:
        return [frozenset((token,)) for token in range(self.tokens)]

    def _sets(self, k: int) -> AttentionSets:
        layer = self.layer(k)
        known = self._built.get(id(layer))
        if known is None:
            if len(self._built) * self.tokens > SETS_HELD:
                self._built.clear()
            known = self._built[id(layer)] = self._build(layer)
        return known

    def _build(self, layer: LayerRecord) -> AttentionSets:
        """Turn points into tokens: first the set of each representative, then that of its copies.

        Plain lists and ``map``: this is most of the time that reading an itinerary takes.
        """
        partition = layer.partition
        points = self._single
        if partition.members:
            points = points.copy()
            for point in partition.members:
                points[point] = partition.tokens((point,))
        sets = list(map(points.__getitem__, layer.targets.tolist()))
        for point, tie in layer.ties.items():
            sets[point] = partition.tokens(tie.points)
        if partition.representative is not None:
            sets = list(map(sets.__getitem__, partition.representative.tolist()))
        return tuple(sets)
