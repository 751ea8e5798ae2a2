"""Where labels find room beside their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, hypot, pi, sin
from typing import TypeAlias

from exactdyn.pictures.paper.view import Position

GRID = 3.0
"""How far apart the dots are that stand for lines: less than a letter is high."""

GAPS = (1.5, 4.0, 7.0, 12.0, 18.0, 26.0)
"""How far from its mark a label may stand, in points of the paper: the nearest room is taken."""

Dot: TypeAlias = tuple[int, int]
"""A point of the grid, in steps of its width."""


@dataclass(frozen=True)
class Room:
    """A rectangle, in points of the paper: its middle and half its sides."""

    x: float
    y: float
    half_width: float
    half_height: float

    def overlap(self, other: Room) -> float:
        """Return the area that two rectangles share.

        >>> Room(0, 0, 2, 1).overlap(Room(3, 0, 2, 5))
        2
        """
        across = min(self.x + self.half_width, other.x + other.half_width) - max(
            self.x - self.half_width, other.x - other.half_width
        )
        up = min(self.y + self.half_height, other.y + other.half_height) - max(
            self.y - self.half_height, other.y - other.half_height
        )
        return max(across, 0) * max(up, 0)


@dataclass(frozen=True)
class Label:
    """A text, and what the mark covers that it belongs to."""

    text: str
    mark: Room


def place_labels(
    labels: Sequence[Label],
    size: float,
    avoid: Position,
    frame: Room,
    taken: Sequence[Room] = (),
    lines: Set[Dot] = frozenset(),
    *,
    crowded: bool = True,
) -> dict[int, Room]:
    """Find room for texts beside their marks, one after another; return it by their places in ``labels``.

    Of the places round its mark a label takes the first that covers least of all marks, of the labels before
    it and of what is ``taken``; where several cover as little, least of ``lines`` (:func:`dots_along`).
    ``crowded``: a label that would cover something other than lines is left out, and so is one whose mark
    lies under that of a label that has found room; otherwise every label finds room. ``size``: of the
    letters. ``avoid``: the point away from which there is room, as a rule. ``frame``: where to stay.
    Everything is in one unit, such as points of the paper.

    Source: the candidate positions and the greedy choice of Christensen, Marks and Shieber (1995), An
    empirical study of algorithms for point-feature label placement, ACM Transactions on Graphics 14(3).

    >>> marks = [Room(50, 50, 2, 2), Room(51, 50, 2, 2), Room(60, 50, 2, 2)]
    >>> labels = [Label(text, mark) for text, mark in zip("abc", marks)]
    >>> rooms = place_labels(labels, 10, (0, 50), Room(50, 50, 50, 50))
    >>> sorted(rooms), rooms[2].x > 60
    ([0, 2], True)
    """
    covered = [*taken, *(label.mark for label in labels)]
    rooms: dict[int, Room] = {}
    for place, label in enumerate(labels):
        if crowded and any(_under(label.mark, labels[other].mark) for other in rooms):
            continue
        room, overlap = _least_covering(label, size, avoid, frame, covered, lines)
        if not (crowded and (overlap or _on(room, lines))):
            rooms[place] = room
            covered.append(room)
    return rooms


def _under(mark: Room, other: Room) -> bool:
    near = min(mark.half_width, other.half_width)
    return hypot(mark.x - other.x, mark.y - other.y) < near


def _least_covering(
    label: Label, size: float, avoid: Position, frame: Room, covered: Sequence[Room], lines: Set[Dot]
) -> tuple[Room, float]:
    """Return the first best room round a mark, and the area that it shares with what is covered."""
    rooms = [_within(frame, room) for room in _rooms(label.text, size, label.mark, avoid)]
    around = _bounding(rooms)  # of the rooms as they are: beside a mark outside the frame they are moved
    near = [other for other in covered if other.overlap(around)]
    found = [(sum(room.overlap(other) for other in near), room) for room in rooms]
    least = min(overlap for overlap, _ in found)
    best = (room for overlap, room in found if overlap == least)
    return min(best, key=lambda room: _on(room, lines)), least


def _bounding(rooms: Sequence[Room]) -> Room:
    left, right = min(r.x - r.half_width for r in rooms), max(r.x + r.half_width for r in rooms)
    low, high = min(r.y - r.half_height for r in rooms), max(r.y + r.half_height for r in rooms)
    return Room((left + right) / 2, (low + high) / 2, (right - left) / 2, (high - low) / 2)


def dots_along(paths: Iterable[Sequence[Position]]) -> frozenset[Dot]:
    """Return what lines through these positions cover, roughly: the dots of a grid that are nearest to them.

    >>> sorted(dots_along([[(0.0, 0.0), (7.0, 2.0)]]))
    [(0, 0), (1, 0), (2, 0), (2, 1)]
    """
    dots: set[Dot] = set()
    for path in paths:
        for (x, y), (far_x, far_y) in pairwise(path):
            count = int(max(abs(far_x - x), abs(far_y - y)) / GRID) + 1
            for step in range(count + 1):
                part = step / count
                dots.add((round((x + part * (far_x - x)) / GRID), round((y + part * (far_y - y)) / GRID)))
    return frozenset(dots)


def _on(room: Room, lines: Set[Dot]) -> int:
    """Return how many dots lie in a room, or so near to it that their line does."""
    wide, high = room.half_width + GRID / 3, room.half_height + GRID / 3
    across = range(ceil((room.x - wide) / GRID), floor((room.x + wide) / GRID) + 1)
    up = range(ceil((room.y - high) / GRID), floor((room.y + high) / GRID) + 1)
    return sum((x, y) in lines for x in across for y in up)


def _within(frame: Room, room: Room) -> Room:
    """Move a room the least way into a frame; one that is too wide or too high goes to the middle."""
    across, up = frame.half_width - room.half_width, frame.half_height - room.half_height
    x = frame.x + max(min(room.x - frame.x, across), -across) if across > 0 else frame.x
    y = frame.y + max(min(room.y - frame.y, up), -up) if up > 0 else frame.y
    return Room(x, y, room.half_width, room.half_height)


def _rooms(text: str, size: float, mark: Room, avoid: Position) -> Iterator[Room]:
    """Go round a mark, each time further off, from the good side to both sides and back."""
    half_width, half_height = 0.36 * size * len(text), 0.6 * size
    right, up = mark.x - avoid[0], mark.y - avoid[1]
    length = hypot(right, up)
    right, up = (right / length, up / length) if length else (0.0, 1.0)
    for gap in GAPS:
        for step in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8):
            cosine, sine = cos(step * pi / 8), sin(step * pi / 8)
            x = mark.x + (right * cosine - up * sine) * (mark.half_width + gap + half_width)
            y = mark.y + (right * sine + up * cosine) * (mark.half_height + gap + half_height)
            yield Room(x, y, half_width, half_height)


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Move increasing heights apart until neighbours keep this gap, by the least sum of squares.

    Source: pooling adjacent violators; R. E. Barlow et al. (1972), Statistical Inference under Order
    Restrictions, chapter 1.

    >>> spread([0.0, 1.0, 9.0], 2.0)
    [-0.5, 1.5, 9.0]
    """
    # With the gaps taken out, heights must not fall: pool neighbours that do (isotonic regression).
    pools: list[tuple[float, int]] = []
    for place, height in enumerate(wanted):
        total, count = height - place * gap, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more = pools.pop()
            total, count = total + more[0], count + more[1]
        pools.append((total, count))
    levels = [total / count for total, count in pools for _ in range(count)]
    return [level + place * gap for place, level in enumerate(levels)]


def kept_inside(heights: Sequence[float], gap: float, height: float) -> list[float]:
    """Move increasing heights, this gap apart, the least way between half a gap and that below ``height``.

    >>> kept_inside([-3.0, 1.0, 9.0], 2.0, 8.0)
    [1.0, 3.0, 7.0]
    """
    low = [max(own, (place + 0.5) * gap) for place, own in enumerate(heights)]
    last = len(low) - 1
    return [min(own, height - (last - place + 0.5) * gap) for place, own in enumerate(low)]
