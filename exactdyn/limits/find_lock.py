"""The layer from which on the itinerary is proved to be periodic for ever, and the data that prove it.

The lemma is ``locked-itinerary`` in ``proofs_checks/FORMAT.md``. In short: suppose the graphs of the layers
k..k+p-1 repeat for ever. Then the states obey a linear recurrence and so do the scores <A z_i, z_j>; with
positive nodes mu_1, ..., mu_N that satisfy (E - mu_1)...(E - mu_N) scores = 0, where E moves on by p layers,
it is enough that in each of the N matrices (E - mu_1)...(E - mu_j) scores at layers k..k+p-1 the attended
tokens have the largest entry of their row. The nodes are the products of the rates of the states; where some
of these are not positive numbers of the domain, the rates of the scores may still be (a rotation multiplies
states by a complex number, and scores by the square of its size).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from typing import Any

from flint import fmpz

from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import LayerHead
from exactdyn.limits.followers import lock_of_followers
from exactdyn.limits.lock import Lock
from exactdyn.limits.recurrence import Term
from exactdyn.limits.stretch import Stretch
from exactdyn.limits.targets import Targets, targets_at
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row
from exactdyn.systems.facts import Facts
from exactdyn.systems.trajectory import Trajectory

PERIOD_LIMIT = 24
"""Longest period of an itinerary that is looked for, but of a system that repeats later one period of it."""

MAY_MOVE = "the layers do not repeat, and at every layer some token attends one that may move"
"""Why nothing was found where layers do not repeat."""


class LockSearch:
    """The search for a lock, which goes on where it stood when more layers are to be looked at.

    Source: lemmas ``locked-itinerary`` and ``locked-targets`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> search = LockSearch(Trajectory(Hardmax([[-1]], 1).run([[1], [-1]], layers=0)))
    >>> search.until(0), search.until(2).layer
    ('the attention graph still changes at layer 0', 1)
    """

    def __init__(self, trajectory: Trajectory) -> None:
        self.trajectory, facts = trajectory, trajectory.facts
        self._first, least = facts.repeating or (0, 0)
        # Multiples of one matrix may be listed for the layers: then the layers are not all the same.
        self._plain = facts.plain and (self._first, least) == (0, 1)
        # Of every period that is a multiple of that of the layers, from where these repeat.
        self._periods = range(least, max(PERIOD_LIMIT, least) + 1, least) if least else range(0)
        self._stretches: list[Stretch] = []
        self._next = 0

    def until(self, layers: int) -> Lock | Targets | str:
        """Return the earliest lock up to this layer that can be proved; else say why there is none."""
        facts = self.trajectory.facts
        if facts.repeating is None and not facts.targets_stay:
            return no_lemma(facts)
        for top in range(self._next, layers + 1):
            self._next = top + 1
            search = lock_of_followers if self._plain else targets_at
            lock = search(self.trajectory, top)
            lock = lock or _first_lock(self.trajectory, self._stretches_to(top), top)
            if lock is not None:
                return lock
        begun = self._stretches or [Stretch(period, self._first) for period in self._periods[:1]]
        return _reason(begun, layers)

    def _stretches_to(self, top: int) -> list[Stretch]:
        """Return the stretches of the periods for which there are enough layers up to ``top``."""
        for period in self._periods[len(self._stretches) :]:
            if top - period < self._first:
                break
            self._stretches.append(Stretch(period, self._first))
        return self._stretches


def no_lemma(facts: Facts) -> str:
    """Say why no lemma speaks of the layers to come.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> no_lemma(Hardmax(tau="2/(k+2)", A=[[[1]], [[-1]]]).facts(1))
    'the layers do not repeat, and the order of the scores changes from layer to layer'
    """
    if not facts.linear:
        return "steps are not known to be linear (a ReLU block is not), and no lemma speaks of limits then"
    if facts.keeps_from is None:
        return "the layers do not repeat, and it is not known that late steps keep a part of each token"
    if not facts.same_attention:
        return "the layers do not repeat, and the order of the scores changes from layer to layer"
    return "the layers do not repeat, and a token may see another that sees what it does not see itself"


def _first_lock(trajectory: Trajectory, stretches: list[Stretch], top: int) -> Lock | None:
    # A multiple of a period whose rates are known, or whose graphs are known to change, has nothing to add.
    settled: list[Stretch] = []
    graphs = trajectory.head_attention(top)
    for place, stretch in enumerate(stretches):
        period = stretch.period
        if graphs != trajectory.head_attention(top - period):
            stretches[place] = Stretch(period, top - period + 1)
            continue
        multiples = (shorter for shorter in settled if period % shorter.period == 0)
        if any(shorter.nodes or shorter.rules_out(period, top) for shorter in multiples):
            continue
        stretch.study(trajectory, top)
        for lock in stretch.candidates(trajectory, top):
            if attended_stay_largest(trajectory, lock):
                return lock
        settled.append(stretch)
        by_forms = stretch.by_forms(trajectory, top)
        if by_forms is not None:
            return by_forms
    return None


def attended_stay_largest(trajectory: Trajectory, lock: Lock) -> bool:
    """Tell whether the attended tokens have the largest entry on every level of the lemma's differences.

    Of each row only the entries of what the token may see count.
    Source: lemma ``locked-itinerary`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> trajectory = Trajectory(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0))
    >>> from fractions import Fraction
    >>> one = trajectory.domain.polynomial([Fraction(1)])
    >>> attended_stay_largest(trajectory, Lock(0, 1, (Fraction(1),), one, ()))
    True
    """
    for phase in range(lock.layer, lock.layer + lock.period):
        layers = range(phase, phase + lock.period * len(lock.nodes), lock.period)
        state, sets = trajectory.state(phase), trajectory.head_attention(phase)
        for place, head in enumerate(trajectory.system.heads(phase, state.dimension)):
            scores = [trajectory.scores(k, place) for k in layers]
            if not _levels_largest(scores, lock.nodes, sets[place], _seen(head, state), state.domain):
                return False
    return True


def _seen(head: LayerHead, state: Points) -> AttentionSets | None:
    return None if head.mask is None else head.mask.seen(state.count)


def _levels_largest(
    scores: Sequence[Term],
    nodes: Row,
    sets: AttentionSets,
    seen: AttentionSets | None,
    domain: Domain[Any],
) -> bool:
    # What lemma ``locked-itinerary`` asks: at each level the attended have the largest differences.
    # Numerators alone, as all have one positive denominator.
    common = reduce(fmpz.lcm, (divisor for _, divisor in scores))
    level = [[part * (common // divisor) for part in parts] for parts, divisor in scores]
    attended = [min(own) for own in sets]
    for node in nodes:
        if not _largest(domain.compared(level[0]), attended, seen):
            return False
        factor, below = domain.point([domain.own(node)])
        level = [
            [x * below - y for x, y in zip(later, domain.multiplied(earlier, factor), strict=True)]
            for earlier, later in pairwise(level)
        ]
    return True


def _largest(matrix: list[list[Any]], attended: list[int], seen: AttentionSets | None) -> bool:
    rows = enumerate(zip(matrix, attended, strict=True))
    if seen is None:
        return all(row[j] == max(row) for _, (row, j) in rows)
    return all(row[j] == max(row[other] for other in seen[i]) for i, (row, j) in rows)


def _reason(stretches: list[Stretch], layers: int) -> str:
    if not stretches:
        return MAY_MOVE
    changing = (stretch for stretch in stretches if stretch.changed_by is not None)
    constant = next(changing, stretches[0])
    graphs = "attention graph" if constant.period == 1 else f"attention graph {constant.period} layers later"
    same = f"the {graphs} is the same from layer {constant.start} to {layers}, but"
    if constant.changed_by is not None:
        return f"{same} it is proved to change, by layer {constant.changed_by} at the latest"
    if constant.start == layers - constant.period + 1:
        return f"the {graphs} still changes at layer {layers}"
    why = "that it stays is not proved" if constant.obstacle is None else constant.obstacle
    return f"{same} {why}"
