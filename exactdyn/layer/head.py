"""One head at one layer: a matrix of scores, who may see whom, and what a tie means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

from exactdyn.layer.attention import AttentionSets, attention_sets
from exactdyn.layer.filtered import MatrixOver, filtered_sets
from exactdyn.layer.mask import Mask
from exactdyn.layer.scores import Scores
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows

Ties: TypeAlias = Literal["mean", "first", "last"]


@dataclass(frozen=True)
class LayerHead:
    """What decides whom the tokens attend.

    ``matrix``: A, d x d. ``mask``: which tokens a token may see; None: everybody.
    ``ties``: of several tokens with the largest score "mean" attends all, "first" and "last" attend one.
    Source: arXiv 2407.01602, equation (1.2), for "mean" without mask.

    >>> state = Points.from_rows([[1], [2], [2]])
    >>> one = LayerHead(((1,),), mask=Mask("causal"), ties="last")
    >>> [sorted(attended) for attended in one.attention(state)]
    [[0], [1], [2]]
    """

    matrix: Rows
    mask: Mask | None = None
    ties: Ties = "mean"

    @cached_property
    def scores(self) -> Scores:
        """The scores of this head.

        >>> LayerHead(((3,),)).scores.compared(Points.from_rows([[1]]))
        [3]
        """
        return Scores(self.matrix)

    def attention(self, state: Points) -> AttentionSets:
        """Return for every token of a state the set of tokens that it attends.

        Raises :class:`~exactdyn.errors.ShapeError` where the mask is one of another number of tokens.
        Source: arXiv 2407.01602, equation (1.2), where there is no mask and all ties are kept.

        >>> [sorted(attended) for attended in LayerHead(((1,),)).attention(Points.from_rows([[1], [2], [2]]))]
        [[1, 2], [1, 2], [1, 2]]
        """
        if "integer matrices" in state.domain.lacks:
            seen = None if self.mask is None else self.mask.seen(state.count)
            sets = filtered_sets(self._over(state.domain), state, seen)
        elif self.mask is None:
            sets = attention_sets(self.scores, state)
        else:
            sets = self._seen(state, self.mask.seen(state.count))
        if self.ties == "mean":
            return sets
        chosen = min if self.ties == "first" else max
        return tuple(frozenset({chosen(attended)}) for attended in sets)

    def _over(self, domain: Domain[Any]) -> MatrixOver:
        known = self._known.get(domain)
        if known is None:
            known = self._known[domain] = MatrixOver(self.matrix, domain)
        return known

    @cached_property
    def _known(self) -> dict[Domain[Any], MatrixOver]:
        return {}

    def _seen(self, state: Points, mask: AttentionSets) -> AttentionSets:
        rows = zip(self.scores.compared(state).tolist(), mask, strict=True)
        largest = ((row, own, max(row[j] for j in own)) for row, own in rows)
        return tuple(frozenset(j for j in own if row[j] == most) for row, own, most in largest)
