"""Facts of a system against what they say of its runs."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.definiteness import quadratic_form
from exactdyn.systems.hardmax import Hardmax
from tests.strategies import RATIONALS, matrices, runs, vectors


@given(runs())
def test_the_box_of_the_tokens_shrinks_where_a_step_is_called_convex(run):
    boxes = [
        [(min(column), max(column)) for column in zip(*state.rows(), strict=True)] for state in run.states()
    ]
    if run.facts.convex_step:
        for before, after in pairwise(boxes):
            assert all(b[0] <= a[0] and a[1] <= b[1] for b, a in zip(before, after, strict=True))


@given(runs())
def test_leaders_are_at_rest_for_ever_where_the_facts_say_so(run):
    if run.facts.leaders_stay:
        for token, first in run.leaders.items():
            for k in range(first, run.layers + 1):
                assert run.attention(k)[token] == {token}
                assert run.state(k).points[token] == run.state(first).points[token]


@given(st.integers(1, 3).flatmap(lambda d: st.tuples(matrices(d), vectors(d, RATIONALS))))
def test_definiteness_says_the_sign_of_every_value_of_the_form(case):
    A, x = case
    facts, value = Hardmax(A).facts(len(A)), quadratic_form(A, x)
    assert (facts.semidefinite is None) or value >= 0
    assert (facts.definite is None) or value > 0 or not any(x)
    assert (facts.consensus is None) or value < 0 or not any(x)
    assert not (facts.definite and facts.consensus)


@given(st.integers(1, 3).flatmap(matrices))
def test_a_matrix_is_definite_exactly_if_its_opposite_gives_consensus(A):
    opposite = tuple(tuple(-x for x in row) for row in A)
    facts, others = Hardmax(A).facts(len(A)), Hardmax(opposite).facts(len(A))
    assert (facts.definite is None) == (others.consensus is None)


@given(st.integers(1, 3).flatmap(matrices))
def test_symmetric_means_equal_to_the_transpose(A):
    same = all(A[i][j] == A[j][i] for i in range(len(A)) for j in range(len(A)))
    assert Hardmax(A).facts(len(A)).symmetric == same


def test_several_matrices_of_scores_prove_nothing_of_one():
    several = replace(Hardmax(alpha=1).facts(2), matrix=None)
    assert not several.symmetric
    assert several.definite is several.semidefinite is several.consensus is None


def test_what_is_proved_of_followers_asks_for_everybody_visible_and_one_head():
    facts = Hardmax(alpha=1).facts(2)
    assert facts.followers_stay
    for name in ("keeps", "same_attention", "transitive_masks", "all_visible", "one_head"):
        assert not replace(facts, **{name: False}).followers_stay
