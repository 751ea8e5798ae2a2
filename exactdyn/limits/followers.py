"""The common case: every token leads, or follows leaders that stay its target for ever."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from exactdyn.layer.attention import leading_points
from exactdyn.limits.lock import Lock
from exactdyn.limits.recurrence import eigenvector_weights, pairwise_products
from exactdyn.numbers.domain import Domain, DomainPolynomial, Point
from exactdyn.numbers.points import Points, mean
from exactdyn.numbers.reading import Row
from exactdyn.systems.trajectory import Trajectory


def lock_of_followers(trajectory: Trajectory, layer: int) -> Lock | None:
    """Return the lock of a layer at which every token leads or follows leaders for good, else None.

    Let 0 <= tau < 1, let every token i attend leading points only, c_i their mean, and let no token have a
    larger value of <A c_i, .> than those that i attends. Then the attended points stay what they are, each
    token runs straight to c_i at the rate 1 - tau =: r (lemmas ``lock-in`` and ``tie-lock-in`` in
    ``proofs_checks/FORMAT.md``), and no layer after this one need be looked at: the nodes r^2, r, 1 are a
    certificate for the lemma ``locked-itinerary`` there. For let g be the score of an attended token less
    that of any token b, then

        g(1) = r^2 g(0) + r tau (<A z_i, c_i - c_b> + <A c_i, c_i - z_b>) + tau^2 <A c_i, c_i - c_b>,

    no term is negative, and (E - r)(E - r^2) g = (1 - r)(1 - r^2) <A c_i, c_i - c_b> is not negative either.

    Source: lemmas ``lock-in``, ``tie-lock-in``, ``locked-itinerary`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=0)
    >>> lock_of_followers(Trajectory(run), 0).nodes
    (Fraction(1, 4), Fraction(1, 2), Fraction(1, 1))
    """
    step = trajectory.facts.step
    if step is None or not trajectory.facts.followers_stay:
        return None
    sets = trajectory.attention(layer)
    if any(j not in sets[j] for attended in frozenset(sets) for j in attended):
        return None  # what is attended leads nobody, which is seen without an exact state
    state = trajectory.state(layer)
    leading = frozenset[int]().union(*leading_points(state, sets))
    if not all(attended <= leading for attended in sets):
        return None
    goals = {own: mean([state.points[j] for j in sorted(own)]) for own in frozenset(sets)}
    if not all(_stays_largest(trajectory, layer, *attended) for attended in goals.items()):
        return None
    goal_of = tuple(goals[own] for own in sets)
    still = step.tau == 0 or goal_of == state.points
    keep, ends = (Fraction(1), state) if still else (1 - step.tau, Points(goal_of, state.domain))
    return Lock(layer, 1, *_straight(trajectory.domain, keep), ends=ends)


@lru_cache(maxsize=64)  # hunts look at many matrices with one step
def _straight(domain: Domain[Any], keep: Any) -> tuple[Row, DomainPolynomial, Row]:
    # The nodes, the polynomial and the weights of states that go straight to where they end.
    polynomial = domain.polynomial([Fraction(1)])
    for rate in {keep, Fraction(1)}:
        polynomial = polynomial * domain.polynomial([-rate, Fraction(1)])
    nodes = tuple(pairwise_products({keep: 1, Fraction(1): 1}))
    return nodes, polynomial, eigenvector_weights(polynomial, Fraction(1))


def _stays_largest(trajectory: Trajectory, layer: int, attended: frozenset[int], goal: Point) -> bool:
    # <A c, .> is largest at every attended token, c the mean of the attended points.
    points = trajectory.state(layer).points
    if all(points[j] == goal for j in attended):
        return True  # c is a leading point itself
    values = trajectory.scores_of(goal, layer)
    return all(values[j] == max(values) for j in attended)
