"""Numbers of fields in radicals and cosines: the same numbers, by reading them again and by digits."""

from fractions import Fraction
from math import gcd

import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.numbers.fields.closed_form import closed_form, radicals, turn_of
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.in_sympy import sympy_number
from exactdyn.numbers.fields.joining import number, together
from exactdyn.numbers.fields.subfield import moved
from exactdyn.numbers.precision import working

X = sympy.Symbol("x")


def read(*texts):
    return together([("x", text) for text in texts])


def digits(expression):
    """A number of sympy to 60 digits, by sympy's own evaluation."""
    with working(300):
        return arb(str(sympy.N(expression, 60)))


def ball(value):
    with working(300):
        if isinstance(value, FieldNumber):
            return value.root.value(value.polynomial.numer(), 300) / value.polynomial.denom()
        return arb(value.numerator) / value.denominator


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("sqrt(8)/3", "2*sqrt(2)/3"),
        ("(1+sqrt(5))/2", "1/2 + sqrt(5)/2"),
        ("2^(1/3)-1", "-1 + 2**(1/3)"),
        ("cbrt(1-sqrt(2))", "-(-1 + sqrt(2))**(1/3)"),
        ("1/(sqrt(2)+sqrt(3))", "-sqrt(2) + sqrt(3)"),
        ("sqrt(2)+sqrt(3)+sqrt(5)", "sqrt(2) + sqrt(3) + sqrt(5)"),
        ("root(x^3-x-1, 1..2)", "1/(3*(sqrt(69)/18 + 1/2)**(1/3)) + (sqrt(69)/18 + 1/2)**(1/3)"),
        ("cos(2*pi/5)", "-1/4 + sqrt(5)/4"),
        ("cos(4*pi/7)", "-cos(3*pi/7)"),
        ("1+sin(2*pi/7)/3", "cos(3*pi/14)/3 + 1"),
        ("cos(pi/7)+sin(pi/7)", "cos(5*pi/14) + cos(pi/7)"),
        ("root(x^3-3*x+1, 0..1)", "2*cos(4*pi/9)"),
    ],
)
def test_radicals_and_cosines_are_those_that_a_reader_expects(text, form):
    (value,) = read(text)
    assert str(closed_form(value)) == form
    assert number(closed_form(value), "x") == value


def test_a_number_has_the_form_of_its_own_field_where_the_field_of_all_has_none():
    values = read("sqrt(2)", "2^(1/3)", "2^(5/6)")
    assert [str(closed_form(x)) for x in values] == ["sqrt(2)", "2**(1/3)", "2**(5/6)"]
    values = read("1+sqrt(2)", "cos(2*pi/7)/2")
    assert [str(closed_form(x)) for x in values] == ["1 + sqrt(2)", "cos(2*pi/7)/2"]


@pytest.mark.parametrize("text", ["root(x^4-x-1, 1..2)", "root(x^5-x-1, 1..2)", "root(x^3-4*x+1, 0..1)"])
def test_what_has_no_short_real_radicals_is_the_root_of_its_polynomial(text):
    (value,) = read(text)
    assert closed_form(value) is None
    shown = sympy_number(value / 3 + 1)
    assert sympy.minimal_polynomial(3 * (shown - 1), X) == sympy.sympify(text[5 : text.index(",")])
    assert number(shown, "x") == value / 3 + 1


@pytest.mark.parametrize("order", range(5, 31))
def test_twice_a_cosine_is_known_by_its_minimal_polynomial(order):
    for place in range(1, order // 2 + 1):
        value = number(f"2*cos(2*pi*{place}/{order})", "x")
        if gcd(place, order) == 1 and isinstance(value, FieldNumber):
            root, _ = moved(value.root, value.polynomial, [])
            assert turn_of(root) == Fraction(place, order)
    assert turn_of(number("sqrt(7)", "x").root) is None


FIELDS = [
    ("sqrt(2)",),
    ("2^(1/3)",),
    ("sqrt(2)", "sqrt(3)"),
    ("cos(2*pi/7)",),
    ("cos(pi/9)", "sin(pi/9)"),
    ("cos(2*pi/5)", "sin(2*pi/5)"),
    ("sqrt(1+sqrt(2))",),
    ("root(x^5-x-1, 1..2)",),
    ("sqrt(2)", "cos(2*pi/7)"),
]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(FIELDS), st.lists(st.fractions(-9, 9, max_denominator=9), min_size=4, max_size=4))
def test_a_number_in_sympy_has_the_same_digits(texts, factors):
    values = read(*texts)
    total = Fraction(factors[0])
    for value, factor in zip(values, factors[1:], strict=False):
        total = total + value * factor
    total = total + values[0] * values[-1] * factors[3]
    expected, found = ball(total), digits(sympy_number(total))
    with working(300):
        assert abs(expected - found) < arb(10) ** -50 * (1 + abs(expected))


def test_roots_are_taken_of_positive_numbers_alone():
    # Cardano's formula has roots of complex numbers here, though all three roots are real.
    assert radicals(number("root(x^3-4*x+1, 0..1)", "x").root) is None
    # (1 - sqrt(2))^(1/3) is complex in sympy, which takes the principal root.
    found = closed_form(number("cbrt(1-sqrt(2))", "x"))
    assert found.is_real
    assert abs(float(found) + 0.7454321246472555) < 1e-12
