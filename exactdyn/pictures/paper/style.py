"""The drawing library's settings while a picture is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import matplotlib

FONT = "DejaVu Sans"
"""It comes with matplotlib: the same letters on every machine."""

STYLE = {
    "font.family": FONT,
    "font.size": 8,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#8c8c8c",
    "xtick.color": "#8c8c8c",
    "ytick.color": "#8c8c8c",
    "xtick.labelcolor": "#333333",
    "ytick.labelcolor": "#333333",
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "svg.hashsalt": "exactdyn",  # the names inside an SVG are random without it
    "pdf.fonttype": 42,  # letters that can be searched and edited
}
"""What differs from matplotlib's own settings."""


@contextmanager
def house_style() -> Iterator[None]:
    """Put the user's own settings aside for a while, so that a run has one picture everywhere.

    >>> with house_style():
    ...     matplotlib.rcParams["svg.hashsalt"]
    'exactdyn'
    """
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        with matplotlib.rc_context(cast("Any", STYLE)):  # its type lists every name, and differs by version
            yield
