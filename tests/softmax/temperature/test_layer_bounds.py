"""Shares and choices of one softmax layer beside the hardmax one."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import Hardmax
from exactdyn.softmax.temperature.bounds import distances
from tests.judges.softmax_choices import choices
from tests.strategies import vectors

COLD = Fraction(1, 1000)


TEMPERATURES = st.sampled_from([Fraction(1, 10**6), COLD, Fraction(1, 50), Fraction(1, 2)])


TOKENS = st.lists(vectors(2), min_size=1, max_size=5)


@settings(max_examples=25)
@given(TOKENS, TEMPERATURES)
def test_a_choice_proved_from_the_bounds_is_proved_from_the_enclosures_too(tokens, temperature):
    run = Hardmax(alpha=1).run(tokens, 2)
    for bound, read in zip(distances(run, temperature), choices(run, temperature, bits=400), strict=True):
        for proved, choice, outside, share in zip(
            bound.same_choice, read.choices, bound.outside, read.shares, strict=True
        ):
            assert not proved or choice == "same"
            assert share <= 1
            assert 1 - outside <= share + Fraction(1, 10**30)


def test_the_attended_tokens_of_an_exact_tie_share_alike():
    run = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], 1)
    found = distances(run, Fraction(1, 100))
    assert found[1].errors[2] < Fraction(1, 10**10)
    assert found[0].same_choice == (True, True, True)


def test_a_cold_run_makes_the_hardmax_choices_and_a_hot_one_does_not_keep_near():
    run = Hardmax(alpha=1).run([[1, 0], [0, 1], ["3/4", "1/4"]], 3)
    assert all(choice == "same" for own in choices(run, COLD) for choice in own.choices)
    assert max(distances(run, Fraction(10))[-1].errors) > Fraction(1, 10)
