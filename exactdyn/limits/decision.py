"""Where the tokens end up: the limit k -> infinity, exact and proved, or the reason why it is not known."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TypeVar

from exactdyn.layer.attention import sole_attention
from exactdyn.limits.find_lock import find_lock
from exactdyn.limits.growth import growth
from exactdyn.limits.lock import Lock
from exactdyn.limits.result import ItineraryKind, Limit
from exactdyn.numbers.reading import Row, integer
from exactdyn.systems.run import Subject, run_of
from exactdyn.systems.trajectory import Trajectory

Phase = TypeVar("Phase")

NO_LEMMA = "graphs are proved to stay for one matrix of scores, one step and no mask only"

LAYERS = 120
"""So many layers at least are looked at before the answer is ``undecided``, unless it is said how many."""


def limit(subject: Subject, layers: int | None = None, *, tokens: object = None) -> Limit:
    """Decide the limit k -> infinity of a run, with proof.

    ``subject``: a run, an example, or a system with ``tokens`` beside it. ``layers``: how many layers are
    looked at; those that the run does not have are computed. None: as many as the run has, but at least
    :data:`LAYERS`. The answer is about the normalised form. "undecided" says nothing about the limit: it may
    exist.
    Source: lemmas ``locked-itinerary``, ``locked-limit`` and ``consensus`` in ``proofs_checks/FORMAT.md``.

    Raises :class:`~exactdyn.errors.InputError` for a bad number of layers and for another subject.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = limit(Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=0))
    >>> found.status, found.layer, found.limits[2], found.vertices
    ('proved', 0, (Fraction(1, 1), Fraction(0, 1)), (0, 1))
    """
    run = run_of(subject, tokens)
    looked_at = max(run.layers, LAYERS) if layers is None else integer(layers, "layers", 1)
    trajectory = Trajectory(run)
    lock = find_lock(trajectory, looked_at) if trajectory.facts.repeats else NO_LEMMA
    if isinstance(lock, Lock):
        return _locked(lock, trajectory)
    if trajectory.facts.consensus is not None:
        return _consensus(trajectory, looked_at)
    return Limit("undecided", looked_at, reason=lock, trajectory=trajectory)


def _locked(lock: Lock, trajectory: Trajectory) -> Limit:
    layer = lock.layer
    graphs = [trajectory.attention(layer + phase) for phase in range(lock.period)]
    # The lock's period may be a multiple of it: some rates are positive only over several layers.
    period = _least_period(graphs)
    itinerary: ItineraryKind = "constant" if period == 1 else "periodic"
    if not trajectory.facts.convex_step and lock.weights != (Fraction(1),):
        # The lemma on limits needs a convex step, unless the tokens are at rest; that there is none does not.
        proof = growth(lock, trajectory)
        unknown = "limits are decided for alpha >= 0 only"
        return Limit(
            "diverges" if proof else "undecided",
            layer,
            itinerary,
            period,
            reason=f"token {proof.token} has no limit, its states grow for ever" if proof else unknown,
            lock=lock,
            growth=proof,
            trajectory=trajectory,
        )
    # Where the step is not convex, states may alternate in a constant graph: all phases are looked at.
    places = [lock.limits(trajectory, phase) for phase in range(lock.period)]
    period = lcm(period, _least_period(places))
    cycle = tuple(places[:period])
    converges = all(state == cycle[0] for state in cycle[1:])
    paths = list(zip(*(cycle[:1] if converges else cycle), strict=True))
    clusters: dict[tuple[Row, ...], list[int]] = {}
    for token, path in enumerate(paths):
        clusters.setdefault(path, []).append(token)
    return Limit(
        "proved" if converges else "periodic",
        layer,
        itinerary,
        period,
        tuple(path[0] if all(place == path[0] for place in path) else None for path in paths),
        None if converges else cycle,
        tuple(map(tuple, clusters.values())),
        lock=lock,
        trajectory=trajectory,
    )


def _least_period(phases: list[Phase]) -> int:
    return next(p for p in range(1, len(phases) + 1) if phases[p:] + phases[:p] == phases)


def _consensus(trajectory: Trajectory, layers: int) -> Limit:
    # One limit for all: the place of a leader if there is one, since leaders stay. Otherwise a box around it.
    state = trajectory.state(layers)
    tokens = range(state.count)
    leader = next(iter(sole_attention(trajectory.attention(layers))), None)
    columns = list(zip(*state.rows(), strict=True))
    return Limit(
        "proved",
        layers,
        limits=None if leader is None else (state.row(leader),) * state.count,
        clusters=(tuple(tokens),),
        bounds=(tuple(map(min, columns)), tuple(map(max, columns))),
        trajectory=trajectory,
    )
