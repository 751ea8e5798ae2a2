"""The tree of cells: layer after layer, the attention sets on every region; parameters/FORMAT.md, "Cells"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field
from proofs_checks.parameters.closing import (
    Future,
    Settled,
    check_basin,
    check_followers,
    followers,
    need,
)
from proofs_checks.parameters.forms import check_forms
from proofs_checks.parameters.line import Line
from proofs_checks.parameters.packed import Packed
from proofs_checks.parameters.periodic import check_periodic
from proofs_checks.parameters.points import Point
from proofs_checks.parameters.recurrence import check_recurrence
from proofs_checks.parameters.regions import At, Between, Region
from proofs_checks.parameters.states import Rows, Sets, State, difference

LAYERS_LIMIT = 1000
"""Most layers on the way to a cell."""

CLOSING: dict[str, Callable[[Settled, Field], Future]] = {
    "lock-in": check_followers,
    "tie-lock-in": check_followers,
    "basin": check_basin,
    "locked-itinerary": check_recurrence,
    "periodic-itinerary": check_periodic,
    "definite-forms": check_forms,
}
"""What closes a region, by the name of the lemma."""


EVIDENCE = ("targets", "rates", "nodes", "period", "limits", "moving", "polynomial", "weights")
"""What closings state, each lemma some of it."""


@dataclass(frozen=True)
class Cell:
    """A region with its attention sets, layer after layer, and how it is closed, if it is."""

    region: Region
    itinerary: tuple[Sets, ...]
    lemma: str | None
    future: Future | None


@dataclass(frozen=True)
class Layer:
    """A region just before a layer: what is known there."""

    region: Region
    states: tuple[State, ...]
    itinerary: tuple[Sets, ...]
    locked: frozenset[int]


@dataclass(frozen=True)
class Tree:
    """What is the same for all of the tree."""

    line: Line
    A: Rows
    points: Sequence[Point]
    semidefinite: bool

    def pieces(self, layer: Layer, field: Field, left: int, right: int) -> Iterator[Cell]:
        """Check the pieces of a region, from the point ``left`` to the point ``right``, and yield the cells.

        Source: parameters/FORMAT.md, section "Cells".
        """
        members = field.fields(["at", "pieces"])
        least, places = left + 1, [left]
        for entry in members["at"].items():
            places.append(entry.integer(least, right - 1))
            least = places[-1] + 1
        places.append(right)
        single = isinstance(layer.region, At)
        need(field, not single or len(places) == 2, "a point has no points inside")
        parts = members["pieces"].items(2 * len(places) - 3)
        for place, part in enumerate(parts):
            start, end = places[place // 2 + place % 2], places[place // 2 + 1]
            region: Region = layer.region
            if not single:
                first, last = self.points[start], self.points[end]
                region = At(first) if place % 2 else Between(first, last)
            here = Layer(region, layer.states, layer.itinerary, layer.locked)
            yield from self._node(here, part, start, end)

    def _node(self, layer: Layer, field: Field, left: int, right: int) -> Iterator[Cell]:
        # The layers of a piece, each with its sets checked; then what is below, or the cell and what closes
        # it.
        members = field.fields(["attention"], ["closed", "next"])
        need(field, not {"closed", "next"} <= members.keys(), "is closed and goes on")
        changes = members["attention"].items()
        need(field, bool(changes), "requires at least one layer")
        for place, entry in enumerate(changes):
            need(entry, len(layer.itinerary) < LAYERS_LIMIT, f"at most {LAYERS_LIMIT} layers")
            if place:
                layer = self._after(layer)
            sets = _sets(entry, layer, len(layer.states[0].rows))
            self._check_layer(entry, layer, sets)
            layer = Layer(layer.region, layer.states, (*layer.itinerary, sets), layer.locked)
        if "next" in members:
            yield from self.pieces(self._after(layer), members["next"], left, right)
            return
        if "closed" not in members:
            yield Cell(layer.region, layer.itinerary, None, None)
            return
        data = members["closed"]
        lemma = data.fields(["lemma"], EVIDENCE)["lemma"].text()
        if lemma not in CLOSING:
            data.refuse(f"one of the lemmas {', '.join(CLOSING)}")
        settled = Settled(self.line, self.A, layer.region, layer.states, layer.itinerary, self.semidefinite)
        yield Cell(layer.region, layer.itinerary, lemma, CLOSING[lemma](settled, data))

    def _after(self, layer: Layer) -> Layer:
        sets = layer.itinerary[-1]
        state = layer.states[-1]
        states = (*layer.states, self.line.step(state, sets))
        return Layer(layer.region, states, layer.itinerary, followers(layer.region, state, sets))

    def _check_layer(self, field: Field, layer: Layer, sets: Sets) -> None:
        """Check that the tokens attend these sets on all of a region."""
        region, state = layer.region, layer.states[-1]
        quick = Packed(self.A, [state], *region.ends)
        for i, own in enumerate(sets):
            if i in layer.locked:
                need(field, own == layer.itinerary[-1][i], f"token {i} is locked, so its set stays")
                continue
            scores, best = quick.scores(i), min(own)
            for b, score in enumerate(scores):
                gap = scores[best] - score
                seen = gap == 0 if b in own else quick.positive(gap)
                if not seen and not self._fits(region, state, (i, best, b), b in own):
                    raise RejectedError(f"{field.path}: token {i} is not seen to attend {sorted(own)}")

    def _fits(self, region: Region, state: State, gap: tuple[int, int, int], tied: bool) -> bool:
        """Tell whether a difference of scores counts as 0, of a tie, or is seen to be positive."""
        p = difference(self.A, state, *gap)
        return region.vanishes(p) if tied else region.positive(p)


def _sets(field: Field, layer: Layer, count: int) -> Sets:
    """Return the attention sets of a layer: those of the layer before but for the tokens that are named."""
    known = dict(enumerate(layer.itinerary[-1])) if layer.itinerary else {}
    named = set()
    for entry in field.items():
        token, own = entry.items(2)
        i = token.integer(0, count - 1)
        members = [j.integer(0, count - 1) for j in own.items()]
        need(entry, i not in named, "a token is named twice")
        need(entry, bool(members) and len(set(members)) == len(members), "requires different tokens")
        named.add(i)
        known[i] = frozenset(members)
    need(field, len(known) == count, "requires a set for every token")
    return tuple(known[i] for i in range(count))
