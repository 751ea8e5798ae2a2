"""The eigenvalues of the value matrices of a transformer, a small plane for every head."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from exactdyn.pictures.paper.colours import FAINT, INK, PALETTE
from exactdyn.pictures.paper.style import house_style
from exactdyn.transformer.head import InspectedHead
from exactdyn.transformer.inspection import Inspection

_PANEL, _ABOVE, _BELOW, _BESIDE = 0.95, 0.75, 0.05, 0.45
_ROOM = 1.25
"""The half width of a panel, in moduli of the leading eigenvalue."""

GOOD, POSITIVE, OPEN, OTHER = PALETTE[4], PALETTE[1], PALETTE[3], FAINT
"""Colours: of a good triple, of a simple positive leading eigenvalue without one, of what is too close to
say, of all else."""


def draw_spectra(found: Inspection) -> Figure:
    """Draw the spectrum of V for every head: a row for every layer, a column for every head.

    Each plane is scaled to the largest modulus, that of its circle, whose radius stands beside it. The
    leading eigenvalues are large dots, coloured by what holds of them. The eigenvalue 0, which every V has
    that has not full rank, is a small cross.

    Source: arXiv 2305.05465, which draws the value matrices of ALBERT so.

    >>> from exactdyn.transformer import inspect
    >>> len(draw_spectra(inspect({"Q": [[1]], "K": [[1]], "V": [[2]]})).axes)
    1
    """
    rows, columns = found.layers, found.heads_per_layer
    width, height = max(_BESIDE + _PANEL * columns, 6.4), _ABOVE + _PANEL * rows + _BELOW
    with house_style():
        figure = Figure(figsize=(width, height))
        for own in found.heads:
            left = _BESIDE + _PANEL * own.head
            bottom = height - _ABOVE - _PANEL * (own.layer + 1)
            size = 0.92 * _PANEL
            axes = figure.add_axes((left / width, bottom / height, size / width, size / height))
            _draw(axes, own)
        _write(figure, found, width, height)
    return figure


def _draw(axes: Axes, own: InspectedHead) -> None:
    radius = float(own.value.eigenvalues[0].modulus.mid()) or 1.0
    axes.set(xlim=(-_ROOM, _ROOM), ylim=(-_ROOM, _ROOM), xticks=[], yticks=[], aspect="equal")
    for side in axes.spines.values():
        side.set_color("#d0d0d0")
    axes.axhline(0, color="#e4e4e4", linewidth=0.5, zorder=0)
    axes.axvline(0, color="#e4e4e4", linewidth=0.5, zorder=0)
    axes.add_patch(Circle((0, 0), 1, fill=False, color="#d0d0d0", linewidth=0.5, zorder=0))
    for eigenvalue in own.value.eigenvalues:
        x, y = (float(part.mid()) / radius for part in (eigenvalue.value.real, eigenvalue.value.imag))
        zero = eigenvalue.value == 0
        lead = not eigenvalue.modulus < own.value.eigenvalues[0].modulus and not zero
        axes.plot(
            [x],
            [y],
            marker="x" if zero else "o",
            markersize=4 if lead else 1.6,
            color=_colour(own) if lead else INK,
            markeredgewidth=0.5 if zero else 0,
            linestyle="none",
        )
    axes.text(-1.2, 1.2, f"{radius:.3g}", fontsize=5, color=INK, ha="left", va="top")


def _colour(own: InspectedHead) -> str:
    simple, good = (own.hypotheses[name].outcome for name in ("leading-eigenvalue", "good-triple"))
    if "undecided" in (simple, good):
        return OPEN
    if good == "holds":
        return GOOD
    return POSITIVE if simple == "holds" else OTHER


def _write(figure: Figure, found: Inspection, width: float, height: float) -> None:
    """Write what rows, columns and colours are."""
    for layer in range(found.layers):
        middle = height - _ABOVE - _PANEL * (layer + 0.5)
        figure.text(0.38 / width, middle / height, str(layer), ha="right", va="center", color=INK)
    for head in range(found.heads_per_layer):
        middle = _BESIDE + _PANEL * (head + 0.46)
        figure.text(middle / width, 1 - 0.7 / height, str(head), ha="center", va="bottom", color=INK)
    figure.text(0.08 / width, 1 - 0.7 / height, "layer, head", ha="left", va="bottom", color=INK, fontsize=5)
    title = "Eigenvalues of V = O V_h in the plane; beside each circle its radius, the largest modulus"
    figure.text(0.08 / width, 1 - 0.2 / height, title, ha="left", va="center", color=INK)
    drawn = {_colour(own) for own in found.heads}
    said = (
        (GOOD, "● good triple"),
        (POSITIVE, "● simple, real, positive"),
        (OTHER, "● neither"),
        (OPEN, "● too close to say"),
    )
    zero = any(eigenvalue.value == 0 for own in found.heads for eigenvalue in own.value.eigenvalues)
    signs = [(colour, words) for colour, words in said if colour in drawn]
    signs += [(INK, "• other eigenvalues"), *([(INK, "× the eigenvalue 0")] if zero else [])]
    for place, (colour, words) in enumerate(signs):
        at = (0.08 + place * (width - 0.2) / max(len(signs), 4)) / width
        figure.text(at, 1 - 0.4 / height, words, ha="left", va="center", color=colour, fontsize=7)
