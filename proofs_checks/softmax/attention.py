"""Softmax attention along a piece, every number a power series in s; FORMAT.md, lemma ``defect``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import lcm
from operator import mul
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.format.field_number import RationalMatrix
from proofs_checks.softmax.balls import Arithmetic, Ball, upwards
from proofs_checks.softmax.series import (
    Polynomial,
    Series,
    cut,
    exponential,
    inverse,
    norm,
    pack,
    times,
    unpack,
    width_for,
)
from proofs_checks.softmax.system import Softmax

Polynomials: TypeAlias = Sequence[Sequence[Polynomial]]
"""[point][coordinate][power], in units of 2^-bits."""


@dataclass(frozen=True)
class Integral:
    """A rational matrix as integers over one denominator."""

    numerators: Sequence[Sequence[int]]
    denominator: int


@dataclass(frozen=True)
class Model:
    """V and B of a head as balls, and exactly, and how many tokens are at each point.

    ``seen``: for every point how many of these it sees.
    """

    context: Arithmetic
    V: list[list[Ball]]
    form: list[list[Ball]]
    weights: tuple[int, ...]
    values: Integral
    pairing: Integral
    seen: Sequence[Sequence[int]]


def model(context: Arithmetic, system: Softmax, head: int = 0) -> Model:
    """Return a head of a system in this arithmetic."""
    own = system.heads[head]
    V, form = (context.balls(matrix) for matrix in (own.V, own.form))
    values, pairing = _integral(own.V), _integral(own.form)
    return Model(context, V, form, system.weights, values, pairing, system.seen(head))


def _integral(matrix: RationalMatrix) -> Integral:
    common = lcm(*(x.denominator for row in matrix for x in row))
    return Integral([[int(x * common) for x in row] for row in matrix], common)


@dataclass(frozen=True)
class Row:
    """A row of attention seen from its reference m, along a piece.

    ``logits``: of j less that of m, or None where |E_j|, E_j its exponential, is at most a unit. ``shares``:
    the E_j that are not, each for one token. ``total``: the sum of all E_j, over tokens. ``offset``: the mean
    of x_j - x_m. ``weights``: how many tokens at each of the points are seen.
    """

    reference: int
    weights: Sequence[int]
    logits: list[Series | None]
    shares: dict[int, Series]
    total: Series
    offset: list[Series]


@dataclass(frozen=True)
class Along:
    """The distinct points along a piece: polynomials in s, exactly, in units of 2^-bits."""

    model: Model
    bits: int
    points: Polynomials

    @cached_property
    def queries(self) -> list[list[list[int]]]:
        """The polynomials B^T x_i, exactly, in units of 2^-bits over the denominator of B."""
        columns = list(zip(*self.model.pairing.numerators, strict=True))
        return [[_combined(column, x) for column in columns] for x in self.points]

    def reference(self, i: int, weights: Sequence[int]) -> int:
        """Return of what a point sees what has the largest logit at the start: any choice is sound."""
        query = [powers[0] for powers in self.queries[i]]
        work.count_products(len(weights) * len(query), self.bits)
        logits = {
            j: sum(c * powers[0] for c, powers in zip(query, x, strict=True))
            for j, (x, weight) in enumerate(zip(self.points, weights, strict=True))
            if weight
        }
        return max(logits, key=lambda j: logits[j])

    def row(self, i: int, weights: Sequence[int]) -> Row:
        """Return the attention of point i, which sees so many tokens at each of the points.

        Source: FORMAT.md here, lemma ``defect``.
        """
        m, context = self.reference(i, weights), self.model.context
        logits = [own if weight else None for own, weight in zip(self._logits(i, m), weights, strict=True)]
        shares = {j: exponential(context, own) for j, own in enumerate(logits) if own is not None}
        shares[m] = Series([context.one.middle, *[0] * (len(self.points[0][0]) - 1)], 0)
        errors = [weight * (shares[j].error if j in shares else 1) for j, weight in enumerate(weights)]
        columns = zip(*([weights[j] * c for c in own.polynomial] for j, own in shares.items()), strict=True)
        total = Series(list(map(sum, columns)), sum(errors))
        reciprocal, spans, offset = inverse(context, total), self.spans(m), []
        for a, moment in enumerate(self._moments(shares, weights, total, m)):
            error = sum(error * span[a] for error, span in zip(errors, spans, strict=True))
            offset.append(times(context, cut(moment, len(total.polynomial), self.bits, error), reciprocal))
        return Row(m, weights, logits, shares, total, offset)

    def _moments(
        self, shares: dict[int, Series], weights: Sequence[int], total: Series, m: int
    ) -> list[list[int]]:
        # sum over j of E_j (x_j - x_m) for the polynomials E_j, exactly.
        sizes = sum(weights[j] * norm(share.polynomial) for j, share in shares.items())
        width, count = width_for(2 * sizes * max(self._largest)), 2 * len(total.polynomial) - 1
        work.count_products(len(shares) * len(self._largest) * 2, width * count)
        points = self._packed(width)
        packed = [weights[j] * pack(share.polynomial, width) for j, share in shares.items()]
        whole = pack(total.polynomial, width)
        return [
            unpack(sum(map(mul, packed, [points[j][a] for j in shares])) - whole * start, width, count)
            for a, start in enumerate(points[m])
        ]

    def _logits(self, i: int, m: int) -> list[Series | None]:
        # Relative to that of m; None if its exponential is at most a unit in the norm.
        query, context = self.queries[i], self.model.context
        count = len(query[0])
        more = context.bits - 2 * self.bits
        top, bottom = 1 << max(0, more), self.model.pairing.denominator << max(0, -more)
        # exp(-7/10) < 1/2
        nothing = -(7 * context.bits * self.model.pairing.denominator << 2 * self.bits)
        rest = upwards(self._cut_off(query, m) * top, bottom) + count
        sizes = [norm(powers) for powers in query]
        width = width_for(2 * sum(map(mul, sizes, self._largest)))
        packed, steepness = self._packed(width), [norm(powers[1:]) for powers in query]
        own, start = [pack(powers, width) for powers in query], [powers[0] for powers in query]
        first = sum(map(mul, own, packed[m]))
        work.count_products(len(self.points) * len(query) * 2, width * 2 * count)
        found: list[Series | None] = []
        for j, (away, span, reach) in enumerate(
            zip(self._away(m), self.spans(m), self._reaches(m), strict=True)
        ):
            highest = sum(map(mul, start, away)) + sum(map(mul, steepness, span))
            highest += sum(map(mul, map(abs, start), reach))
            if 10 * highest < nothing:
                found.append(None)
                continue
            powers = unpack(sum(map(mul, own, packed[j])) - first, width, count)
            found.append(Series([c * top // bottom for c in powers], rest))
        return found

    def _cut_off(self, query: list[list[int]], m: int) -> int:
        # At least the norm of the powers beyond the last of <y, x_j - x_m>, for every j.
        return sum(
            sum(
                map(
                    mul,
                    map(abs, powers),
                    map(sum, zip(self._tails[m][a], self._longest_tails[a], strict=True)),
                )
            )
            for a, powers in enumerate(query)
        )

    def spans(self, m: int) -> list[list[int]]:
        """Return at least the norm of each coordinate of each x_j - x_m."""
        if m not in self._spans:
            pairs = zip(self._away(m), self._reaches(m), strict=True)
            self._spans[m] = [[abs(x) + r for x, r in zip(away, reach, strict=True)] for away, reach in pairs]
        return self._spans[m]

    def _away(self, m: int) -> list[list[int]]:
        # x_j - x_m at the start.
        return [[x[0] - y[0] for x, y in zip(row, self.points[m], strict=True)] for row in self.points]

    def _reaches(self, m: int) -> list[list[int]]:
        # At least the norm of what is added to that.
        return [[x + y for x, y in zip(row, self._steepness[m], strict=True)] for row in self._steepness]

    def _packed(self, width: int) -> list[list[int]]:
        if width not in self._packings:
            self._packings[width] = [[pack(powers, width) for powers in x] for x in self.points]
        return self._packings[width]

    @cached_property
    def _spans(self) -> dict[int, list[list[int]]]:
        return {}

    @cached_property
    def _packings(self) -> dict[int, list[list[int]]]:
        return {}

    @cached_property
    def _steepness(self) -> list[list[int]]:
        return [[norm(powers[1:]) for powers in x] for x in self.points]

    @cached_property
    def _tails(self) -> list[list[list[int]]]:
        # [point][coordinate][l]: the sum of |x_k| over k > p - l: what s^l moves beyond the power p.
        return [[[0, *accumulate(map(abs, powers[:0:-1]))] for powers in x] for x in self.points]

    @cached_property
    def _longest_tails(self) -> list[list[int]]:
        return [
            [max(sizes) for sizes in zip(*column, strict=True)] for column in zip(*self._tails, strict=True)
        ]

    @cached_property
    def _largest(self) -> list[int]:
        return [max(map(norm, column)) for column in zip(*self.points, strict=True)]


def _combined(factors: Sequence[int], polynomials: Sequence[Polynomial]) -> list[int]:
    return [sum(map(mul, factors, powers)) for powers in zip(*polynomials, strict=True)]
