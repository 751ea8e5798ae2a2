"""Patterns: read as the sum that is written."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError, ShapeError
from exactdyn.families.classes.pattern import read_pattern

LETTERS = "abc"
TERMS = st.tuples(st.fractions(-5, 5, max_denominator=4), st.sampled_from(["", *LETTERS]))


def written(terms):
    signed = [f"{'-' if x < 0 else '+'}{abs(x)}{'*' + letter if letter else ''}" for x, letter in terms]
    return " ".join(signed)


@given(st.lists(st.lists(TERMS, min_size=1, max_size=3), min_size=4, max_size=4), st.data())
def test_with_letters_replaced_by_numbers_an_entry_is_the_sum_that_is_written(entries, data):
    text = "; ".join(", ".join(map(written, row)) for row in (entries[:2], entries[2:]))
    used = sorted({letter for entry in entries for _, letter in entry if letter})
    values = {letter: data.draw(st.fractions(-3, 3, max_denominator=3)) for letter in used}
    values[""] = Fraction(1)
    constant, *rest = read_pattern(text, 2)
    assert len(rest) == len(used)
    weights = [Fraction(1), *(values[letter] for letter in used)]
    for place, entry in enumerate(entries):
        r, c = divmod(place, 2)
        total = sum(w * B[r][c] for w, B in zip(weights, (constant, *rest), strict=True))
        assert total == sum(x * values[letter] for x, letter in entry)


def test_a_fraction_may_be_added():
    assert read_pattern("1/2*b + 1/3", 1) == (((Fraction(1, 3),),), ((Fraction(1, 2),),))


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("a, b", ShapeError, "requires 2 x 2 entries"),
        ("a, b; c, a*b", InputError, "requires an entry such as"),
        ("a, b; c, ", InputError, "got none"),
    ],
)
def test_what_is_no_pattern_is_refused(text, error, message):
    with pytest.raises(error, match=message):
        read_pattern(text, 2)
