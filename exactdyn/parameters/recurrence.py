"""Regions on which the attention graph stays for ever, by differences of scores with polynomial nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.limits.recurrence import eigenvector_weights, spectrum_of
from exactdyn.numbers.reading import to_fmpq
from exactdyn.parameters.closing import Closing, differs
from exactdyn.parameters.layers import Known
from exactdyn.parameters.region import Region
from exactdyn.parameters.scored import Scored
from exactdyn.parameters.states import PolynomialState

NODES_LIMIT = 24
"""So many nodes are tried at most."""


def by_recurrence(
    scored: Scored, sets: AttentionSets, sample: Fraction, tau: Fraction | None, known: Known
) -> tuple[Region, Closing] | None:
    """Close by the lemma ``locked-itinerary``: the graph of this layer stays for ever.

    ``tau``: the step, None where it is the parameter. ``known``: tokens that are locked, so that their sets
    stay. Rates v of the averaging of the constant graph, which
    have to be rational, give the nodes (1 - tau + tau v)(1 - tau + tau w).
    Source: lemma ``locked-itinerary`` in ``proofs_checks/FORMAT.md``.
    """
    relation = averaging_polynomial(scored.state, sets)
    spectrum = spectrum_of(relation)
    if spectrum is None:
        return None
    value = to_fmpq(sample)
    nodes = sorted(_nodes(spectrum, tau), key=lambda node: node(value))
    if len(nodes) > NODES_LIMIT or any(node(value) <= 0 for node in nodes):
        return None
    tokens = [i for i in range(len(sets)) if i not in known]
    if not scored.region.point:
        step = value if tau is None else to_fmpq(tau)
        if not _holds_at(scored, sets, [node(value) for node in nodes], step, tokens, value):
            return None
    states = [scored.state]
    for _ in nodes:
        states.append(states[-1].moved(sets, tau))
    conditions = _conditions(scored, states, sets, nodes, tokens)
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
    tokens: Sequence[int],
) -> list[fmpz_poly] | None:
    """Return the polynomials that must not be negative, or None where others have to be 0 and are not."""
    found: list[fmpz_poly] = []
    for i in tokens:
        row = _differences(scored, states, i, min(sets[i]))
        for b, sequence in enumerate(row):
            levels = [x.numer() for x in _levels(sequence, nodes)]
            if b not in sets[i]:
                found += levels[:-1]
            if any(differs(scored, x) for x in (levels if b in sets[i] else levels[-1:])):
                return None
    return found


def _levels(sequence: Sequence[fmpq_poly], nodes: Sequence[fmpq_poly]) -> Iterator[fmpq_poly]:
    """Yield the first member of each level: what was there at first, and after each node."""
    yield sequence[0]
    for node in nodes:
        sequence = [later - node * earlier for earlier, later in pairwise(sequence)]
        yield sequence[0]


def _differences(
    scored: Scored, states: Sequence[PolynomialState], token: int, attended: int
) -> list[list[fmpq_poly]]:
    """Return, for every token b, <A z_i, z_a - z_b> at all states, up to one positive factor for all."""
    columns = []
    for state in states:
        here = scored.of(state)
        factor = fmpq(1, state.denominator) ** 2
        columns.append([fmpq_poly(here.difference(token, attended, b)) * factor for b in range(state.count)])
    return [list(sequence) for sequence in zip(*columns, strict=True)]


def _holds_at(
    scored: Scored, sets: AttentionSets, nodes: Sequence[fmpq], step: fmpq, tokens: Sequence[int], value: fmpq
) -> bool:
    """Tell whether the levels of the lemma have the right signs at one value: numbers cost little."""
    count = len(sets)
    move = fmpq_mat(count, count, [fmpq(0)] * count**2)
    for i, own in enumerate(sets):
        move[i, i] += 1 - step
        for j in own:
            move[i, j] += step / len(own)
    rows, A = scored.numbers(value)
    state, form = fmpq_mat(rows), fmpq_mat(A).transpose()
    level = []
    for _ in range(len(nodes) + 1):
        kept = state.tolist()
        chosen: fmpq_mat = fmpq_mat([kept[i] for i in tokens]) * form
        level.append(chosen * state.transpose())
        state = move * state
    for node in nodes:
        if not all(_largest(row, min(sets[i])) for row, i in zip(level[0].tolist(), tokens, strict=True)):
            return False
        level = [later - earlier * node for earlier, later in pairwise(level)]
    return True


def _largest(row: Sequence[fmpq], attended: int) -> bool:
    return all(row[attended] >= x for x in row)
