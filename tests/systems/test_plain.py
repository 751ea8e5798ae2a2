"""The plain kernel against the definition, with heads and steps that change from layer to layer."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import HardAttention, Head, InputError
from exactdyn.kernel import heads
from exactdyn.kernel.exact.start import Source
from exactdyn.layer.attention import joined
from exactdyn.layer.head import LayerHead
from exactdyn.layer.step import Step
from exactdyn.numbers.points import Points
from exactdyn.systems import plain
from exactdyn.systems.plain import record_plainly
from exactdyn.systems.system import System
from tests.judges import hard_attention as judge
from tests.judges import reference
from tests.strategies import hard_attention_systems, systems


@given(systems(), st.integers(0, 4))
def test_a_plain_recording_is_the_run_of_the_definition(system, layers):
    step, start = Step.of(system.alpha), Points.from_rows(system.tokens)
    found = record_plainly(lambda k: [LayerHead(system.A)], lambda k: step, start, layers)
    expected = reference.run(system, layers)
    assert found.shape == (len(system.tokens), len(system.A))
    assert list(found.itinerary) == [layer.attention for layer in expected]
    for k, layer in enumerate(expected):
        assert tuple(map(tuple, found.state(k).rows())) == layer.tokens
        assert found.fractions(k, Fraction(3), k) == [[x * 3**k for x in row] for row in layer.tokens]
        assert found.floats(k, Fraction(1), k).tolist() == [[float(x) for x in row] for row in layer.tokens]


@given(hard_attention_systems())
def test_a_run_of_no_steps_begins_as_a_longer_one_does(case):
    try:
        system = case.system()
        longer = system.run(case.tokens, 1)
    except InputError:  # a layer that has no step
        return
    alone = system.run(case.tokens, 0)
    assert alone.recording.head_attention(0) == longer.recording.head_attention(0)
    assert alone.start == longer.start
    assert alone.recording.shape == longer.recording.shape
    assert alone.leaders == {token: 0 for token, layer in longer.leaders.items() if layer == 0}
    assert alone.floats(0).tolist() == longer.floats(0).tolist()


@pytest.mark.parametrize("doubt", [0, heads.DOUBT], ids=["rows one by one", "or all by a product"])
@given(hard_attention_systems())
def test_with_floats_a_recording_is_the_run_of_the_definition_too(doubt, case):
    expected = judge.run(case.judged, case.tokens, 4)
    try:
        system = case.system()
    except InputError:  # a layer that has no step
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "SMALL", 0)
        patch.setattr(heads, "DOUBT", doubt)
        if expected is None:
            with pytest.raises(InputError, match="V: requires a normalised step at layer "):
                System.record(system, Source(case.tokens), 4)
            return
        found = System.record(system, Source(case.tokens), 4)
    assert isinstance(found.states, plain.OnDemand)
    for k, layer in enumerate(expected):
        assert found.head_attention(k) == layer.heads
        assert tuple(map(tuple, found.state(k).rows())) == layer.tokens
        assert found.floats(k, Fraction(1), k).tolist() == [[float(x) for x in row] for row in layer.tokens]


def test_a_near_tie_planted_between_heads_and_layers_is_decided_exactly():
    """Two heads and a mask, nine tokens: after a step a tie is missed by 2^-200 or met exactly."""
    for sign in (-1, 0, 1):
        near = Fraction(sign, 2**200)
        tokens = [[1 + near, 1], [1, -1], ["1/2", 0], [-3, 0], *([Fraction(-3, k), 0] for k in range(2, 7))]
        parts = [Head(mask="causal"), Head([[2, 0], [0, 2]], V=[[1, 0], [0, 3]])]
        run = HardAttention(parts, tau="1/(k+3)").run(tokens, 3)
        unit = judge.unit(2)
        seen = tuple(frozenset(range(i + 1)) for i in range(9))
        double = tuple(judge.scaled(Fraction(2), e) for e in unit)
        V = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(3)))
        judged = (judge.JudgedHead((unit,), None, seen), judge.JudgedHead((double,), (V,)))
        taus = tuple(Fraction(1, k + 3) for k in range(3))
        rows = tuple(tuple(map(Fraction, row)) for row in tokens)
        for k, layer in enumerate(judge.run(judge.JudgedSystem(judged, taus), rows, 3)):
            assert run.head_attention(k) == layer.heads
            assert tuple(map(tuple, run.tokens(k))) == layer.tokens
        assert run.head_attention(0)[0][2] == {1: {0}, 0: {0, 1}, -1: {1}}[sign]


class Halfway:
    """A step towards the mean of two heads, a quarter each."""

    def moved(self, state, *heads):
        one, other = (Step(Fraction(1, 2)).moved(state, sets).rows() for sets in heads)
        pairs = zip(one, other, strict=True)
        return Points.from_rows([[(x + y) / 2 for x, y in zip(*pair, strict=True)] for pair in pairs])


@given(systems(largest=5))
def test_a_leader_of_several_heads_attends_itself_alone_in_each(system):
    opposite = tuple(tuple(-x for x in row) for row in system.A)
    start = Points.from_rows(system.tokens)
    found = record_plainly(
        lambda k: [LayerHead(system.A), LayerHead(opposite)], lambda k: Halfway(), start, 2
    )
    for k, by_head in enumerate(found.heads):
        assert len(by_head) == 2 and found.itinerary[k] == joined(by_head)
        for token in range(len(system.tokens)):
            alone = all(sets[token] == {token} for sets in by_head)
            assert not alone or found.leaders[token] <= k
