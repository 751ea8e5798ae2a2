"""Differences of scores from state to state, with nodes: their signs on a region, packed into integers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any

from flint import fmpq, fmpq_poly, fmpz, fmpz_mat, fmpz_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.parameters.closing import differs
from exactdyn.parameters.packed import PackedScores, Packing, form_sizes, length
from exactdyn.parameters.scored import Scored
from exactdyn.parameters.states import PolynomialState


@dataclass(frozen=True)
class Levels:
    """The levels of differences of scores: c_0(j) of a state j, then c_l(j) = c_{l-1}(j+1) - mu_l c_{l-1}(j).

    ``states``: of each the next one is the step; ``nodes``: mu_1, ..., mu_{N-1}, one fewer than states.
    ``sets``: what is attended; ``tokens``: whose differences are looked at.
    Source: lemma ``rates`` in ``proofs_checks/parameters/FORMAT.md``.
    """

    scored: Scored
    states: Sequence[PolynomialState]
    nodes: Sequence[fmpq_poly]
    sets: AttentionSets
    tokens: Sequence[int]

    def conditions(self, sample: Fraction) -> list[fmpz_poly] | None:
        """Return the levels c_l(0), l > 0, that have to be looked at around a sample; all others are right.

        Right are those of ties that are 0, and others that are not negative anywhere. None: one of a tie is
        not 0, or one is negative at the sample, or all over the region.
        Source: lemma ``rates`` in ``proofs_checks/parameters/FORMAT.md``.
        """
        region = self.scored.region
        if not region.point and any(-1 in signs for _, _, signs in self._signs(sample, sample)):
            return None
        found: list[fmpz_poly] = []
        for i, b, signs in self._signs(region.low.low, region.high.high):
            tied = b in self.sets[i]
            if -1 in signs or (tied and 1 in signs):
                return None
            if None in signs:
                levels = list(self._slowly(i, b))
                if tied and any(differs(self.scored, level) for level in levels):
                    return None
                found += [] if tied else levels
        return found

    def _signs(self, low: Fraction, high: Fraction) -> Iterator[tuple[int, int, list[int | None]]]:
        """Yield, for every token and every other one, the signs that levels are seen to have between two."""
        common = lcm(*(state.denominator for state in self.states))
        factors = [common // state.denominator for state in self.states]
        A, top = self.scored.A, max(len(state.powers) for state in self.states) - 1
        bend = len(A) - 1
        size = max(
            factor * length(low, high, state.largest, top)
            for factor, state in zip(factors, self.states, strict=True)
        )
        bound = 2 * size * size * length(low, high, form_sizes(A), bend)
        for node in self.nodes:
            sizes, own = [abs(int(c)) for c in node.numer().coeffs()], node.degree()
            bound *= int(node.denom()) * length(low, high, [1], own) + length(low, high, sizes, own)
        packing = Packing.of(low, high, bound, 2 * top + bend + sum(node.degree() for node in self.nodes))
        form = packing.matrix(A, bend)
        points = [packing.matrix(s.powers, top) * f for f, s in zip(factors, self.states, strict=True)]
        scores = [PackedScores(packing, own, form).scores(self.tokens) for own in points]
        nodes = [self._packed(packing, node) for node in self.nodes]
        for place, i in enumerate(self.tokens):
            best = min(self.sets[i])
            for b in range(len(self.sets)):
                gaps = [rows[place][best] - rows[place][b] for rows in scores]
                yield i, b, [packing.sign(x) for x in _levels(gaps, nodes)]

    @staticmethod
    def _packed(packing: Packing, node: fmpq_poly) -> tuple[fmpz, fmpz]:
        powers = [fmpz_mat([[c]]) for c in node.numer().coeffs()]
        own = node.degree()
        return packing.one**own * node.denom(), packing.matrix(powers, own)[0, 0]

    def _slowly(self, token: int, other: int) -> Iterator[fmpz_poly]:
        """Yield the levels of one difference, up to positive factors, as polynomials."""
        best = min(self.sets[token])
        gaps = [
            fmpq_poly(self.scored.of(state).difference(token, best, other)) * fmpq(1, state.denominator) ** 2
            for state in self.states
        ]
        for level in _levels(gaps, [(1, node) for node in self.nodes]):
            yield level.numer()


def _levels(sequence: Sequence[Any], nodes: Sequence[tuple[Any, Any]]) -> Iterator[Any]:
    """Yield the first member of every level but the first of all."""
    for scale, node in nodes:
        sequence = [scale * later - node * earlier for earlier, later in pairwise(sequence)]
        yield sequence[0]
