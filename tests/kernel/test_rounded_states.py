from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from tests.strategies import systems


def rounded(rows):
    return [[x.numerator / x.denominator for x in row] for row in rows]


def assert_rounded_correctly(run, layers):
    for k in layers:
        assert run.floats(k).tolist() == rounded(run.tokens(k))


@given(data=st.data())
def test_floats_of_any_layer_are_those_next_to_the_exact_state(data):
    system = data.draw(systems())
    run = Hardmax(system.A, system.alpha).run(system.tokens, 9)
    assert_rounded_correctly(run, data.draw(st.permutations(range(10))))


@pytest.mark.parametrize("tau", ["2/(k+2)", "2^-(k+1)", ["1", "1/2"], ["1/3", 2, "1/2", 0]])
def test_floats_under_a_schedule_are_those_next_to_the_exact_state(tau):
    tokens = np.random.default_rng(5).integers(-4, 5, (12, 2))
    assert_rounded_correctly(HardAttention([Head()], tau=tau).run(tokens.tolist(), 12), range(13))


@pytest.mark.parametrize(
    "scale", [Fraction(2) ** -1060, Fraction(2) ** 1020, Fraction(10) ** 400, Fraction(10) ** -400]
)
def test_floats_next_to_the_ends_of_their_range_are_rounded_correctly(scale):
    tokens = [[Fraction(x, 3) * scale for x in row] for row in ([3, 1], [-2, 2], [1, -5], [0, 1])]
    run = Hardmax(alpha="1/2").run(tokens, 20)
    for k in range(21):
        expected = [[float(x) if abs(x) < 2**1023 else x for x in row] for row in run.tokens(k)]
        found = run.floats(k).tolist()
        for row, own in zip(expected, found, strict=True):
            assert [x if isinstance(x, float) else float("inf") * (1 if x > 0 else -1) for x in row] == own


def test_a_layer_beyond_the_last_recorded_one_is_rounded_correctly():
    run = Hardmax(alpha="1/2").run([[1, 1], [-1, 1], ["1/3", "-2/7"], ["1/2", "1/5"], [2, "1/9"]], 200)
    assert len(run.recording.itinerary.layers) < 10
    assert_rounded_correctly(run, [200, 50, 199, 3, 1, 0])


def test_generic_states_are_rounded_without_their_exact_numbers():
    tokens = np.random.default_rng(0).standard_normal((64, 2))
    run = Hardmax(alpha="1/2").run(from_floats(tokens), 7)
    floats = run.floats(7)
    assert not run.recording.states._held
    assert floats.tolist() == rounded(run.tokens(7))
