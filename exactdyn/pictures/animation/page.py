"""A film as a web page: one file, nothing from elsewhere, a slider through the layers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from io import BytesIO

from matplotlib.figure import Figure

from exactdyn.pictures.web.page import web_page


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
