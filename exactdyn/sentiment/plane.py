"""The plane in which a review is drawn: the tokens' own, or one that shows the decoder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exactdyn.sentiment.explanation import Explanation


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
        foot = -self.offset / length * self.normal
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


def plane(explanation: Explanation) -> Plane:
    """Return the plane of an explanation.

    Dimension 2 is drawn as it is. Otherwise across is the distance from the decoder's hyperplane, positive on
    its positive side, and up is the direction, along the hyperplane, in which the words spread most.
    """
    states = explanation.floats()
    means = np.array([[float(x) for x in mean] for mean in explanation.means])
    v = np.array([float(x) for x in explanation.model.decoder.v])
    offset = float(explanation.model.decoder.b)
    if len(v) == 2:
        return Plane(states, means, v, offset, ("first coordinate", "second coordinate"))
    size = float(np.linalg.norm(v)) or 1.0
    across = v / size
    rest = states[0] - np.outer(states[0] @ across, across)
    up = np.linalg.svd(rest - rest.mean(axis=0))[2][0] if rest.any() else np.zeros_like(v)
    basis = np.stack([across, up], axis=1)
    shift = np.array([offset / size, 0.0])
    names = ("distance from the decoder's hyperplane", "largest spread along it")
    return Plane(states @ basis + shift, means @ basis + shift, np.array([1.0, 0.0]), 0.0, names)
