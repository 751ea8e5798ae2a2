"""Numbers of a field against fractions and integer square roots; the laws of a domain stand apart."""

import pickle
from fractions import Fraction
from math import floor, isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.numbers.fields.real_field import RealField

FIELD = RealField.of([-2, 0, 1], 1, 2)
ROOT = FIELD.generator
PARTS = st.fractions(max_denominator=50)


@given(PARTS, PARTS, PARTS, PARTS)
def test_the_operators_are_those_of_a_plus_b_root_two(a, b, c, d):
    x, y = a + b * ROOT, c + ROOT * d
    assert x + y == (a + c) + (b + d) * ROOT
    assert x - y == (a - c) + (b - d) * ROOT
    assert x * y == (a * c + 2 * b * d) + (a * d + b * c) * ROOT
    assert (c - x, c + x, c * x) == (-x + c, x + c, x * c)
    if y:
        norm = c * c - 2 * d * d
        assert x / y == (a * c - 2 * b * d) / norm + (b * c - a * d) / norm * ROOT
        assert y**-2 * y * y == 1 == 3 / y * y / 3
    assert x**3 == x * x * x
    assert (abs(x) == x) == (x >= 0)
    assert (x < y, x <= y) == (y > x, y >= x)


@given(st.integers(), st.integers(1, 10**40), st.integers(1, 10**20))
def test_the_floor_is_that_of_the_integer_square_root(a, b, c):
    assert floor((a + b * ROOT) / c) == (a + isqrt(2 * b * b)) // c
    assert floor((a - b * ROOT) / c) == (a - isqrt(2 * b * b) - 1) // c
    assert floor(FIELD.rational(Fraction(a, c))) == a // c


@given(PARTS, PARTS)
def test_a_number_that_is_rational_is_that_fraction(a, b):
    number = a + b * ROOT
    assert (number == a) == (b == 0)
    assert (number.rational is None) == (b != 0)
    assert {(number - b * ROOT): "found"}[a] == "found"
    assert hash(number - b * ROOT) == hash(a)


@given(PARTS, PARTS)
def test_a_number_is_the_same_after_a_journey_to_another_process(a, b):
    number = a + b * ROOT
    FIELD.floats(*FIELD.point([number]))  # what a field keeps ready does not travel
    there = pickle.loads(pickle.dumps(number))
    assert there == number
    assert there.domain == FIELD


def test_numbers_of_two_fields_are_neither_ordered_nor_added():
    other = RealField.of([-3, 0, 1], 1, 2).generator
    for mixed in (lambda: ROOT + other, lambda: other * ROOT, lambda: other > ROOT):
        with pytest.raises(InputError, match=r"requires one domain, got the field of x\^2 - . and the"):
            mixed()
    assert ROOT + other**2 == ROOT + 3


@given(PARTS, PARTS)
def test_numbers_of_two_fields_are_equal_and_hash_alike_exactly_if_they_are_the_same_real_number(a, b):
    eight = RealField.of([-8, 0, 1], 2, 3).generator
    both = RealField.of([1, 0, -10, 0, 1], 3, 4).generator  # sqrt 2 + sqrt 3
    number, others = a + b * ROOT, (a + b * eight / 2, a + b * (both**3 - 9 * both) / 2)
    for other in others:
        assert number == other
        assert hash(number) == hash(other)
        assert (number == other + Fraction(1, 10**40), number == -other) == (False, a == b == 0)
    assert (number == a + b * RealField.of([-3, 0, 1], 1, 2).generator) == (b == 0)


def test_conjugates_are_unequal():
    conjugate = RealField.of([-2, 0, 1], -2, -1).generator
    assert conjugate != ROOT
    assert conjugate == -ROOT


def test_what_is_no_number_is_not_taken_for_one():
    assert ROOT != "1.4142"
    for wrong in (lambda: ROOT + 0.5, lambda: ROOT * "2", lambda: 0.5 - ROOT, lambda: 0.5 / ROOT):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(ZeroDivisionError):
        ROOT / (ROOT - ROOT)
    with pytest.raises(ZeroDivisionError):
        ROOT / 0
