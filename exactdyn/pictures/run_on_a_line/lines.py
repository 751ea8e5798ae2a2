"""What the picture of a run on the line shows, gathered in one pass through its states."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from exactdyn.layer.attention import leading_points
from exactdyn.pictures.paper.view import drawable
from exactdyn.pictures.run_in_space.scene import attended_points
from exactdyn.systems.run import Run

LAYERS_LIMIT = 1000
"""Of a run with more layers every second, third, ... one is drawn, and the last."""


@dataclass(frozen=True)
class Lines:
    """The values of n tokens at K layers.

    ``layers``: K of them, increasing. ``values``: K x n. ``attended``: for each layer and token the lowest
    token at the one point attended, None for several points. ``leading``: for each layer the leading points,
    each as its lowest token. ``copies``: for each layer and token the number of tokens at its point if it is
    the lowest of them, otherwise 0.
    """

    layers: tuple[int, ...]
    values: np.ndarray
    attended: tuple[tuple[int | None, ...], ...]
    leading: tuple[frozenset[int], ...]
    copies: tuple[tuple[int, ...], ...]

    def stretches(self, token: int) -> list[tuple[int, int, int | None]]:
        """Cut a token's layers where it turns to another point: first index, index after the last, attended.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> gather_lines(Hardmax([[-1]]).run([[1], [-2], ["3/2"]], layers=2), 2).stretches(1)
        [(0, 1, 2), (1, 3, 1)]
        """
        targets = [attended[token] for attended in self.attended]
        turns = [0, *(k + 1 for k, (old, new) in enumerate(pairwise(targets)) if old != new), len(targets)]
        return [(first, after, targets[first]) for first, after in pairwise(turns)]


def gather_lines(run: Run, last: int) -> Lines:
    """Collect the values of a run in dimension 1 from layer 0 to this layer.

    Raises :class:`~exactdyn.errors.InputError` if a value is too large to be drawn.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> gather_lines(Hardmax().run([[1], ["1/2"]], layers=2), 2).values.tolist()
    [[1.0, 0.5], [1.0, 0.75], [1.0, 0.875]]
    """
    every = -(-last // LAYERS_LIMIT) or 1
    layers, values, attended, leading, copies = [], [], [], [], []
    for layer, state in enumerate(islice(run.states(), last + 1)):
        if layer % every and layer != last:
            continue
        sets = run.attention(layer)
        layers.append(layer)
        values.append(drawable(state, layer)[:, 0])
        attended.append(attended_points(state, sets))
        leading.append(frozenset(min(point) for point in leading_points(state, sets)))
        copies.append(tuple(len(own) if token == min(own) else 0 for token, own in enumerate(state.copies)))
    return Lines(tuple(layers), np.array(values), tuple(attended), tuple(leading), tuple(copies))
