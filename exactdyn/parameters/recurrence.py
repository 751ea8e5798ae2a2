"""Regions on which the attention graph stays for ever, by rates of the averaging: differences with nodes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

from flint import fmpq, fmpq_mat, fmpq_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.limits.recurrence import eigenvector_weights, spectrum_of
from exactdyn.numbers.reading import to_fmpq
from exactdyn.parameters.closing import Closing
from exactdyn.parameters.layers import Known
from exactdyn.parameters.levels import Levels
from exactdyn.parameters.region import Region
from exactdyn.parameters.scored import Scored
from exactdyn.parameters.states import PolynomialState

NODES_LIMIT = 24
"""So many nodes are tried at most."""


def by_recurrence(
    scored: Scored,
    sets: AttentionSets,
    sample: Fraction,
    tau: Fraction | None,
    known: Known,
    relation: fmpq_poly,
) -> tuple[Region, Closing] | None:
    """Close by the lemma ``rates``: the graph of this layer stays for ever.

    ``tau``: the step, None where it is the parameter. ``known``: tokens that are locked, so that their sets
    stay. ``relation``: the polynomial of the averaging of the constant graph. Its roots v, the rates, have to
    be rational, and give the nodes (1 - tau + tau v)(1 - tau + tau w).
    Source: lemma ``rates`` in ``proofs_checks/parameters/FORMAT.md``.
    """
    spectrum = spectrum_of(relation)
    if spectrum is None:
        return None
    step = fmpq_poly([0, 1]) if tau is None else fmpq_poly([to_fmpq(tau)])
    factors = [1 + step * to_fmpq(v - 1) for v in spectrum]
    value = to_fmpq(sample)
    pairs = ordered_pairs([factor(value) for factor in factors], list(spectrum.values()))
    nodes = [factors[g] * factors[h] for g, h in pairs]
    if len(nodes) > NODES_LIMIT or any(node(value) <= 0 for node in nodes):
        return None
    states = [scored.state]
    for _ in nodes[1:]:
        states.append(states[-1].moved(sets, tau))
    tokens = [i for i in range(len(sets)) if i not in known]
    conditions = Levels(scored, states, nodes[:-1], sets, tokens).conditions(sample)
    if conditions is None:
        return None
    where = scored.where(sample, [node.numer() for node in nodes], conditions)
    if where is None:
        return None
    limits = averages(scored.state, sets, eigenvector_weights(relation, Fraction(1)))
    evidence = {"rates": [list(rate) for rate in spectrum.items()], "nodes": [list(pair) for pair in pairs]}
    return where, Closing("locked-itinerary", limits, evidence)


def ordered_pairs(values: Sequence[fmpq], multiplicities: Sequence[int]) -> list[tuple[int, int]]:
    """Return all pairs of rates, each as often as is needed, those with the least products first.

    Source: lemma ``rates`` in ``proofs_checks/parameters/FORMAT.md``.

    >>> ordered_pairs([fmpq(1), fmpq(1, 2)], [1, 2])
    [(1, 1), (1, 1), (1, 1), (0, 1), (0, 1), (0, 0)]
    """
    pairs = combinations_with_replacement(range(len(values)), 2)
    found = [pair for pair in pairs for _ in range(multiplicities[pair[0]] + multiplicities[pair[1]] - 1)]
    return sorted(found, key=lambda pair: values[pair[0]] * values[pair[1]])


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
