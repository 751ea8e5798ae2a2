"""What an audit wants to know of one review, found fast: floats where a bound proves it, exact where not."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from exactdyn.floats.attended import leading
from exactdyn.floats.bounds import gap_bound, smallest_gap, state_bounds
from exactdyn.floats.runs import first_difference, follow, inner_products, run_freely
from exactdyn.limits import limit
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import Review
from exactdyn.sentiment.runs.exact import ReviewRun, exact_steps, mean_score, run_review
from exactdyn.sentiment.runs.float_runs import float_model, run_softmax, score_bound

DTYPES = ("float32", "float64")
"""The arithmetics that are compared with the exact one."""

BLOCK = 8
"""How many layers are compared at once: most float runs leave the exact one long before the last."""


@dataclass(frozen=True)
class Departure:
    """How a float run leaves the exact one.

    ``layer``: the first at which an attention set differs, None if none does. ``class_differs``: whether the
    classes differ at the model's last layer, or there, or at the last layer compared.
    """

    layer: int | None
    class_differs: bool


@dataclass(frozen=True)
class Survey:
    """What is known of one review; the model's last state is that of layer ``depth``.

    ``sign``: of the exact score at the last layer, 1, 0 or -1. ``leaders``: the word rows of the leading
    points of the last layer, a tuple each. ``appeared``: the layer at which each of them first leads.
    ``ties``: the exact ties between different points at the layers 0..depth-1: layer, rows that attend, rows
    attended. ``gap``: the smallest gap between the best and the next best at these layers, in floats, and
    ``gap_error`` how far it is off at most. ``departures``: by arithmetic. ``score``, ``softmax_score``: in
    floats. ``softmax_distance``: the largest distance of a coordinate of a token after the last layer.
    ``limit_sign``: of the exact score in the limit of many layers, None where the limit is not proved.
    """

    label: int | None
    sign: int
    leaders: tuple[tuple[int, ...], ...]
    appeared: tuple[int, ...]
    ties: tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...]
    gap: float
    gap_error: float
    departures: dict[str, Departure]
    score: float
    softmax_score: float
    softmax_distance: float
    limit_sign: int | None


def survey(model: Model, review: Review, layers: int) -> Survey:
    """Find out about one review.

    ``layers``: how far float runs are compared, at least the model's depth.

    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> found = survey(model, load_reviews("handmade", model)[3], 40)
    >>> found.sign, [model.word(row) for row, in found.leaders], found.ties
    (1, ['film', 'best', 'waste', 'love'], ((0, (7,), (11, 12)), (1, (7,), (11, 12)), (2, (7,), (11, 12))))
    """
    run = run_review(model, review, layers)
    with np.errstate(over="ignore", invalid="ignore"):  # float32 overflows early: a difference like others
        return _Surveyor(model, run).survey()


class _Surveyor:
    """One review in all arithmetics."""

    def __init__(self, model: Model, run: ReviewRun) -> None:
        self._model, self._run = model, run
        self._form = float_model(model)
        self._steps = exact_steps(run)
        self._weights = np.array(run.weights, dtype=np.float64)
        self._start = model.encode([rows[0] for rows in run.rows])
        self._shadow = follow(self._start, self._weights, self._steps[:-1], self._form.tau)
        self._errors = state_bounds(self._start, self._steps[:-1])

    def survey(self) -> Survey:
        """Put everything together."""
        depth, run, weights = self._model.depth, self._run, self._weights
        leaders = leading(self._steps[depth].sets)
        softmax = run_softmax(self._start, weights, self._form, depth)
        return Survey(
            run.review.label,
            self._sign(depth),
            tuple(run.rows[point] for point in leaders),
            tuple(self._first_layer(point) for point in leaders),
            self._ties(),
            smallest_gap(inner_products(self._shadow[:depth]), self._steps[:depth]),
            gap_bound(self._start, float(self._errors[depth])),
            {name: self._departure(name) for name in DTYPES},
            self._form.score(self._shadow[depth], weights),
            self._form.score(softmax, weights),
            float(np.abs(softmax - self._shadow[depth]).max()),
            self._limit_sign(),
        )

    def _sign(self, layer: int) -> int:
        return self._decided(self._shadow[layer], layer) or sign(self._run.score(layer))

    def _decided(self, points: np.ndarray, layer: int) -> int:
        """Return the sign of the score of points of a layer where the bound proves it, else 0."""
        score = self._form.score(points, self._weights)
        proved = abs(score) > score_bound(self._form, points, float(self._errors[layer]))
        return sign(score) if proved else 0

    def _first_layer(self, point: int) -> int:
        return next(layer for layer, step in enumerate(self._steps) if step.sets[point] == (point,))

    def _ties(self) -> tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...]:
        rows = self._run.rows
        return tuple(
            (layer, rows[point], tuple(row for other in step.sets[point] for row in rows[other]))
            for layer, step in enumerate(self._steps[: self._model.depth])
            for point in step.ties
        )

    def _departure(self, dtype: str) -> Departure:
        # A float run is led along the exact sets, block by block, until its own first differ; from there it
        # is on its own, and its class is compared at the last layer both have and at the model's last.
        depth, weights, tau = self._model.depth, self._weights, self._form.tau
        states = [self._start.astype(dtype)[None]]
        parted: int | None = None
        for begin in range(0, len(self._steps), BLOCK):
            steps = self._steps[begin : begin + BLOCK]
            block = follow(states[-1][-1], weights, steps, tau)
            difference = first_difference(block[:-1], steps)
            states = [*states, block[1:]]
            if difference is not None:
                parted = begin + difference
                break
        known = np.concatenate(states)
        last = len(self._steps) - 1 if parted is None else parted
        compared = {last: known[last]}
        reached = min(depth, last)
        compared[depth] = run_freely(known[reached], weights, tau, depth - reached)
        scores = {k: self._form.score(z.astype(np.float64), weights) for k, z in compared.items()}
        return Departure(parted, any(sign(score) != self._sign(k) for k, score in scores.items()))

    def _limit_sign(self) -> int | None:
        if self._steps[-1].settled:
            # Each point tends to the leading point it attends, and that one no longer moves.
            last = len(self._steps) - 1
            decided = self._decided(self._shadow[last][self._steps[-1].firsts], last)
            if decided:
                return decided
        found = limit(self._run.run)
        if found.status != "proved" or found.limits is None:
            return None
        places = [found.limits[tokens[0]] for tokens in self._run.members]
        known = [place for place in places if place is not None]
        return sign(mean_score(self._model, known, self._run.weights)) if len(known) == len(places) else None


def sign(number: Fraction | float) -> int:
    """Return 1, 0 or -1.

    >>> sign(-0.5)
    -1
    """
    return (number > 0) - (number < 0)
