"""A matrix that satisfies conditions, or the proof that there is none, against all small matrices."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.families.classes.conditions import Preferences
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.member import Finder, Member, Nobody, directions
from exactdyn.numbers.points import Points
from tests.judges import every_matrix, reference
from tests.judges.every_matrix import CLASSES
from tests.strategies import token_sets


def score(A, tokens, comparison):
    _, i, j, other = comparison
    apart = tuple(x - y for x, y in zip(tokens[j], tokens[other], strict=True))
    return reference.dot(reference.times(A, tokens[i]), apart)


@pytest.mark.parametrize("kind", CLASSES)
@given(data=st.data())
@settings(max_examples=15)
def test_a_member_satisfies_the_conditions_and_where_there_is_none_no_small_matrix_does(kind, data):
    tokens = data.draw(token_sets(2, largest=3))
    state = Points.from_rows(tokens)
    matrices = matrix_class(kind, 2)
    preferences, finder = Preferences(matrices, 0, state), Finder(matrices)
    places = st.integers(0, len(tokens) - 1)
    drawn = st.tuples(places, places, places, st.sampled_from([">", ">=", "="]))
    conditions = [preferences.condition(*c) for c in data.draw(st.lists(drawn, min_size=1, max_size=3))]
    answer = finder.find(conditions, directions(state))
    if isinstance(answer, Member):
        A = matrices.member(matrices.at(answer.coordinates))
        assert every_matrix.belongs(A, kind)
        assert finder.accepts(answer, conditions)
    elif isinstance(answer, Nobody):
        for A in every_matrix.matrices(kind, 2):
            values = [(score(A, tokens, c.comparison), c.relation) for c in conditions]
            holds = [x > 0 or (r != ">" and x == 0) if r != "=" else x == 0 for x, r in values]
            assert not all(holds)


@given(token_sets(2, largest=4))
def test_the_directions_are_tokens_and_differences_made_primitive(tokens):
    found = directions(Points.from_rows(tokens))
    assert len(found) == len(set(found))
    assert all(any(v) for v in found)
    for token in tokens:
        assert not any(token) or any(Fraction(v[0]) * token[1] == Fraction(v[1]) * token[0] for v in found)
