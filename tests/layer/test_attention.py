from hypothesis import given
from hypothesis import strategies as st

from exactdyn.layer.attention import attention_sets, joined, leading_points, sole_attention
from exactdyn.layer.scores import Scores
from exactdyn.numbers.points import Points
from tests.judges import reference
from tests.strategies import systems


def attention(system):
    return attention_sets(Scores(system.A), Points.from_rows(system.tokens))


@given(systems())
def test_attention_sets_are_those_of_the_definition(system):
    assert attention(system) == reference.attention(system.A, system.tokens)


@given(systems())
def test_leading_points_are_those_of_the_definition(system):
    state, sets = Points.from_rows(system.tokens), reference.attention(system.A, system.tokens)
    found = leading_points(state, sets)
    assert set(found) == reference.leading_points(reference.Layer(system.tokens, sets))
    assert [min(point) for point in found] == sorted(min(point) for point in found)


@given(systems())
def test_a_leader_is_a_leading_point_without_copies(system):
    sets = attention(system)
    points = leading_points(Points.from_rows(system.tokens), sets)
    assert sole_attention(sets) == {min(point) for point in points if len(point) == 1}


@given(systems())
def test_copies_attend_alike_and_are_attended_together(system):
    sets = attention(system)
    for i, copies in enumerate(Points.from_rows(system.tokens).copies):
        for j in copies:
            assert sets[i] == sets[j]
        assert all(copies <= attended or not copies & attended for attended in sets)


@given(systems(), st.data())
def test_copies_of_tokens_change_no_tie(system, data):
    copied = data.draw(st.sampled_from(range(len(system.tokens))))
    count = len(system.tokens)
    more = reference.System(system.A, system.alpha, (*system.tokens, system.tokens[copied]))
    expected = tuple(own | {count} if copied in own else own for own in attention(system))
    assert attention(more) == (*expected, expected[copied])


def test_a_tie_is_kept_whole():
    square = reference.system([[1, 0], [0, 1]], 1, [[1, 1], [1, -1], [-1, 1], [-1, -1], [0, 0], ["1/2", 0]])
    assert attention(square) == ({0}, {1}, {2}, {3}, set(range(6)), {0, 1})


def test_scores_that_differ_by_one_part_in_10_to_the_300_are_no_tie():
    near = reference.system([[1, 0], [0, 1]], 1, [[1, 1], [1, -1], [1, f"1/{10**300}"]])
    assert attention(near)[2] == {0}


def test_with_the_zero_matrix_everyone_attends_everyone():
    assert attention(reference.system([[0]], 1, [[1], [2], [2]])) == ({0, 1, 2},) * 3


@given(st.lists(systems(), min_size=1, max_size=3))
def test_joined_heads_attend_what_some_head_attends(several):
    sets = [reference.attention(system.A, system.tokens) for system in several]
    count = min(map(len, sets))
    heads = [own[:count] for own in sets]
    for token, attended in enumerate(joined(heads)):
        assert attended == {j for own in heads for j in own[token]}


@given(systems(), st.data())
def test_what_leads_by_some_sets_leads_by_all(system, data):
    state, sets = Points.from_rows(system.tokens), reference.attention(system.A, system.tokens)
    some = data.draw(st.sets(st.sampled_from(range(len(sets)))))
    found = leading_points(state, {token: sets[token] for token in some})
    assert found == tuple(point for point in leading_points(state, sets) if point <= some)
