"""Whom each point of a review attends, as arrays: what float runs are guided by and compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from exactdyn.sentiment.runs.exact import PointSets, ReviewRun, leading


@dataclass(frozen=True, eq=False)
class Attended:
    """The exact attention sets of one layer, over p points; a lone attended point is the rule.

    ``sets``: for every point the points it attends, increasing.
    """

    sets: PointSets

    @cached_property
    def firsts(self) -> np.ndarray:
        """One attended point of each point."""
        return np.array([own[0] for own in self.sets])

    @cached_property
    def ties(self) -> tuple[int, ...]:
        """The points that attend several."""
        return tuple(point for point, own in enumerate(self.sets) if len(own) > 1)

    @cached_property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """All pairs of a point and one that it attends, as two arrays."""
        points = np.repeat(np.arange(len(self.sets)), [len(own) for own in self.sets])
        return points, np.concatenate(self.sets)

    @cached_property
    def settled(self) -> bool:
        """Whether every point attends one leading point alone; it then does so for ever and tends to it.

        Let z attend the leading point p alone. The next z' = (1 - tau) z + tau p has the inner products
        <z', x> = (1 - tau) <z, x> + tau <p, x>: both terms are largest at p alone over the points, hence over
        their hull, in which the next points lie; and p stays (lemma ``leaders-persist`` in
        ``proofs_checks/FORMAT.md``).
        """
        leaders = set(leading(self.sets))
        return all(len(own) == 1 and own[0] in leaders for own in self.sets)

    def goals(self, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return in floats the mean of what each point attends, p x d.

        >>> Attended(((0, 1), (1,))).goals(np.array([[0.0], [3.0]]), np.array([2.0, 1.0])).tolist()
        [[1.0], [3.0]]
        """
        goals: np.ndarray = points[self.firsts]
        for point in self.ties:
            chosen = list(self.sets[point])
            goals[point] = weights[chosen] @ points[chosen] / weights[chosen].sum()
        return goals


def exact_steps(run: ReviewRun) -> tuple[Attended, ...]:
    """Return the exact attention sets of all layers of a run; equal neighbours are one object.

    >>> from exactdyn.sentiment.runs.exact import run_review
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> steps = exact_steps(run_review(model, load_reviews("handmade", model)[0], layers=9))
    >>> len(steps), steps[0].settled, steps[9] is steps[0]
    (10, True, True)
    """
    steps: list[Attended] = []
    for layer in range(run.run.layers + 1):
        if steps and steps[-1].settled:
            return (*steps, *[steps[-1]] * (run.run.layers + 1 - layer))
        sets = run.attended(layer)
        steps.append(steps[-1] if steps and steps[-1].sets == sets else Attended(sets))
    return tuple(steps)
