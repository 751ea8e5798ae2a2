"""When an itinerary is proved to repeat for ever, and what then becomes of the tokens.

FORMAT.md, lemmas ``locked-itinerary`` and ``locked-limit``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, pairwise
from math import lcm
from typing import cast

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Integer, Matrix, Number, Rows, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.forms import Forms, read_forms
from proofs_checks.hardmax.heads import Head
from proofs_checks.hardmax.largest import Vectors
from proofs_checks.hardmax.packed_scores import PackedScores
from proofs_checks.hardmax.run import Layer, Run
from proofs_checks.hardmax.schedule import Listed
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.vectors import inner, over_one_denominator, quotient, summed, widest


@dataclass(frozen=True)
class Lock:
    """The graphs of the layers ``layer``..``layer + period - 1`` of a run repeat for ever."""

    run: Run
    layer: int
    period: int

    def stays(self, places: Matrix) -> bool:
        """Tell whether places, one for each token, stay as they are under the graphs of a whole period.

        If they are a combination of the states at the first layer and of later ones, whole periods apart,
        then the same combination begun any number of layers later is the same: a step with a given graph is
        linear.

        Source: FORMAT.md, lemma ``locked-limit``.
        """
        numerators, denominator = over_one_denominator(places)
        for k, layer in self.run.walk(self.layer, self.layer + self.period - 1):
            moved, scale = self.run.moved(k, replace(layer, numerators=numerators, denominator=denominator))
            rows = zip(chain(*moved), chain(*numerators), strict=True)
            if any(x * denominator != y * scale for x, y in rows):
                return False
        return True

    def combine(self, coefficients: Vector, shift: int) -> Matrix:
        """Combine the states ``shift``, ``shift + period``, ... layers after the first.

        Source: FORMAT.md, lemma ``locked-limit``.
        """
        first = self.layer + shift
        layers = [self.run[first + j * self.period] for j in range(len(coefficients))]
        below = [c.denominator * layer.denominator for c, layer in zip(coefficients, layers, strict=True)]
        common = lcm(*below)
        factors = [c.numerator * (common // own) for c, own in zip(coefficients, below, strict=True)]
        bits = max(layer.bits for layer in layers) + widest([factors], common)
        count = len(layers[0].numerators) * self.run.system.dimension
        work.count_products(count * len(layers), bits)
        work.count_fractions(count, bits)
        return tuple(
            tuple(quotient(inner(factors, entries), common) for entries in zip(*rows, strict=True))
            for rows in zip(*(layer.numerators for layer in layers), strict=True)
        )


def read_lock(field: Field, claim: Claim, run: Run) -> Lock:
    """Read and check the member ``itinerary``; the rule is in FORMAT.md, section "Itinerary".

    Source: FORMAT.md, lemma ``locked-itinerary``.
    """
    stated = json.dumps(field.value)
    if stated not in run.repeats:
        run.repeats[stated] = _check_lock(field, claim, run)
    return Lock(run, *run.repeats[stated])


def _check_lock(field: Field, claim: Claim, run: Run) -> tuple[int, int]:
    by_forms = "recurrence" in field.names()
    members = field.fields(
        ["layer", "period", *(["recurrence", "cones", "proofs"] if by_forms else ["nodes"])]
    )
    layer = members["layer"].integer(0, LAYERS_LIMIT)
    period = members["period"].integer(1, LAYERS_LIMIT)
    nodes = () if by_forms else members["nodes"].vector()
    claim.require(all(node > 0 for node in nodes), "a node is not positive")
    _require_repeating(claim, run, layer, period)
    _ = run[layer + period]  # rejects the claim where a layer of the period has no step
    forms = read_forms(members, claim, run, layer, period) if by_forms else None
    count = len(nodes) + 1 if forms is None else forms.size
    for first in range(layer, layer + period):
        if first > layer and run.rests(first - 1):
            break  # all the layers of this phase are those of the phase before
        work.count_products(128 * len(run.system.heads), 0)  # what a phase costs however small it is
        by_head = run[first].by_head
        layers = [run[k] for k in range(first, first + period * count, period)]
        claim.require(all(each.by_head == by_head for each in layers), "the itinerary has another period")
        if forms is None:
            _check_phase(claim, run, first, layers, nodes)
        else:
            _check_forms(claim, run, first, layers, forms)
    return layer, period


def _require_repeating(claim: Claim, run: Run, layer: int, period: int) -> None:
    # The steps, and the matrices of scores, are those of a period before, and linear.
    first, least = run.system.cycle
    listed = isinstance(run.system.schedule, Listed)
    claim.require(listed, "an itinerary requires steps that repeat, got a formula")
    claim.require(not run.system.relu, "an itinerary requires linear steps, got a block")
    claim.require(layer >= first, f"the system repeats from layer {first} on only")
    claim.require(period % least == 0, f"the system repeats after {least} layers only")


def _check_forms(claim: Claim, run: Run, first: int, layers: list[Layer], forms: Forms) -> None:
    """Check the conditions of the section "Forms" for one phase."""
    states, common = _over_one(layers)
    for h, head in enumerate(run.system.heads):
        entry = head.matrices[run.system.entry(len(head.matrices), first)]
        A, below = over_one_denominator(entry)
        scale = 2 * below * common**2
        bits = 2 * widest(list(chain(*states))) + widest(A)
        for i, own in enumerate(layers[0].by_head[h]):
            directions = [[inner(row, rows[i]) for row in A] for rows in states]
            attended = min(own)
            seen = range(len(states[0])) if head.mask is None else head.mask.seen(i)
            work.count_products(48 * len(states[0]), 0)  # what a form costs however small it is
            work.count_products(len(states) ** 2 * len(A) * (1 + len(states[0])), bits)
            scores = [[[inner(x, z) for z in rows] for rows in states] for x in directions]
            for b in seen:
                gaps = [[row[attended] - row[b] for row in rows] for rows in scores]
                # Twice the symmetric part, over one denominator.
                form = [
                    [x + y for x, y in zip(row, column, strict=True)]
                    for row, column in zip(gaps, zip(*gaps, strict=True), strict=True)
                ]
                claim.require(
                    forms.keeps_order(form, scale), f"token {i} may turn to {b} from layer {first} on"
                )


def _check_phase(claim: Claim, run: Run, first: int, layers: list[Layer], nodes: Vector) -> None:
    """Check the conditions 2 and 3 of the section "Itinerary" for one phase."""
    vanish = "the scores have other nodes"
    for h in range(len(run.system.heads)):
        vanishes = _check_head(claim, run, first, layers, nodes, h)
        claim.require(not run.facts.scalar or vanishes, vanish)
    if not run.facts.scalar:
        products = [_products(rows) for rows in _over_one(layers)[0]]
        for node in nodes:
            products = [_difference(later, node, earlier) for earlier, later in pairwise(products)]
        claim.require(not any(map(any, products[0])), vanish)


def _check_head(claim: Claim, run: Run, first: int, layers: list[Layer], nodes: Vector, h: int) -> bool:
    """Check the condition 2 for one head; return whether the last difference of its scores is 0."""
    head, attended, (states, _) = run.system.heads[h], layers[0].by_head[h], _over_one(layers)
    turn = f"attention may turn away from what is attended at layer {first}"
    if head.mask is None and run.system.field is None:  # over the rationals all are integers and fractions
        directions = [run.directions(h, first, rows, len(rows)) for rows in states]
        rationals = cast("tuple[Fraction, ...]", nodes)
        scores = PackedScores.of(cast("list[Vectors]", directions), cast("list[Vectors]", states), rationals)
        for rational in rationals:
            claim.require(all(scores.is_largest(i, min(own)) for i, own in enumerate(attended)), turn)
            scores = scores.difference(rational)
        return scores.vanish
    level = [list(run.products(h, first, rows)) for rows in states]
    for node in nodes:
        largest = all(
            row[min(own)] == max(_seen(head, i, row))
            for i, (row, own) in enumerate(zip(level[0], attended, strict=True))
        )
        claim.require(largest, turn)
        level = [_difference(later, node, earlier) for earlier, later in pairwise(level)]
    return not any(map(any, level[0]))


def _seen(head: Head, token: int, row: Sequence[Integer]) -> Iterable[Integer]:
    return row if head.mask is None else (row[j] for j in head.mask.seen(token))


def read_limits(members: dict[str, Field], claim: Claim, run: Run) -> tuple[Lock, Vector, Matrix]:
    """Read ``itinerary`` and ``coefficients`` and return them with the limits along the period.

    The rule is in FORMAT.md, section "convergence".

    Source: FORMAT.md, lemma ``locked-limit``.
    """
    lock, coefficients = read_lock(members["itinerary"], claim, run), members["coefficients"].vector()
    stated = json.dumps([members["itinerary"].value, members["coefficients"].value])
    if stated not in run.limits:
        claim.require(summed(coefficients) == 1, "the sum of the coefficients is not 1")
        limits = lock.combine(coefficients, 0)
        at_rest = limits == lock.combine(coefficients, lock.period)
        claim.require(at_rest, "the combination of states is not at rest")
        run.limits[stated] = limits
    return lock, coefficients, run.limits[stated]


def _over_one(layers: list[Layer]) -> tuple[list[Rows], int]:
    # All times one positive number, which clears the denominators and changes no comparison; and this number.
    common = lcm(*(layer.denominator for layer in layers))
    factors = [common // layer.denominator for layer in layers]
    states = [
        [[factor * x for x in row] for row in layer.numerators]
        for factor, layer in zip(factors, layers, strict=True)
    ]
    return states, common


def _products(rows: Rows) -> Rows:
    # Of any two coordinates of tokens, each pair once.
    flat = list(chain(*rows))
    work.count_products(len(flat) ** 2, widest([flat]))
    return [[x * y for y in flat[: place + 1]] for place, x in enumerate(flat)]


def _difference(later: Rows, node: Number, earlier: Rows) -> Rows:
    # The denominator of the node is one more positive factor.
    p, q = node.numerator, node.denominator
    work.count_products(2 * len(later) ** 2, max(widest(later), widest(earlier)))
    rows = zip(later, earlier, strict=True)
    return [[q * x - p * y for x, y in zip(row, own, strict=True)] for row, own in rows]
