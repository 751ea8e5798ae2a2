"""One colour for every token that is attended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

PALETTE = ("#0072B2", "#D55E00", "#CC79A7", "#332288", "#009E73", "#E69F00", "#56B4E9", "#882255")
"""Eight colours that remain apart for every kind of colour blindness, neighbours (the ends too) the most.

Six of Okabe and Ito (2008); Tol's "indigo" and "wine" in place of black, which is for ties, and yellow, which
is hard to see on white. Their CIELAB distances were computed for normal sight and the three dichromacies of
Machado et al. (2009): at least 16 for any two, at least 32 for neighbours."""

TIE = "#333333"
"""What is drawn of a token that attends several points: the colour of no attended token."""

INK = "#333333"
"""Text."""

HULL = "#f1f1f1"
"""Inside the hull."""

FAINT = "#8c8c8c"
"""The hull and what else stands behind the tokens."""


def colour_tokens(tokens: Iterable[int], positions: np.ndarray) -> dict[int, str]:
    """Give every one of these tokens a colour; beyond the palette colours repeat, far from each other.

    ``positions``: n rows of 1 or 2 coordinates. Tokens take the palette's colours in their order round the
    mean of all positions (on a line: in their order on it), so that two of one colour lie apart.
    Source: M. Okabe and K. Ito, Color Universal Design (2008), for six of the colours; see :data:`PALETTE`.

    >>> colour_tokens([0, 2], np.array([[1.0], [5.0], [-1.0]])) == {2: PALETTE[0], 0: PALETTE[1]}
    True
    """
    centred = positions - positions.mean(axis=0)
    key = centred[:, 0] if centred.shape[1] == 1 else np.arctan2(centred[:, 1], centred[:, 0])
    ordered = sorted(frozenset(tokens), key=lambda token: (float(key[token]), token))
    return {token: PALETTE[place % len(PALETTE)] for place, token in enumerate(ordered)}


def faded(colour: str, near: float) -> str:
    """Return a colour as far away as this: nearness 1 leaves it, 0 mixes a third of white in.

    >>> faded("#000000", 1.0), faded("#000000", 0.0)
    ('#000000', '#595959')
    """
    part = 0.35 * (1 - near)
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(own + (255 - own) * part):02x}" for own in channels)


def colour_of(attended: int | None, colours: Mapping[int, str]) -> str:
    """Return the colour of a token that attends this one; None stands for several points.

    >>> colour_of(3, {3: "#0072B2"}), colour_of(None, {})
    ('#0072B2', '#333333')
    """
    return TIE if attended is None else colours[attended]
