from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel import recorder as record
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from tests.judges import reference
from tests.judges.plain import HOSTILE, MATRICES, assert_same_run, hostile_matrix, hostile_tokens
from tests.strategies import systems

# tau = alpha / (1 + alpha) in the middle, within 2**-60 of 0 and of 1, below what a float can hold, and
# outside [0, 1), where everything is exact.
NEAR_0, NEAR_1, BELOW_FLOATS = Fraction(1, 2**60), 2**60, Fraction(1, 2**1100)
INSIDE = ["1/2", "1", "2", "1/6", "0", NEAR_0, NEAR_1, BELOW_FLOATS]
OUTSIDE = ["-1/3", "-3", "-1/1000000"]


@pytest.fixture(params=["few", "many"])
def either_kernel(request, monkeypatch):
    """Systems of any size run by the one recorder and by the other."""
    monkeypatch.setattr(record, "SMALL", 10**9 if request.param == "few" else 0)


@pytest.mark.parametrize("few", [True, False])
@given(data=st.data())
def test_a_run_is_that_of_the_definition(few, data):
    system = data.draw(systems())
    layers = data.draw(st.integers(0, 9))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "SMALL", 10**9 if few else 0)
        run = Hardmax(system.A, system.alpha).run(system.tokens, layers)
    expected = reference.run(system, layers)
    assert run.itinerary == tuple(layer.attention for layer in expected)
    for k in data.draw(st.permutations(range(layers + 1))):
        assert run.tokens(k) == [list(token) for token in expected[k].tokens]


@pytest.mark.parametrize("alpha", [*INSIDE, *OUTSIDE], ids=lambda alpha: f"{float(Fraction(alpha)):.3g}")
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_floats_run_as_the_plain_kernel_says(kind, alpha, either_kernel):
    rng = np.random.default_rng(len(kind))
    for matrix in MATRICES:
        d = int(rng.integers(1, 4))
        tokens = hostile_tokens(kind, rng, int(rng.integers(2, 12)), d)
        layers = 4 if kind in ("many integers", "1e-300 to 1e300") else 7
        assert_same_run(Hardmax(hostile_matrix(matrix, rng, d), alpha), from_floats(tokens), layers)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_a_hundred_thousand_attention_sets_are_those_of_the_plain_kernel(seed):
    rng = np.random.default_rng(seed)
    compared = 0
    while compared < 100_000 / 8:
        d, n = int(rng.integers(1, 5)), int(rng.integers(2, 40))
        tokens = hostile_tokens(HOSTILE[int(rng.integers(len(HOSTILE)))], rng, n, d)
        matrix = hostile_matrix(MATRICES[int(rng.integers(len(MATRICES)))], rng, d)
        alpha = INSIDE[int(rng.integers(len(INSIDE)))]
        layers = int(rng.choice([5, 20, 50])) if isinstance(alpha, str) and n < 50 else 6
        compared += assert_same_run(Hardmax(matrix, alpha), from_floats(tokens), layers)


@pytest.mark.parametrize("power", [20, 50, 53, 54, 60, 100, 300, 1000])
@pytest.mark.parametrize("sign", [-1, 0, 1])
def test_a_planted_near_tie_is_decided_by_its_last_bit(power, sign, either_kernel):
    near = 1 + sign * Fraction(1, 2**power)
    tokens = [[1, near], [1, -1], ["1/2", 0], [-3, 0], *([Fraction(-3, k), 0] for k in range(2, 9))]
    assert Hardmax().run(tokens, layers=0).attention(0)[2] == {0, 1}
    turned = [[near, 1], *tokens[1:]]
    expected = {1: {0}, 0: {0, 1}, -1: {1}}[sign]
    assert Hardmax().run(turned, layers=0).attention(0)[2] == expected
    assert_same_run(Hardmax(alpha="1/2"), turned, layers=12)


def test_integers_beyond_the_range_of_floats_run_like_any_others(either_kernel):
    huge = 10**400
    tokens = [[huge, 1], [1 - huge, 0], [huge - 1, 3], [0, 1], [1, 0], [5, huge // 3]]
    for matrix in (None, [[-huge, 1], [0, 2]], [[0, Fraction(1, huge)], [1, 0]]):
        assert_same_run(Hardmax(matrix, alpha="1/2"), tokens, layers=8)


def test_a_zero_matrix_and_zero_tokens_attend_everything(either_kernel):
    everything = frozenset(range(3))
    assert Hardmax([[0]]).run([[1], [2], [3]], layers=1).attention(1) == (everything,) * 3
    run = Hardmax().run([[0, 0], [1, 0], [0, 1]], layers=1)
    assert run.attention(0) == (everything, {1}, {2})
    assert_same_run(Hardmax([[0, 1], [0, 0]]), [[1, 0], [1, 1], [0, 0], [0, 1], [2, 1]], layers=9)


def test_tokens_that_meet_on_their_way_are_one_point_from_then_on(either_kernel):
    mirrored = [[1], [-1], [3], [-3], [2], [-2], ["1/2"]]
    assert_same_run(Hardmax([[-1]], alpha=1), mirrored, layers=12)
    lattice = [[x, y] for x in range(-3, 4) for y in range(-3, 4)]
    for alpha in (1, "1/2"):
        assert_same_run(Hardmax([[-1, 0], [0, -1]], alpha), lattice, layers=12)


@pytest.mark.parametrize("alpha", ["1/2", 1, 2])
@pytest.mark.parametrize("d", [1, 2, 3])
def test_a_run_that_contracts_for_ever_is_followed_through_fresh_shadows(alpha, d):
    half = np.random.default_rng(d).standard_normal((15, d))
    tokens = from_floats(
        np.concatenate([half, -half])
    )  # around 0, or some would soon lead and all be settled
    system = Hardmax([[-int(i == j) for j in range(d)] for i in range(d)], alpha)
    assert_same_run(system, tokens, layers=70)
    turning = Hardmax([[-int(i == j) + i - j for j in range(d)] for i in range(d)], alpha)
    assert_same_run(turning, tokens, layers=60)
    assert all(own.run(tokens, layers=70).recording.work.anchors for own in (system, turning))


def test_attention_spells_the_binary_digits_of_a_token(either_kernel):
    x = Fraction(314159, 1000003)
    run = Hardmax([[-1]], alpha="1/2").run([["1/2"], ["-1/2"], [x - Fraction(1, 2)]], layers=400)
    for layer in range(401):
        digit = int(x * 2 ** (layer + 1)) % 2
        assert run.attention(layer)[2] == {digit}


def test_where_all_is_settled_a_million_layers_are_recorded_as_a_few(either_kernel):
    tokens = [[1, "1/3"], ["-1/12", "1/12"], [-1, -1], [0, "1/4"], ["-3/10", "-7/10"], ["4/5", "1/10"]]
    run = Hardmax(alpha="1/2").run(tokens, layers=1_000_000)
    assert len(run.recording.itinerary.layers) <= 5
    assert run.attention(1_000_000) == run.attention(10)
    distance = [a - b for a, b in zip(run.tokens(10)[5], run.tokens(10)[0], strict=True)]
    later = [a - b for a, b in zip(run.tokens(1000)[5], run.tokens(1000)[0], strict=True)]
    assert later == [x * Fraction(2, 3) ** 990 for x in distance]
    assert run.tokens(1_000_000)[0] == [1, Fraction(1, 3)]


def test_a_run_that_does_not_move_is_recorded_as_one_layer(either_kernel):
    run = Hardmax([[-1]], alpha=0).run([[1], [-2], [5]], layers=1_000_000)
    assert run.attention(1_000_000) == (frozenset({1}), frozenset({2}), frozenset({1}))
    assert run.tokens(1_000_000) == [[1], [-2], [5]]


def test_ties_between_leaders_are_settled_for_ever_only_if_they_stay(either_kernel):
    assert_same_run(Hardmax(), [[1, 1], [1, -1], ["1/2", 0]], layers=30)  # stays tied
    # Token 4 is drawn away from the tie of two leaders by a third one behind them (alpha = 1).
    assert_same_run(Hardmax(alpha=1), [[4, 3], [4, -3], [7, 0], [-9, 0], ["1/9", 0], [-1, 4]], layers=12)
    matrix = [[3, 0, 0], [0, 3, 0], [0, 0, -1]]
    tokens = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1], [0, 0, "1/3"]]
    run = Hardmax(matrix, alpha=1).run(tokens, layers=21)  # ties of leaders, in turn for ever
    assert run.attention(20)[4] == {2, 3}
    assert run.attention(21)[4] == {0, 1}


def test_floats_are_not_converted_before_somebody_asks(monkeypatch):
    source = "exactdyn.kernel.exact.start.Source.value"
    tokens = from_floats(np.random.default_rng(0).standard_normal((50, 3)))
    with monkeypatch.context() as patch:
        patch.setattr(source, lambda *_: pytest.fail("converted"))
        run = Hardmax(alpha="1/2").run(tokens, layers=10)
        assert len(run.attention(10)) == 50
    assert run.tokens(0)[0] == [Fraction(float(x)) for x in tokens.values[0]]
