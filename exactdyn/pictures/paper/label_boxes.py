"""Where the labels of a drawing go, so that none covers another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """A label and the pixel of the mark it belongs to."""

    text: str
    at: complex


@dataclass(frozen=True)
class _Box:
    low: complex
    high: complex

    def covers(self, other: _Box) -> bool:
        across = self.low.real < other.high.real and other.low.real < self.high.real
        return across and self.low.imag < other.high.imag and other.low.imag < self.high.imag

    def contains(self, other: _Box) -> bool:
        across = self.low.real <= other.low.real and other.high.real <= self.high.real
        return across and self.low.imag <= other.low.imag and other.high.imag <= self.high.imag


def place_labels(
    labels: Sequence[Label], font: float, radius: float, corner: complex
) -> Iterator[tuple[str, complex]]:
    """Give each label the pixel where its text starts, on the line it stands on; the first come first.

    A label is left out if its mark lies under one that has a label, and if all around the mark it would
    cover a label or a mark, or leave the panel, which reaches from 0 to ``corner``.

    >>> labels = [Label("a", 50 + 50j), Label("under a", 51 + 50j), Label("c", 56 + 50j)]
    >>> list(place_labels(labels, font=10, radius=2, corner=99 + 99j))
    [('a', (53.2+44.8j)), ('c', (59.2+44.8j))]
    """
    panel = _Box(0j, corner)
    taken = [_Box(label.at - radius * (1 + 1j), label.at + radius * (1 + 1j)) for label in labels]
    named: list[complex] = []
    for label in labels:
        if any(abs(label.at - other) < radius for other in named):
            continue
        free = (
            box
            for box in _around(label, font, radius)
            if panel.contains(box) and not any(box.covers(other) for other in taken)
        )
        if (box := next(free, None)) is not None:
            taken.append(box)
            named.append(label.at)
            yield label.text, complex(box.low.real, box.high.imag - 0.2 * font)


def _around(label: Label, font: float, radius: float) -> Iterator[_Box]:
    size = complex(0.6 * font * len(label.text), font)
    for across, down in ((1, -1), (1, 1), (-1, -1), (-1, 1), (1, 0), (-1, 0), (0, -1), (0, 1)):
        away = radius * (1.6 if across and down else 2.2)
        centre = label.at + complex(across * (size.real / 2 + away), down * (size.imag / 2 + away))
        yield _Box(centre - size / 2, centre + size / 2)
