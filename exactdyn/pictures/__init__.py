"""Pictures of runs.

:func:`draw_run`, :func:`draw_limit`, :func:`draw_directions` and :func:`draw_atlas` make a figure,
:func:`render` turns it into bytes. No global state of the drawing library is used or changed, and nothing is
written to files.
"""

from exactdyn.pictures.atlas import Sketch, draw_atlas
from exactdyn.pictures.directions import draw_directions, require_drawable
from exactdyn.pictures.limit import draw_limit
from exactdyn.pictures.paper.render import FORMATS, format_of, render
from exactdyn.pictures.paper.view import require_dimension
from exactdyn.pictures.run import draw_run

__all__ = [
    "FORMATS",
    "Sketch",
    "draw_atlas",
    "draw_directions",
    "draw_limit",
    "draw_run",
    "format_of",
    "render",
    "require_dimension",
    "require_drawable",
]
