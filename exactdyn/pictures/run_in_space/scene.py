"""What the panels of a run show, gathered in one pass through its states; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.layer.attention import AttentionSets, leading_points
from exactdyn.numbers.points import Points
from exactdyn.pictures.paper.projection import Projection
from exactdyn.pictures.paper.view import Position, drawable
from exactdyn.systems.run import Run

GRID = 2000
"""A move shorter than the initial extent divided by this number cannot be seen and is not drawn."""


@dataclass(frozen=True)
class Place:
    """A point of a state as it is drawn.

    ``tokens``: the tokens there, lowest first. ``attended``: the lowest token at the one point they attend,
    None if they attend several points; copies may differ in that, as a mask may show them other tokens.
    ``leads``: whether the tokens there attend exactly each other. ``near``: how near to the viewer it is
    among the tokens of its layer, from 0 to 1; 1 outside space.
    """

    tokens: tuple[int, ...]
    position: Position
    attended: int | None
    leads: bool
    near: float = 1.0


@dataclass(frozen=True)
class Panel:
    """A state as it is drawn.

    ``hull``: the corners of the convex hull of the places, in counter-clockwise order. ``low``, ``high``: the
    smallest box of Q^3, or outside space of the plane, that holds all tokens of the layers up to this one.
    ``alike``: the later layers whose panels would show the same and were left out.
    """

    layer: int
    places: tuple[Place, ...]
    hull: tuple[Position, ...]
    low: np.ndarray
    high: np.ndarray
    alike: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        """Name the layers.

        >>> Panel(0, (), (), np.zeros(2), np.zeros(2), (1, 30)).title
        'layers 0, 1, 30'
        """
        if not self.alike:
            return f"layer {self.layer}"
        several = [self.layer, *self.alike]
        listed = several if len(several) <= 5 else [*several[:3], "…", several[-1]]
        return f"layers {', '.join(map(str, listed))}"


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


def gather(run: Run, layers: tuple[int, ...], projection: Projection) -> Scene:
    """Collect what panels at these increasing layers show of a run, projected on the paper.

    Memory grows with the panels and with the moves that look different, not with the layers: a run that goes
    round in circles leaves one trail. Raises :class:`~exactdyn.errors.InputError` if a coordinate is too
    large to be drawn.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.paper.projection import projection_of
    >>> run = Hardmax().run([[1, 1], [1, -1], ["1/2", 0]], layers=9)
    >>> scene = gather(run, (0, 9), projection_of(run.start))
    >>> [place.attended for place in scene.panels[0].places], scene.moves[0].end
    ([0, 1, None], (0.75, 0.0))
    """
    start = drawable(run.start, 0)
    boxed = start if projection.in_space else projection.flat(start)
    low, high = boxed.min(axis=0), boxed.max(axis=0)
    trails = _Trails(projection.flat(start).copy(), _cell(low, high))
    panels: list[Panel] = []
    for layer, state in enumerate(islice(run.states(), layers[-1] + 1)):
        coordinates = drawable(state, layer)
        flat = projection.flat(coordinates)
        boxed = coordinates if projection.in_space else flat
        low, high = np.minimum(low, boxed.min(axis=0)), np.maximum(high, boxed.max(axis=0))
        attended = attended_points(state, run.attention(layer))
        trails.add(layer, flat, attended)
        if layer in layers:
            places = _places(state, run.attention(layer), flat, projection.nearness(coordinates))
            corners = {place.tokens[0]: place.position for place in places}
            hull = tuple(corners[token] for token in hull_polygon(projection.exact(state)))
            panels.append(Panel(layer, places, hull, low, high))
    return Scene(tuple(panels), tuple(trails.moves))


def collapsed(scene: Scene) -> Scene:
    """Return a scene without the panels that look like the one before, which names their layers, too.

    They have the same trails, tokens too near to their places there to be told apart, and the same attention.

    >>> from exactdyn.pictures.paper.projection import projection_of
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax().run([[1, 1], [1, -1]], layers=9)
    >>> [panel.title for panel in collapsed(gather(run, (0, 1, 9), projection_of(run.start))).panels]
    ['layers 0, 1, 9']
    """
    cell = float(np.ptp([place.position for place in scene.panels[0].places], axis=0).max()) / GRID
    kept: list[Panel] = []
    for panel in scene.panels:
        moved = any(kept[-1].layer <= move.layer < panel.layer for move in scene.moves) if kept else True
        if moved or not _look_alike(kept[-1].places, panel.places, cell):
            kept.append(panel)
        else:
            kept[-1] = replace(kept[-1], alike=(*kept[-1].alike, panel.layer))
    return Scene(tuple(kept), scene.moves)


def _look_alike(some: tuple[Place, ...], others: tuple[Place, ...], cell: float) -> bool:
    first, second = ([(own.tokens, own.attended, own.leads) for own in places] for places in (some, others))
    if first != second:
        return False
    away = np.array([own.position for own in some]) - np.array([own.position for own in others])
    return bool(np.abs(away).max() <= cell)


def attended_points(state: Points, sets: AttentionSets) -> tuple[int | None, ...]:
    """Return for every token the lowest token at the one point it attends, None if it attends several.

    Of several heads the sets are joined. Not all copies of the point need be attended: a mask may hide some,
    and of tied ones the first may be taken.
    Source: arXiv 2407.01602, equation (1.2).

    >>> state = Points.from_rows([[1], [1], [-1], [0]])
    >>> attended_points(state, (frozenset({0, 1}), frozenset({1}), frozenset({2}), frozenset(range(4))))
    (0, 0, 2, None)
    """
    points = (state.copies[min(attended)] for attended in sets)
    return tuple(
        min(copies) if attended <= copies else None for copies, attended in zip(points, sets, strict=True)
    )


def _places(state: Points, sets: AttentionSets, positions: np.ndarray, near: np.ndarray) -> tuple[Place, ...]:
    attended = attended_points(state, sets)
    leading = {min(point) for point in leading_points(state, sets)}
    return tuple(
        Place(
            tuple(sorted(copies)),
            tuple(positions[token].tolist()),
            attended[token] if len({attended[copy] for copy in copies}) == 1 else None,
            token in leading,
            float(near[token]),
        )
        for token, copies in enumerate(state.copies)
        if token == min(copies)
    )


def _cell(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the sides of a rectangle that counts as one place to the eye, above the rounding of floats."""
    extent = high - low if low.size == 2 else np.full(2, float((high - low).max()))
    size = float(np.abs([low, high]).max())
    sides = np.maximum(extent / GRID, size * 2.0**-48)
    return np.where(sides > 0, sides, 1.0)


@dataclass
class _Trails:
    """The moves so far, and for every token the place and the attended point its next move starts from."""

    ends: np.ndarray
    cell: np.ndarray
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
