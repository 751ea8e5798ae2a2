from fractions import Fraction

import numpy as np
import pytest
from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact import states
from exactdyn.kernel.exact.itinerary import Partition
from exactdyn.kernel.exact.point import (
    StepsTowards,
    Value,
    as_floats,
    as_fractions,
    as_point,
    over_common,
    weighted_mean,
)
from exactdyn.kernel.exact.start import Source
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from tests.judges.plain import plain_run

DIGITS = [["1/2"], ["-1/2"], [Fraction(314159, 1000003) - Fraction(1, 2)]]
VALUES = st.builds(
    lambda x, y, base, power: Value((fmpz(x), fmpz(y)), fmpz(base), power),
    st.integers(-99, 99),
    st.integers(-99, 99),
    st.integers(1, 60),
    st.integers(0, 5),
)


def exact(value, q):
    return [Fraction(int(x), int(value.base) * q**value.power) for x in value.numerators]


@given(st.lists(VALUES, min_size=1, max_size=4), st.integers(1, 6), st.data())
def test_means_and_common_denominators_are_those_of_fractions(values, q, data):
    rows, base, power = over_common(values, q)
    assert [[Fraction(int(x), int(base) * q**power) for x in row] for row in rows] == [
        exact(v, q) for v in values
    ]
    weights = data.draw(st.lists(st.integers(1, 4), min_size=len(values), max_size=len(values)))
    columns = zip(*(exact(value, q) for value in values), strict=True)
    expected = [sum(w * x for w, x in zip(weights, axis, strict=True)) / sum(weights) for axis in columns]
    if len(values) > 1:
        assert exact(weighted_mean(values, weights, q), q) == expected


@given(VALUES, VALUES, st.fractions(-2, 2, max_denominator=7), st.integers(1, 6))
def test_approaching_a_point_that_stays_is_stepping_towards_it(value, target, tau, steps):
    x, goal = exact(value, tau.denominator), exact(target, tau.denominator)
    for _ in range(steps):
        x = [a + tau * (b - a) for a, b in zip(x, goal, strict=True)]
    assert exact(StepsTowards(tau, steps)(value, target), tau.denominator) == x


@given(VALUES, st.integers(1, 6), st.fractions(-3, 3, max_denominator=4).filter(bool), st.integers(0, 40))
def test_a_value_is_shown_in_lowest_terms_and_correctly_rounded(value, q, factor, times):
    expected = [x * factor**times for x in exact(value, q)]
    shown = as_fractions(value, q, factor, times)
    assert [(x.numerator, x.denominator) for x in shown] == [(x.numerator, x.denominator) for x in expected]
    assert as_floats(value, q, factor, times) == [float(x) for x in expected]
    numerators, denominator = as_point(value, q)
    assert [Fraction(int(x), int(denominator)) for x in numerators] == exact(value, q)
    assert np.gcd.reduce([int(x) for x in (*numerators, denominator)]) == 1


@pytest.mark.parametrize("memory", [0, 3_000, 10**8])
def test_any_state_in_any_order_within_any_memory(monkeypatch, memory):
    monkeypatch.setattr(states, "BYTES_HELD", memory)
    expected = plain_run(Hardmax([[-1]], "1/2"), DIGITS, 60)
    run = Hardmax([[-1]], "1/2").run(DIGITS, 60)
    for layer in [60, 3, 59, 0, *range(61), *range(60, -1, -7)]:
        assert run.state(layer) == expected.states[layer]
        assert run.tokens(layer) == expected.states[layer].rows()


def test_memory_for_exact_states_is_bounded(monkeypatch):
    monkeypatch.setattr(states, "BYTES_HELD", 20_000)
    run = Hardmax([[-1]], "1/2").run(DIGITS, 500)
    for layer in range(501):
        run.state(layer)
        assert sum(map(len, run.recording.states._held.values())) <= 3 * 30


def test_reading_layer_after_layer_moves_every_token_once_a_layer(monkeypatch):
    run = Hardmax([[-1]], "1/2").run(DIGITS, 100)
    moves = []
    move = StepsTowards.__call__
    monkeypatch.setattr(StepsTowards, "__call__", lambda *arguments: moves.append(1) or move(*arguments))
    for layer in range(101):
        run.state(layer)
    assert len(moves) == 3 * 100
    run.state(50)
    assert len(moves) == 3 * 100


def test_a_settled_state_takes_one_move_a_token_however_late(monkeypatch):
    run = Hardmax(alpha="1/2").run([[1, 0], [0, "1/2"], ["1/3", "1/3"]], 1000)
    run.state(2)
    moves = []
    move = StepsTowards.__call__
    monkeypatch.setattr(StepsTowards, "__call__", lambda *arguments: moves.append(1) or move(*arguments))
    run.state(1000)
    assert len(moves) <= 3


@pytest.mark.parametrize("rows", [[[0.1, -0.0], [0.0, 5e-324], [1e300, -3.0]], [[0.0], [-0.0], [0.0]]])
def test_a_source_of_floats_has_their_exact_values_and_finds_their_copies(rows):
    source, exactly = (
        Source(from_floats(np.array(rows))),
        Source([[Fraction(x) for x in row] for row in rows]),
    )
    for token in range(3):
        assert as_point(source.value(token), 1) == as_point(exactly.value(token), 1)
    first, other = source.first_copies(), exactly.first_copies()
    assert (first is None) == (other is None)
    assert first is None or first.tolist() == other.tolist()
    assert all(Fraction(x) * source.denominator() % 1 == 0 for row in rows for x in row)


def test_a_survivor_that_joins_a_third_point_takes_its_members_along():
    joined = Partition(5).merged({1: 0}).merged({0: 3, 4: 2, 2: 3})
    assert joined.members == {3: (0, 1, 2, 3, 4)}
    assert joined.alive.tolist() == [3]
