"""The attention sets of any head at an exact state: floats where their bound proves it, exact where not.

The floats are those next to the exact state of the layer, so nothing is carried from layer to layer and the
bound is a priori: that of one product with A and one scalar product (:mod:`exactdyn.kernel.floats.shadow`),
whatever the steps are. Masks take scores out before rows are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np
from flint import fmpz, fmpz_mat

from exactdyn.kernel.exact.matrix import matrix_of
from exactdyn.kernel.floats.filter import best_and_lead
from exactdyn.kernel.floats.shadow import SLACK, Shadow, U, initial_shadow
from exactdyn.kernel.settle import Integers, exact_directions, score
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import LayerHead
from exactdyn.layer.mask import Mask
from exactdyn.numbers.points import Points, lowest_terms
from exactdyn.numbers.reading import nearest_float

DOUBT = 4
"""Where more than one in so many pairs of tokens are in doubt, the full exact product is cheaper."""


@dataclass(frozen=True, eq=False)
class CommonState:
    """The tokens of one layer as integers over one positive denominator.

    >>> CommonState(fmpz_mat([[2], [3]]), fmpz(4)).points.rows()
    [[Fraction(1, 2)], [Fraction(3, 4)]]
    """

    numerators: fmpz_mat
    denominator: fmpz

    @classmethod
    def reduced(cls, numerators: fmpz_mat, denominator: fmpz) -> CommonState:
        """Return a state over its least denominator.

        >>> CommonState.reduced(fmpz_mat([[2], [4]]), fmpz(6)).denominator
        3
        """
        common = denominator
        for i, j in product(range(numerators.nrows()), range(numerators.ncols())):
            common = common.gcd(numerators[i, j])
            if common == 1:
                return cls(numerators, denominator)
        return cls(numerators / common, denominator // common)

    @cached_property
    def rows(self) -> list[Integers]:
        """The numerators token by token."""
        return [tuple(row) for row in self.numerators.tolist()]

    @cached_property
    def points(self) -> Points:
        """The tokens, each in lowest terms."""
        return Points(tuple(lowest_terms(row, self.denominator) for row in self.rows))

    @property
    def floats(self) -> list[list[float]]:
        """The tokens as floats, each coordinate correctly rounded."""
        below = int(self.denominator)
        return [[nearest_float(int(x), below) for x in row] for row in self.rows]

    @cached_property
    def unit(self) -> np.ndarray:
        """The tokens times a positive number, of size at most 1, each float within 1.01 * 2**-53."""
        entries = self.numerators.entries()
        bits = max(map(abs, entries)).bit_length()
        shift = max(0, bits - 62)
        leading = np.array([int(x >> shift) for x in entries], dtype=np.int64)
        return (leading * 2.0 ** -min(bits, 62)).reshape(self.numerators.nrows(), -1)


class HeadFilter:
    """Finds what a head attends, for one number of tokens.

    Raises :class:`~exactdyn.errors.ShapeError` where the mask is one of another number of tokens.

    >>> state = CommonState(fmpz_mat([[1], [2], [2]]), fmpz(1))
    >>> [sorted(own) for own in HeadFilter(LayerHead(((1,),), Mask("causal")), 3).attention(state)]
    [[0], [1], [1, 2]]
    """

    def __init__(self, head: LayerHead, count: int) -> None:
        self.head = head
        self._matrix = matrix_of(head.matrix)
        self._unseen = None if head.mask is None else _unseen(head.mask, count)
        self._single = _single(count)

    def attention(self, state: CommonState) -> AttentionSets:
        """Return for every token of a state the set of tokens that it attends.

        Source: arXiv 2407.01602, equation (1.2); Fortune and Van Wyk, ACM Transactions on Graphics 15
        (1996), for the filter; the bound is that of :mod:`exactdyn.kernel.floats.shadow`.

        >>> near = CommonState(fmpz_mat([[2**200], [2**200 + 1], [0]]), fmpz(1))
        >>> [sorted(own) for own in HeadFilter(LayerHead(((1,),)), 3).attention(near)]
        [[1], [1], [0, 1, 2]]
        """
        shadow = initial_shadow(state.unit, 0, SLACK * U, self._matrix)
        scores = np.ascontiguousarray(shadow.directions.rows @ shadow.positions.rows.T)
        if self._unseen is not None:
            scores += self._unseen
        best, lead = best_and_lead(scores)
        sets = list(map(self._single.__getitem__, best.tolist()))
        # One bound for all rows first, that of the largest direction: mostly no row comes near it.
        size = shadow.positions.rows.shape[1] * shadow.directions.radius
        if lead.min() > 2 * float(shadow.score_error(size)):
            return tuple(sets)
        close = self._in_doubt(shadow, scores, best, lead)
        if sum(map(len, close.values())) * DOUBT > scores.size:
            return self.head.attention(state.points)
        if close:
            self._settle(state, close, sets)
        return tuple(sets)

    def _in_doubt(
        self, shadow: Shadow, scores: np.ndarray, best: np.ndarray, lead: np.ndarray
    ) -> dict[int, list[int]]:
        """Return for every row that leads by no more than twice its error the tokens that may be attended."""
        errors = shadow.score_error(np.abs(shadow.directions.rows).sum(1))
        return {
            row: np.flatnonzero(scores[row] >= scores[row, best[row]] - 2.02 * errors[row]).tolist()
            for row in np.flatnonzero(lead <= 2 * errors).tolist()
        }

    def _settle(self, state: CommonState, close: dict[int, list[int]], sets: list[frozenset[int]]) -> None:
        """Decide rows by exact scores; equal sets are one object."""
        known: dict[tuple[int, ...], frozenset[int]] = {}
        directions = exact_directions(self._matrix, [state.rows[token] for token in close])
        for (token, candidates), vector in zip(close.items(), directions, strict=True):
            values = [score(vector, state.rows[j]) for j in candidates]
            largest = max(values)
            tied = [j for j, value in zip(candidates, values, strict=True) if value == largest]
            if self.head.ties != "mean":
                tied = tied[:1] if self.head.ties == "first" else tied[-1:]
            sets[token] = known.setdefault(tuple(tied), frozenset(tied))


@lru_cache(maxsize=64)
def _unseen(mask: Mask, count: int) -> np.ndarray:
    # Added to scores: 0 for who is seen, minus infinity for who is not.
    hidden = np.full((count, count), -np.inf)
    for token, own in enumerate(mask.seen(count)):
        hidden[token, list(own)] = 0.0
    return hidden


@lru_cache(maxsize=16)
def _single(count: int) -> list[frozenset[int]]:
    return [frozenset((token,)) for token in range(count)]
