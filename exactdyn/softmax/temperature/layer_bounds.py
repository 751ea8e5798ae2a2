"""One layer of softmax beside the exact hardmax one: bounds of errors, shares and choices, in balls."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from exactdyn.layer.scores import Scores
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import above, ball, balls, largest
from exactdyn.systems.hardmax import hardmax_of
from exactdyn.systems.run import Run


@dataclass(frozen=True)
class Distance:
    """A softmax run beside the exact hardmax one at a layer, token by token.

    ``errors``: bounds of the distance of the softmax token from the hardmax token, in the largest coordinate.
    ``outside``: bounds of the attention that the softmax token pays to others than C_i. ``same_choice``:
    whether its largest score is proved to be at a token of C_i.
    """

    layer: int
    errors: tuple[Fraction, ...]
    outside: tuple[Fraction, ...]
    same_choice: tuple[bool, ...]


@dataclass(frozen=True)
class Copies:
    """Tokens that are equal at layer 0, and so at every layer of both runs; those that meet later are none.

    ``lowest``: for every token the lowest of its copies, which stands for them. ``counts``: how many copies
    each of those has. ``diameter``: the largest difference of a coordinate of two tokens of layer 0, rounded
    up: neither run leaves the hull of these tokens.
    """

    lowest: tuple[int, ...]
    counts: dict[int, int]
    diameter: arb

    @classmethod
    def of(cls, start: Points) -> Copies:
        """Return the copies among the tokens of layer 0.

        >>> Copies.of(Points.from_rows([[1], [3], [1]])).counts
        {0: 2, 1: 1}
        """
        lowest = tuple(min(copies) for copies in start.copies)
        spread = max(max(column) - min(column) for column in zip(*start.rows(), strict=True))
        return cls(lowest, {i: lowest.count(i) for i in dict.fromkeys(lowest)}, ball(spread).upper())


class LayerBounds:
    """Bounds for one layer: the errors of its tokens known, those of the next wanted."""

    def __init__(
        self, copies: Copies, run: Run, layer: int, state: Points, errors: dict[int, arb], temperature: arb
    ) -> None:
        """``errors``: one for each token that stands for its copies."""
        matrix, points = run.system.matrix(state.dimension), list(copies.counts)
        self._copies, self._layer, self._errors = copies, layer, errors
        self._alpha, self._temperature = ball(hardmax_of(run, "temperature").alpha), temperature
        self._sets = {i: [k for k in points if k in run.itinerary[layer][i]] for i in points}
        self._places = state.points
        self._positions = dict(zip(points, balls([state.row(i) for i in points]), strict=True))
        self._A = balls(matrix)
        self._directions = {i: [inner(row, x) for row in self._A] for i, x in self._positions.items()}
        self._scores = _scores(matrix, state, points)
        self._total = sum((abs(x) for row in self._A for x in row), arb(0))
        self._shares = {i: self._row(i) for i in points}

    @property
    def distance(self) -> Distance:
        """What is known at this layer.

        Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        rows = [self._shares[i] for i in self._copies.lowest]
        return Distance(
            self._layer,
            tuple(above(self._errors[i]) for i in self._copies.lowest),
            tuple(_all_of(shares) for shares, _ in rows),
            tuple(below for _, below in rows),
        )

    def after(self, i: int) -> arb:
        """Bound the error of a token in the next layer.

        Source: ``proofs_checks/softmax/FORMAT.md``, lemma ``temperature``.
        """
        attended, mean = self._sets[i], self._mean(self._sets[i])
        shares, _ = self._shares[i]
        away = {
            j: largest((a - b).abs_upper() for a, b in zip(x, mean, strict=True))
            for j, x in self._positions.items()
        }
        # Without errors the attended tokens have equal shares, and their mean is the hardmax one.
        apart = any(self._places[k] != self._places[attended[0]] for k in attended)
        exact = all(error.is_zero() for error in self._errors.values())
        uneven = largest(away[k] for k in attended) if apart and not exact else arb(0)
        pulled = sum((share * (away[j] + self._errors[j]) for j, share in shares.items()), arb(0))
        target = largest(self._errors[k] for k in attended) + uneven + pulled
        return ((self._errors[i] + self._alpha * target) / (1 + self._alpha)).upper()

    def _mean(self, attended: list[int]) -> list[arb]:
        counts = self._copies.counts
        weight = sum(counts[k] for k in attended)
        columns = zip(*(self._positions[k] for k in attended), strict=True)
        return [
            sum((counts[k] * x for k, x in zip(attended, column, strict=True)), arb(0)) / weight
            for column in columns
        ]

    def _row(self, i: int) -> tuple[dict[int, arb], bool]:
        # For every j outside C_i a bound of the attention to it and its copies; and whether all their scores
        # are below one in C_i.
        counts, scores = self._copies.counts, self._scores[i]
        shares, below = {}, True
        for j in counts.keys() - self._sets[i]:
            exponents = {k: self._disturbance(i, j, k) - scores[k] + scores[j] for k in self._sets[i]}
            below = below and any(exponent < 0 for exponent in exponents.values())
            # The attention to C_i and to j and its copies, in units of the attention to j.
            least = arb(counts[j])
            for k, exponent in exponents.items():
                if exponent <= 0:  # so that the bound holds for every smaller temperature
                    ratio = (exponent / self._temperature).exp().upper()
                    least = (least + counts[k] / ratio).lower()
            shares[j] = (counts[j] / least).upper()
        return shares, below

    def _disturbance(self, i: int, j: int, k: int) -> arb:
        # How much the errors can change <A z_i, z_j - z_k>.
        own, others = self._errors[i], self._errors[j] + self._errors[k]
        if own.is_zero() and others.is_zero():
            return arb(0)
        difference = [x - y for x, y in zip(self._positions[j], self._positions[k], strict=True)]
        columns = zip(*self._A, strict=True)
        pulled = sum((abs(inner(list(column), difference)) for column in columns), arb(0))
        direction = sum((abs(x) for x in self._directions[i]), arb(0))
        return (own * pulled + others * direction + own * others * self._total).upper()


def _all_of(shares: dict[int, arb]) -> Fraction:
    # A share of exp(-10^9) would take a billion bits as a fraction.
    return above(sum(shares.values(), arb((1, -1000))).min(arb(1))) if shares else Fraction(0)


def _scores(matrix: Rows, state: Points, points: list[int]) -> dict[int, dict[int, arb]]:
    # Relative to the largest of each row, the differences formed exactly before anything is rounded.
    lags = Scores(matrix).below_largest(Points(tuple(state.points[token] for token in points)))
    return {
        i: {j: arb(lag) for j, lag in zip(points, row, strict=True)}
        for i, row in zip(points, lags, strict=True)
    }
