"""A head against its definition: the largest score among what a token may see."""

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.layer.head import LayerHead
from exactdyn.layer.mask import Mask
from exactdyn.numbers.points import Points
from tests.judges import reference
from tests.judges.reference import dot, times
from tests.strategies import systems


@st.composite
def masked(draw):
    system = draw(systems())
    tokens = st.integers(0, len(system.tokens) - 1)
    rows = draw(st.tuples(*[st.frozensets(tokens, min_size=1)] * len(system.tokens)))
    return system, Mask("rows", rows)


@given(masked())
def test_a_masked_token_attends_the_largest_scores_among_what_it_sees(case):
    system, mask = case
    for token, attended in enumerate(LayerHead(system.A, mask).attention(Points.from_rows(system.tokens))):
        vector = times(system.A, system.tokens[token])
        scores = {j: dot(vector, system.tokens[j]) for j in mask.seen(len(system.tokens))[token]}
        assert attended == {j for j, score in scores.items() if score == max(scores.values())}


@given(systems())
def test_who_sees_everybody_attends_as_without_mask(system):
    state, count = Points.from_rows(system.tokens), len(system.tokens)
    everybody = Mask.of([[1] * count] * count)
    sets = reference.attention(system.A, system.tokens)
    assert LayerHead(system.A, everybody).attention(state) == LayerHead(system.A).attention(state) == sets


@given(masked())
def test_of_a_tie_the_first_or_the_last_is_attended(case):
    system, mask = case
    state = Points.from_rows(system.tokens)
    kept = LayerHead(system.A, mask).attention(state)
    assert LayerHead(system.A, mask, "first").attention(state) == tuple(frozenset({min(own)}) for own in kept)
    assert LayerHead(system.A, mask, "last").attention(state) == tuple(frozenset({max(own)}) for own in kept)
