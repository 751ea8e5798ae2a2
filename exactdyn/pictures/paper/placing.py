"""Where a label finds room beside its mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from exactdyn.pictures.paper.view import Position


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


def place_label(
    text: str, size: float, mark: Room, avoid: Position, taken: Sequence[Room], frame: Room
) -> Room:
    """Find room for a text beside a mark: of several places the first that covers least of what is there.

    ``size``: of the letters. ``mark``: what the mark covers. ``avoid``: the point away from which there is
    room, as a rule. ``taken``: what stands there already. ``frame``: where to stay. All in points of the
    paper.

    >>> place_label("0", 10, Room(50, 50, 4, 4), (0, 50), [], Room(50, 50, 50, 50)).x > 50
    True
    """
    rooms = [_within(frame, room) for room in _rooms(text, size, mark, avoid)]
    around = Room(mark.x, mark.y, mark.half_width + 2 * size * len(text), mark.half_height + 3 * size)
    near = [other for other in taken if other.overlap(around)]
    return min(rooms, key=lambda room: sum(room.overlap(other) for other in near))


def _within(frame: Room, room: Room) -> Room:
    """Move a room the least way into a frame; one that is too wide or too high goes to the middle."""
    across, up = frame.half_width - room.half_width, frame.half_height - room.half_height
    x = frame.x + max(min(room.x - frame.x, across), -across) if across > 0 else frame.x
    y = frame.y + max(min(room.y - frame.y, up), -up) if up > 0 else frame.y
    return Room(x, y, room.half_width, room.half_height)


def _rooms(text: str, size: float, mark: Room, avoid: Position) -> Iterator[Room]:
    """Go round a mark three times, each time further off, from the good side to both sides and back."""
    half_width, half_height = 0.36 * size * len(text), 0.4 * size
    right, up = mark.x - avoid[0], mark.y - avoid[1]
    length = hypot(right, up)
    right, up = (right / length, up / length) if length else (0.0, 1.0)
    for gap in (1.5, 4.0, 7.0):
        for eighth in (0, 1, -1, 2, -2, 3, -3, 4):
            cosine, sine = cos(eighth * pi / 4), sin(eighth * pi / 4)
            x = mark.x + (right * cosine - up * sine) * (mark.half_width + gap + half_width)
            y = mark.y + (right * sine + up * cosine) * (mark.half_height + gap + half_height)
            yield Room(x, y, half_width, half_height)


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Move increasing heights apart until neighbours keep this gap, by the least sum of squares.

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
