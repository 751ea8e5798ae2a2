"""Regions on which the graphs of the last layers repeat for ever, by the rates of one period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq, fmpq_poly, fmpz_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.limits.recurrence import coefficients_of
from exactdyn.numbers.reading import to_fmpq
from exactdyn.parameters.closing import Closing, differs
from exactdyn.parameters.layers import Known
from exactdyn.parameters.levels import Levels
from exactdyn.parameters.packed import PackedScores
from exactdyn.parameters.recurrence import ordered_pairs
from exactdyn.parameters.region import Region
from exactdyn.parameters.rounds import Round
from exactdyn.parameters.scored import Scored
from exactdyn.parameters.states import PolynomialState

PERIOD_LIMIT = 12
"""Longest period that is looked for; it has to be seen twice."""

NODES_LIMIT = 10
"""So many nodes are tried at most."""

MULTIPLICITY_LIMIT = 3
"""So often at most a rate is tried."""

LOOK_AHEAD = 4
"""So many periods are looked at for a sample first."""

Rates: TypeAlias = list[tuple[fmpq_poly, int]]


def period_of(itinerary: Sequence[AttentionSets]) -> int | None:
    """Return the least period of more than one layer that the last layers have repeated.

    Source: ``proofs_checks/parameters/FORMAT.md``, section "Closing".

    >>> zero, one = (frozenset({0}),), (frozenset({1}),)
    >>> period_of([zero, zero, one, zero, one]), period_of([zero, one, one])
    (2, None)
    """
    for period in range(2, PERIOD_LIMIT + 1):
        if len(itinerary) >= 2 * period and itinerary[-period:] == itinerary[-2 * period : -period]:
            return period
    return None


def by_period(scored: Scored, around: Round, sample: Fraction, known: Known) -> tuple[Region, Closing] | None:
    """Close by the lemma ``rates``: the graphs of a period repeat for ever.

    ``scored``: at the first layer of the period, whose graphs ``around`` has. ``known``: tokens that are
    locked then.
    Source: lemma ``rates`` in ``proofs_checks/parameters/FORMAT.md``.
    """
    tokens = [i for i in range(scored.state.count) if i not in known]
    rates = _needed(scored, around) if _goes_on(scored, around, sample, tokens) else None
    if rates is None:
        return None
    value = to_fmpq(sample)
    pairs = ordered_pairs([rate(value) for rate, _ in rates], [e for _, e in rates])
    nodes = [rates[g][0] * rates[h][0] for g, h in pairs]
    below = [1 - rate for rate, _ in rates if not rate.is_one()]
    positive = [polynomial.numer() for polynomial in (*nodes, *below)]
    if len(nodes) > NODES_LIMIT or not all(scored.positive_at(sample, p) for p in positive):
        return None
    period, states = len(around.sets), [scored.state]
    for layer in range(period * len(nodes) - 1):
        states.append(states[-1].moved(around.sets[layer % period], around.tau))
    conditions: list[fmpz_poly] = []
    for phase, sets in enumerate(around.sets):
        own = Levels(scored, states[phase::period], nodes[:-1], sets, tokens).conditions(sample)
        if own is None:
            return None
        conditions += own
    found = _ending(scored, around, rates, value)
    if found is None:
        return None
    limits, evidence, moves = found
    where = scored.where(sample, [*positive, *moves], conditions)
    if where is None:
        return None
    named = [[list(coefficients_of(rate)), e] for rate, e in rates]
    stated = {"period": period, "rates": named, "nodes": [list(pair) for pair in pairs], **evidence}
    settled = 1 if len(set(around.sets)) == 1 else period
    return where, Closing("periodic-itinerary", limits, stated, settled)


def _goes_on(scored: Scored, around: Round, sample: Fraction, tokens: Sequence[int]) -> bool:
    """Tell whether the graphs repeat for some more layers at a sample: numbers cost little."""
    if scored.region.point:
        return True
    A = PackedScores.of(sample, sample, scored.state, scored.A).matrix
    tau = sample if around.tau is None else around.tau
    state = PolynomialState.start((scored.state.at(sample),))
    for sets in around.sets * LOOK_AHEAD:
        rows = PackedScores.of(sample, sample, state, (A,)).scores(tokens)
        for i, row in zip(tokens, rows, strict=True):
            if {j for j, score in enumerate(row) if score == max(row)} != sets[i]:
                return False
        state = state.moved(sets, tau)
    return True


def _needed(scored: Scored, around: Round) -> Rates | None:
    """Return the rates that the state has, and how often, at most so often as is tried."""
    own = around.rates
    if own is None:
        return None
    if scored.region.point:
        modulus = fmpq_poly(scored.region.low.polynomial)
        own = tuple({str(rate % modulus): rate % modulus for rate in own}.values())
    for most in range(1, MULTIPLICITY_LIMIT + 1):
        rates = [(rate, 1 if rate.is_one() else most) for rate in own]
        if _vanishes(scored, _left(scored, around, rates)):
            return _pruned(scored, around, rates)
    return None


def _pruned(scored: Scored, around: Round, rates: Rates) -> Rates:
    """Leave out rates, one by one, as long as nothing is left of the state."""
    place = 0
    while place < len(rates):
        rate, e = rates[place]
        fewer = [*rates[:place], *([(rate, e - 1)] if e > 1 else []), *rates[place + 1 :]]
        if _vanishes(scored, _left(scored, around, fewer)):
            rates = fewer
        else:
            place += 1
    return rates


def _left(scored: Scored, around: Round, rates: Rates) -> PolynomialState:
    """Return what the product of the T - rate, as often as each is named, makes of the state."""
    state = scored.state
    for rate, e in rates:
        for _ in range(e):
            state = around.without(state, rate).on(scored.region)
    return state


def _vanishes(scored: Scored, state: PolynomialState) -> bool:
    return all(power.is_zero() for power in state.on(scored.region).powers)


def _ending(
    scored: Scored, around: Round, rates: Rates, value: fmpq
) -> tuple[PolynomialState | None, dict[str, object], list[fmpz_poly]] | None:
    """Return the limits, None where there are none, what is stated of that, and what has to be positive.

    None: there are limits, but they are no polynomials.
    """
    others = [(rate, e) for rate, e in rates if not rate.is_one()]
    rest, whole = _left(scored, around, others), fmpq_poly([1])
    for rate, e in others:
        whole *= (1 - rate) ** e
    moving = list(_moving(scored, around, rest))
    if not moving:
        limits = _divided(scored, rest, whole)
        return None if limits is None else (limits, {"limits": limits.coefficients()}, [])
    place, way = min(moving, key=lambda own: len(scored.roots.of(own[1])))
    if scored.region.point:
        return None, {"moving": place}, []
    return None, {"moving": place}, [way if way(value) > 0 else -way]


def _moving(scored: Scored, around: Round, rest: PolynomialState) -> Iterator[tuple[list[int], fmpz_poly]]:
    """Yield where the limits after whole periods differ from those after some layers more."""
    later = rest
    for layers, sets in enumerate(around.sets[:-1], start=1):
        later = later.moved(sets, around.tau).on(scored.region)
        away = rest.combined([later, rest], [Fraction(1), Fraction(-1)])
        ways = ((i, c, way) for i, row in enumerate(away.polynomials) for c, way in enumerate(row))
        yield from (([layers, i, c], way) for i, c, way in ways if differs(scored, way))


def _divided(scored: Scored, state: PolynomialState, whole: fmpq_poly) -> PolynomialState | None:
    """Return a state over a polynomial; None where that is no polynomial."""
    rows = [[fmpq_poly(x) for x in row] for row in state.polynomials]
    if scored.region.point:
        modulus = fmpq_poly(scored.region.low.polynomial)
        _, inverse, _ = (whole % modulus).xgcd(modulus)
        return PolynomialState.of([[x * inverse % modulus for x in row] for row in rows], state.denominator)
    parts = [[divmod(x, whole) for x in row] for row in rows]
    if any(not rest.is_zero() for row in parts for _, rest in row):
        return None
    return PolynomialState.of([[quotient for quotient, _ in row] for row in parts], state.denominator)
