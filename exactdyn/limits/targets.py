"""Layers from which on every token is at rest or goes straight to a point at rest, whatever the steps are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from exactdyn.layer.attention import AttentionSets, joined
from exactdyn.layer.head import LayerHead
from exactdyn.numbers.domain import Point
from exactdyn.numbers.fields.joining import mapped, simple
from exactdyn.numbers.infinite_product import product_bounds
from exactdyn.numbers.points import Points, mean
from exactdyn.numbers.reading import Row, Rows
from exactdyn.systems.schedule import Schedule
from exactdyn.systems.trajectory import Trajectory
from exactdyn.verdict import Data

CERTIFIED_BITS, CERTIFIED_FACTORS = 40, 256
"""The product in a certificate is enclosed to 2^-bits, or as narrow as so many factors make it."""


@dataclass(frozen=True)
class Targets:
    """A proof that from ``layer`` on the attention sets stay and each token goes straight to its target.

    ``places``: the targets w_i, n rows. ``starts``: the tokens z_i of this layer, so that those of a later
    layer l are w_i + pi (z_i - w_i) with pi the product of 1 - tau_m over m = layer..l-1. ``still``: the
    tokens at their targets. ``schedule``: tau, or what takes its place where there are several heads.
    """

    layer: int
    places: Rows
    starts: Rows
    still: frozenset[int]
    schedule: Schedule

    @property
    def reached(self) -> bool:
        """Whether every token tends to its target.

        >>> half = Fraction(1, 2)
        >>> Targets(0, ((half,),), ((1 - 2 * half,),), frozenset(), Schedule.of_tau("1/(k+2)^2")).reached
        False
        """
        return len(self.still) == len(self.places) or bool(self.schedule.diverges)

    @property
    def data(self) -> Data:
        """The member ``locked`` of a certificate.

        Source: lemma ``locked-targets`` in ``proofs_checks/FORMAT.md``.

        >>> Targets(3, (), (), frozenset(), Schedule.of_tau("1/2")).data
        {'layer': 3}
        """
        return {"layer": self.layer}

    def enclosures(self) -> tuple[tuple[Row, Row], ...]:
        """Return for every token the smallest and the largest value of each coordinate of its limit.

        Source: lemma ``locked-targets`` in ``proofs_checks/FORMAT.md``.

        >>> zero, one = Fraction(0), Fraction(1)
        >>> steps = Schedule.of_tau("1/(k+2)^2")     # the product of all 1 - tau_k is 1/2
        >>> lower, upper = Targets(0, ((zero,),), ((one,),), frozenset(), steps).enclosures()[0]
        >>> lower[0] <= Fraction(1, 2) <= upper[0]
        True
        """
        left = self.schedule.remaining(self.layer) or (Fraction(0), Fraction(1))
        found = []
        for place, start in zip(self.places, self.starts, strict=True):
            ends = [sorted(w + part * (z - w) for part in left) for w, z in zip(place, start, strict=True)]
            found.append((tuple(low for low, _ in ends), tuple(high for _, high in ends)))
        return tuple(found)

    def enclosed(self) -> Data | None:
        """Return the members ``locked`` and ``product`` of a certificate, where tokens stop on their way.

        None where the steps are no formula, or no comparison of the late ones is found.
        Source: lemma ``enclosed-products`` in ``proofs_checks/FORMAT.md``.

        >>> zero, one = Fraction(0), Fraction(1)
        >>> steps = Schedule.of_tau("1/(k+2)^2")     # the product of all 1 - tau_k is 1/2
        >>> product = Targets(0, ((zero,),), ((one,),), frozenset(), steps).enclosed()["product"]
        >>> product["layer"], product["low"] <= Fraction(1, 2) <= product["high"]
        (256, True)
        """
        if self.schedule.quotient is None:
            return None
        best = None
        for best in product_bounds(*self.schedule.parts, self.layer):
            if best.width <= Fraction(1, 2**CERTIFIED_BITS) or best.layer - self.layer >= CERTIFIED_FACTORS:
                break
        if best is None:
            return None
        late, unit = best.late, 2 ** (CERTIFIED_BITS + 8)
        powers = {"power": late.power, "shift": late.shift} if late.power else {}
        product = {
            "layer": best.layer,
            "inverse_powers" if late.power else "ratios": [late.least, late.most],
            **powers,
            "low": Fraction(floor(best.low * unit), unit),
            "high": Fraction(ceil(best.high * unit), unit),
        }
        return {"locked": self.data, "product": product}

    def tokens(self, layer: int) -> Rows:
        """Return the tokens at a layer from ``layer`` on.

        Source: lemma ``locked-targets`` in ``proofs_checks/FORMAT.md``.

        >>> half, one = Fraction(1, 2), Fraction(1)
        >>> Targets(1, ((one,),), ((half,),), frozenset(), Schedule.of_tau("1/(k+2)")).tokens(2)
        ((Fraction(2, 3),),)
        """
        left = Fraction(1)
        for k in range(self.layer, layer):
            left *= 1 - self.schedule.at(k)
        pairs = zip(self.places, self.starts, strict=True)
        return tuple(tuple(w + left * (z - w) for w, z in zip(*pair, strict=True)) for pair in pairs)


def targets_at(trajectory: Trajectory, layer: int) -> Targets | None:
    """Return the proof that from a layer on every token goes straight to its target, else None.

    The target of a token is the mean of what it attends; where heads differ, their means weighted by V_h. All
    tokens attended have to be at their targets and to attend such tokens only, and in every head
    <A w_i, .> has to be largest, of what token i may see, at what it attends, w_i its target.
    Source: lemma ``locked-targets`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax([[-1]], tau="2/(k+2)").run([[3], [-1]], layers=0)
    >>> trajectory = Trajectory(run)
    >>> targets_at(trajectory, 1) is None, targets_at(trajectory, 2).places
    (True, ((Fraction(1, 3),), (Fraction(1, 3),)))
    """
    facts = trajectory.facts
    first, schedule = facts.keeps_from, facts.schedule
    if not facts.targets_stay or first is None or layer < first or schedule is None:
        return None
    state, sets = trajectory.state(layer), trajectory.head_attention(layer)
    goals = _goals(state, sets, facts.weights)
    if goals is None:
        return None
    still = _still(state, sets, goals)
    if not all(attended <= still for attended in joined(sets)):
        return None
    heads = trajectory.system.heads(layer, state.dimension)
    if not all(_stays_largest(state, *pair, goals) for pair in zip(heads, sets, strict=True)):
        return None
    places, starts = (mapped(own.rows(), simple) for own in (Points(tuple(goals), state.domain), state))
    return Targets(layer, places, starts, still, schedule)


def _goals(state: Points, heads: Sequence[AttentionSets], weights: Row | None) -> list[Point] | None:
    """Return the targets of all tokens, or None where their direction changes from layer to layer."""
    distinct = {attended for sets in heads for attended in sets}
    means = {attended: mean([state.points[j] for j in sorted(attended)]) for attended in distinct}
    goals = []
    for own in zip(*heads, strict=True):
        points = [means[attended] for attended in own]
        if any(point != points[0] for point in points):
            if weights is None:
                return None
            columns = zip(*(state.domain.numbers(*point) for point in points), strict=True)
            row = tuple(
                sum((w * x for w, x in zip(weights, column, strict=True)), Fraction(0)) for column in columns
            )
            points = [state.domain.point([state.domain.own(x) for x in row])]
        goals.append(points[0])
    return goals


def _still(state: Points, heads: Sequence[AttentionSets], goals: Sequence[Point]) -> frozenset[int]:
    """Return the largest set of tokens at their targets that attend tokens of this set only."""
    sets = joined(heads)
    still = frozenset(i for i, goal in enumerate(goals) if state.points[i] == goal)
    while True:
        kept = frozenset(i for i in still if sets[i] <= still)
        if kept == still:
            return still
        still = kept


def _stays_largest(state: Points, head: LayerHead, sets: AttentionSets, goals: Sequence[Point]) -> bool:
    """Tell whether <A w_i, .> is largest, of what token i sees, at what it attends, for all tokens i."""
    seen = None if head.mask is None else head.mask.seen(state.count)
    everybody = frozenset(range(state.count))
    values = {goal: head.scores.compared_from(goal, state) for goal in set(goals)}
    for i, (goal, attended) in enumerate(zip(goals, sets, strict=True)):
        row, view = values[goal], everybody if seen is None else seen[i]
        largest = max(row[j] for j in view)
        if any(row[j] != largest for j in attended):
            return False
    return True
