"""The tree of cells: layer after layer each region falls into pieces, until a lemma closes it for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from flint import fmpz_mat, fmpz_poly

from exactdyn.geometry.definiteness import Factorisation, factorise
from exactdyn.layer.attention import AttentionSets
from exactdyn.parameters.closing import Closing, by_basin, by_following, leading
from exactdyn.parameters.forms import by_forms
from exactdyn.parameters.layers import Known, pieces
from exactdyn.parameters.line import Line
from exactdyn.parameters.minors import principal_minors
from exactdyn.parameters.periodic import PERIOD_LIMIT, by_period, period_of
from exactdyn.parameters.recurrence import averaging_polynomial, by_recurrence
from exactdyn.parameters.region import Region
from exactdyn.parameters.roots import Root, Roots
from exactdyn.parameters.rounds import Round
from exactdyn.parameters.scored import Scored
from exactdyn.parameters.states import PolynomialState, integer_powers


@dataclass(eq=False)
class LayerPiece:
    """A region with the attention sets of one layer; ``below``: its pieces of the next one, from low to high.

    ``closing``: what settles all later layers. Without it and without pieces below the region is open.
    """

    region: Region
    layer: int
    sets: AttentionSets
    state: PolynomialState
    above: LayerPiece | None = None
    closing: Closing | None = None
    below: list[LayerPiece] = field(default_factory=list)

    @property
    def itinerary(self) -> tuple[AttentionSets, ...]:
        """The attention sets of the layers 0..``layer``."""
        before = () if self.above is None else self.above.itinerary
        return (*before, self.sets)


class Exploration:
    """The pieces of a line of systems for the layers 0..``layers``.

    ``whole``: all of the line. ``top``: the pieces of layer 0 found so far, each with those below it.
    :meth:`cells` finds them, from low to high, and may be stopped at any moment.

    >>> from exactdyn.parameters.line import alpha_line
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> exploration = Exploration(alpha_line(Hardmax().run([[1], ["1/2"]], 0), None, None), 3)
    >>> [piece.closing.lemma for piece in exploration.cells()]
    ['lock-in']
    """

    def __init__(self, line: Line, layers: int) -> None:
        self.line, self.layers = line, layers
        self.roots = Roots(line.low, line.high)
        self.whole = Region(Root.rational(line.low), Root.rational(line.high))
        self.top: list[LayerPiece] = []
        self._A: tuple[fmpz_mat, ...] = integer_powers(line.matrix)[0]
        self._minors = self._semidefinite()

    def cells(self) -> Iterator[LayerPiece]:
        """Yield the pieces that are closed, or are open at the last layer, from low to high."""
        yield from self._layer(self.whole, PolynomialState.start(self.line.tokens), {}, None)

    def _layer(
        self, region: Region, state: PolynomialState, known: Known, above: LayerPiece | None
    ) -> Iterator[LayerPiece]:
        for part, sets in pieces(Scored(region, state, self._A, self.roots), known):
            yield from self._settle(part, state, sets, above)

    def _settle(
        self, region: Region, state: PolynomialState, sets: AttentionSets, above: LayerPiece | None
    ) -> Iterator[LayerPiece]:
        """Close a region whose attention sets are known, or a part of it; else go on to the next layer."""
        state = state.on(region)
        closed = self._closed(region, state, sets, above)
        if closed is not None:
            part, closing = closed
            for rest in [region] if region.point else region.cut([part.low, part.high]):
                if rest == part:
                    yield self._piece(rest, state, sets, above, closing)
                else:
                    yield from self._settle(rest, state, sets, above)
            return
        piece = self._piece(region, state, sets, above, None)
        if piece.layer == self.layers:
            yield piece
        else:
            yield from self._layer(region, state.moved(sets, self.line.tau), locked(state, sets), piece)

    def _closed(
        self, region: Region, state: PolynomialState, sets: AttentionSets, above: LayerPiece | None
    ) -> tuple[Region, Closing] | None:
        scored = Scored(region, state, self._A, self.roots)
        sample = (region.low.low + region.low.high) / 2 if region.point else next(region.samples())
        found = by_following(scored, sets, sample)
        if found is None and self._minors is not None:
            found = by_basin(scored, sets, sample, self._minors)
        if found is None and above is not None and above.sets == sets:
            # A graph that changes at once is not worth the recurrence.
            known, relation = locked(state, sets), averaging_polynomial(state, sets)
            found = by_recurrence(scored, sets, sample, self.line.tau, known, relation)
            found = found or by_forms(scored, sets, sample, known, relation)
        if found is None and above is not None:
            found = self._repeating(region, sample, LayerPiece(region, 0, sets, state, above))
        return found

    def _repeating(self, region: Region, sample: Fraction, last: LayerPiece) -> tuple[Region, Closing] | None:
        """Close by a period of more than one layer, whose last layer is this."""
        pieces = [last]
        while len(pieces) < 2 * PERIOD_LIMIT and pieces[0].above is not None:
            pieces.insert(0, pieces[0].above)
        period = period_of([piece.sets for piece in pieces])
        if period is None:
            return None
        around = Round(tuple(piece.sets for piece in pieces[-period:]), self.line.tau)
        state = pieces[-period].state.on(region)
        known = locked(state, around.sets[0])
        return by_period(Scored(region, state, self._A, self.roots), around, sample, known)

    def _semidefinite(self) -> list[fmpz_poly] | None:
        """Return what must not be negative for <Ax, x> >= 0 for all x; None where it is not so anywhere."""
        if len(self.line.matrix) > 1:
            return principal_minors(self._A)
        return [] if isinstance(factorise(self.line.matrix[0]), Factorisation) else None

    def _piece(
        self,
        region: Region,
        state: PolynomialState,
        sets: AttentionSets,
        above: LayerPiece | None,
        closing: Closing | None,
    ) -> LayerPiece:
        piece = LayerPiece(region, 0 if above is None else above.layer + 1, sets, state, above, closing)
        (self.top if above is None else above.below).append(piece)
        return piece


def locked(state: PolynomialState, sets: AttentionSets) -> Known:
    """Return the tokens that attend one leading point, which they do for ever: lemma ``lock-in``.

    Source: lemma ``lock-in`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.numbers.reading import exact_rows
    >>> state = PolynomialState.start((exact_rows([[1], [0]], "tokens"),))
    >>> sorted(locked(state, (frozenset({0}), frozenset({0, 1}))))
    [0]
    """
    copies = state.copies
    lead = leading(sets, copies)
    return {i: own for i, own in enumerate(sets) if own <= lead and own == copies[min(own)]}
