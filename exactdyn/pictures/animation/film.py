"""A run layer by layer, each layer a frame: what the frames show, and how they become one file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from matplotlib.animation import AbstractMovieWriter, FFMpegWriter, FuncAnimation, PillowWriter
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exactdyn.documents.files import ending_of, naming
from exactdyn.errors import InputError
from exactdyn.pictures.paper.labels import token_labels
from exactdyn.pictures.paper.projection import projection_of
from exactdyn.pictures.paper.sheet import require_width, sheet
from exactdyn.pictures.paper.style import house_style
from exactdyn.pictures.run_in_space.grid import Grid, single
from exactdyn.pictures.run_in_space.picture import (
    Multiples,
    caption_of,
    draw_one,
    entries_of,
    lay_out,
    name_sides,
    place_axes,
    ticks_upward,
)
from exactdyn.pictures.run_in_space.scene import gather
from exactdyn.pictures.web.page import web_page
from exactdyn.systems.run import Run

ANIMATED = ("gif", "mp4", "html")
"""The formats that :func:`animate_run` knows."""

FRAMES_LIMIT = 500
"""The largest number of layers that are animated."""

WIDTH = 6.0
"""The width of a frame, in inches, if none is asked for."""

_RESOLUTION, _PACE, _HOLD = 110, 3, 5
"""Dots an inch; frames a second; how many times the last one is repeated, so that it can be seen."""


def animated_format(path: Path) -> str:
    """Return the format that the name of a film asks for.

    Raises :class:`~exactdyn.errors.InputError` for another ending, and for MP4 where ffmpeg is not installed.

    >>> animated_format(Path("run.GIF"))
    'gif'
    """
    with naming(path):
        format = ending_of(path, [f".{own}" for own in ANIMATED]).removeprefix(".")
        if format == "mp4" and not FFMpegWriter.isAvailable():
            raise InputError("requires ffmpeg, which is not installed; .gif and .html need nothing more")
    return format


def animate_run(
    run: Run,
    format: str,
    labels: Sequence[str] | None = None,
    title: str | None = None,
    *,
    coordinates: Sequence[int] | None = None,
    width: float | None = None,
    tell: Callable[[int], None] = lambda frame: None,
) -> bytes:
    """Return a film of a run, one frame for each of its layers, always in the normalised form.

    Each frame is the panel that :func:`~exactdyn.pictures.draw_run` would draw of the layer, all on one scale
    unless the run grows; tokens in dimension 1 move on a line. ``format``: "gif", "mp4" (takes ffmpeg), or
    "html", a page of one file with a slider. ``tell``: is called with the number of every frame drawn. The
    other arguments are those of :func:`~exactdyn.pictures.draw_run`.

    Raises :class:`~exactdyn.errors.InputError` for more than :data:`FRAMES_LIMIT` layers, and as
    :func:`~exactdyn.pictures.draw_run` does.
    Source: the animations that go with arXiv 2407.01602.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1, 0], ["1/2", 1]], layers=2)
    >>> animate_run(run, "gif")[:6], animate_run(run, "html")[:15]
    (b'GIF89a', b'<!doctype html>')
    """
    if format not in ANIMATED:
        raise InputError(f"format: requires one of {', '.join(ANIMATED)}, got {format!r}")
    if run.layers >= FRAMES_LIMIT:
        raise InputError(f"layers: requires fewer than {FRAMES_LIMIT} to be animated, got {run.layers}")
    require_width(width)
    names, projection = token_labels(run, labels), projection_of(run.start, coordinates)
    with house_style():
        drawn = lay_out(run, gather(run, tuple(range(run.layers + 1)), projection), names, projection)
        longest = max(len(text) for own in drawn.limits for text in ticks_upward(own)[1])
        flat = not projection.in_space
        plan = single(drawn.limits[0].ratio, flat, longest, WIDTH if width is None else width)
        words = "; ".join([caption_of(drawn), *names.said])
        below = 0.16 if any(projection.names) else 0.0
        figure, floor = sheet(plan.width + below, plan.height + below, title, words, entries_of(drawn))
        axes = place_axes(figure, plan, 0, (below, floor + below))

        def draw(layer: int) -> list[Axes]:
            axes.clear()
            _draw_frame(axes, drawn, layer, plan)
            tell(layer)
            return [axes]

        layers = range(run.layers + 1)
        if format == "html":
            return page_of(figure, layers, draw, title or words, _RESOLUTION)
        return _film(figure, draw, [*layers, *[run.layers] * _HOLD], format)


def _draw_frame(axes: Axes, drawn: Multiples, layer: int, plan: Grid) -> None:
    moves = [move for move in drawn.scene.moves if move.layer < layer]
    draw_one(axes, drawn, layer, plan, moves, (True, True))
    name_sides(axes, drawn.projection, (True, True))


def _film(figure: Figure, draw: Callable[[int], Iterable[Axes]], layers: Sequence[int], format: str) -> bytes:
    writers: Mapping[str, Callable[[], AbstractMovieWriter]] = {
        "gif": lambda: PillowWriter(fps=_PACE),
        "mp4": lambda: FFMpegWriter(fps=_PACE),
    }
    film = FuncAnimation(figure, draw, frames=layers, init_func=lambda: (), cache_frame_data=False)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"film.{format}"
        film.save(str(file), writer=writers[format](), dpi=_RESOLUTION)
        return file.read_bytes()


def page_of(
    figure: Figure, layers: Iterable[int], draw: Callable[[int], object], title: str, resolution: int
) -> bytes:
    """Return a page that shows a figure as it is after ``draw`` of each layer.

    >>> page = page_of(Figure(), [0, 1], lambda layer: None, "a < b", 20)
    >>> page.count(b"iVBORw0KGgo"), b"a &lt; b" in page
    (2, True)
    """
    frames = []
    for layer in layers:
        draw(layer)
        buffer = BytesIO()
        figure.savefig(buffer, format="png", dpi=resolution)
        frames.append(b64encode(buffer.getvalue()).decode())
    return web_page("animation", title, frames).encode()
