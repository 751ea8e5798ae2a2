"""Pictures of runs.

:func:`draw_run`, :func:`draw_limit`, :func:`draw_directions`, :func:`draw_phases`, :func:`draw_raster`,
:func:`draw_spectra` and :func:`draw_atlas` make a figure, :func:`render` turns it into bytes;
:func:`animate_run` makes a film. No global state
of the drawing library is used or changed, and nothing is written to files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactdyn.pictures.animation.film import animate_run, animated_format
    from exactdyn.pictures.atlas import Sketch, draw_atlas
    from exactdyn.pictures.directions import draw_directions, require_drawable
    from exactdyn.pictures.limit.picture import draw_limit
    from exactdyn.pictures.paper.render import FORMATS, format_of, render
    from exactdyn.pictures.phases.diagram import draw_phases
    from exactdyn.pictures.phases.raster import draw_raster
    from exactdyn.pictures.run import draw_run
    from exactdyn.pictures.spectra import draw_spectra

_HOME = {
    "FORMATS": "paper.render",
    "Sketch": "atlas",
    "animate_run": "animation.film",
    "animated_format": "animation.film",
    "draw_atlas": "atlas",
    "draw_directions": "directions",
    "draw_limit": "limit.picture",
    "draw_phases": "phases.diagram",
    "draw_raster": "phases.raster",
    "draw_run": "run",
    "draw_spectra": "spectra",
    "format_of": "paper.render",
    "render": "paper.render",
    "require_drawable": "directions",
}
__all__ = [
    "FORMATS",
    "Sketch",
    "animate_run",
    "animated_format",
    "draw_atlas",
    "draw_directions",
    "draw_limit",
    "draw_phases",
    "draw_raster",
    "draw_run",
    "draw_spectra",
    "format_of",
    "render",
    "require_drawable",
]


def __getattr__(name: str) -> object:
    # Imported when asked for: a graph as text, which has its place here, must not wait for matplotlib.
    if name in _HOME:
        return getattr(import_module(f"exactdyn.pictures.{_HOME[name]}"), name)
    raise AttributeError(f"module 'exactdyn.pictures' has no attribute {name!r}")
