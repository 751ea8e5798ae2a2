"""What the panels of a run show, gathered in one pass through its states; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.layer.attention import AttentionSets, leading_points
from exactdyn.numbers.points import Points
from exactdyn.pictures.paper.view import Position, drawable, flat, flat_exact
from exactdyn.systems.run import Run

GRID = 2000
"""A move shorter than the initial extent divided by this number cannot be seen and is not drawn."""


@dataclass(frozen=True)
class Place:
    """A point of a state as it is drawn.

    ``tokens``: the tokens there, lowest first. ``attended``: the lowest token at the one point they attend,
    None if they attend several points; copies may differ in that, as a mask may show them other tokens.
    ``leads``: whether the tokens there attend exactly each other.
    """

    tokens: tuple[int, ...]
    position: Position
    attended: int | None
    leads: bool


@dataclass(frozen=True)
class Panel:
    """A state as it is drawn.

    ``hull``: the corners of the convex hull of the places, in counter-clockwise order. ``low``, ``high``: the
    smallest box of Q^d that holds all tokens of the layers up to this one.
    """

    layer: int
    places: tuple[Place, ...]
    hull: tuple[Position, ...]
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class Move:
    """A piece of a trail: from ``start`` to ``end``, made after ``layer`` while ``attended`` was attended."""

    layer: int
    start: Position
    end: Position
    attended: int | None


@dataclass(frozen=True)
class Scene:
    """The panels in the order of their layers, and all moves before the last of them."""

    panels: tuple[Panel, ...]
    moves: tuple[Move, ...]


def gather(run: Run, layers: tuple[int, ...]) -> Scene:
    """Collect what panels at these increasing layers show of a run in dimension 2 or 3.

    Memory grows with the panels and with the moves that look different, not with the layers: a run that goes
    round in circles leaves one trail. Raises :class:`~exactdyn.errors.InputError` if a coordinate is too
    large to be drawn.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> scene = gather(Hardmax().run([[1, 1], [1, -1], ["1/2", 0]], layers=9), (0, 9))
    >>> [place.attended for place in scene.panels[0].places], scene.moves[0].end
    ([0, 1, None], (0.75, 0.0))
    """
    start = drawable(run.start, 0)
    low, high = start.min(axis=0), start.max(axis=0)
    trails = _Trails(flat(start).copy(), _cell(low, high))
    panels = []
    for layer, state in enumerate(islice(run.states(), layers[-1] + 1)):
        coordinates = drawable(state, layer)
        low, high = np.minimum(low, coordinates.min(axis=0)), np.maximum(high, coordinates.max(axis=0))
        attended = attended_points(state, run.attention(layer))
        trails.add(layer, flat(coordinates), attended)
        if layer in layers:
            places = _places(state, run.attention(layer), flat(coordinates))
            corners = {place.tokens[0]: place.position for place in places}
            hull = tuple(corners[token] for token in hull_polygon(flat_exact(state)))
            panels.append(Panel(layer, places, hull, low, high))
    return Scene(tuple(panels), tuple(trails.moves))


def attended_points(state: Points, sets: AttentionSets) -> tuple[int | None, ...]:
    """Return for every token the lowest token at the one point it attends, None if it attends several.

    Of several heads the sets are joined. Not all copies of the point need be attended: a mask may hide some,
    and of tied ones the first may be taken. Source: arXiv 2407.01602, equation (1.2).

    >>> state = Points.from_rows([[1], [1], [-1], [0]])
    >>> attended_points(state, (frozenset({0, 1}), frozenset({1}), frozenset({2}), frozenset(range(4))))
    (0, 0, 2, None)
    """
    points = (state.copies[min(attended)] for attended in sets)
    return tuple(
        min(copies) if attended <= copies else None for copies, attended in zip(points, sets, strict=True)
    )


def _places(state: Points, sets: AttentionSets, positions: np.ndarray) -> tuple[Place, ...]:
    attended = attended_points(state, sets)
    leading = {min(point) for point in leading_points(state, sets)}
    return tuple(
        Place(
            tuple(sorted(copies)),
            tuple(positions[token].tolist()),
            attended[token] if len({attended[copy] for copy in copies}) == 1 else None,
            token in leading,
        )
        for token, copies in enumerate(state.copies)
        if token == min(copies)
    )


def _cell(low: np.ndarray, high: np.ndarray) -> float:
    """Return the side of a square that counts as one place to the eye, above the rounding of the floats."""
    size = float(np.abs([low, high]).max())
    return max(float((high - low).max()) / GRID, size * 2.0**-48) or 1.0


@dataclass
class _Trails:
    """The moves so far, and for every token the place and the attended point its next move starts from."""

    ends: np.ndarray
    cell: float
    moves: list[Move] = field(default_factory=list)
    seen: set[tuple[object, ...]] = field(default_factory=set)
    attended: tuple[int | None, ...] = ()

    def add(self, layer: int, positions: np.ndarray, attended: tuple[int | None, ...]) -> None:
        """Take in the positions of a layer; where a token was seen to move, a move is added."""
        cells, held = np.floor(positions / self.cell), np.floor(self.ends / self.cell)
        for token in np.flatnonzero((cells != held).any(axis=1)).tolist():
            target = self.attended[token]
            look = (target, *held[token].tolist(), *cells[token].tolist())
            if look not in self.seen:
                self.seen.add(look)
                start, end = self.ends[token].tolist(), positions[token].tolist()
                self.moves.append(Move(layer - 1, (start[0], start[1]), (end[0], end[1]), target))
            self.ends[token] = positions[token]
        self.attended = attended
