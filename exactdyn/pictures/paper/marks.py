"""The signs of a picture, the same in every panel and in the legend."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import sqrt
from typing import Any, Literal, TypeAlias, TypeVar

from exactdyn.pictures.paper.colours import INK, TIE

T = TypeVar("T")

FULL_SIZE = 60
"""Up to so many tokens signs have their full size; of more they are smaller, with the square root."""

Sign: TypeAlias = Literal["token", "tie", "leader", "leading point"]
"""A token that attends one point or several; a leader; a leading point of several copies."""

STAR, DOT = 4.0, 2.5
"""Half the sides of what a star covers, and another mark, in points of the paper."""

LABEL_SIZE = 7.0
"""The size of a token's label."""

LABELS_LIMIT = 14
"""Where more tokens than this would carry labels, only leaders do; where more leaders, none."""


def sign_of(copies: int, attended: int | None, leads: bool) -> Sign:
    """Return the sign of a point with this many tokens, which attend ``attended`` (None: several points).

    Source: arXiv 2407.01602, Definition 2.1 (leader).

    >>> sign_of(1, None, False), sign_of(1, 0, False), sign_of(1, 0, True), sign_of(2, 0, True)
    ('tie', 'token', 'leader', 'leading point')
    """
    if leads:
        return "leader" if copies == 1 else "leading point"
    return "tie" if attended is None else "token"


def few_enough(*choices: Collection[T]) -> Collection[T]:
    """Return the first of these collections that may be labelled without crowding, the empty one if none may.

    >>> few_enough(range(60), [3, 5])
    [3, 5]
    """
    return next((choice for choice in choices if len(choice) <= LABELS_LIMIT), ())


def scale_of(count: int) -> float:
    """Return how large the signs of so many tokens are, from 1 to 1/5.

    >>> scale_of(60), scale_of(240), scale_of(10**6)
    (1.0, 0.5, 0.2)
    """
    return max(min(1.0, sqrt(FULL_SIZE / count)), 0.2)


def mark(sign: Sign, colour: str, scale: float = 1.0) -> Mapping[str, Any]:
    """Return the properties (of a matplotlib ``Line2D``) that draw a sign in a colour.

    ``scale``: of its size; stars stay large enough to be found, small discs have no white rim.

    >>> mark("leader", "#0072B2")["marker"], mark("tie", "#333333")["markerfacecolor"]
    ('*', 'white')
    """
    star = sign in ("leader", "leading point")
    hollow = sign in ("tie", "leading point")
    return {
        "linestyle": "none",
        "marker": "*" if star else "o",
        "markersize": 10.0 * max(scale, 0.6) if star else 5.0 * scale,
        "markerfacecolor": "white" if hollow else colour,
        "markeredgecolor": colour if hollow else INK if star else "white",
        "markeredgewidth": (1.2 if hollow else 0.6 if star or scale > 0.6 else 0.0) * max(scale, 0.5),
        "zorder": 4 if star else 3,
        "clip_on": False,
    }


def trail(attended: int | None, colour: str, scale: float = 1.0) -> Mapping[str, Any]:
    """Return the properties (of a matplotlib ``Line2D``) that draw a trail; a tie's is dashed.

    ``scale``: of its width; thin trails let each other be seen.

    >>> trail(0, "#0072B2")["linestyle"], trail(None, TIE)["linestyle"]
    ('-', (0, (2.5, 1.5)))
    """
    return {
        "color": TIE if attended is None else colour,
        "linestyle": (0, (2.5, 1.5)) if attended is None else "-",
        "linewidth": (1.0 if attended is None else 1.3) * scale,
        "alpha": 1.0 if scale > 0.6 else 0.5,
    }
