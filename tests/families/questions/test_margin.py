"""How far A may move: within the margin never, beyond it some matrix changes the answer."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.families.questions.lead import lead
from tests.judges.reference import attention, rational_rows
from tests.planted import question
from tests.strategies import token_sets


def leaders_of(A, tokens):
    return {i for i, own in enumerate(attention(A, tokens)) if own == {i}}


@given(token_sets(2, largest=4), st.data())
@settings(max_examples=40)
def test_within_the_margin_the_answer_stays_and_just_beyond_it_a_matrix_changes_it(tokens, data):
    named = sorted(data.draw(st.sets(st.integers(0, len(tokens) - 1), min_size=1, max_size=2)))
    answer = lead(question(tokens), named)
    if answer.status != "found" or answer.margin is None:
        return
    size = st.fractions(-1, 1, max_denominator=8).map(lambda x: x * answer.margin * Fraction(99, 100))
    moved = tuple(tuple(x + data.draw(size) for x in row) for row in answer.A)
    assert leaders_of(moved, rational_rows(tokens)) >= set(named)
    corners = [
        tuple(
            tuple(x + s * answer.margin for x, s in zip(row, signs, strict=True))
            for row, signs in zip(answer.A, pair, strict=True)
        )
        for pair in combinations([(1, 1), (1, -1), (-1, 1), (-1, -1)] * 2, 2)
    ]
    assert any(not leaders_of(corner, rational_rows(tokens)) >= set(named) for corner in corners)
