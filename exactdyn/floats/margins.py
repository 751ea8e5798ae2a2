"""How close the exact decisions of a run are: by how much a token prefers what it attends."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from exactdyn.floats.attended import Attended, increasing
from exactdyn.floats.narrow import NarrowRow, narrow_rows
from exactdyn.kernel.exact.matrix import matrix_of
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.filtered import exact_scores
from exactdyn.layer.head import LayerHead
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.fields.joining import simple
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.systems.run import Run

MANY = 48
"""From so many tokens on floats say which decisions are to be looked at exactly."""


@dataclass(frozen=True)
class WrongRow:
    """A token whose attention set the floats get wrong, in some head.

    ``margin``: the exact scores <A z, z_j> of the tokens that either set names differ by so much at most: 0
    where the floats break a tie, or the gap that they did not see or saw the wrong way round; None where
    they attend nobody. ``overflow``: whether one of the float scores is infinite or no number.
    """

    token: int
    exact: frozenset[int]
    floats: frozenset[int]
    margin: Fraction | None
    overflow: bool
    head: int = 0


@dataclass(frozen=True)
class Margin:
    """The narrowest decision of a head at a layer: ``token`` prefers its best by ``lead`` > 0 to the rest.

    The rest is what the token sees and what has a smaller score; equal scores are a tie, and have no lead.
    """

    token: int
    lead: Fraction
    head: int = 0


class ExactScores:
    """The exact scores <A z_i, z_j> of a run, a layer at a time, as integers over one denominator."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._layer: tuple[int, _LayerScores] | None = None

    def wrong_row(
        self, layer: int, token: int, floats: frozenset[int], overflow: bool, head: int = 0
    ) -> WrongRow:
        """Describe a row that floats get wrong.

        ``floats``: the set that they find, empty if none; ``overflow``: whether one of its scores is infinite
        or no number.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> scores = ExactScores(Hardmax().run([[1], ["1/2"]], layers=0))
        >>> scores.wrong_row(0, 1, frozenset({1}), False).margin
        Fraction(1, 4)
        """
        exact = self._run.head_attention(layer)[head][token]
        margin = self._at(layer).spread(head, token, exact | floats) if floats else None
        return WrongRow(token, exact, floats, margin, overflow, head)

    def margins(self, layer: int) -> tuple[Margin | None, ...]:
        """Return the narrowest decision of every head of a layer, None where all that any token sees tie.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> ExactScores(Hardmax(mask="causal").run([[1], ["1/2"]], layers=0)).margins(0)
        (Margin(token=1, lead=Fraction(1, 4), head=0),)
        """
        here = self._at(layer)
        return tuple(here.margin(head) for head in range(len(here.heads)))

    def margin(self, layer: int) -> Margin | None:
        """Return the narrowest decision of a layer in any head, None where all that any token sees tie.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> ExactScores(Hardmax().run([[1], ["1/2"]], layers=0)).margin(0)
        Margin(token=1, lead=Fraction(1, 4), head=0)
        """
        return narrowest(self.margins(layer))

    def _at(self, layer: int) -> _LayerScores:
        if self._layer is None or self._layer[0] != layer:
            heads = self._run.system.heads(layer, self._run.start.dimension)
            self._layer = layer, _LayerScores(self._run, layer, heads)
        return self._layer[1]


def narrowest(margins: tuple[Margin | None, ...]) -> Margin | None:
    """Return the narrowest of the decisions of several heads; of equal ones that of the first head.

    >>> narrowest((None, Margin(0, Fraction(1)), Margin(2, Fraction(1), 2)))
    Margin(token=0, lead=Fraction(1, 1), head=0)
    """
    return min((own for own in margins if own is not None), key=lambda own: own.lead, default=None)


def _quotient(difference: Any, denominator: int) -> Any:
    """Return a difference of scores: a fraction, or a number of a field, which has no denominator."""
    return (
        simple(difference) if isinstance(difference, DomainNumber) else Fraction(int(difference), denominator)
    )


@dataclass(frozen=True)
class _LayerScores:
    """The exact scores of one layer, those of each head, computed when they are asked for."""

    run: Run
    layer: int
    heads: tuple[LayerHead, ...]

    @cached_property
    def _known(self) -> dict[int, tuple[list[list[Any]], int]]:
        return {}

    def of(self, head: int) -> tuple[list[list[Any]], int]:
        """Return the scores of a head as integers, and the positive integer to divide them by."""
        if head not in self._known:
            state, own = self.run.state(self.layer), self.heads[head]
            if "integer matrices" in state.domain.lacks:
                self._known[head] = exact_scores(own.matrix, state), 1
            else:
                scores, denominator = own.scores.exact(state)
                self._known[head] = scores.tolist(), int(denominator)
        return self._known[head]

    def spread(self, head: int, token: int, named: frozenset[int]) -> Any:
        """Return by how much the exact scores of these tokens differ at most, as one token sees them."""
        points, own = self.run.state(self.layer).points, self.heads[head]
        if "integer matrices" in self.run.start.domain.lacks:
            scores, _ = self.of(head)
            seen = [scores[token][j] for j in named]
            return _quotient(max(seen) - min(seen), 1)
        exact = own.scores.seen_from(points[token], [points[j] for j in named])
        return max(exact) - min(exact)

    def margin(self, head: int) -> Margin | None:
        """Return the narrowest decision of a head: the largest score that a token sees less the next one."""
        near = self._near(head)
        if near is None:
            return self._exact_margin(head)
        found: Margin | None = None
        for token, attended, rivals in near:
            points = self.run.recording.points(self.layer, [token, attended, *rivals.tolist()])
            best, *others = self.heads[head].scores.seen_from(points[0], points[1:])
            lead = best - max(others)
            if found is None or lead < found.lead:
                found = Margin(token, lead, head)
        return found

    def _near(self, head: int) -> list[NarrowRow] | None:
        """Return the rows among which the narrowest is; None where floats are not asked, or tell little."""
        own, count = self.heads[head], self.run.start.count
        if own.mask is not None or own.ties != "mean" or count < MANY or self.run.start.domain != RATIONALS:
            return None
        attended = Attended(increasing(self.run.head_attention(self.layer)[head]))
        state = self.run.recording.floats(self.layer, Fraction(1), 0)
        near = narrow_rows(state, matrix_of(own.matrix), attended)
        return None if near is None or sum(len(row.rivals) for row in near) > count**2 // 8 else near

    def _exact_margin(self, head: int) -> Margin | None:
        (scores, denominator), found = self.of(head), None
        for token, (row, seen) in enumerate(zip(scores, self._seen(head), strict=True)):
            own = row if len(seen) == len(row) else [row[j] for j in seen]
            largest = max(own)
            rest = [score for score in own if score != largest]
            lead = largest - max(rest) if rest else None
            if lead is not None and (found is None or lead < found[0]):
                found = lead, token
        return None if found is None else Margin(found[1], _quotient(found[0], denominator), head)

    def _seen(self, head: int) -> AttentionSets:
        mask, count = self.heads[head].mask, self.run.start.count
        return (frozenset(range(count)),) * count if mask is None else mask.seen(count)
