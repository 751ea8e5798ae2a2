"""The numbers of a certificate's field: one root, products modulo a polynomial, signs by enclosures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.format.errors import RejectedError, TooMuchWorkError
from proofs_checks.format.field_number import FieldNumber
from proofs_checks.format.number_field import NumberField
from proofs_checks.work import allowance
from tests.judges.oracle.real import RealField

IRREDUCIBLE = {
    "sqrt 2": ((-2, 0, 1), "1", "2"),
    "-sqrt 2": ((-2, 0, 1), "-2", "-1"),
    "2^(1/3)": ((-2, 0, 0, 1), "1", "2"),
    "2 cos(2 pi/7)": ((-1, -2, 1, 1), "1", "3/2"),
    "2 sin(pi/7)": ((-7, 0, 14, 0, -7, 0, 1), "3/4", "1"),
    "near two others": ((-2, 40, -200, 1), "193/2000", "197/2000"),
    "of degree 1": ((-3, 1), "-10", "10"),
}
REDUCIBLE = (6, 0, -5, 0, 1)
"""(x^2 - 2)(x^2 - 3)"""


def field(polynomial: tuple[int, ...], low: str, high: str) -> NumberField:
    return NumberField(polynomial, Fraction(low), Fraction(high))


def root_of_2(polynomial: tuple[int, ...] = REDUCIBLE) -> NumberField:
    return field(polynomial, "13/10", "3/2")


@pytest.mark.parametrize(
    "polynomial, low, high",
    [
        ((-2, 0, 1), "-2", "2"),  # two roots
        ((-2, 0, 1), "2", "3"),  # none
        ((1, 0, 1), "-1", "1"),  # none that is real
        ((0, 1, 0, 1), "0", "1"),  # one at an end
        ((-2, 1), "1", "2"),
        ((-2, 0, 1), "2", "1"),  # ends in the wrong order
        ((-2, 0, 1), "7/5", "7/5"),
        ((0, -1, 0, 1), "-3/2", "3/2"),  # three
        ((0, 0, 0, 1), "-1", "1"),  # one that is threefold
        ((-8, 12, -6, 1), "1", "4"),
        ((0, 1, -1, 1), "-20", "20"),  # one, but the derivative is not seen to have no zero
    ],
    ids=str,
)
def test_a_polynomial_that_does_not_show_one_root_is_rejected(
    polynomial: tuple[int, ...], low: str, high: str
) -> None:
    with pytest.raises(RejectedError, match=r"^system\.field: "):
        field(polynomial, low, high)


@pytest.mark.parametrize("bits", [1, 64, 128, 2048])
@pytest.mark.parametrize("name", IRREDUCIBLE)
def test_the_multiple_of_a_power_of_two_below_the_root_is_found(name: str, bits: int) -> None:
    polynomial, low, high = IRREDUCIBLE[name]
    own, judge = field(polynomial, low, high), RealField(polynomial, Fraction(low), Fraction(high))
    t = own._floor(bits)
    for side, relation in ((t, [0, 1]), (t + 1, [-1])):
        difference = judge.number([Fraction(0), Fraction(1)]) - Fraction(side, 2**bits)
        assert difference.sign() in relation


NUMBERS = st.lists(
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
    | st.integers(-3, 3).map(Fraction)
    | st.integers(-(2**300), 2**300).map(Fraction),
    min_size=1,
    max_size=6,
)


@given(st.sampled_from(sorted(IRREDUCIBLE)), NUMBERS, NUMBERS)
def test_what_operators_say_is_what_the_judge_says(name: str, c: list[Fraction], d: list[Fraction]) -> None:
    polynomial, low, high = IRREDUCIBLE[name]
    own, judge = field(polynomial, low, high), RealField(polynomial, Fraction(low), Fraction(high))
    c, d = c[: own.degree], d[: own.degree]
    x, y = FieldNumber.of(own, c), FieldNumber.of(own, d)
    a, b = judge.number(c), judge.number(d)
    for mine, true in ((x + y, a + b), (x - y, a - b), (x * y, a * b), (2 - x, 2 - a), (x * d[0], a * d[0])):
        assert judge.number(mine.coefficients) == true
        assert mine.sign() == true.sign() == (mine > 0) - (mine < 0) and bool(mine) == bool(true)
    assert (x == y, x != y, x < y, x <= y, x > y, x >= y) == (a == b, a != b, a < b, a <= b, a > b, a >= b)
    if b != 0:
        assert judge.number((x / y).coefficients) == a / b and judge.number((1 / y).coefficients) == 1 / b


@given(st.sampled_from(sorted(IRREDUCIBLE)), st.integers(1, 12), st.integers(2, 10**6))
def test_powers_of_small_numbers_have_the_sign_that_they_should(name: str, power: int, close: int) -> None:
    polynomial, low, high = IRREDUCIBLE[name]
    own, judge = field(polynomial, low, high), RealField(polynomial, Fraction(low), Fraction(high))
    near = [-Fraction(own._floor(64), 2**64).limit_denominator(close), Fraction(1)]
    if own.degree == 1:
        near = [Fraction(1, close)]
    found, true = FieldNumber.of(own, near), judge.number(near)
    for _ in range(power):
        found, true = found * FieldNumber.of(own, near), true * judge.number(near)
    assert found.sign() == true.sign() != 0


def test_a_zero_divisor_is_told_neither_from_0_nor_from_what_has_its_value() -> None:
    theta = FieldNumber(root_of_2(), (0, 1, 0, 0), 1)
    zero, other = theta * theta - 2, theta * theta - 3
    assert zero * other == 0 and other == other * 1 and other < 0
    for ask in (
        lambda: zero == 0,
        lambda: zero != 0,
        lambda: zero > 0,
        lambda: bool(zero),
        lambda: theta * theta == 2,
        lambda: max(theta * theta, 2),
        lambda: (zero, 1) == (0, 1),
        lambda: [theta * theta] != [2],
        lambda: sorted([theta * theta, Fraction(2)]),
        lambda: 2 in [theta * theta],
    ):
        with pytest.raises(RejectedError, match="a number other than 0 is not told from 0"):
            ask()


def test_what_has_no_inverse_is_no_divisor() -> None:
    theta = FieldNumber(root_of_2(), (0, 1, 0, 0), 1)
    for divisor in (theta * theta - 2, theta * theta - 3, theta - theta):
        with pytest.raises(RejectedError, match="a divisor that has an inverse"):
            _ = 1 / divisor
    assert (1 / theta) * theta == 1


def test_a_rational_root_of_a_reducible_polynomial_is_not_told_from_the_rational_number() -> None:
    theta = FieldNumber(field((-1, 1, -1, 1), "3/4", "5/4"), (0, 1, 0), 1)  # (x - 1)(x^2 + 1)
    assert theta > Fraction(99, 100) and theta < Fraction(101, 100)
    with pytest.raises(RejectedError, match="not told from 0"):
        _ = theta == 1


def test_numbers_of_a_field_have_no_hash() -> None:
    theta = FieldNumber(root_of_2(), (0, 1, 0, 0), 1)
    for ask in (lambda: hash(theta), lambda: {theta}, lambda: {(theta,): 1}, lambda: (theta, 1) in {(1, 1)}):
        with pytest.raises(TypeError, match="unhashable"):
            ask()


@pytest.mark.parametrize("degree", [4, 20, 64])
def test_what_is_never_told_from_0_costs_a_bounded_amount_of_work(degree: int) -> None:
    # (x^2 - 2)(x^(n-2) + 1), and long coefficients times x^2 - 2.
    polynomial = [-2, 0, 1] + [0] * (degree - 2)
    polynomial = [a + b for a, b in zip(polynomial, [0] * (degree - 2) + [-2, 0, 1], strict=True)]
    own = field(tuple(polynomial), "1414/1000", "1415/1000")
    vector = [-2 * 3**20000, 0, 3**20000, *[0] * (degree - 3)]
    with allowance(0, patient=False), pytest.raises((TooMuchWorkError, RejectedError)):
        FieldNumber(own, tuple(vector), 1).sign()
