"""Numbers for the eye."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.shown import DIGITS_SHOWN, short


@given(st.fractions(), st.integers(0, 200))
def test_a_short_number_is_whole_and_a_long_one_keeps_its_ends(number, power):
    number *= 10**power
    text, parts = short(number), [str(part) for part in number.as_integer_ratio()]
    if max(map(len, parts)) <= DIGITS_SHOWN:
        assert Fraction(text) == number
    else:
        shown, note = text.removesuffix(")").split(" (")
        for part, whole, size in zip(
            shown.split("/"), parts, note.removesuffix(" digits").split("/"), strict=False
        ):
            assert len(part) <= DIGITS_SHOWN
            assert whole.startswith(part.split("...")[0])
            assert whole.endswith(part.split("...")[-1])
            assert int(size) == len(whole.lstrip("-"))
