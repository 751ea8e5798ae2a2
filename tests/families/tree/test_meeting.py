"""Which tokens can meet in one step, against every attention set that is possible."""

from fractions import Fraction
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.families.classes.conditions import Preferences
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.member import Member
from exactdyn.families.tree.branch import Branch, BranchLayer
from exactdyn.families.tree.meeting import may_meet
from exactdyn.numbers.points import Points
from tests.judges.reference import mean
from tests.strategies import ALPHAS, token_sets


def branch_of(tokens, decided):
    preferences = Preferences(matrix_class("general", len(tokens[0])), 0, Points.from_rows(tokens))
    return Branch((BranchLayer(preferences, decided),), {}, Member(()))


def unions(groups):
    choices = chain.from_iterable(combinations(groups, size) for size in range(1, len(groups) + 1))
    return [frozenset().union(*choice) for choice in choices]


def reached(tokens, token, own, tau):
    centre = mean([tokens[j] for j in sorted(own)])
    return tuple(x + tau * (c - x) for x, c in zip(tokens[token], centre, strict=True))


@given(st.data(), token_sets(2, largest=4), ALPHAS)
def test_two_tokens_may_meet_if_some_attention_sets_bring_them_to_one_place(data, tokens, alpha):
    tau = alpha / (1 + alpha)
    free = branch_of(tokens, {})
    sets = {i: unions(free.layer.preferences.groups(i)) for i in range(len(tokens))}
    decided = {
        i: data.draw(st.sampled_from(sets[i])) for i in data.draw(st.sets(st.sampled_from(sorted(sets))))
    }
    places = {
        i: {reached(tokens, i, own, tau) for own in ([decided[i]] if i in decided else sets[i])} for i in sets
    }
    meeting = [
        (i, j)
        for i, j in combinations(range(len(tokens)), 2)
        if tokens[i] != tokens[j] and places[i] & places[j]
    ]
    assert may_meet(branch_of(tokens, decided), tau) == meeting


def test_beyond_twelve_places_nothing_is_said():
    tau = Fraction(1, 2)
    assert may_meet(branch_of([[x] for x in range(13)], {}), tau) is None
    assert may_meet(branch_of([[x % 12] for x in range(13)], {}), tau) is not None
