"""Numbers for the eye."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.fields.joining import number as read
from exactdyn.numbers.shown import DIGITS_SHOWN, at_most, decimal, near, rounded, short, signed, sized

MAGNITUDES = st.integers(-400, 400)


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


@given(st.fractions(), MAGNITUDES, st.integers(1, 20))
def test_a_rounded_number_is_as_near_as_its_digits_allow_and_only_zero_is_shown_as_zero(
    number, power, digits
):
    number *= Fraction(10) ** power
    shown = Fraction(rounded(number, digits))
    assert abs(shown - number) <= abs(number) * Fraction(10) ** (1 - digits) / 2
    assert (shown == 0) == (number == 0)


@given(st.fractions(0), MAGNITUDES)
def test_a_bound_is_at_least_the_number_and_within_a_tenth_of_it(number, power):
    number *= Fraction(10) ** power
    assert number <= Fraction(at_most(number)) <= number * Fraction(11, 10)


@given(st.integers(1, 99), st.integers(-30, 30))
def test_a_number_of_two_digits_is_its_own_bound(digits, power):
    number = digits * Fraction(10) ** power
    assert Fraction(at_most(number)) == number


@given(st.integers(-(10**25), 10**25), st.integers(-50, 50))
def test_a_decimal_is_what_it_says(digits, exponent):
    assert Fraction(decimal(digits, exponent)) == digits * Fraction(10) ** exponent


@given(st.fractions())
def test_a_size_is_said_to_be_about_exactly_if_it_is_rounded(number):
    exact, equal, near = sized(number).partition(" = ")
    assert exact == short(number)
    assert not equal or (near == rounded(number, 2) and Fraction(near) == number) or near[:6] == "about "
    if near.startswith("about "):
        assert Fraction(near.removeprefix("about ")) != number


@given(st.fractions(), st.integers(1, 9))
def test_a_padded_number_has_its_sign_and_all_its_digits(number, digits):
    text = signed(number, digits, padded=True)
    assert text[0] == ("-" if number < 0 else "+")
    assert Fraction(text) == Fraction(signed(number, digits)) == Fraction(rounded(number, digits))
    figures = text[1:].partition("e")[0].replace(".", "").lstrip("0")
    assert number == 0 or len(figures) >= digits


def test_one_third_is_shown_in_one_way():
    third = Fraction(1, 3)
    assert (short(third), rounded(third, 2), at_most(third)) == ("1/3", "0.33", "0.34")
    assert (sized(third), signed(third, 2)) == ("1/3 = about 0.33", "+0.33")


@given(st.fractions(), MAGNITUDES, st.integers(1, 20))
def test_a_decimal_has_a_mark_and_all_its_digits_exactly_if_it_is_rounded(number, power, digits):
    number *= Fraction(10) ** power
    text = near(number, digits)
    shown = text.removeprefix("~")
    assert Fraction(shown) == Fraction(rounded(number, digits))
    assert (text == shown) == (Fraction(shown) == number)
    figures = shown.strip("-").partition("e")[0].replace(".", "").lstrip("0")
    assert text == shown or len(figures) >= digits


ROOTS = [read(text, "root") for text in ("sqrt(2)", "2^(1/3)", "cos(2*pi/7)", "root(x^5-x-1, 1..2)")]


@given(st.sampled_from(ROOTS), st.fractions().filter(bool), st.fractions(), MAGNITUDES, st.integers(1, 40))
def test_an_irrational_number_lies_within_half_a_unit_of_the_last_digit_that_is_shown(
    root, factor, constant, power, digits
):
    number = (root * factor + constant) * Fraction(10) ** power
    text = near(number, digits)
    assert text[0] == "~"
    shown = text[1:]
    mantissa, _, exponent = shown.partition("e")
    places = len(mantissa.partition(".")[2])
    lengths = len(mantissa.strip("-").replace(".", "").lstrip("0"))
    unit = Fraction(10) ** (int(exponent or 0) - places + max(0, lengths - digits))
    assert abs(number - Fraction(shown)) < unit / 2
    assert lengths >= digits


def test_digits_of_roots_are_those_that_everybody_knows():
    two, cube = ROOTS[:2]
    assert near(two, 50) == "~1.4142135623730950488016887242096980785696718753769"
    assert near(-cube, 30) == "~-1.25992104989487316476721060728"
    assert (short(two), short(two * two), short(two / 10**400)) == ("~1.4142136", "2", "~1.4142136e-400")
    assert short(two * 10**400) == "~1.4142136e400"
    assert len(near(two, 10_000)) == 10_002
