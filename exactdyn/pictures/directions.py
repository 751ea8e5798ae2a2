"""The directions of A, cut into the cells of matrices with one itinerary."""

from __future__ import annotations

from colorsys import hsv_to_rgb

import numpy as np
from flint import fmpz
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.classes.member import Finder, Member
from exactdyn.families.questions.itineraries import Itineraries
from exactdyn.families.setting import Around, Setting
from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.points import Points
from exactdyn.numbers.shown import counted
from exactdyn.pictures.paper.captions import printable, short
from exactdyn.pictures.paper.colours import FAINT, INK, PALETTE
from exactdyn.pictures.paper.legend import Entry
from exactdyn.pictures.paper.sheet import LEAST_WIDTH, sheet
from exactdyn.pictures.paper.style import house_style

_CIRCLE, _SPHERE = 1440, (180, 90)
"""So many directions are looked at on the circle; on the sphere, by longitude and latitude."""

NONE = -1
"""In place of the number of an itinerary: white."""

_LONGEST = 48
"""An itinerary in more letters is cut in the legend."""


def draw_directions(
    result: Itineraries, matrices: MatrixClass, around: Around, start: Points, layers: int
) -> Figure:
    """Draw the circle or the sphere of directions of A, one colour for every itinerary of the layers.

    The class must have two coordinates (a circle) or three (a sphere, as a map; symmetric 2 x 2 matrices have
    the entries a, b, c): the positive multiples of A have the itinerary of A. Each direction is coloured by
    the exact run of one matrix there, rounded to small integers; cells narrower than the raster may be
    missing, so the picture says how many ``result`` has. The itineraries that take most of the picture have
    strong colours and are listed, as ``itineraries`` prints them; pale colours of others may repeat. White:
    outside the class, or avoidable ties. ``around``: the system, whatever its A is, or the coefficient alpha.

    Raises :class:`~exactdyn.errors.InputError` for a class with another number of coordinates.
    """
    require_drawable(matrices)
    width = len(matrices.generators)
    numbers = {itinerary.attention: number for number, itinerary in enumerate(result.itineraries)}
    directions = _circle() if width == 2 else _sphere()
    setting = Setting.of(around)
    found = np.array([_number(x, matrices, setting, start, layers, numbers) for x in directions])
    colours, listed = _colours(found, _areas(width))
    entries = _entries(result, found, listed, colours)
    count = f"{len(numbers)} itineraries of {counted(layers, 'layer')}, {matrices.kind} A"
    words = f"{count}; {_coordinates(matrices)}"
    with house_style():
        body = (4.6, 4.6) if width == 2 else (6.8, 3.6)
        figure, floor = sheet(max(body[0], LEAST_WIDTH), body[1], None, words, entries)
        height = figure.get_size_inches()[1]
        room = (0.09, (floor + 0.42) / height, 0.88, (body[1] - (0.9 if width == 2 else 0.6)) / height)
        if width == 2:
            _on_circle(figure.add_axes(room, projection="polar"), found, colours)
        else:
            _on_map(figure.add_axes(room), found, colours)
        return figure


def require_drawable(matrices: MatrixClass, each_layer: bool = False) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for a class, or a question, of which there is no picture.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> require_drawable(matrix_class("general", 2))
    Traceback (most recent call last):
    exactdyn.errors.InputError: plot: requires a class with 2 or 3 coordinates, got 4
    """
    if each_layer:
        raise InputError("plot: requires one matrix for all layers, got one for each of them")
    if len(matrices.generators) not in (2, 3):
        width = len(matrices.generators)
        raise InputError(f"plot: requires a class with 2 or 3 coordinates, got {width}")


def _circle() -> np.ndarray:
    angles = (np.arange(_CIRCLE) + 0.5) * 2 * np.pi / _CIRCLE
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def _sphere() -> np.ndarray:
    columns, rows = _SPHERE
    longitude, latitude = np.meshgrid(
        (np.arange(columns) + 0.5) * 2 * np.pi / columns - np.pi,
        np.pi / 2 - (np.arange(rows) + 0.5) * np.pi / rows,
    )
    return np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=2
    ).reshape(-1, 3)


def _areas(width: int) -> np.ndarray:
    """Return how much of the circle or the sphere each direction stands for, but for a factor."""
    if width == 2:
        return np.ones(_CIRCLE)
    columns, rows = _SPHERE
    latitudes = np.pi / 2 - (np.arange(rows) + 0.5) * np.pi / rows
    return np.repeat(np.cos(latitudes), columns)


def _number(
    direction: np.ndarray,
    matrices: MatrixClass,
    setting: Setting,
    start: Points,
    layers: int,
    numbers: dict[tuple[AttentionSets, ...], int],
) -> int:
    """Return the number of the itinerary in a direction, or NONE."""
    coordinates = tuple(fmpz(int(x)) for x in np.round(1000 * direction))
    if not Finder(matrices).accepts(Member(coordinates), []):
        return NONE
    run = setting.with_matrices(matrices.matrix(coordinates)).run(start.rows(), layers - 1)
    return numbers.get(tuple(run.attention(layer) for layer in range(layers)), NONE)


def _colours(found: np.ndarray, areas: np.ndarray) -> tuple[dict[int, str], list[int]]:
    """Return a colour for every itinerary that is seen, and those with strong ones, the largest first."""
    seen = sorted({int(number) for number in found} - {NONE})
    size = {number: float(areas[found == number].sum()) for number in seen}
    listed = sorted(seen, key=lambda number: (-size[number], number))[: len(PALETTE)]
    colours = dict(zip(listed, PALETTE, strict=False))
    others = [number for number in seen if number not in colours]
    for place, number in enumerate(others):
        # Neighbours in this order are far apart on the circle of hues, all of them pale.
        colours[number] = to_hex(hsv_to_rgb(place * 0.618034 % 1.0, 0.12 + 0.1 * (place % 3), 0.95))
    return colours, listed


def _entries(
    result: Itineraries, found: np.ndarray, listed: list[int], colours: dict[int, str]
) -> list[Entry]:
    """Explain the colours that are drawn."""
    said: list[Entry] = [(Line2D([], [], linestyle="none"), "whom tokens attend, layer by layer:")]
    said += [(Patch(color=colours[k]), _in_words(result.itineraries[k].attention)) for k in listed]
    others = len(colours) - len(listed)
    if others:
        pale = Patch(facecolor=colours[next(k for k in colours if k not in listed)], edgecolor=FAINT)
        said.append((pale, f"{others} others, pale, colours may repeat"))
    if (found == NONE).any():
        white = Patch(facecolor="white", edgecolor=FAINT, linewidth=0.5)
        said.append((white, "white: outside the class, or avoidable ties"))
    return said


def _in_words(attention: tuple[AttentionSets, ...]) -> str:
    layers = (" ".join(",".join(map(str, sorted(own))) for own in sets) for sets in attention)
    return printable(" | ".join(layers), _LONGEST)


def _coordinates(matrices: MatrixClass) -> str:
    """Say which matrix is in a direction."""
    shown = [
        "[" + ", ".join(f"[{', '.join(map(short, row))}]" for row in own) + "]" for own in matrices.generators
    ]
    if len(shown) == 2:
        return f"at the angle φ: A = cos φ {shown[0]} + sin φ {shown[1]}"
    return f"A = x {shown[0]} + y {shown[1]} + z {shown[2]}"


def _on_circle(axes: Axes, found: np.ndarray, colours: dict[int, str]) -> None:
    step = 2 * np.pi / len(found)
    seen = np.flatnonzero(found != NONE)
    shades = [colours[int(number)] for number in found[seen]]
    axes.bar((seen + 0.5) * step, 0.4, width=step * 1.02, bottom=0.6, color=shades, linewidth=0)
    axes.set(yticks=[], ylim=(0, 1))
    axes.grid(visible=False)


def _on_map(axes: Axes, found: np.ndarray, colours: dict[int, str]) -> None:
    columns, rows = _SPHERE
    shades = np.array([to_rgb(colours.get(int(number), "white")) for number in found])
    picture = shades.reshape(rows, columns, 3)
    axes.imshow(picture, extent=(-180, 180, -90, 90), interpolation="nearest", aspect="auto")
    axes.set(xticks=range(-180, 181, 60), yticks=range(-90, 91, 30))
    axes.set_xlabel("longitude, of (x, y), in degrees", color=INK, labelpad=2)
    axes.set_ylabel("latitude, of z, in degrees", color=INK, labelpad=2)
