"""The fast kernel with a step for every layer, against the definition and against the plain kernel."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel import recorder as record
from exactdyn.kernel.recorder import Recording
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from tests.judges import hard_attention as judge
from tests.judges.plain import HOSTILE, MATRICES, assert_same_run, hostile_matrix, hostile_tokens
from tests.strategies import TAU_FORMULAS, systems

LAYERS = 7

STEPS = st.one_of(
    st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(2), Fraction(-1)]),
    st.fractions(-1, 2, max_denominator=5),
)
SCHEDULES = ["2/(k+2)", "2^-(k+1)", "(k-2)/(k+1)", ["1", "1/2"], ["1/2", "1", "1/3"], ["1/3", 2, "1/2", 0]]
"""Steps that are 1 at first, summable, negative and then inside, 1 at a later layer, beyond 1, and 0."""


@pytest.fixture(params=["few", "many"])
def either_kernel(request, monkeypatch):
    """Systems of any size run by the one recorder and by the other."""
    monkeypatch.setattr(record, "SMALL", 10**9 if request.param == "few" else 0)


@st.composite
def schedules(draw):
    """Steps as the library takes them, their period, and the values of the first layers."""
    formula = draw(st.sampled_from([None, None, *TAU_FORMULAS]))
    if formula is not None:
        return formula, 1, tuple(map(TAU_FORMULAS[formula], range(LAYERS)))
    listed = draw(st.lists(STEPS, min_size=2, max_size=5))
    return listed, draw(st.integers(1, len(listed))), tuple(listed)


@pytest.mark.parametrize("few", [True, False])
@given(systems(largest=6), schedules(), st.data())
def test_a_run_with_a_step_for_every_layer_is_that_of_the_definition(few, system, schedule, data):
    tau, period, taus = schedule
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "SMALL", 10**9 if few else 0)
        run = Hardmax(system.A, tau=tau, period=period).run(system.tokens, LAYERS)
    assert isinstance(run.recording, Recording)
    judged = judge.JudgedSystem((judge.JudgedHead((system.A,)),), taus, None, period)
    expected = judge.run(judged, system.tokens, LAYERS)
    assert run.itinerary == [layer.heads[0] for layer in expected]
    first = {}
    for k, layer in enumerate(expected):
        for i, own in enumerate(layer.heads[0]):
            if own == {i}:
                first.setdefault(i, k)
    assert run.leaders == first
    for k in data.draw(st.permutations(range(LAYERS + 1))):
        assert tuple(map(tuple, run.tokens(k))) == expected[k].tokens


@pytest.mark.parametrize("tau", SCHEDULES, ids=str)
@pytest.mark.parametrize("kind", ["lattice with one-ulp faults", "symmetric", "cube corners", "subnormal"])
def test_hostile_floats_run_as_the_plain_kernel_says(kind, tau, either_kernel):
    assert kind in HOSTILE
    rng = np.random.default_rng(len(kind))
    for matrix in MATRICES:
        d = int(rng.integers(1, 4))
        tokens = hostile_tokens(kind, rng, int(rng.integers(2, 12)), d)
        system = Hardmax(hostile_matrix(matrix, rng, d), tau=tau, period=1 if isinstance(tau, str) else 2)
        assert_same_run(system, from_floats(tokens), 6)


@pytest.mark.parametrize("sign", [-1, 0, 1])
@pytest.mark.parametrize("tau", SCHEDULES, ids=str)
def test_a_near_tie_far_below_floats_is_decided_at_every_layer(tau, sign, either_kernel):
    near = 1 + sign * Fraction(1, 2**200)
    tokens = [[near, 1], [1, -1], ["1/2", 0], [-3, 0], *([Fraction(-3, k), 0] for k in range(2, 9))]
    run = Hardmax(tau=tau).run(tokens, 8)
    assert run.attention(0)[2] == {1: {0}, 0: {0, 1}, -1: {1}}[sign]
    assert_same_run(Hardmax(tau=tau), tokens, 8)
    assert_same_run(Hardmax([[-1, 0], [0, -1]], tau=tau), tokens, 8)


def test_a_leader_that_a_full_step_moves_is_listed_and_not_locked(either_kernel):
    # Token 0 leads at layer 0. All step onto what they attend, so a copy of it comes, and it leads no more.
    run = Hardmax(tau=["1", "1/2"]).run([[2], [1], [-1]], 5)
    assert run.leaders == {0: 0, 2: 0}
    assert [sorted(own) for own in run.attention(1)] == [[0, 1], [0, 1], [2]]
    assert_same_run(Hardmax(tau=["1", "1/2"]), [[2], [1], [-1]], 12)


@pytest.mark.parametrize("tau", [["1/2", 1], ["1/3", 2]], ids=str)
def test_where_full_steps_recur_for_ever_nothing_is_locked(tau, either_kernel):
    system = Hardmax(tau=tau, period=2)
    assert not system.run([[2], [1], [-1], ["1/2"]], 9).recording.itinerary.locked
    assert_same_run(system, [[2], [1], [-1], ["1/2"]], 9)


def test_a_million_layers_of_a_schedule_are_recorded_as_a_few(either_kernel):
    tokens = [[1, "1/3"], ["-1/12", "1/12"], [-1, -1], [0, "1/4"], ["-3/10", "-7/10"], ["4/5", "1/10"]]
    run = Hardmax(tau=["1/3", "1/2", "1/4"], period=2).run(tokens, layers=1_000_000)
    assert len(run.recording.itinerary.layers) <= 5
    distance = [a - b for a, b in zip(run.tokens(11)[5], run.tokens(11)[0], strict=True)]
    later = [a - b for a, b in zip(run.tokens(1011)[5], run.tokens(1011)[0], strict=True)]
    assert later == [x * Fraction(3, 8) ** 500 for x in distance]


def test_heads_that_attend_alike_take_the_fast_kernel_with_a_schedule():
    heads = [Head([[1, 0], [0, 1]]), Head([[3, 0], [0, 3]], V=[[2, 0], [0, 2]])]
    system = HardAttention(heads, tau="1/(k+2)")
    tokens = [[1, 2], [-1, 1], ["1/2", "1/3"]]
    run = system.run(tokens, 6)
    assert isinstance(run.recording, Recording)
    thrice, twice = (tuple(judge.scaled(factor, e) for e in judge.unit(2)) for factor in (3, 2))
    heads = (judge.JudgedHead((judge.unit(2),)), judge.JudgedHead((thrice,), (twice,)))
    taus = tuple(Fraction(1, k + 2) for k in range(6))
    exact = tuple(tuple(map(Fraction, token)) for token in tokens)
    for k, layer in enumerate(judge.run(judge.JudgedSystem(heads, taus), exact, 6)):
        assert run.head_attention(k) == layer.heads
        assert tuple(map(tuple, run.tokens(k))) == layer.tokens
