"""Times as a user lists them."""

from fractions import Fraction

import pytest

from exactdyn.cli.progression import read_times
from exactdyn.errors import InputError


def test_a_list_is_what_it_says_and_dots_go_on_as_the_two_before_them():
    assert read_times("0, 1/2,2", "--spectrum") == (0, Fraction(1, 2), 2)
    assert read_times("1/3", "--spectrum") == (Fraction(1, 3),)
    assert read_times("0,0.1,...,0.3", "--spectrum") == tuple(Fraction(k, 10) for k in range(4))
    assert read_times("0,1,3/2,...,5/2", "--spectrum") == (0, 1, Fraction(3, 2), 2, Fraction(5, 2))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "requires a rational number"),
        ("0,soon", "requires a rational number"),
        ("...", "requires two times before the dots"),
        ("0,...,1", "requires two times before the dots"),
        ("0,1,...", "requires two times before the dots"),
        ("0,1,...,3,4", "requires two times before the dots"),
        ("0,1,...,...,3", "requires two times before the dots"),
        ("0,1/3,...,1/2", "requires a last time that equal steps of 1/3 reach, got 1/2"),
        ("1,0,...,-1", "requires a last time that equal steps of -1 reach, got -1"),
        ("0,0,...,1", "requires a last time that equal steps of 0 reach, got 1"),
        ("0,1,...,1", "requires a last time that equal steps of 1 reach, got 1"),
        ("0,1/1000000,...,1", "requires from 1 to 1000 times, got 999999"),
    ],
)
def test_other_texts_are_refused(text, words):
    with pytest.raises(InputError, match=f"^--spectrum: {words}"):
        read_times(text, "--spectrum")
