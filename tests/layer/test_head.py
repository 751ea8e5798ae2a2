"""A head against its definition: the largest score among what a token may see."""

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.layer.head import Head
from exactdyn.numbers.points import Points
from tests.judges import reference
from tests.judges.reference import dot, times
from tests.strategies import systems


@st.composite
def masked(draw):
    system = draw(systems())
    tokens = st.integers(0, len(system.tokens) - 1)
    return system, draw(st.tuples(*[st.frozensets(tokens, min_size=1)] * len(system.tokens)))


@given(masked())
def test_a_masked_token_attends_the_largest_scores_among_what_it_sees(case):
    system, mask = case
    for token, attended in enumerate(Head(system.A, mask).attention(Points.from_rows(system.tokens))):
        vector = times(system.A, system.tokens[token])
        scores = {j: dot(vector, system.tokens[j]) for j in mask[token]}
        assert attended == {j for j, score in scores.items() if score == max(scores.values())}


@given(systems())
def test_who_sees_everybody_attends_as_without_mask(system):
    state, count = Points.from_rows(system.tokens), len(system.tokens)
    everybody = (frozenset(range(count)),) * count
    sets = reference.attention(system.A, system.tokens)
    assert Head(system.A, everybody).attention(state) == Head(system.A).attention(state) == sets


@given(masked())
def test_of_a_tie_the_first_or_the_last_is_attended(case):
    system, mask = case
    state = Points.from_rows(system.tokens)
    kept = Head(system.A, mask).attention(state)
    assert Head(system.A, mask, "first").attention(state) == tuple(frozenset({min(own)}) for own in kept)
    assert Head(system.A, mask, "last").attention(state) == tuple(frozenset({max(own)}) for own in kept)
