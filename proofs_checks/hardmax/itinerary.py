"""When an itinerary is proved to repeat for ever, and what then becomes of the tokens.

FORMAT.md, lemmas ``locked-itinerary`` and ``locked-limit``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field, Matrix, Vector
from proofs_checks.hardmax.facts import require_plain
from proofs_checks.hardmax.run import Layer, Run
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.vectors import dot, summed, widest

_Integers: TypeAlias = list[list[int]]


@dataclass(frozen=True)
class Lock:
    """The graphs of the layers ``layer``..``layer + period - 1`` of a run repeat for ever."""

    run: Run
    layer: int
    period: int

    @property
    def leaders(self) -> list[int]:
        """The leaders of the first of these layers: for alpha >= 0 all there ever are."""
        return [i for i, attended in enumerate(self.run[self.layer].attended) if attended == {i}]

    def stays(self, places: Matrix) -> bool:
        """Tell whether places, one for each token, stay as they are under the graphs of a whole period.

        If they are a combination of the states at the first layer and of later ones, whole periods apart,
        then the same combination begun any number of layers later is the same: a step with a given graph is
        linear.

        Source: FORMAT.md, lemma ``locked-limit``.
        """
        if self.run.system.tau == 0:
            return True
        for _, layer in self.run.walk(self.layer, self.layer + self.period - 1):
            for place, attended in zip(places, layer.attended, strict=True):
                columns = zip(*(places[j] for j in attended), strict=True)
                if any(summed(own) != len(attended) * x for own, x in zip(columns, place, strict=True)):
                    return False
        return True

    def combine(self, coefficients: Vector, shift: int) -> Matrix:
        """Combine the states ``shift``, ``shift + period``, ... layers after the first.

        Source: FORMAT.md, lemma ``locked-limit``.
        """
        first = self.layer + shift
        states = [self.run[first + j * self.period].points() for j in range(len(coefficients))]
        return tuple(
            tuple(dot(coefficients, entries) for entries in zip(*rows, strict=True))
            for rows in zip(*states, strict=True)
        )


def read_lock(field: Field, claim: Claim, run: Run) -> Lock:
    """Read and check the member ``itinerary``; the rule is in FORMAT.md, section "Itinerary".

    Source: FORMAT.md, lemma ``locked-itinerary``.
    """
    require_plain(run.facts, "locked-itinerary")
    members = field.fields(["layer", "period", "nodes"])
    layer = members["layer"].integer(0, LAYERS_LIMIT)
    period = members["period"].integer(1, LAYERS_LIMIT)
    nodes = members["nodes"].vector()
    claim.require(all(node > 0 for node in nodes), "a node is not positive")
    for first in range(layer, layer + period):
        if first > layer and run.rests(first - 1):
            break  # all the layers of this phase are those of the phase before
        attended = run[first].attended
        layers = [run[k] for k in range(first, first + period * (len(nodes) + 1), period)]
        claim.require(all(each.attended == attended for each in layers), "the itinerary has another period")
        level = _scores(run, layers)
        for node in nodes:
            largest = all(row[min(own)] == max(row) for row, own in zip(level[0], attended, strict=True))
            claim.require(largest, f"attention may turn away from what is attended at layer {first}")
            level = [_difference(later, node, earlier) for earlier, later in pairwise(level)]
        claim.require(not any(map(any, level[0])), "the scores have other nodes")
    return Lock(run, layer, period)


def read_limits(members: dict[str, Field], claim: Claim, run: Run) -> tuple[Lock, Vector, Matrix]:
    """Read ``itinerary`` and ``coefficients`` and return them with the limits along the period.

    The rule is in FORMAT.md, section "convergence".

    Source: FORMAT.md, lemma ``locked-limit``.
    """
    lock, coefficients = read_lock(members["itinerary"], claim, run), members["coefficients"].vector()
    claim.require(summed(coefficients) == 1, "the sum of the coefficients is not 1")
    limits = lock.combine(coefficients, 0)
    claim.require(
        limits == lock.combine(coefficients, lock.period), "the combination of states is not at rest"
    )
    return lock, coefficients, limits


def _scores(run: Run, layers: list[Layer]) -> list[_Integers]:
    # All times one positive number, which clears the denominators and changes no comparison.
    common = lcm(*(layer.denominator for layer in layers))
    factors = [common // layer.denominator for layer in layers]
    return [
        list(run.scores([[factor * x for x in row] for row in layer.numerators]))
        for factor, layer in zip(factors, layers, strict=True)
    ]


def _difference(later: _Integers, node: Fraction, earlier: _Integers) -> _Integers:
    # The denominator of the node is one more positive factor.
    p, q = node.numerator, node.denominator
    work.count_products(2 * len(later) ** 2, max(widest(later), widest(earlier)))
    rows = zip(later, earlier, strict=True)
    return [[q * x - p * y for x, y in zip(row, own, strict=True)] for row, own in rows]
