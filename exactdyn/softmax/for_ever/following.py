"""Whom tokens follow for ever: as many points as a trap closes around, the others being loose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeAlias

from flint import arb

from exactdyn.numbers.precision import working
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls, ball, balls
from exactdyn.softmax.flow.field import references, times
from exactdyn.softmax.for_ever.statement import TUBE_SHARE, Box

TUBES = tuple(Fraction(1, 2**k) for k in range(40, 0, -4))
"""The values of rho that are tried."""

TIE = Fraction(1, 2**24)
"""Two tokens whose scores are closer than this, and may be equal, are attended alike as far as is known."""

Disturbances: TypeAlias = tuple[arb, ...]
"""Upper bounds of what disturbs a point; each has to be less than rho, that of the leader added."""


class Trap(Protocol):
    """A trap around points with their leaders, for one rho."""

    def disturbances(self, i: int) -> Disturbances | str:
        """Return what disturbs a point that is not loose, or why that is not bounded, whatever rho is."""


TrapOf: TypeAlias = Callable[[Mapping[int, int], arb], Trap]
"""Makes a trap of the leaders of the points that are not loose, and of rho."""


@dataclass(frozen=True)
class Following:
    """The leaders of the points that a trap of width rho closes around, and why the others are loose."""

    rho: Fraction
    leaders: Mapping[int, int]
    disturbances: Mapping[int, Disturbances]
    loose: Mapping[int, str]

    def named(self, box: Box) -> list[int | None]:
        """Return the leader of every token, None for loose ones."""
        lowest = {i: box.tokens(k)[0] for i, k in self.leaders.items()}
        return [lowest.get(point) for point in box.start.place]

    def settled(self, box: Box) -> frozenset[int]:
        """Return the tokens that are not loose."""
        return frozenset(token for i in self.leaders for token in box.tokens(i))


def ties(box: Box) -> dict[int, str]:
    """Return the points that attend two others alike, as far as is known, with the words for it.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> ties(box_of(flow(Softmax(), [[2, 0], [0, 2], [1, 1]], until=Fraction(1, 8))))
    {2: 'as far as is known it attends tokens 0 and 1 alike'}
    """
    found = {}
    with working(box.bits):
        positions, form = box.positions(), balls(box.model.B)
        heads = references(positions, form)
        for i, query in enumerate(times(positions, form)):
            rival = _rival(positions, query, heads[i])
            if rival is not None:
                here, there = sorted((box.tokens(heads[i])[0], box.tokens(rival)[0]))
                found[i] = f"as far as is known it attends tokens {here} and {there} alike"
    return found


def _rival(positions: Balls, query: Sequence[arb], head: int) -> int | None:
    # The first point that a query scores like the head, as far as is known.
    for j, other in enumerate(positions):
        gap = inner(query, [a - b for a, b in zip(positions[head], other, strict=True)])
        if j != head and gap.contains(0) and gap.abs_upper() < ball(TIE):
            return j
    return None


def follow_all(box: Box, heads: Sequence[int], trap: TrapOf) -> Following | str:
    """Return a trap around all points, or why none is found.

    ``heads``: the point that each point attends most.

    Source: ``proofs_checks/softmax/FORMAT.md``, lemmas ``cluster-trap`` and ``leading-trap``.
    """
    leaders = dict(enumerate(heads))
    chained = _chained(box, heads)
    if chained:
        return next(iter(chained.values()))
    for rho in TUBES:
        around, rows = trap(leaders, ball(rho)), {}
        for i in leaders:
            found = around.disturbances(i)
            if isinstance(found, str):
                return found
            rows[i] = found
        if not _shaken(box, leaders, rows, rho):
            return Following(rho, leaders, rows, {})
    return _too_large(box)


def follow_most(box: Box, heads: Sequence[int], trap: TrapOf) -> Following:
    """Return a trap around as many points as possible, and of these the one with the least rho.

    ``heads``: the point that each point attends most.

    Source: ``proofs_checks/softmax/FORMAT.md``, lemmas ``cluster-trap`` and ``leading-trap``.
    """
    found = []
    for rho in TUBES:
        found.append(_around_most(box, heads, trap, rho))
        if not found[-1].loose:
            break
    return max(found, key=lambda own: len(own.leaders))


def _around_most(box: Box, heads: Sequence[int], trap: TrapOf, rho: Fraction) -> Following:
    # That a point is set loose makes it easier for the others, or hardly less so: none is set loose in vain.
    loose = _chained(box, heads)
    while True:
        leaders = {i: k for i, k in enumerate(heads) if i not in loose}
        around = trap(leaders, ball(rho))
        found = {i: around.disturbances(i) for i in leaders}
        rows = {i: row for i, row in found.items() if not isinstance(row, str)}
        unbounded = {i: row for i, row in found.items() if isinstance(row, str)}
        open_ = unbounded or _shaken(box, leaders, rows, rho)
        if not open_:
            return Following(rho, leaders, rows, loose)
        for i, k in leaders.items():
            if i in open_:
                loose[i] = open_[i]
            elif k in open_:
                loose[i] = f"it follows token {box.tokens(k)[0]}, and {open_[k]}"


def _chained(box: Box, heads: Sequence[int]) -> dict[int, str]:
    return {
        i: f"at time {float(box.time):g} it follows token {box.tokens(k)[0]}, which follows another"
        for i, k in enumerate(heads)
        if heads[k] != k
    }


def _shaken(
    box: Box, leaders: Mapping[int, int], rows: Mapping[int, Disturbances], rho: Fraction
) -> dict[int, str]:
    # The points of these rows that may leave the trap.
    limit = ball(rho * TUBE_SHARE)
    return {
        i: _too_large(box)
        for i, row in rows.items()
        if not all(x + y < limit for x, y in zip(row, rows[leaders[i]], strict=True))
    }


def _too_large(box: Box) -> str:
    return f"at time {float(box.time):g} the attention paid to others than the leader is too large"
