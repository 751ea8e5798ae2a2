"""Graphs that repeat for ever, by rates of the layers of one period; parameters/FORMAT.md, "Closing"."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from proofs_checks.format.reading import Field
from proofs_checks.parameters.closing import Future, Settled, need
from proofs_checks.parameters.line import Line
from proofs_checks.parameters.packed import Node
from proofs_checks.parameters.polynomials import Polynomial, plus, times, trimmed
from proofs_checks.parameters.recurrence import NODES_LIMIT, check_levels, others, read_nodes
from proofs_checks.parameters.states import Sets, State

PERIOD_LIMIT = 24
"""Longest period."""


def check_periodic(settled: Settled, data: Field) -> Future:
    """Check that the graphs of the last layers repeat for ever.

    Source: parameters/FORMAT.md, lemma ``rates``.
    """
    members = data.fields(["lemma", "period", "rates", "nodes"], ["limits", "moving"])
    period = members["period"].integer(1, PERIOD_LIMIT)
    need(data, period <= len(settled.itinerary), "there are fewer layers than the period has")
    sets, first = settled.itinerary[-period:], settled.states[-period]
    rates = [_rate(entry) for entry in members["rates"].items()]
    nodes = read_nodes(members["nodes"], [rate for rate, _ in rates], [e for _, e in rates])
    need(data, all(settled.region.positive(node) for node, _ in nodes), "a node is not positive")
    rest, whole = _without_rates(settled, data, first, sets, rates)
    states = [first]
    for layer in range(period * len(nodes) - 1):
        states.append(settled.line.step(states[-1], sets[layer % period]))
    tokens = others(settled.region, first, sets[0])
    for phase, own in enumerate(sets):
        check_levels(settled, data, states[phase::period], nodes, {i: own[i] for i in tokens})
    need(data, ("limits" in members) != ("moving" in members), "requires either limits or what moves")
    if "moving" in members:
        _check_moving(settled, members["moving"], rest, sets)
        return Future(None, period)
    return Future(_limits(settled, members["limits"], sets, rest, whole), period)


def _without_rates(
    settled: Settled, data: Field, state: State, sets: Sequence[Sets], rates: Sequence[tuple[Node, int]]
) -> tuple[State, Polynomial]:
    """Return what the product of the T - r, r != 1, makes of the state, and the product of the 1 - r.

    T is the round of a period. Both are up to one positive factor.
    """
    whole: Polynomial = [1]
    one = False
    for (rate, scale), e in rates:
        if rate == [scale]:
            one = True
            need(data, e == 1, "requires the rate 1 once")
            continue
        below = plus([scale], rate, -1)
        need(data, settled.region.positive(below), "a rate is not seen to be less than 1")
        for _ in range(e):
            state = _round(settled.line, state, sets).combined(state, [scale], plus([], rate, -1), 1)
            whole = times(whole, below)
    end = _round(settled.line, state, sets).combined(state, [1], [-1], 1) if one else state
    still = all(settled.region.vanishes(x) for row in end.rows for x in row)
    need(data, still, "the layers of a period have other rates")
    return state, whole


def _round(line: Line, state: State, sets: Sequence[Sets]) -> State:
    for own in sets:
        state = line.step(state, own)
    return state


def _check_moving(settled: Settled, field: Field, rest: State, sets: Sequence[Sets]) -> None:
    """Check that a coordinate of a token is not the same, in the limit, after so many layers of a period."""
    layers, token, coordinate = field.items(3)
    later = _round(settled.line, rest, sets[: layers.integer(1, len(sets) - 1)])
    moved = later.combined(rest, [1], [-1], 1)
    i, c = token.integer(0, len(rest.rows) - 1), coordinate.integer(0, len(rest.rows[0]) - 1)
    way = moved.rows[i][c]
    seen = settled.region.positive(way) or settled.region.positive([-x for x in way])
    need(field, seen, "the coordinate is not seen to move")


def _limits(settled: Settled, field: Field, sets: Sequence[Sets], rest: State, whole: Polynomial) -> State:
    """Check that the tokens tend to a state: no layer of the period moves it, and it is what is left."""
    entries = [
        [x.rational_vector() for x in row.items(len(rest.rows[0]))] for row in field.items(len(rest.rows))
    ]
    common = lcm(*(c.denominator for row in entries for x in row for c in x))
    limits = State([[trimmed(int(c * common) for c in x) for x in row] for row in entries], common)
    away = [rest.combined(limits, [1], plus([], whole, -1), 1)]
    for own in sets:
        away.append(limits.averaged(own).combined(limits, [1], [-1], 1))
    still = all(settled.region.vanishes(x) for state in away for row in state.rows for x in row)
    need(field, still, "the limits are other ones, or move on")
    return limits


def _rate(field: Field) -> tuple[Node, int]:
    """Read a rate, a polynomial over a positive integer, and how often it is there."""
    polynomial, e = field.items(2)
    coefficients = polynomial.rational_vector()
    scale = lcm(*(c.denominator for c in coefficients))
    return (trimmed(int(c * scale) for c in coefficients), scale), e.integer(1, NODES_LIMIT)
