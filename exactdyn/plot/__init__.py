"""Pictures of runs.

:func:`draw_run`, :func:`draw_limit`, :func:`draw_directions` and :func:`draw_atlas` make a figure,
:func:`render` turns it into bytes. No global state of the drawing library is used or changed, and nothing is
written to files.
"""

from exactdyn.plot.atlas import Sketch, draw_atlas
from exactdyn.plot.directions import draw_directions, require_drawable
from exactdyn.plot.draw import draw_run
from exactdyn.plot.limiting import draw_limit
from exactdyn.plot.output import FORMATS, format_of, render
from exactdyn.plot.view import require_dimension

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
