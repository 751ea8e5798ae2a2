"""The picture of a run, whatever its dimension."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matplotlib.figure import Figure

from exactdyn.errors import InputError
from exactdyn.pictures.paper.labels import token_labels
from exactdyn.pictures.paper.projection import projection_of
from exactdyn.pictures.paper.sheet import require_width
from exactdyn.pictures.paper.style import house_style
from exactdyn.pictures.run_in_space.picture import draw_multiples
from exactdyn.pictures.run_on_a_line.picture import draw_over_layers
from exactdyn.systems.run import Run

LAYERS = (0, 1, 2, 5)
"""The layers that are drawn beside the last, as in the paper."""

PANELS_LIMIT = 50
"""The largest number of layers that one picture shows side by side."""


def draw_run(
    run: Run,
    layers: Iterable[int] | None = None,
    labels: Sequence[str] | None = None,
    title: str | None = None,
    *,
    coordinates: Sequence[int] | None = None,
    width: float | None = None,
) -> Figure:
    """Draw a run of n tokens in dimension d, always in the normalised form.

    From dimension 2 on there is a panel for each of the ``layers`` (default: those of 0, 1, 2, 5 and the
    last that the run has), as in figure 2 of arXiv 2407.01602: the tokens, their trails from earlier
    positions coloured by the token attended, leaders as stars, the convex hull. Panels that would look the
    same are drawn once. A token that attends several points is hollow and its trail dashed. Dimension 3 is
    projected orthogonally on two directions (:data:`exactdyn.pictures.paper.projection.SCREEN`), what is
    nearer is larger and darker; from dimension 4 on the tokens are projected on their principal plane
    (:func:`~exactdyn.pictures.paper.projection.projection_of`), or on the two ``coordinates`` chosen; the
    hull is that of the projected tokens. In dimension 1 values are drawn against layers, up to the largest of
    ``layers``, and under them who attends whom.

    Where tokens coincide, their number (×2) stands beside them. ``labels``: a text for every token (default:
    their numbers from 0). Of more texts than find room only those of leaders are written. ``title``: stands
    above. ``width``: of the picture in inches. Hull, ties, copies and leaders are exact; positions are
    rounded to floats.

    Raises :class:`~exactdyn.errors.InputError` for layers that the run does not have, more than
    :data:`PANELS_LIMIT` panels, a wrong number of labels, coordinates that are not two of the tokens', a
    width that is no width of paper, and coordinates too large to be drawn
    (:data:`exactdyn.pictures.paper.view.COORDINATE_LIMIT`).

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha="1/2").run([[1, 1], [1, -1], [-1, 0], ["1/2", 0]], layers=30)
    >>> [axes.get_title() for axes in draw_run(run).axes]
    ['layer 0', 'layer 1', 'layer 2', 'layer 5', 'layer 30']
    """
    shown = _layers(run, layers)
    names = token_labels(run, labels)
    require_width(width)
    projection = projection_of(run.start, coordinates)
    with house_style():
        if run.start.dimension == 1:
            return draw_over_layers(run, shown[-1], names, title, width)
        if len(shown) > PANELS_LIMIT:
            raise InputError(f"layers: requires at most {PANELS_LIMIT} to be drawn, got {len(shown)}")
        return draw_multiples(run, shown, names, title, projection, width)


def _layers(run: Run, layers: Iterable[int] | None) -> tuple[int, ...]:
    if layers is None:
        return (*(layer for layer in LAYERS if layer < run.layers), run.layers)
    chosen = list(layers)
    for layer in chosen:
        run.attention(layer)  # refuses a layer that the run does not have
    if not chosen:
        raise InputError("layers: requires at least one to be drawn, got none")
    return tuple(sorted(set(chosen)))
