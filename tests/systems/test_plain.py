"""The plain kernel against the definition, with heads and steps that change from layer to layer."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.layer.attention import joined
from exactdyn.layer.head import LayerHead
from exactdyn.layer.step import Step
from exactdyn.numbers.points import Points
from exactdyn.systems.plain import record_plainly
from tests.judges import reference
from tests.strategies import systems


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
        assert found.floats(k, Fraction(1), k) == [[float(x) for x in row] for row in layer.tokens]


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
    for k, heads in enumerate(found.heads):
        assert len(heads) == 2 and found.itinerary[k] == joined(heads)
        for token in range(len(system.tokens)):
            alone = all(sets[token] == {token} for sets in heads)
            assert not alone or found.leaders[token] <= k
