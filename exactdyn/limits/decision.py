"""Where the tokens end up: the limit k -> infinity, exact and proved, or the reason why it is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

from exactdyn.attention import sole_attention
from exactdyn.errors import InputError
from exactdyn.geometry.definiteness import Factorisation, factorise
from exactdyn.hardmax import Hardmax
from exactdyn.limits.lock import Lock
from exactdyn.limits.locking import find_lock
from exactdyn.limits.polytope import Corner, LimitPoint, corners, limit_points
from exactdyn.limits.recurrence import combine, weights_after
from exactdyn.limits.trajectory import Trajectory
from exactdyn.numbers import Row, Rows, inner
from exactdyn.points import Points
from exactdyn.run import Run

LAYERS = 120
"""How many layers are looked at before the answer is ``undecided``."""

Status: TypeAlias = Literal["proved", "periodic", "undecided"]


@dataclass(frozen=True)
class Limit:
    """What is proved of a run for k -> infinity, in the normalised form.

    ``status``: "proved" (every token has a limit), "periodic" (the states tend to a cycle of several states,
    so that some tokens have no limit), or "undecided". ``layer``: the layer at which this was decided, or the
    last one looked at. ``itinerary``: from ``layer`` on "constant", "periodic" with ``period`` graphs, or
    "unknown". ``limits``: n rows; None for a token that has no limit, and None in place of all where none is
    known. ``cycle``: for "periodic" the states tended to, one a phase, beginning with that of ``layer``.
    ``clusters``: the tokens that share their limit (or their cycle of limits), lowest first. ``bounds``:
    where only consensus is proved, the smallest and the largest value of each coordinate at ``layer``: the
    common limit lies between them. ``reason``: why undecided.

    Source: lemmas ``locked-itinerary``, ``locked-limit`` and ``consensus`` in ``proofs_checks/FORMAT.md``.
    """

    status: Status
    layer: int
    itinerary: Literal["constant", "periodic", "unknown"] = "unknown"
    period: int | None = None
    limits: tuple[Row | None, ...] | None = None
    cycle: tuple[Rows, ...] | None = None
    clusters: tuple[tuple[int, ...], ...] = ()
    bounds: tuple[Row, Row] | None = None
    reason: str | None = None
    lock: Lock | None = field(default=None, repr=False)
    trajectory: Trajectory | None = field(default=None, repr=False, compare=False)

    @cached_property
    def places(self) -> Rows | None:
        """What the states tend to along the layers ``layer``, ``layer + period``, ...; None if not known."""
        if self.cycle is not None:
            return self.cycle[0]
        known = tuple(row for row in self.limits or () if row is not None)
        return known or None

    @cached_property
    def corners(self) -> tuple[Corner, ...]:
        """The vertices of the limit polytope K, which is the hull of :attr:`places`, with functionals.

        Empty where K is not known: for alpha < 0 there is none, as the hulls need not shrink.
        """
        if self.trajectory is None or self.status == "undecided" or self.trajectory.system.alpha < 0:
            return ()
        dimension = self.trajectory.state(0).dimension
        if self.places is None:  # consensus at a point that has no name
            return (Corner(0, (Fraction(0),) * dimension),)
        return corners(self.trajectory.system.matrix(dimension), self.places)

    @property
    def vertices(self) -> tuple[int, ...]:
        """The lowest token at each vertex of the limit polytope."""
        return tuple(corner.token for corner in self.corners)

    @cached_property
    def limit_set(self) -> tuple[LimitPoint, ...] | None:
        """The finite set S; None if A is not positive definite, or there is no known limit of every token.

        See :func:`~exactdyn.limits.polytope.limit_points`.
        """
        if self.trajectory is None or self.places is None or self.status != "proved":
            return None
        A = self.trajectory.system.matrix(self.trajectory.state(0).dimension)
        factorisation = factorise(A)
        if not (isinstance(factorisation, Factorisation) and factorisation.positive):
            return None
        return limit_points(A, self.vertices, self.places)

    def tokens(self, layer: int) -> Rows:
        """Return the tokens at any layer from ``layer`` on, however late, by the recurrence they obey.

        Raises :class:`~exactdyn.errors.InputError` for an earlier layer and where the future is not known.

        >>> from exactdyn.hardmax import Hardmax
        >>> limit(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).tokens(10)[1]
        (Fraction(2047, 2048),)
        """
        if self.lock is None or self.trajectory is None:
            raise InputError(
                f"layer: requires a limit with a proved itinerary, got one that is {self.status}"
            )
        if isinstance(layer, bool) or not isinstance(layer, int) or layer < self.lock.layer:
            raise InputError(f"layer: requires an integer of at least {self.lock.layer}, got {layer!r}")
        periods, phase = divmod(layer - self.lock.layer, self.lock.period)
        weights = weights_after(self.lock.polynomial, periods)
        first = self.lock.layer + phase
        layers = range(first, first + self.lock.period * len(weights), self.lock.period)
        return combine(weights, [self.trajectory.state(k) for k in layers])

    def squared_distance(self, token: int, layer: int) -> Fraction:
        """Return the square of the Euclidean distance of a token at a layer to its limit.

        Raises :class:`~exactdyn.errors.InputError` where :meth:`tokens` does, and if the token has no limit.

        >>> from exactdyn.hardmax import Hardmax
        >>> limit(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).squared_distance(1, 3)
        Fraction(1, 256)
        """
        place = None if self.limits is None else self.limits[token]
        if place is None:
            raise InputError(f"token: requires one with a known limit, got {token}")
        way = tuple(x - y for x, y in zip(self.tokens(layer)[token], place, strict=True))
        return inner(way, way)


def limit(run: Run, layers: int = LAYERS) -> Limit:
    """Decide the limit k -> infinity of a run, with proof.

    ``layers``: how many layers are looked at; those that the run does not have are computed. The answer is
    about the normalised form. "undecided" says nothing about the limit: it may exist.

    Raises :class:`~exactdyn.errors.InputError` for a bad number of layers.

    >>> from exactdyn.hardmax import Hardmax
    >>> found = limit(Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=0))
    >>> found.status, found.layer, found.limits[2], found.vertices
    ('proved', 0, (Fraction(1, 1), Fraction(0, 1)), (0, 1))
    """
    if isinstance(layers, bool) or not isinstance(layers, int) or layers < 1:
        raise InputError(f"layers: requires a positive integer, got {layers!r}")
    return _decide(run.system, run.start, layers)


@lru_cache(maxsize=4)  # check asks once for each statement on the limit
def _decide(system: Hardmax, start: Points, layers: int) -> Limit:
    trajectory = Trajectory(system, start)
    lock = find_lock(trajectory, layers)
    if isinstance(lock, Lock):
        return _locked(lock, trajectory)
    if system.alpha > 0 and opposite_definite(system.matrix(start.dimension)) is not None:
        return _consensus(trajectory, layers)
    return Limit("undecided", layers, reason=lock, trajectory=trajectory)


def opposite_definite(A: Rows) -> Factorisation | None:
    """Return the factorisation that proves -A positive definite, or None if it is not.

    >>> opposite_definite(((Fraction(-1),),))
    Factorisation(lower=((Fraction(1, 1),),), diagonal=(Fraction(1, 1),))
    """
    found = factorise(tuple(tuple(-x for x in row) for row in A))
    return found if isinstance(found, Factorisation) and found.positive else None


def _locked(lock: Lock, trajectory: Trajectory) -> Limit:
    alpha, layer = trajectory.system.alpha, lock.layer
    graphs = [trajectory.attention(layer + phase) for phase in range(lock.period)]
    # The lock's period may be a multiple of it: some rates are positive only over several layers.
    period = next(p for p in range(1, lock.period + 1) if graphs == graphs[p:] + graphs[:p])
    itinerary: Literal["constant", "periodic"] = "constant" if period == 1 else "periodic"
    if alpha < 0 and lock.weights != (Fraction(1),):
        # The lemma on limits needs alpha >= 0, unless the tokens are at rest.
        return Limit(
            "undecided", layer, itinerary, period, reason=_beyond(lock), lock=lock, trajectory=trajectory
        )
    cycle = tuple(lock.limits(trajectory, phase) for phase in range(period))
    paths = list(zip(*cycle, strict=True))
    converges = all(places == cycle[0] for places in cycle)
    return Limit(
        "proved" if converges else "periodic",
        layer,
        itinerary,
        period,
        tuple(path[0] if len(set(path)) == 1 else None for path in paths),
        None if converges else cycle,
        tuple(tuple(i for i, other in enumerate(paths) if other == path) for path in dict.fromkeys(paths)),
        lock=lock,
        trajectory=trajectory,
    )


def _beyond(lock: Lock) -> str:
    grows = lock.polynomial(1) == 0 and lock.polynomial.derivative()(1) == 0
    if grows or max(lock.nodes) > 1:
        return f"alpha is negative, and from layer {lock.layer} on the states grow for ever"
    return "limits are decided for alpha >= 0 only"


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
