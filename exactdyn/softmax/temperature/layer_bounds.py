"""One layer of softmax beside the exact hardmax one: bounds of errors, shares and choices, in balls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from exactdyn.layer.affine import AffineStep
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import LayerHead
from exactdyn.numbers.points import Points
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import above, ball, balls, largest
from exactdyn.softmax.temperature.carried import Carried
from exactdyn.systems.run import Run

Errors = Mapping[int, arb]
"""Of every token that stands for its copies a bound of its distance from the hardmax token."""


@dataclass(frozen=True)
class Distance:
    """A softmax run beside the exact hardmax one at a layer, token by token.

    ``errors``: bounds of the distance of the softmax token from the hardmax token, in the largest coordinate.
    ``outside``: bounds of the attention that the softmax token pays, in any head, to others than C_i and
    copies of these. ``same_choice``: whether its largest score is proved to be at a token of C_i, in every
    head.
    """

    layer: int
    errors: tuple[Fraction, ...]
    outside: tuple[Fraction, ...]
    same_choice: tuple[bool, ...]


@dataclass(frozen=True)
class Copies:
    """Tokens that are equal at layer 0 and see the same tokens in every head: so they are at every layer.

    In both runs, that is; tokens that meet later are no copies. ``lowest``: for every token the lowest of its
    copies, which stands for them. ``counts``: how many copies each of those has. ``seen``: for every head and
    each of those how many copies of which ones it sees, those absent of which it sees none. ``diameter``: the
    largest difference of a coordinate of two tokens of layer 0, rounded up.
    """

    lowest: tuple[int, ...]
    counts: Mapping[int, int]
    seen: tuple[Mapping[int, Mapping[int, int]], ...]
    diameter: arb

    @classmethod
    def of(cls, start: Points, heads: tuple[LayerHead, ...]) -> Copies:
        """Return the copies among the tokens of layer 0.

        Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.

        >>> Copies.of(Points.from_rows([[1], [3], [1]]), (LayerHead(((1,),)),)).counts
        Counter({0: 2, 1: 1})
        """
        views = [None if head.mask is None else head.mask.seen(start.count) for head in heads]
        first: dict[object, int] = {}
        lowest = tuple(
            first.setdefault((min(copies), *(view and view[i] for view in views)), i)
            for i, copies in enumerate(start.copies)
        )
        counts = Counter(lowest)
        seen = tuple(
            {i: counts if view is None else Counter(lowest[j] for j in sorted(view[i])) for i in counts}
            for view in views
        )
        spread = max(max(column) - min(column) for column in zip(*start.rows(), strict=True))
        return cls(lowest, counts, seen, ball(spread).upper())


class LayerBounds:
    """Bounds for one layer: the errors of its tokens known, those of the next wanted."""

    def __init__(
        self, copies: Copies, run: Run, layer: int, state: Points, errors: Errors, temperature: arb
    ) -> None:
        """``errors``: one for each token that stands for its copies."""
        self._copies, self._layer, self._errors = copies, layer, errors
        self._state, self._sets = state, run.head_attention(layer)
        heads = run.system.heads(layer, state.dimension)
        positions = dict(zip(copies.counts, balls([state.row(i) for i in copies.counts]), strict=True))
        self._heads = [
            HeadBounds(
                copies.seen[h], head, self._sets[h], state, positions, errors, copies.lowest, temperature
            )
            for h, head in enumerate(heads)
        ]

    @property
    def distance(self) -> Distance:
        """What is known at this layer.

        Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        found = {i: [head.shares[i] for head in self._heads] for i in self._copies.counts}
        outside = {i: max(_all_of(shares) for shares, _ in own) for i, own in found.items()}
        same = {i: all(below for _, below in own) for i, own in found.items()}
        lowest = self._copies.lowest
        return Distance(
            self._layer,
            tuple(above(self._errors[i]) for i in lowest),
            tuple(outside[i] for i in lowest),
            tuple(same[i] for i in lowest),
        )

    def after(self, step: Carried) -> dict[int, arb]:
        """Bound the errors of the next layer, by the step of this one.

        Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        found = {
            i: step.after(self._errors[i], [head.target(i) for head in self._heads]) for i in self._errors
        }
        if step.relu is None:
            return found
        # The block bends where the exact tokens are before it.
        before = AffineStep(step.parts[1:]).moved(self._state, *self._sets)
        return {i: step.through(before.row(i), error) for i, error in found.items()}


class HeadBounds:
    """One head of such a layer."""

    def __init__(
        self,
        seen: Mapping[int, Mapping[int, int]],
        head: LayerHead,
        sets: AttentionSets,
        state: Points,
        positions: Mapping[int, list[arb]],
        errors: Errors,
        lowest: tuple[int, ...],
        temperature: arb,
    ) -> None:
        """Take over what is known; ``shares``: what :meth:`_row` finds for every token."""
        self._seen, self._positions, self._errors, self._temperature = seen, positions, errors, temperature
        self._places, self._A = state.points, balls(head.matrix)
        self._attended = {i: Counter(lowest[k] for k in sorted(sets[i])) for i in seen}
        self._directions = {i: [inner(row, x) for row in self._A] for i, x in positions.items()}
        self._scores = self._relative(head, state)
        self._total = sum((abs(x) for row in self._A for x in row), arb(0))
        self.shares = {i: self._row(i) for i in seen}

    def target(self, i: int) -> arb:
        """Bound how far the softmax mean of a token is from the exact attended point.

        Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        attended, seen = self._attended[i], self._seen[i]
        mean, (shares, _) = self._mean(attended), self.shares[i]
        away = {
            j: largest((a - b).abs_upper() for a, b in zip(self._positions[j], mean, strict=True))
            for j in seen
        }
        # Without errors the attended tokens have equal shares, and their mean is the hardmax one.
        first = next(iter(attended))
        apart = any(self._places[k] != self._places[first] for k in attended)
        exact = all(error.is_zero() for error in self._errors.values())
        uneven = largest(away[k] for k in attended) if apart and not exact else arb(0)
        pulled = sum((share * (away[j] + self._errors[j]) for j, share in shares.items()), arb(0))
        near = largest(self._errors[k] for k in attended) + uneven + pulled
        return near.upper().min(largest(away[j] + self._errors[j] for j in seen))

    def _mean(self, attended: Mapping[int, int]) -> list[arb]:
        columns = zip(*(self._positions[k] for k in attended), strict=True)
        weight = sum(attended.values())
        return [
            sum((count * x for count, x in zip(attended.values(), column, strict=True)), arb(0)) / weight
            for column in columns
        ]

    def _row(self, i: int) -> tuple[dict[int, arb], bool]:
        # For every j outside a bound of the attention to it and its copies; and whether all their scores are
        # below one of those attended. Outside is who is no copy of somebody attended.
        seen, scores, attended = self._seen[i], self._scores[i], self._attended[i]
        shares, below = {}, True
        for j in seen.keys() - attended.keys():
            exponents = {k: self._disturbance(i, j, k) - scores[k] + scores[j] for k in attended}
            below = below and any(exponent < 0 for exponent in exponents.values())
            # The attention to those attended and to j and its copies, in units of the attention to j.
            least = arb(seen[j])
            for k, exponent in exponents.items():
                if exponent <= 0:  # so that the bound holds for every smaller temperature
                    ratio = (exponent / self._temperature).exp().upper()
                    least = (least + seen[k] / ratio).lower()
            shares[j] = (seen[j] / least).upper()
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

    def _relative(self, head: LayerHead, state: Points) -> dict[int, dict[int, arb]]:
        # Relative to those attended, the differences formed exactly before anything is rounded.
        points = list(self._positions)
        lags = head.scores.below_largest(Points(tuple(state.points[token] for token in points)))
        found = {}
        for i, row in zip(points, lags, strict=True):
            own = dict(zip(points, row, strict=True))
            top = own[next(iter(self._attended[i]))]
            found[i] = {j: arb(own[j] - top) for j in self._seen[i]}
        return found


def _all_of(shares: Mapping[int, arb]) -> Fraction:
    # A share of exp(-10^9) would take a billion bits as a fraction.
    return above(sum(shares.values(), arb((1, -1000))).min(arb(1))) if shares else Fraction(0)
