"""Regions on which the attention graph stays for ever, proved by differences of scores with polynomial nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from math import lcm

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.limits.recurrence import eigenvector_weights, rational_spectrum
from exactdyn.numbers.reading import to_fmpq
from exactdyn.parameters.closing import Closing, differs
from exactdyn.parameters.region import Region
from exactdyn.parameters.scored import Scored
from exactdyn.parameters.states import PolynomialState

NODES_LIMIT = 24
"""So many nodes are tried at most."""

Level = list[list[fmpq_poly]]


def by_recurrence(
    scored: Scored, sets: AttentionSets, sample: Fraction, tau: Fraction | None
) -> tuple[Region, Closing] | None:
    """Close by the lemma ``locked-itinerary``: the graph of this layer stays for ever.

    ``tau``: the step, None where it is the parameter. Rates v of the averaging of the constant graph, which
    have to be rational, give the nodes (1 - tau + tau v)(1 - tau + tau w).
    Source: lemma ``locked-itinerary`` in ``proofs_checks/FORMAT.md``.
    """
    relation = averaging_polynomial(scored.state, sets)
    spectrum = rational_spectrum(relation)
    if spectrum is None:
        return None
    value = to_fmpq(sample)
    nodes = sorted(_nodes(spectrum, tau), key=lambda node: node(value))
    if len(nodes) > NODES_LIMIT or any(node(value) <= 0 for node in nodes):
        return None
    states = [scored.state]
    for _ in nodes:
        states.append(states[-1].moved(sets, tau))
    conditions = _conditions(scored, states, sets, nodes, value)
    if conditions is None:
        return None
    where = scored.where(sample, [node.numer() for node in nodes], conditions)
    if where is None:
        return None
    weights = eigenvector_weights(relation, Fraction(1))
    limits = averages(scored.state, sets, weights)
    evidence = {"nodes": [[Fraction(int(c.p), int(c.q)) for c in node.coeffs()] for node in nodes]}
    return where, Closing("locked-itinerary", limits, {**evidence, "weights": list(weights)})


def averaging_polynomial(state: PolynomialState, sets: AttentionSets) -> fmpq_poly:
    """Return the monic polynomial p of least degree with p(W) Z = 0, W the averaging of the constant graph.

    Source: minimal polynomial of a vector, F. R. Gantmacher, The Theory of Matrices 1, section VII.1.

    >>> state = PolynomialState.start((((Fraction(1),), (Fraction(0),)),))
    >>> str(averaging_polynomial(state, (frozenset({0}), frozenset({0}))))
    'x^2 + (-1)*x'
    """
    size = len(state.powers[0].entries()) * len(state.powers)
    columns: list[list[fmpq]] = []
    while True:
        entries = [fmpq(x, state.denominator) for power in state.powers for x in power.entries()]
        columns.append(entries + [fmpq(0)] * (size - len(entries)))
        reduced, rank = fmpq_mat(columns).transpose().rref()
        if rank < len(columns):
            return fmpq_poly([*(-reduced[j, rank] for j in range(rank)), 1])
        state = state.averaged(sets)


def averages(state: PolynomialState, sets: AttentionSets, weights: Sequence[Fraction]) -> PolynomialState:
    """Return the sum of weights[j] W^j Z, W the averaging of a graph.

    >>> state = PolynomialState.start((((Fraction(1),), (Fraction(0),)),))
    >>> averages(state, (frozenset({0}), frozenset({0})), [Fraction(0), Fraction(1)]).polynomials
    ((1,), (1,))
    """
    states = [state]
    for _ in weights[1:]:
        states.append(states[-1].averaged(sets))
    return state.combined(states, weights)


def _nodes(spectrum: dict[Fraction, int], tau: Fraction | None) -> Iterator[fmpq_poly]:
    """Yield the products of two rates of the step, as polynomials, each as often as is needed."""
    step = fmpq_poly([0, 1]) if tau is None else fmpq_poly([to_fmpq(tau)])
    needed: dict[str, tuple[fmpq_poly, int]] = {}
    for (v, e), (w, f) in combinations_with_replacement(spectrum.items(), 2):
        node = (1 + step * to_fmpq(v - 1)) * (1 + step * to_fmpq(w - 1))
        _, known = needed.get(str(node), (node, 0))
        needed[str(node)] = node, max(known, e + f - 1)
    for node, times in needed.values():
        yield from [node] * times


def _conditions(
    scored: Scored,
    states: Sequence[PolynomialState],
    sets: AttentionSets,
    nodes: Sequence[fmpq_poly],
    value: fmpq,
) -> list[fmpz_poly] | None:
    """Return the polynomials that must not be negative, or None if the lemma fails at the sample already."""
    level = _scores(scored, states)
    found: list[fmpz_poly] = []
    for node in nodes:
        for i, own in enumerate(sets):
            row, attended = level[0][i], min(own)
            for b, score in enumerate(row):
                polynomial = (row[attended] - score).numer()
                if b in own and differs(scored, polynomial):
                    return None
                if b not in own and not scored.region.point and polynomial(value) < 0:
                    return None
                if b not in own:
                    found.append(polynomial)
        level = [_after(earlier, later, node) for earlier, later in pairwise(level)]
    vanishes = all(not differs(scored, x.numer()) for row in level[0] for x in row)
    return found if vanishes else None


def _scores(scored: Scored, states: Sequence[PolynomialState]) -> list[Level]:
    """Return the scores of all states, up to one positive factor for all of them."""
    common = lcm(*(state.denominator for state in states))
    found = []
    for state in states:
        factor = fmpq(common // state.denominator) ** 2
        here = Scored(scored.region, state, scored.A, scored.roots)
        count = range(state.count)
        found.append([[fmpq_poly(here.score(i, j)) * factor for j in count] for i in count])
    return found


def _after(earlier: Level, later: Level, node: fmpq_poly) -> Level:
    return [
        [y - node * x for x, y in zip(first, second, strict=True)]
        for first, second in zip(earlier, later, strict=True)
    ]
