"""Conditions on A: integer rows that say of a matrix what the scores of plain fractions say."""

from fractions import Fraction

from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.families.classes.conditions import Preferences
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.numbers.points import Points
from tests.judges import reference
from tests.strategies import token_sets

COORDINATES = st.lists(st.integers(-3, 3), min_size=4, max_size=4)


def asked(tokens, coordinates, layer=0):
    general = matrix_class("general", 2)
    preferences = Preferences(general, layer, Points.from_rows(tokens))
    return preferences, [fmpz(x) for x in coordinates], general.member(tuple(map(Fraction, coordinates)))


@given(token_sets(2, largest=5), COORDINATES)
def test_a_token_attends_what_the_definition_says_for_every_matrix(tokens, coordinates):
    preferences, at, A = asked(tokens, coordinates)
    attended = tuple(preferences.attended(i, at) for i in range(len(tokens)))
    assert attended == reference.attention(A, tokens)


@given(token_sets(2, largest=4), COORDINATES, st.data())
def test_a_row_is_its_multiplier_times_the_number_it_stands_for(tokens, coordinates, data):
    preferences, at, A = asked(tokens, coordinates)
    i, j, other = (data.draw(st.integers(0, len(tokens) - 1)) for _ in range(3))
    condition = preferences.condition(i, j, other, ">")
    apart = tuple(x - y for x, y in zip(tokens[j], tokens[other], strict=True))
    score = reference.dot(reference.times(A, tokens[i]), apart)
    value = sum(int(x) * y for x, y in zip(condition.row, coordinates, strict=True))
    assert (condition.multiplier > 0, value) == (True, condition.multiplier * score)
    held = [condition.turned(relation).holds(at) for relation in (">", ">=", "=")]
    assert held == [score > 0, score >= 0, score == 0]


@given(token_sets(2, largest=4), COORDINATES, st.data())
def test_falling_is_the_difference_of_two_squares(tokens, coordinates, data):
    before, at, A = asked(tokens, coordinates)
    moved = tuple(data.draw(st.permutations(tokens)))
    after, _, _ = asked(moved, coordinates, layer=1)
    token = data.draw(st.integers(0, len(tokens) - 1))
    falls = reference.form(A, tokens[token]) >= reference.form(A, moved[token])
    assert before.falling(after, token).holds(at) == falls


@given(token_sets(2, largest=5))
def test_tokens_in_one_group_are_preferred_alike_by_every_matrix(tokens):
    preferences, _, _ = asked(tokens, [0] * 4)
    for i in range(len(tokens)):
        groups = preferences.groups(i)
        assert sorted(j for group in groups for j in group) == list(range(len(tokens)))
        together = [group for group in groups if len(group) > 1]
        # <A z_i, w> is 0 for every A only if z_i or w is 0.
        assert all(not any(tokens[i]) or len({tokens[j] for j in group}) == 1 for group in together)
