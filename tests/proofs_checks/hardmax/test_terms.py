"""Sums of terms c k^p r^k: what is proved of all late layers is so at the layers one can look at."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.format.errors import MalformedError
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.schedule import read_schedule
from proofs_checks.hardmax.terms import FIRST_LAYERS, Terms, proved_from

SMALL = st.fractions(-3, 3, max_denominator=4)
BASES = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 4), Fraction(2), Fraction(9, 10)])
SUMS = st.lists(st.tuples(SMALL, st.integers(0, 3), BASES), max_size=4).map(Terms.of)


def value(terms: Terms, layer: int) -> Fraction:
    return sum((c * layer**p * r**layer for c, p, r in terms.parts), Fraction(0))


@given(SUMS)
def test_what_is_proved_from_a_layer_on_is_so_at_later_layers(terms: Terms) -> None:
    for strictly in (True, False):
        first = proved_from([(terms, strictly)])
        if first is not None:
            later = [value(terms, first + x) for x in range(60)]
            assert all(found > 0 if strictly else found >= 0 for found in later)
            assert terms.positive_from(2 * first + 1, strictly)


@given(SUMS)
def test_a_sum_whose_dominant_term_is_positive_is_proved_positive_some_time(terms: Terms) -> None:
    if terms.parts:
        _, _, leading = max((r, p, c) for c, p, r in terms.parts)
        assert (proved_from([(terms, True)]) is not None) == (leading > 0)


@given(SUMS, st.integers(0, 40))
def test_the_value_at_a_layer_is_the_sum_of_the_terms(terms: Terms, layer: int) -> None:
    assert terms.at(layer) == value(terms, layer)


@pytest.mark.parametrize("pole", [0, 3, 700])
def test_a_pole_is_refused_and_its_layer_named(pole: int) -> None:
    below = [["-1", 1, "1"], [str(pole), 0, "1"]]
    with pytest.raises(MalformedError, match=rf"not 0 at layer {pole}, got"):
        read_schedule(Field({"numerator": [["1", 0, "1"]], "denominator": below}, "tau"), 1)


def test_a_pole_beyond_what_is_tried_is_refused_too() -> None:
    below = [["1", 1, "1"], [str(-2 * FIRST_LAYERS[-1]), 0, "1"]]
    with pytest.raises(MalformedError, match="proved not to vanish at late layers"):
        read_schedule(Field({"numerator": [["1", 0, "1"]], "denominator": below}, "tau"), 1)
