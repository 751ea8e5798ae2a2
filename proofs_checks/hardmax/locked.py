"""When all tokens are at rest or on a straight way to points at rest, whatever the steps of the layers are.

FORMAT.md, section "Locked" and lemma ``locked-targets``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import mul

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Integer, Matrix, Number, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.heads import Head
from proofs_checks.hardmax.run import Layer, Run
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.vectors import firsts, over_one_denominator, summed, widest


@dataclass(frozen=True)
class Locked:
    """From ``layer`` on the attention sets stay, and each token is at its target or moves straight to it.

    ``still``: the tokens that are at their targets, for ever.
    """

    run: Run
    layer: int
    targets: Matrix
    still: frozenset[int]

    period = 1

    @cached_property
    def reached(self) -> bool:
        """Whether every token tends to its target.

        Source: FORMAT.md, lemma ``locked-targets``.
        """
        everybody = len(self.still) == len(self.targets)
        return everybody or self.run.facts.infinite_sum


def read_locked(field: Field, claim: Claim, run: Run) -> Locked:
    """Read and check the member ``locked``; the rule is in FORMAT.md, section "Locked".

    Source: FORMAT.md, lemma ``locked-targets``.
    """
    facts, k = run.facts, field.fields(["layer"])["layer"].integer(0, LAYERS_LIMIT)
    claim.require(
        facts.keeps_from is not None and facts.keeps_from <= k,
        "a lock requires steps that keep a part of the token from its layer on",
    )
    claim.require(facts.same_scores, "a lock requires matrices of scores that keep the order of scores")
    claim.require(facts.transitive, "a lock requires masks by which all is seen that the seen see")
    layer = run[k]
    targets = _targets(claim, run, layer)
    still = _still(layer, targets)
    for i, sets in enumerate(zip(*layer.by_head, strict=True)):
        claim.require(
            i in still or all(attended <= still for attended in sets), f"token {i} attends one that may move"
        )
    for h, head in enumerate(run.system.heads):
        _check_targets(claim, run, layer, targets, h, head)
    return Locked(run, k, targets, still)


def _targets(claim: Claim, run: Run, layer: Layer) -> Matrix:
    """Return where each token moves to: the mean of what it attends, where heads differ weighted by V_h."""
    points = layer.points()
    means: dict[frozenset[int], Vector] = {}
    for attended in {own for sets in layer.by_head for own in sets}:
        columns = zip(*(points[j] for j in attended), strict=True)
        means[attended] = tuple(summed(column) / len(attended) for column in columns)
    weights = run.facts.weights
    found = []
    for i, sets in enumerate(zip(*layer.by_head, strict=True)):
        first, *others = (means[attended] for attended in sets)
        if any(mean != first for mean in others):
            claim.require(weights is not None, f"the heads of token {i} go to points of changing weights")
            columns = zip(*(means[attended] for attended in sets), strict=True)
            first = tuple(_weighted(weights or (), column) for column in columns)
        found.append(first)
    return tuple(found)


def _weighted(weights: Vector, numbers: tuple[Number, ...]) -> Number:
    work.count_fractions(2 * len(weights), work.longest((*weights, *numbers)))
    return sum(map(mul, weights, numbers), Fraction(0))


def _still(layer: Layer, targets: Matrix) -> frozenset[int]:
    """Return the tokens at their targets that attend such tokens only: the largest set that is so."""
    still = {i for i, target in enumerate(targets) if layer.point(i) == target}
    moved = True
    while moved:
        work.count_products(sum(map(len, layer.attended)), 0)
        kept = {i for i in still if layer.attended[i] <= still}
        moved, still = kept != still, kept
    return frozenset(still)


def _check_targets(claim: Claim, run: Run, layer: Layer, targets: Matrix, h: int, head: Head) -> None:
    """Check that <A w_i, .> is largest, of what token i sees in a head, at what it attends there."""
    matrix, _ = over_one_denominator(head.matrices[0])
    goals, _ = over_one_denominator(targets)
    count, size = len(goals), len(matrix)
    values: dict[int, list[Integer]] = {}
    for i, (target, goal) in enumerate(zip(firsts(targets), goals, strict=True)):
        if target not in values:
            work.count_products(size * (count + size), widest([goal]) + widest(matrix) + layer.bits)
            direction = [sum(map(mul, row, goal)) for row in matrix]
            values[target] = [sum(map(mul, direction, y)) for y in layer.numerators]
        row, seen = values[target], range(count) if head.mask is None else head.mask.seen(i)
        largest = max(row[j] for j in seen)
        claim.require(
            all(row[j] == largest for j in layer.by_head[h][i]),
            f"token {i} may turn away from what it attends",
        )
