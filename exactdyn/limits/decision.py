"""Where the tokens end up: the limit k -> infinity, exact and proved, or the reason why it is not known."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import TypeVar

from exactdyn.layer.attention import sole_attention
from exactdyn.limits.basin import BasinProof, find_basins
from exactdyn.limits.find_lock import LockSearch
from exactdyn.limits.foresight import foreseen
from exactdyn.limits.growth import decays, growth
from exactdyn.limits.lock import Lock
from exactdyn.limits.mirror import find_mirror
from exactdyn.limits.result import Box, ItineraryKind, Limit
from exactdyn.limits.spreading import find_spreading
from exactdyn.limits.targets import Targets
from exactdyn.numbers.fields.joining import mapped, simple
from exactdyn.numbers.reading import integer
from exactdyn.systems.facts import Facts
from exactdyn.systems.run import Subject, run_of
from exactdyn.systems.trajectory import Trajectory

Phase = TypeVar("Phase")

SPREADS = "some token has no limit, as steps away from what is attended never let the hull shrink"
"""Why there is no limit where it is not said of which token."""

OPEN_RATES = "the attention graphs repeat for ever, but rates within and beyond 1 are roots of one polynomial"
"""Why it is open what becomes of states though their graphs are known."""

LAYERS = 120
"""So many layers at least are looked at before the answer is ``undecided``, unless it is said how many."""

AFTERWARDS = 60
"""So many layers after a change that was foreseen are looked at."""


def limit(subject: Subject, layers: int | None = None, *, tokens: object = None) -> Limit:
    """Decide the limit k -> infinity of a run, with proof.

    ``subject``: a run, an example, or a system with ``tokens`` beside it. ``layers``: how many layers are
    looked at; those that the run does not have are computed. None: as many as the run has, but at least
    :data:`LAYERS`, and where graphs repeat but are foreseen, in floats, to change later, up to some thousands
    until then. The answer is about the normalised form. "undecided" says nothing about the limit: it may
    exist.
    Source: lemmas ``basin``, ``locked-itinerary``, ``locked-limit``, ``decaying-rates``, ``locked-targets``,
    ``summable`` and ``consensus`` in ``proofs_checks/FORMAT.md``.

    Raises :class:`~exactdyn.errors.InputError` for a bad number of layers and for another subject.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = limit(Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=0))
    >>> found.status, found.layer, found.limits[2], found.vertices
    ('proved', 0, (Fraction(1, 1), Fraction(0, 1)), (0, 1))
    """
    run = run_of(subject, tokens)
    looked_at = max(run.layers, LAYERS) if layers is None else integer(layers, "layers", 1)
    trajectory = Trajectory(run)
    if "limits" in trajectory.domain.lacks:
        return Limit(
            "undecided", looked_at, reason=trajectory.domain.refusal("limits"), trajectory=trajectory
        )
    search = LockSearch(trajectory)
    lock = search.until(looked_at)
    while layers is None and isinstance(lock, str):
        change = foreseen(trajectory, looked_at)
        if change is None:
            break
        looked_at = change + AFTERWARDS
        lock = search.until(looked_at)
    if isinstance(lock, Lock):
        return _locked(lock, trajectory)
    if isinstance(lock, Targets):
        return _at_targets(lock, trajectory)
    basin = find_basins(trajectory, looked_at + 1)
    if basin is not None:
        return _in_basins(basin, trajectory)
    mirror = find_mirror(trajectory, looked_at + 1)
    if mirror is not None:
        places, clusters = mirror.places, _clusters(mirror.places)
        return Limit(
            "proved", mirror.layer, limits=places, clusters=clusters, mirror=mirror, trajectory=trajectory
        )
    spreading = find_spreading(trajectory)
    if spreading is not None:
        return Limit("diverges", 0, reason=SPREADS, growth=spreading, trajectory=trajectory)
    if trajectory.facts.summable:
        return _summable(trajectory, looked_at)
    if trajectory.facts.consensus is not None:
        return _consensus(trajectory, looked_at)
    converges = _converges_by(trajectory.facts)
    reason = (
        lock if converges is None else f"{lock}; every token converges by lemma {converges}, not said where"
    )
    return Limit("undecided", looked_at, reason=reason, trajectory=trajectory)


def _converges_by(facts: Facts) -> str | None:
    """Return the lemma by which every token has a limit, though it is not known where."""
    if facts.q_grows and facts.convex_step and facts.transitive_masks and facts.definite is not None:
        return "growth-converges"
    return "rank-two-settles" if facts.steady and facts.low_rank is not None else None


def _locked(lock: Lock, trajectory: Trajectory) -> Limit:
    layer = lock.layer
    graphs = [trajectory.head_attention(layer + phase) for phase in range(lock.period)]
    # The lock's period may be a multiple of it: some rates are positive only over several layers.
    period = _least_period(graphs)
    itinerary: ItineraryKind = "constant" if period == 1 else "periodic"
    if not trajectory.facts.keeps_at(layer):
        proof = growth(lock, trajectory)
        if proof is not None:
            why = "grow" if proof.grows else "move on"
            return Limit(
                "diverges",
                layer,
                itinerary,
                period,
                reason=f"token {proof.token} has no limit, its states {why} for ever",
                lock=lock,
                growth=proof,
                trajectory=trajectory,
            )
        if not decays(lock.weights):
            return Limit("undecided", layer, reason=OPEN_RATES, trajectory=trajectory)
    # Where the step is not convex, states may alternate in a constant graph: all phases are looked at.
    places = [lock.limits(trajectory, phase) for phase in range(lock.period)]
    period = lcm(period, _least_period(places))
    cycle = tuple(places[:period])
    converges = all(state == cycle[0] for state in cycle[1:])
    paths = list(zip(*(cycle[:1] if converges else cycle), strict=True))
    return Limit(
        "proved" if converges else "periodic",
        layer,
        itinerary,
        period,
        tuple(path[0] if all(place == path[0] for place in path) else None for path in paths),
        None if converges else cycle,
        _clusters(paths),
        lock=lock,
        trajectory=trajectory,
    )


def _in_basins(basin: BasinProof, trajectory: Trajectory) -> Limit:
    return Limit(
        "proved",
        basin.layer,
        limits=basin.places,
        clusters=_clusters(basin.places),
        by_basins=basin,
        trajectory=trajectory,
    )


def _at_targets(targets: Targets, trajectory: Trajectory) -> Limit:
    layer = targets.layer
    if targets.reached:
        return Limit(
            "proved",
            layer,
            "constant",
            1,
            targets.places,
            clusters=_clusters(targets.places),
            targets=targets,
            trajectory=trajectory,
        )
    known = tuple(place if i in targets.still else None for i, place in enumerate(targets.places))
    boxes = targets.enclosures()
    # The part that is left of the way to a target is the same for all tokens, and not 0.
    clusters = _clusters(tuple(zip(targets.places, targets.starts, strict=True)))
    groups = [(targets.places[own[0]], boxes[own[0]]) for own in clusters]
    told_apart = all(
        target == other or _apart(box, its) for (target, box), (other, its) in combinations(groups, 2)
    )
    return Limit(
        "proved",
        layer,
        "constant",
        1,
        known if targets.still else None,
        clusters=clusters if told_apart else (),
        enclosures=boxes,
        targets=targets,
        trajectory=trajectory,
    )


def _apart(box: Box, other: Box) -> bool:
    sides = zip(*box, *other, strict=True)
    return any(high < its_low or its_high < low for low, high, its_low, its_high in sides)


def _summable(trajectory: Trajectory, layers: int) -> Limit:
    # All that is known is how much of each token is left: the rest comes from the hull of this layer.
    schedule, first = trajectory.facts.schedule, trajectory.facts.keeps_from or 0
    layer = max(layers, first)
    left = schedule.remaining(layer) if schedule is not None else None
    keep = left[0] if left is not None else Fraction(0)
    rows = mapped(trajectory.state(layer).rows(), simple)
    lowest, highest = ([end(column) for column in zip(*rows, strict=True)] for end in (min, max))
    boxes = [
        tuple(
            tuple(keep * x + (1 - keep) * end for x, end in zip(row, ends, strict=True))
            for ends in (lowest, highest)
        )
        for row in rows
    ]
    return Limit("proved", layer, enclosures=tuple((low, high) for low, high in boxes), trajectory=trajectory)


def _clusters(paths: Sequence[Hashable]) -> tuple[tuple[int, ...], ...]:
    clusters: dict[Hashable, list[int]] = {}
    for token, path in enumerate(paths):
        clusters.setdefault(path, []).append(token)
    return tuple(map(tuple, clusters.values()))


def _least_period(phases: list[Phase]) -> int:
    return next(p for p in range(1, len(phases) + 1) if phases[p:] + phases[:p] == phases)


def _consensus(trajectory: Trajectory, layers: int) -> Limit:
    # One limit for all: the place of a leader if there is one, since leaders stay. Otherwise a box around it.
    state = trajectory.state(layers)
    tokens = range(state.count)
    leader = next(iter(sole_attention(trajectory.attention(layers))), None)
    rows = mapped(state.rows(), simple)
    columns = list(zip(*rows, strict=True))
    return Limit(
        "proved",
        layers,
        limits=None if leader is None else (rows[leader],) * state.count,
        clusters=(tuple(tokens),),
        bounds=(tuple(map(min, columns)), tuple(map(max, columns))),
        trajectory=trajectory,
    )
