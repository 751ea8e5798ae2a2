"""Attention graphs as SVG drawings, built element by element so that equal graphs give equal text."""

from __future__ import annotations

from cmath import exp, pi
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import networkx as nx

from exactdyn.pictures.graph.layout import Arrow, GraphPanel, Layout, Spot, lay_out
from exactdyn.pictures.paper.marks import scale_of
from exactdyn.pictures.paper.placing import Label, Room, dots_along, place_labels
from exactdyn.pictures.paper.projection import AXES
from exactdyn.systems.run import Run

_STYLE = """
text { font-family: sans-serif; fill: #222 }
.frame { fill: none; stroke: #ddd }
.axis { stroke: #ccc; stroke-dasharray: 3 3 }
.arrow { fill: #5b7aa5; stroke: #5b7aa5 }
.token { fill: #2f5d8a; stroke: #fff }
.leader { fill: #e8a400; stroke: #7a5600 }
"""
_STAR = 1.8
"""How much more than a disc a star covers of the room around it, to each side."""

_LEAST_STAR = 2.5
"""Leaders stay large enough to be found, in pixels."""

_EVERY = 200
"""Of more points than this only leaders have labels."""


@dataclass(frozen=True)
class _Sheet:
    """How large things are drawn, in pixels; ``bend``: how far arrows swing out, relative to their length.

    ``every``: whether tokens that do not lead have labels, too.
    """

    width: float
    margin: float
    font: float
    radius: float
    bend: float
    every: bool = True


@dataclass(frozen=True)
class _View:
    """The map from the plane to the pixels of a panel, which turns the second coordinate downwards."""

    centre: complex
    scale: float
    width: float
    height: float

    def __call__(self, at: complex) -> complex:
        moved = (at - self.centre) * self.scale
        return complex(self.width / 2 + moved.real, self.height / 2 - moved.imag)


def write_svg(graph: nx.DiGraph, run: Run | None = None) -> str:
    """Draw an attention graph at the tokens' own positions, that of a run with one panel a layer.

    Leaders are stars, copies of a point are drawn once with their number ("×2"), an arrow points to a token
    that is attended and is fainter where attention is shared between points. A token that attends itself has
    a loop, but for leaders, whose star says so. On a line (dimension 1) arrows to the right pass above, to
    the left below. From dimension 3 on it is projected as in the pictures of runs and limits, if ``run`` is
    given, and the drawing says so; what is nearer is larger and darker. Of many tokens signs are smaller and
    only leaders are named. Labels that would cover something are left out; each is in the
    ``title`` of its token, which a browser shows under the pointer.

    >>> graph = nx.DiGraph([(0, 0, {"weight": 1.0})], name="layer 0")
    >>> graph.add_node(0, label="a < b", leader=True, multiplicity=1, exact="1", x=1.0)
    >>> "<title>a &lt; b</title>" in write_svg(graph)
    True
    """
    drawn = lay_out(graph, run)
    sheet = _sheet(drawn)
    view = _view(drawn, sheet)
    columns = ceil(sqrt(len(drawn.panels)))
    headline = 2.5 * sheet.font
    width, height = columns * view.width, ceil(len(drawn.panels) / columns) * (headline + view.height)
    root = _document(graph.name, drawn, width, height)
    for number, panel in enumerate(drawn.panels):
        row, column = divmod(number, columns)
        left, top = column * view.width, row * (headline + view.height)
        title = complex(left + view.width / 2, top + 1.7 * sheet.font)
        _text(root, title, panel.title, 1.2 * sheet.font, "middle")
        # An inner svg element cuts off what leaves the panel.
        body = SubElement(root, "svg", x=_n(left), y=_n(top + headline))
        body.attrib.update(width=_n(view.width), height=_n(view.height))
        _draw(body, panel, drawn.axes, view, sheet)
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def _sheet(drawn: Layout) -> _Sheet:
    bend = 0.5 if len(drawn.axes) == 1 else 0.12
    count = max(len(panel.spots) for panel in drawn.panels)
    scale, every = scale_of(count), count <= _EVERY
    if len(drawn.panels) == 1:
        return _Sheet(width=640, margin=36, font=12, radius=5 * scale, bend=bend, every=every)
    return _Sheet(width=260, margin=18, font=8, radius=3 * scale, bend=bend, every=every)


def _view(drawn: Layout, sheet: _Sheet) -> _View:
    """Fit all panels on one scale: spots and the bows of arrows, which swing out beyond them."""
    seen = [spot.at for panel in drawn.panels for spot in panel.spots]
    for panel in drawn.panels:
        for arrow in panel.arrows:
            tail, head = panel.spots[arrow.tail].at, panel.spots[arrow.head].at
            seen.append((tail + head) / 2 + 1j * (head - tail) * sheet.bend / 2)
    low = complex(min(at.real for at in seen), min(at.imag for at in seen))
    high = complex(max(at.real for at in seen), max(at.imag for at in seen))
    extent = high - low
    longest = max(extent.real, extent.imag)
    scale = (sheet.width - 2 * sheet.margin) / longest if longest else 1.0
    return _View((low + high) / 2, scale, sheet.width, extent.imag * scale + 2 * sheet.margin)


def _document(name: str, drawn: Layout, width: float, height: float) -> Element:
    lines = [_legend(drawn), *([drawn.words] if drawn.words else [])]
    whole = height + 16 * len(lines) + 4
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", width=_n(width), height=_n(whole))
    root.set("viewBox", f"0 0 {_n(width)} {_n(whole)}")
    SubElement(root, "title").text = f"Attention graph, {name}"
    SubElement(root, "desc").text = "; ".join(lines)
    SubElement(root, "style").text = _STYLE
    SubElement(root, "rect", width="100%", height="100%", fill="#fff")
    for number, line in enumerate(lines):
        _text(root, complex(width / 2, height + 14 + 16 * number), line, 11, "middle")
    return root


def _legend(drawn: Layout) -> str:
    """Say what the signs mean that are drawn."""
    spots = [spot for panel in drawn.panels for spot in panel.spots]
    shared = any(arrow.share < 1 for panel in drawn.panels for arrow in panel.arrows)
    said = ["star: leader"] if any(spot.leader for spot in spots) else []
    said += ["×2: copies"] if any(len(spot.labels) > 1 for spot in spots) else []
    said += [f"arrow: attends{', fainter where shared' if shared else ''}"]
    if drawn.axes:
        said += [f"dashed: axes from {-drawn.reach:g} to {drawn.reach:g}"]
    return " · ".join(said)


def _draw(body: Element, panel: GraphPanel, axes: tuple[complex, ...], view: _View, sheet: _Sheet) -> None:
    SubElement(body, "rect", {"class": "frame", "width": "100%", "height": "100%"})
    seen = [within((view(-axis), view(axis)), view.width, view.height) for axis in axes]
    for name, axis, ends in zip(AXES, axes, seen, strict=False):
        if ends is not None:
            SubElement(body, "path", {"class": "axis", "d": f"M{_p(ends[0])}L{_p(ends[1])}"})
        if len(axes) == 3:
            _text(body, view(0.96 * axis) + complex(0, -4), name, sheet.font, "middle")
    spots = [(spot, view(spot.at)) for spot in panel.spots]
    for arrow in panel.arrows:
        _draw_arrow(body, arrow, spots[arrow.tail], spots[arrow.head], sheet)
    spots.sort(key=lambda seen: (seen[0].leader, seen[0].near))  # leaders on top
    for spot, at in spots:
        kind = "leader" if spot.leader else "token"
        radius = max(sheet.radius, _LEAST_STAR) if spot.leader else sheet.radius
        size = radius * (0.6 + 0.4 * spot.near)
        mark = SubElement(body, "path", {"class": kind, "d": _mark(at, spot.leader, size)})
        if not sheet.every:
            mark.set("stroke-width", _n(size / 5))
        if spot.near < 1:
            mark.set("opacity", f"{0.5 + 0.5 * spot.near:.2f}")
        SubElement(mark, "title").text = ", ".join(spot.labels)
    lines = [list(ends) for ends in seen if ends is not None]
    lines += [_bow(arrow, panel, view, sheet) for arrow in panel.arrows]
    _label(body, spots, lines, view, sheet)


def within(ends: tuple[complex, complex], width: float, height: float) -> tuple[complex, complex] | None:
    """Return the part of a segment that lies in a panel, None if there is none.

    Source: Y.-D. Liang and B. Barsky (1984), A new concept and method for line clipping.

    >>> within((-10 + 5j, 30 + 5j), 10, 10), within((-10 + 50j, 30 + 50j), 10, 10)
    ((5j, (10+5j)), None)
    """
    start, way = ends[0], ends[1] - ends[0]
    first, last = 0.0, 1.0
    for place, speed, most in ((start.real, way.real, width), (start.imag, way.imag, height)):
        if speed == 0:
            if not 0 <= place <= most:
                return None
            continue
        enter, leave = sorted((-place / speed, (most - place) / speed))
        first, last = max(first, enter), min(last, leave)
    return (start + first * way, start + last * way) if first < last else None


def _bow(arrow: Arrow, panel: GraphPanel, view: _View, sheet: _Sheet) -> list[complex]:
    """Return pixels along an arrow, a quadratic curve of Bezier; of a loop its token."""
    start, end = view(panel.spots[arrow.tail].at), view(panel.spots[arrow.head].at)
    bent = (start + end) / 2 - 1j * (end - start) * sheet.bend
    parts = [step / 8 for step in range(9)]
    return [(1 - p) ** 2 * start + 2 * p * (1 - p) * bent + p**2 * end for p in parts]


def _label(
    body: Element,
    spots: Sequence[tuple[Spot, complex]],
    lines: Sequence[Sequence[complex]],
    view: _View,
    sheet: _Sheet,
) -> None:
    """Write the labels that find room, leaders first: they were drawn last."""
    labels = []
    for spot, at in reversed([own for own in spots if sheet.every or own[0].leader]):
        half = sheet.radius * (_STAR if spot.leader else 1)
        labels.append(Label(_caption(spot), Room(at.real, at.imag, half, half)))
    middle = sum(at for _, at in spots) / len(spots)
    frame = Room(view.width / 2, view.height / 2, view.width / 2, view.height / 2)
    dots = dots_along([(at.real, at.imag) for at in line] for line in lines)
    away = (middle.real, middle.imag)
    for place, room in place_labels(labels, sheet.font, away, frame, lines=dots).items():
        _text(body, *_written(room, labels[place], sheet.font))


def _written(room: Room, label: Label, font: float) -> tuple[complex, str, float, str]:
    """Return where a text is written, and how anchored: beside its mark it begins or ends there.

    How wide the letters are is up to the browser, so the room beside the mark may be wider than the text.
    """
    low = room.y + 0.35 * font
    if room.x - room.half_width > label.mark.x:
        return complex(room.x - room.half_width, low), label.text, font, "start"
    if room.x + room.half_width < label.mark.x:
        return complex(room.x + room.half_width, low), label.text, font, "end"
    return complex(room.x, low), label.text, font, "middle"


def _draw_arrow(
    body: Element, arrow: Arrow, tail: tuple[Spot, complex], head: tuple[Spot, complex], sheet: _Sheet
) -> None:
    (giver, start), (receiver, end), r = tail, head, sheet.radius
    if arrow.tail == arrow.head:
        if giver.leader:
            return
        before, tip = start + r * (2.4 - 3.6j), start + r * (0.5 - 0.9j)
        curve = f"M{_p(start - r * (0.5 + 0.9j))}C{_p(start - r * (2.4 + 3.6j))} {_p(before)}"
    elif abs(end - start) < 4 * r:
        return  # the marks touch: there is no room between them
    else:
        before = (start + end) / 2 - 1j * (end - start) * sheet.bend
        tip = end - r * (1.7 if receiver.leader else 1.2) * _direction(before, end)
        curve = f"M{_p(start + r * _direction(start, before))}Q{_p(before)}"
    along = 1.5 * r * _direction(before, tip)
    sides = f"{_p(tip - along * (1 + 0.4j))}L{_p(tip - along * (1 - 0.4j))}"
    drawn = SubElement(body, "g", {"class": "arrow", "opacity": f"{0.25 + 0.75 * sqrt(arrow.share):.2f}"})
    if not sheet.every:
        drawn.set("stroke-width", _n(r / 5))
    SubElement(drawn, "path", d=f"{curve} {_p(tip - along / 2)}", fill="none")
    SubElement(drawn, "path", d=f"M{_p(tip)}L{sides}z", stroke="none")


def _direction(start: complex, end: complex) -> complex:
    return (end - start) / abs(end - start)


def _mark(at: complex, leader: bool, radius: float) -> str:
    if leader:
        corners = [at - 1j * exp(1j * pi * k / 5) * radius * (0.8 if k % 2 else 2) for k in range(10)]
        return "M" + "L".join(map(_p, corners)) + "z"
    r = _n(radius)
    return f"M{_p(at - radius)}a{r} {r} 0 1 0 {_n(2 * radius)} 0a{r} {r} 0 1 0 {_n(-2 * radius)} 0z"


def _caption(spot: Spot) -> str:
    text = " ".join(", ".join(dict.fromkeys(spot.labels)).split())
    short = text if len(text) <= 18 else text[:17] + "…"
    return short if len(spot.labels) == 1 else f"{short} ×{len(spot.labels)}"


def _text(parent: Element, at: complex, text: str, size: float, anchor: str) -> None:
    attributes = {"x": _n(at.real), "y": _n(at.imag), "font-size": _n(size), "text-anchor": anchor}
    SubElement(parent, "text", attributes).text = text


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _p(at: complex) -> str:
    return f"{_n(at.real)} {_n(at.imag)}"
