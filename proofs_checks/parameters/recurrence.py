"""Graphs that stay for ever by differences of scores with nodes; parameters/FORMAT.md, "Closing"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from math import lcm

from proofs_checks.format.reading import Field
from proofs_checks.parameters.closing import Future, Settled, followers, need
from proofs_checks.parameters.packed import Node, Packed
from proofs_checks.parameters.polynomials import Polynomial, plus, times, trimmed
from proofs_checks.parameters.regions import Region
from proofs_checks.parameters.states import Sets, State, difference

NODES_LIMIT = 100
"""Most rates, and most nodes, of a recurrence."""


def check_recurrence(settled: Settled, data: Field) -> Future:
    """Check that the graph stays for ever.

    Source: parameters/FORMAT.md, lemma ``rates``.
    """
    members = data.fields(["lemma", "rates", "nodes"])
    rates = [_rate(entry) for entry in members["rates"].items()]
    simple = all(v < 1 or v == e == 1 for v, e in rates)
    need(data, simple, "rates are less than 1, or 1 once")
    factors = [_factor(settled, v) for v, _ in rates]
    nodes = read_nodes(members["nodes"], factors, [e for _, e in rates])
    need(data, all(settled.region.positive(node) for node, _ in nodes), "a node is not positive")
    limits = _limits(settled, data, rates)
    tokens = others(settled.region, settled.state, settled.sets)
    states = [settled.state]
    for _ in nodes[1:]:
        states.append(settled.line.step(states[-1], settled.sets))
    check_levels(settled, data, states, nodes, {i: settled.sets[i] for i in tokens})
    return Future(limits)


def read_nodes(field: Field, factors: Sequence[Node], multiplicities: Sequence[int]) -> list[Node]:
    """Return the nodes that are named by pairs of rates; all pairs have to be there, as often as is needed.

    Source: parameters/FORMAT.md, lemma ``rates``.
    """
    last = len(factors) - 1
    pairs = [tuple(sorted(x.integer(0, last) for x in entry.items(2))) for entry in field.items()]
    need(field, 1 <= len(pairs) <= NODES_LIMIT, f"requires 1 to {NODES_LIMIT} nodes")
    found = Counter(pairs)
    for g, h in combinations_with_replacement(range(len(factors)), 2):
        least = multiplicities[g] + multiplicities[h] - 1
        need(field, found[g, h] >= least, f"the rates {g} and {h} are not there {least} times")
    return [(times(factors[g][0], factors[h][0]), factors[g][1] * factors[h][1]) for g, h in pairs]


def others(region: Region, state: State, sets: Sets) -> list[int]:
    """Return the tokens that do not attend one leading point for ever."""
    return sorted(set(range(len(sets))) - followers(region, state, sets))


def check_levels(
    settled: Settled,
    data: Field,
    states: Sequence[State],
    nodes: Sequence[Node],
    sets: Mapping[int, frozenset[int]],
) -> None:
    """Check the levels of all differences of scores but the first, which the sets of the layer decide.

    ``states``: as many as there are nodes; the last node is not needed, as nothing is left after it.
    ``sets``: what the tokens attend that are looked at.
    Source: parameters/FORMAT.md, lemma ``rates``.
    """
    region, before = settled.region, nodes[:-1]
    common = lcm(*(state.denominator for state in states))
    quick = Packed(settled.A, states, *region.ends, before)
    for i, own in sets.items():
        best = min(own)
        scores = [quick.scores(i, place) for place in range(len(states))]
        for b in range(len(settled.sets)):
            packed = quick.levels([row[best] - row[b] for row in scores])[1:]
            if all(x == 0 or (b not in own and quick.positive(x)) for x in packed):
                continue
            gaps = (difference(settled.A, state, i, best, b) for state in states)
            factors = ((common // state.denominator) ** 2 for state in states)
            sequence = [[f * x for x in gap] for f, gap in zip(factors, gaps, strict=True)]
            for level in _levels(sequence, before):
                fits = region.vanishes(level) or (b not in own and region.positive(level))
                need(data, fits, f"a level of {best} and {b} for token {i} has not the right sign")


def _levels(sequence: list[Polynomial], nodes: Sequence[Node]) -> Iterator[Polynomial]:
    """Yield the first member of each level of differences but the first, each up to a positive factor."""
    for node, scale in nodes:
        pairs = pairwise(sequence)
        sequence = [plus([scale * x for x in later], times(node, earlier), -1) for earlier, later in pairs]
        yield sequence[0]


def _limits(settled: Settled, data: Field, rates: Sequence[tuple[Fraction, int]]) -> State:
    """Return what the product of the (W - v)/(1 - v), v != 1, makes of the state: W leaves it as it is."""
    state = settled.state
    for v, e in rates:
        for _ in range(e if v != 1 else 0):
            own, whole = trimmed([-v.numerator]), v.denominator
            state = state.averaged(settled.sets).combined(state, [whole], own, whole - v.numerator)
    rest = state
    if any(v == 1 for v, _ in rates):
        rest = state.averaged(settled.sets).combined(state, [1], [-1], 1)
    still = all(settled.region.vanishes(x) for row in rest.rows for x in row)
    need(data, still, "the averaging has other rates")
    return state


def _factor(settled: Settled, v: Fraction) -> Node:
    """Return 1 - tau + tau v."""
    tau, scale = settled.line.tau
    return plus([scale * v.denominator], tau, v.numerator - v.denominator), scale * v.denominator


def _rate(field: Field) -> tuple[Fraction, int]:
    v, e = field.items(2)
    return v.rational(), e.integer(1, NODES_LIMIT)
