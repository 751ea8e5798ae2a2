"""Simple matrices: they satisfy what the others did, in no larger integers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.families.classes.conditions import Preferences
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.member import Finder, Member
from exactdyn.families.classes.simplest import simplest
from exactdyn.numbers.points import Points
from tests.strategies import token_sets


@pytest.mark.parametrize("kind", ["general", "symmetric", "positive-definite", "negative-definite"])
@given(tokens=token_sets(2, largest=4), data=st.data())
@settings(max_examples=15)
def test_the_simplest_member_satisfies_the_same_conditions_in_no_larger_integers(kind, tokens, data):
    finder = Finder(matrix_class(kind, 2))
    preferences = Preferences(finder.matrices, 0, Points.from_rows(tokens))
    leader = data.draw(st.integers(0, len(tokens) - 1))
    conditions = [preferences.condition(leader, leader, j, ">=") for j in range(len(tokens)) if j != leader]
    found = finder.find(conditions)
    if not isinstance(found, Member):
        return
    simple = simplest(finder, conditions, found)
    assert finder.accepts(simple, conditions)
    # The zero matrix is the last to be chosen: on it everything is a tie.
    if any(found.coordinates):
        assert max(map(abs, simple.coordinates)) <= max(map(abs, found.coordinates))
    assert simplest(finder, conditions, simple) == simple


@pytest.mark.parametrize("kind", ["general", "positive-semidefinite"])
def test_more_coordinates_than_an_array_has_axes(kind):
    finder = Finder(matrix_class(kind, 11))
    preferences = Preferences(finder.matrices, 0, Points.from_rows([[1] * 11, [0] * 11]))
    conditions = [preferences.condition(0, 0, 1, ">")]
    assert finder.accepts(simplest(finder, conditions, finder.find(conditions)), conditions)
