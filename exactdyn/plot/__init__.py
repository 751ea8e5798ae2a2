"""Pictures of runs.

:func:`draw_run` and :func:`draw_limit` make a figure, :func:`render` turns it into bytes. No global state of
the drawing library is used or changed, and nothing is written to files.
"""

from exactdyn.plot.draw import draw_run
from exactdyn.plot.limiting import draw_limit
from exactdyn.plot.output import FORMATS, render

__all__ = ["FORMATS", "draw_limit", "draw_run", "render"]
