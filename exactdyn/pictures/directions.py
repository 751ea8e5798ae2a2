"""The directions of A, cut into the cells of matrices with one itinerary."""

from __future__ import annotations

import numpy as np
from flint import fmpz
from matplotlib import colormaps
from matplotlib.figure import Figure

from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.classes.member import Finder, Member
from exactdyn.families.questions.itineraries import Itineraries
from exactdyn.families.setting import Around, Setting
from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.points import Points
from exactdyn.pictures.paper.style import house_style

_CIRCLE, _SPHERE = 1440, (180, 90)
"""So many directions are looked at on the circle; on the sphere, by longitude and latitude."""


def draw_directions(
    result: Itineraries, matrices: MatrixClass, around: Around, start: Points, layers: int
) -> Figure:
    """Draw the circle or the sphere of directions of A, one colour for every itinerary of the layers.

    The class must have two coordinates (a circle) or three (a sphere, as a map; symmetric 2 x 2 matrices have
    the entries a, b, c): the positive multiples of A have the itinerary of A. Each direction is coloured by
    the exact run of one matrix there, rounded to small integers; cells narrower than the raster may be
    missing, so the title says how many ``result`` has. White: outside the class, or avoidable ties.
    ``around``: the system, whatever its A is, or the coefficient alpha.

    Raises :class:`~exactdyn.errors.InputError` for a class with another number of coordinates.
    """
    require_drawable(matrices)
    width = len(matrices.generators)
    numbers = {itinerary.attention: number for number, itinerary in enumerate(result.itineraries)}
    known = {key: (number * 0.618034) % 1.0 for key, number in numbers.items()}
    directions = _circle() if width == 2 else _sphere()
    setting = Setting.of(around)
    values = np.array([_value(x, matrices, setting, start, layers, known) for x in directions])
    count = f"{len(numbers)} itineraries of {layers} layer{'s' * (layers > 1)}, {matrices.kind} A"
    with house_style():
        return _on_circle(values, count) if width == 2 else _on_map(values, count)


def require_drawable(matrices: MatrixClass) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for a class of which there is no picture.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> require_drawable(matrix_class("general", 2))
    Traceback (most recent call last):
    exactdyn.errors.InputError: plot: requires a class with 2 or 3 coordinates, got 4
    """
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


def _value(
    direction: np.ndarray,
    matrices: MatrixClass,
    setting: Setting,
    start: Points,
    layers: int,
    known: dict[tuple[AttentionSets, ...], float],
) -> float:
    # The colour of a direction, nan for white.
    coordinates = tuple(fmpz(int(x)) for x in np.round(1000 * direction))
    if not Finder(matrices).accepts(Member(coordinates), []):
        return float("nan")
    A = matrices.member(matrices.at(coordinates))
    run = setting.with_matrix(A).run(start.rows(), layers - 1)
    return known.get(tuple(run.attention(layer) for layer in range(layers)), float("nan"))


def _on_circle(values: np.ndarray, title: str) -> Figure:
    figure = Figure(figsize=(4, 4))
    axes = figure.add_subplot(projection="polar")
    step = 2 * np.pi / len(values)
    seen = ~np.isnan(values)
    angles = (np.flatnonzero(seen) + 0.5) * step
    axes.bar(angles, 0.4, width=step * 1.02, bottom=0.6, color=colormaps["hsv"](values[seen]), linewidth=0)
    axes.set(yticks=[], ylim=(0, 1))
    axes.set_title(title)
    return figure


def _on_map(values: np.ndarray, title: str) -> Figure:
    figure = Figure(figsize=(6, 3.6), layout="constrained")
    axes = figure.add_subplot()
    columns, rows = _SPHERE
    picture = values.reshape(rows, columns)
    axes.imshow(picture, cmap="hsv", vmin=0, vmax=1, extent=(-180, 180, -90, 90), interpolation="nearest")
    axes.set(xlabel="longitude: first two coordinates", ylabel="latitude: third coordinate", title=title)
    return figure
