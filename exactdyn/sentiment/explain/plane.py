"""The plane in which a review is drawn: the tokens' own, or one that shows the decoder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exactdyn.sentiment.explain.explanation import Explanation


@dataclass(frozen=True, eq=False)
class Plane:
    """Where everything is drawn.

    ``positions``: layers x points x 2. ``means``: layers x 2. ``normal``, ``offset``: the decoder's line is
    where <normal, x> + offset = 0. ``axes``: what the two coordinates are, in words.
    """

    positions: np.ndarray
    means: np.ndarray
    normal: np.ndarray
    offset: float
    axes: tuple[str, str]

    def line(self, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
        """Return the two ends of the decoder's line inside a box, 2 x 2; None if it passes the box by.

        >>> import numpy as np
        >>> plane = Plane(np.zeros((1, 1, 2)), np.zeros((1, 2)), np.array([1.0, 0.0]), -0.5, ("x", "y"))
        >>> plane.line(np.array([0.0, 0.0]), np.array([1.0, 2.0])).tolist()
        [[0.5, 0.0], [0.5, 2.0]]
        """
        length = float(self.normal @ self.normal)
        if length == 0:
            return None
        with np.errstate(over="ignore"):
            foot = -self.offset / length * self.normal
        if not np.isfinite(foot).all():
            return None  # so far away that it passes every box by
        along = np.array([-self.normal[1], self.normal[0]])
        begin, end = -np.inf, np.inf
        for axis in range(2):
            if along[axis] == 0:
                if not low[axis] <= foot[axis] <= high[axis]:
                    return None
                continue
            crossings = sorted((bound[axis] - foot[axis]) / along[axis] for bound in (low, high))
            begin, end = max(begin, crossings[0]), min(end, crossings[1])
        return np.array([foot + begin * along, foot + end * along]) if begin < end else None

    def box(self, margin: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the lower left and the upper right corner of a box round everything that is drawn.

        ``margin``: room on every side, as a share of what is drawn; a side without length gets some too.

        >>> shown = Plane(np.zeros((1, 1, 2)), np.array([[2.0, 0.0]]), np.zeros(2), 0.0, ("x", "y"))
        >>> [corner.tolist() for corner in shown.box(0.5)]
        [[-1.0, -1.0], [3.0, 1.0]]
        """
        everything = np.concatenate([self.positions.reshape(-1, 2), self.means])
        low, high = everything.min(axis=0), everything.max(axis=0)
        span = high - low
        span[span == 0] = span.max() or float(np.abs(everything).max()) or 1.0
        return low - margin * span, high + margin * span


def plane(explanation: Explanation) -> Plane:
    """Return the plane of an explanation.

    Dimension 2 is drawn as it is. Otherwise across is the signed distance from the decoder's hyperplane,
    positive on its positive side, and up is the direction, along the hyperplane, in which the words spread
    most. A decoder that is constant has no hyperplane: then across is the direction of the largest spread.

    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.explain.explanation import explain
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> found = explain(model, load_reviews("handmade", model)[0])
    >>> plane(found).axes
    ('first coordinate', 'second coordinate')
    """
    states = explanation.floats()
    means = np.array([[float(x) for x in mean] for mean in explanation.means])
    v = np.array([float(x) for x in explanation.model.decoder.v])
    scale = float(np.abs(v).max()) or 1.0  # squares of tiny floats are zero
    with np.errstate(over="ignore"):
        v, offset = v / scale, float(explanation.model.decoder.b) / scale
    if len(v) == 2:
        return Plane(states, means, v, offset, ("first coordinate", "second coordinate"))
    size = float(np.linalg.norm(v))
    if size == 0 or not np.isfinite(offset):
        basis = np.stack([_spread(states[0], []), _spread(states[0], [_spread(states[0], [])])], axis=1)
        names = ("direction of the largest spread", "" if len(v) == 1 else "largest spread across it")
        return Plane(states @ basis, means @ basis, np.zeros(2), 0.0, names)
    across = v / size
    basis = np.stack([across, _spread(states[0], [across])], axis=1)
    shift = np.array([offset / size, 0.0])
    names = (
        "signed distance from the decoder's hyperplane",
        "" if len(v) == 1 else "direction of the largest spread along it",
    )
    return Plane(states @ basis + shift, means @ basis + shift, np.array([1.0, 0.0]), 0.0, names)


def _spread(points: np.ndarray, apart_from: list[np.ndarray]) -> np.ndarray:
    """Return the direction, orthogonal to given ones, in which points spread most; 0 if there is none."""
    rest = points - points.mean(axis=0)
    for direction in apart_from:
        rest = rest - np.outer(rest @ direction, direction)
    if len(apart_from) >= points.shape[1] or not rest.any():
        return np.zeros(points.shape[1])
    found: np.ndarray = np.linalg.svd(rest)[2][0]
    return found
