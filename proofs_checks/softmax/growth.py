"""How fast the field drives points apart near a stretch of a piece; FORMAT.md, lemma ``tube``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add, mul, sub

from proofs_checks import work
from proofs_checks.softmax.attention import Along, Integral, Row
from proofs_checks.softmax.balls import Ball, between, upwards
from proofs_checks.softmax.series import Polynomial, Series, norm

MOST_CHANGE = 4
"""So much may a logit change from the middle of a stretch for its exponential to be bounded from there."""


@dataclass(frozen=True)
class Stretch:
    """The s with number <= parts s <= number + 1."""

    number: int
    parts: int

    def ball(self, polynomial: Polynomial) -> Ball:
        """Return a ball for the value of a polynomial on the stretch.

        Each power s^k is between those of the ends.

        >>> Stretch(1, 2).ball([0, 16])
        Ball(middle=12, radius=5)
        """
        if self.parts == 1:
            rest = polynomial[1:]
            return Ball(polynomial[0] + (sum(rest) >> 1), (norm(rest) + 1 >> 1) + 1)
        sums, differences, unit = _ends(len(polynomial), self.number, self.parts)
        radius = sum(map(mul, map(abs, polynomial), differences))
        return Ball(sum(map(mul, polynomial, sums)) // unit, upwards(radius, unit) + 1)

    def values(self, series: Series) -> Ball:
        """Return a ball for the value of a series on the stretch.

        >>> Stretch(0, 1).values(Series([1, 2], 3))
        Ball(middle=2, radius=5)
        """
        return self.ball(series.polynomial).widened(series.error)

    def middle(self, series: Series) -> Ball:
        """Return a ball for the value of a series in the middle of the stretch.

        >>> Stretch(0, 1).middle(Series([1, 2], 3))
        Ball(middle=2, radius=4)
        """
        powers, _, unit = _middle(len(series.polynomial), self.number, self.parts)
        return Ball(sum(map(mul, series.polynomial, powers)) // unit, series.error + 1)

    def change(self, series: Series) -> int:
        """Return an upper bound of how much a series changes from the middle of the stretch.

        >>> Stretch(0, 1).change(Series([1, 2], 3))
        7
        """
        _, changes, unit = _middle(len(series.polynomial), self.number, self.parts)
        return upwards(sum(map(mul, map(abs, series.polynomial), changes)), unit) + 2 * series.error


@lru_cache(maxsize=64)
def _middle(terms: int, number: int, parts: int) -> tuple[list[int], list[int], int]:
    # The powers of the middle, and what those of the upper end are more, which is most for any s; over unit.
    top = terms - 1
    powers = [(2 * number + 1) ** k * (2 * parts) ** (top - k) for k in range(terms)]
    highest = [(2 * number + 2) ** k * (2 * parts) ** (top - k) for k in range(terms)]
    return powers, list(map(sub, highest, powers)), (2 * parts) ** top


@lru_cache(maxsize=64)
def _ends(terms: int, number: int, parts: int) -> tuple[list[int], list[int], int]:
    # The powers of both ends added and subtracted, halved, all over a common denominator.
    top = terms - 1
    low, high = ([end**k * parts ** (top - k) for k in range(terms)] for end in (number, number + 1))
    return list(map(add, high, low)), list(map(sub, high, low)), 2 * parts**top


def logarithmic_norm(along: Along, rows: Sequence[Row], stretch: Stretch, tube: int) -> int:
    """Return an upper bound of the logarithmic infinity-norm of the field's derivative near the stretch.

    Near: at every configuration of which each coordinate is within ``tube`` of that of u(s).

        d x_i' / d x_j = P_ij V (I + (x_j - m_i) x_i^T B) + [i = j] V C_i B^T.

    Source: FORMAT.md here, lemma ``tube``.
    """
    box = _Box(along, stretch, tube)
    return max(max(_Near(box, row, i).bounds()) for i, row in enumerate(rows))


@dataclass(frozen=True)
class _Box:
    """Where the points can be near a stretch."""

    along: Along
    stretch: Stretch
    tube: int

    @cached_property
    def points(self) -> list[list[Ball]]:
        """A ball for each coordinate of each point."""
        return [[self._near(powers, self.tube) for powers in x] for x in self.along.points]

    def away(self, j: int, m: int) -> list[Ball]:
        """Return balls for x_j - x_m: from their difference along the piece, 0 of a point and itself."""
        if (j, m) not in self._differences:
            pairs = zip(self.along.points[j], self.along.points[m], strict=True)
            tube = 0 if j == m else 2 * self.tube
            self._differences[j, m] = [
                self._near([a - b for a, b in zip(x, y, strict=True)], tube) for x, y in pairs
            ]
        return self._differences[j, m]

    def _near(self, polynomial: Polynomial, tube: int) -> Ball:
        more = self.along.model.context.bits - self.along.bits
        return self.stretch.ball([c << more for c in polynomial]).widened(tube)

    @cached_property
    def _differences(self) -> dict[tuple[int, int], list[Ball]]:
        return {}


@dataclass(frozen=True)
class _Near:
    """The row of point i near a stretch."""

    box: _Box
    row: Row
    i: int

    def bounds(self) -> list[int]:
        """Return for each coordinate a the row (i, a): the diagonal entry, the others' absolute values."""
        model, i = self.box.along.model, self.i
        bits, size = model.context.bits, range(len(model.V))
        inside = [[b for b in size if model.values.numerators[a][b]] for a in size]
        heights = [y.size for y in self._queries]
        outside = [sum(heights) - sum(heights[b] for b in own) for own in inside]
        totals = [0 for _ in size]
        work.count_products(len(self._chances) * len(size) * (4 + 2 * max(map(len, inside))), bits)
        # What balls take beside products, those of chances and of what they depend on as well.
        work.count_products(len(self.row.weights) * 24 + len(self._chances) * (50 + 30 * len(size)), 0)
        for j, chance in self._chances.items():
            if j == i:
                continue
            for a, moved in enumerate(self._moved(self._centred[j])):
                middle, radius = moved.middle, moved.radius
                entries = moved.size * outside[a] >> bits
                for b in inside[a]:
                    y, v = self._queries[b], model.V[a][b]
                    error = abs(middle) * y.radius + radius * heights[b]
                    entries += abs(v.middle + (middle * y.middle >> bits)) + v.radius + (error >> bits) + 3
                totals[a] += chance.high * (entries + 1)
        for a, most in enumerate(self._moved([Ball(0, span) for span in self._furthest])):
            entries = sum(v.size for v in model.V[a]) + (most.size * sum(heights) >> bits) + 1
            totals[a] += self._rest * entries
        return [(total >> bits) + 1 + own for total, own in zip(totals, self._own(), strict=True)]

    def _own(self) -> list[int]:
        # What moving x_i itself does: its share, and through its logits.
        model, size, through = self.box.along.model, range(len(self._queries)), self._through_query()
        context, chance = model.context, self._chances.get(self.i, Ball(0, 0))
        moved = self._moved(self._centred.get(self.i, [Ball(0, 0) for _ in size]))
        found = []
        for a in size:
            entries = [
                context.times(chance, model.V[a][b] + context.times(moved[a], self._queries[b]))
                + through[a][b]
                for b in size
            ]
            found.append(sum(entry.high if a == b else entry.size for b, entry in enumerate(entries)))
        return found

    def _through_query(self) -> list[list[Ball]]:
        # V C B^T
        model, size = self.box.along.model, range(len(self._queries))
        bits = model.context.bits
        work.count_products(len(self._chances) * len(size) ** 2 * 4, bits)
        pairs = [(chance, self._centred[j]) for j, chance in self._chances.items()]
        covariance = [[Ball(0, 0) for _ in size] for _ in size]
        for a in size:
            for b in range(a + 1):
                middle = error = 0
                for chance, away in pairs:
                    x, y = away[a], away[b]
                    both = x.middle * y.middle
                    middle += chance.middle * both
                    error += chance.high * (
                        abs(x.middle) * y.radius + x.radius * y.size
                    ) + chance.radius * abs(both)
                error += self._rest * self._furthest[a] * self._furthest[b]
                found = Ball(middle >> 2 * bits, (error >> 2 * bits) + 2)
                covariance[a][b] = covariance[b][a] = found
        columns = _applied(model.pairing, covariance)  # B C, and C is symmetric
        return _applied(model.values, [list(row) for row in zip(*columns, strict=True)])

    def _moved(self, vector: list[Ball]) -> list[Ball]:
        return [row[0] for row in _applied(self.box.along.model.values, [[x] for x in vector])]

    @cached_property
    def _queries(self) -> list[Ball]:
        columns = _transposed(self.box.along.model.pairing)
        return [row[0] for row in _applied(columns, [[x] for x in self.box.points[self.i]])]

    @cached_property
    def _spans(self) -> list[int]:
        # The largest |x_j - x_m| of each coordinate, along the piece.
        more = self.box.along.model.context.bits - self.box.along.bits
        return [max(column) << more for column in zip(*self.box.along.spans(self.row.reference), strict=True)]

    @cached_property
    def _factor(self) -> int:
        # By how much a share of attention may be larger or smaller than along the piece: e^(2 tau).
        context, form = self.box.along.model.context, self.box.along.model.pairing
        bits, tube = context.bits, self.box.tube
        tau = 0
        for b, (y, span) in enumerate(zip(self._queries, self._spans, strict=True)):
            moved = upwards(sum(abs(row[b]) for row in form.numerators) * tube, form.denominator)
            tau += moved * (span + 2 * tube) + 2 * tube * y.size
        return context.exp_above(2 * ((tau >> bits) + 1))

    @cached_property
    def _shares(self) -> dict[int, Ball]:
        # E_j on the stretch; from its logit where a polynomial is no good for what grows or falls so fast.
        context, found = self.box.along.model.context, {}
        for j, share in self.row.shares.items():
            value, logit = self.box.stretch.values(share), self.row.logits[j]
            if logit is not None and 2 * norm(logit.polynomial[1:]) > context.one.middle:
                value = _common(value, self._multiplied(share, logit))
            found[j] = value
        return found

    def _multiplied(self, share: Series, logit: Series) -> Ball:
        # E_j from that in the middle of the stretch, by how much the logit changes from there.
        context, stretch = self.box.along.model.context, self.box.stretch
        change = stretch.change(logit)
        if change > MOST_CHANGE << context.bits:
            return context.exp(stretch.values(logit))
        work.count_products(16, context.bits)
        factor, middle, one = context.exp_at_most(change), stretch.middle(share), context.one.middle
        least = max(0, middle.low) * one // factor
        return between(least, max(least, upwards(middle.high * factor, one)))

    @cached_property
    def _total(self) -> tuple[int, int]:
        # Between what; at least the share of the reference, which is 1 for each token there.
        weights, found = self.row.weights, self.box.stretch.values(self.row.total)
        high = sum(weights[j] * value.high for j, value in self._shares.items()) + self._others
        low = sum(weights[j] * max(0, value.low) for j, value in self._shares.items())
        one = self.box.along.model.context.one.middle * weights[self.row.reference]
        return max(found.low, low, one), min(found.high, high)

    @cached_property
    def _chances(self) -> dict[int, Ball]:
        one, weights = self.box.along.model.context.one.middle, self.row.weights
        low, high = self._total
        found = {}
        for j, value in self._shares.items():
            most = min(one, upwards(weights[j] * value.high * self._factor, low))
            least = max(0, weights[j] * value.low) * one * one // (high * self._factor)
            found[j] = between(min(least, most), most)
        return found

    @cached_property
    def _others(self) -> int:
        # What the E_j that are nothing are at most, together.
        return sum(w for j, w in enumerate(self.row.weights) if j not in self.row.shares)

    @cached_property
    def _rest(self) -> int:
        # The chances of all of these together.
        return upwards(self._others * self._factor, self._total[0])

    @cached_property
    def _offset(self) -> list[Ball]:
        # In the tube a chance P_j may change by (e^(2 tau) - 1) P_j, and each x_j - x_m by twice the tube.
        bits, more = (
            self.box.along.model.context.bits,
            self.box.along.model.context.bits - self.box.along.bits,
        )
        turn, spans, m = (
            self._factor - (1 << bits),
            self.box.along.spans(self.row.reference),
            self.row.reference,
        )
        found = []
        for a, (own, most) in enumerate(zip(self.row.offset, self._spans, strict=True)):
            reach = sum(chance.high * (spans[j][a] << more) for j, chance in self._chances.items())
            moved = turn * ((reach + self._rest * most >> bits) + 1) >> bits
            along = self.box.stretch.values(own).widened(moved + 1 + 2 * self.box.tube)
            middle, error = 0, self._rest * (most + 2 * self.box.tube)
            for j, chance in self._chances.items():
                if j != m:
                    away = self.box.away(j, m)[a]
                    middle += chance.middle * away.middle
                    error += chance.high * away.radius + chance.radius * abs(away.middle)
            found.append(_common(along, Ball(middle >> bits, (error >> bits) + 2)))
        return found

    @cached_property
    def _centred(self) -> dict[int, list[Ball]]:
        # x_j - m_i, where P_ij is anything.
        m = self.row.reference
        return {
            j: [x - off for x, off in zip(self.box.away(j, m), self._offset, strict=True)]
            for j in self._chances
        }

    @cached_property
    def _furthest(self) -> list[int]:
        # At least |x_j - m_i| for every j.
        return [
            span + 2 * self.box.tube + off.size for span, off in zip(self._spans, self._offset, strict=True)
        ]


def _common(x: Ball, y: Ball) -> Ball:
    # What is in both; one number is.
    return between(max(x.low, y.low), min(x.high, y.high))


def _transposed(matrix: Integral) -> Integral:
    return Integral(list(zip(*matrix.numerators, strict=True)), matrix.denominator)


def _applied(matrix: Integral, columns: list[list[Ball]]) -> list[list[Ball]]:
    # The product, entry by entry; what is 0 in the matrix costs nothing.
    found = []
    for row in matrix.numerators:
        own = [(factor, columns[a]) for a, factor in enumerate(row) if factor]
        found.append(
            [
                Ball(
                    sum(factor * x[b].middle for factor, x in own) // matrix.denominator,
                    upwards(sum(abs(factor) * x[b].radius for factor, x in own), matrix.denominator) + 1,
                )
                for b in range(len(columns[0]))
            ]
        )
    return found
