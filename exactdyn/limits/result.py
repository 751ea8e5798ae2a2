"""What is known of a run for k -> infinity."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import comb
from typing import Any, Literal, TypeAlias

from exactdyn.errors import InputError
from exactdyn.limits.basin import BasinProof, find_basins
from exactdyn.limits.growth import Expansion, Growth
from exactdyn.limits.lock import Lock
from exactdyn.limits.mirror import Mirror
from exactdyn.limits.polytope import SIMPLICES_LIMIT, Corner, LimitPoint, corners, limit_points, rigid
from exactdyn.limits.rates import rates_of
from exactdyn.limits.recurrence import combine, weights_after
from exactdyn.limits.spreading import Spreading
from exactdyn.limits.targets import Targets
from exactdyn.numbers.fields.in_sympy import sympy_matrix
from exactdyn.numbers.reading import Row, Rows, integer
from exactdyn.numbers.shown import counted
from exactdyn.numbers.vectors import identity
from exactdyn.presentation import Presentable
from exactdyn.systems.trajectory import Trajectory

Status: TypeAlias = Literal["proved", "periodic", "diverges", "undecided"]
ItineraryKind: TypeAlias = Literal["constant", "periodic", "unknown"]
Box: TypeAlias = tuple[Row, Row]
"""The smallest and the largest value of each coordinate."""


@dataclass(frozen=True, repr=False)
class Limit(Presentable):
    """What is proved of a run for k -> infinity, in the normalised form.

    ``status``: "proved" (every token has a limit), "periodic" (the states tend to a cycle of several states,
    so that some tokens have no limit), "diverges" (a token has no limit, as states grow or move on for ever:
    ``growth`` proves it), or "undecided". ``layer``: the layer at which this was decided, or the
    last one looked at. ``itinerary``: from ``layer`` on "constant", "periodic", or "unknown". ``period``:
    after so many layers graphs and limits repeat. ``limits``: n rows; None for a token that has no limit, and
    None in place of all where none is known. ``cycle``: for "periodic" the states tended to, one a phase,
    beginning with that of ``layer``. ``clusters``: the tokens that share their limit (or their cycle of
    limits), lowest first. ``bounds``: where only consensus is proved, the smallest and the largest value of
    each coordinate at ``layer``: the common limit lies between them. ``enclosures``: where the steps have a
    finite sum, so that tokens stop on their way, the same for the limit of every token; ``limits`` then has
    those of the tokens at rest only, and None for the others. ``reason``: why undecided, or why there is no
    limit. ``lock``, ``targets``, ``growth``: the data that prove it. ``by_basins``: what proves the
    limits whatever the graphs are, where no itinerary is proved. ``mirror``: what proves that all tokens tend
    to the middle of two that attend each other for ever.

    Source: lemmas ``basin``, ``mirrored-extremes``, ``locked-itinerary``, ``locked-limit``,
    ``decaying-rates``, ``locked-targets``, ``summable`` and ``consensus`` in ``proofs_checks/FORMAT.md``.
    """

    status: Status
    layer: int
    itinerary: ItineraryKind = "unknown"
    period: int | None = None
    limits: tuple[Row | None, ...] | None = None
    cycle: tuple[Rows, ...] | None = None
    clusters: tuple[tuple[int, ...], ...] = ()
    bounds: tuple[Row, Row] | None = None
    reason: str | None = None
    enclosures: tuple[Box, ...] | None = None
    lock: Lock | None = None
    targets: Targets | None = None
    growth: Growth | Expansion | Spreading | None = None
    by_basins: BasinProof | None = None
    mirror: Mirror | None = None
    trajectory: Trajectory = field(compare=False, kw_only=True)

    @cached_property
    def basin(self) -> BasinProof | None:
        """The layer from which on the limits are known whatever the graphs are; None without it.

        Beside a proved itinerary it is looked for when it is asked for, and only before ``layer``.
        Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> from exactdyn.limits import limit
        >>> limit(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).basin is None
        True
        """
        return self.by_basins if self.lock is None else find_basins(self.trajectory, self.lock.layer)

    @cached_property
    def places(self) -> Rows | None:
        """What the states tend to along the layers ``layer``, ``layer + period``, ...; None if not known.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> from exactdyn.limits import limit
        >>> limit(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).places
        ((Fraction(1, 1),), (Fraction(1, 1),))
        """
        if self.cycle is not None:
            return self.cycle[0]
        if self.enclosures is not None:
            return None
        known = tuple(row for row in self.limits or () if row is not None)
        return known or None

    @cached_property
    def corners(self) -> tuple[Corner, ...]:
        """The vertices of the limit polytope K, which is the hull of :attr:`places`, with functionals.

        Empty where K is not known: where the step is not convex there is none, as the hulls need not shrink.
        Source: arXiv 2407.01602, Theorem 2.2: the limit polytope K.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> from exactdyn.limits import limit
        >>> limit(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).corners
        (Corner(token=0, functional=(Fraction(1, 1),)),)
        """
        facts = self.trajectory.facts
        if self.status == "undecided" or self.enclosures is not None or not facts.convex_step:
            return ()
        dimension = self.trajectory.state(0).dimension
        if self.places is None:  # consensus at a point that has no name
            return (Corner(0, (Fraction(0),) * dimension),)
        return corners(facts.matrix or identity(dimension), self.places)

    @cached_property
    def vertices(self) -> tuple[int, ...]:
        """The lowest token at each vertex of the limit polytope.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> from exactdyn.limits import limit
        >>> limit(Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=0)).vertices
        (0, 1)
        """
        return tuple(corner.token for corner in self.corners)

    @cached_property
    def limit_set(self) -> tuple[LimitPoint, ...] | None:
        """The set S; None if no limit is known, S is not proved finite, or K has too many vertices.

        None too where there are several matrices of scores, each with a set S of its own.

        See :func:`~exactdyn.limits.polytope.limit_points`, which goes through all simplices of vertices: at
        most ``SIMPLICES_LIMIT`` of them.
        Source: arXiv 2407.01602, Theorem 2.2.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> from exactdyn.limits import limit
        >>> limit(Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=0)).limit_set[2].point
        (Fraction(1, 1), Fraction(0, 1))
        """
        if self.places is None or self.status != "proved" or not self.corners:
            return None
        A = self.trajectory.facts.matrix
        if A is None:
            return None
        if sum(comb(len(self.vertices), size) for size in range(1, len(A) + 1)) > SIMPLICES_LIMIT:
            return None
        if self.trajectory.facts.definite is None and not rigid(
            A, [self.places[token] for token in self.vertices]
        ):
            return None
        return limit_points(A, self.vertices, self.places)

    def tokens(self, layer: int) -> Rows:
        """Return the tokens at any layer from ``layer`` on, however late, by the recurrence they obey.

        Source: lemma ``locked-itinerary`` in ``proofs_checks/FORMAT.md``.

        Raises :class:`~exactdyn.errors.InputError` for an earlier layer and where the future is not known.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> from exactdyn.limits import limit
        >>> limit(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).tokens(10)[1]
        (Fraction(2047, 2048),)
        """
        if self.targets is not None:
            return self.targets.tokens(integer(layer, "layer", self.targets.layer))
        if self.lock is None:
            raise InputError(
                f"layer: requires a limit with a proved itinerary, got one that is {self.status}"
            )
        later = integer(layer, "layer", self.lock.layer) - self.lock.layer
        periods, phase = divmod(later, self.lock.period)
        weights = weights_after(self.lock.polynomial, periods, self.trajectory.domain)
        first = self.lock.layer + phase
        layers = range(first, first + self.lock.period * len(weights), self.lock.period)
        return combine(weights, [self.trajectory.state(k) for k in layers])

    def sympy(self) -> Any:
        """Return the limits of all tokens as an n x d matrix of sympy, numbers as a run has them there.

        Raises :class:`~exactdyn.errors.InputError` where a token has no limit, or none that is known exactly.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> from exactdyn.limits import limit
        >>> limit(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).sympy()
        Matrix([
        [1],
        [1]])
        """
        if self.limits is None or None in self.limits:
            raise InputError(f"limits: requires a limit of every token, got {self!r}")
        return sympy_matrix([row for row in self.limits if row is not None])

    @cached_property
    def rates(self) -> dict[Any, int]:
        """The rates at which tokens approach what they tend to, each with its multiplicity, small ones first.

        ``lock.period`` layers are a step: after m steps from ``layer`` on, each coordinate of the way that is
        left is a sum of rate^m times a polynomial in m of degree below the multiplicity. A rate is a number
        of the domain, or where it is irrational or complex an
        :class:`~exactdyn.limits.rates.AlgebraicRate`, a root of an irreducible polynomial in a ball of its
        own; limits stay rational though rates are not. Empty where every token is at its place, where the
        itinerary is not known, and where the domain is a number field that some rates are outside of.
        Source: R. P. Stanley, Enumerative Combinatorics 1, Theorem 4.1.1, for linear recurrences.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> from exactdyn.limits import limit
        >>> limit(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).rates
        {Fraction(1, 2): 1}
        >>> turning = Hardmax([[1, -4], [4, 1]], "1/2").run([[1, 0], [0, 1], [-1, -1]], layers=0)
        >>> [rate.factor for rate in limit(turning).rates]
        [(1, -3, 3), (1, -3, 3)]
        """
        if self.lock is None or self.status in ("diverges", "undecided"):
            return {}
        rates = rates_of(self.lock.polynomial, self.trajectory.domain)
        return {rate: multiplicity for rate, multiplicity in rates.items() if rate != 1}

    def __repr__(self) -> str:
        graphs = f"itinerary {self.itinerary}" if self.reason is None else self.reason
        size = f", {counted(len(self.clusters), 'cluster')}" if self.clusters else ""
        return f"Limit({self.status} at layer {self.layer}, {graphs}{size})"
