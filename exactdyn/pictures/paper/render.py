"""A figure as bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, filterwarnings

from matplotlib.figure import Figure

from exactdyn.documents.files import ending_of, naming
from exactdyn.errors import InputError
from exactdyn.pictures.paper.style import house_style
from proofs_checks.format.rationals import shorten

FORMATS = ("png", "svg", "pdf")
"""The formats that :func:`render` knows."""

RESOLUTION = 200
"""Dots an inch in a PNG."""


def format_of(path: Path) -> str:
    """Return the format that the name of a file asks for.

    Raises :class:`~exactdyn.errors.InputError` for another ending.

    >>> format_of(Path("run.SVG"))
    'svg'
    """
    with naming(path):
        return ending_of(path, [f".{format}" for format in FORMATS]).removeprefix(".")


def render(figure: Figure, format: str) -> bytes:
    """Return a figure as PNG, SVG or PDF; the same figure always as the same bytes (no dates are written).

    Raises :class:`~exactdyn.errors.InputError` for another format.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures import draw_run
    >>> render(draw_run(Hardmax().run([[1, 0], [0, 1]], layers=2)), "pdf")[:5]
    b'%PDF-'
    """
    if format not in FORMATS:
        raise InputError(f"format: requires one of {', '.join(FORMATS)}, got {shorten(format)}")
    dates = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[format]
    buffer = BytesIO()
    with house_style(), catch_warnings():
        # A letter that the font lacks is drawn as a box: the picture itself says so where it can occur.
        filterwarnings("ignore", "Glyph .* missing from")
        figure.savefig(buffer, format=format, dpi=RESOLUTION, metadata=dates)
    return buffer.getvalue()
