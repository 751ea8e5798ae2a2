import math
import tracemalloc
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import arb, fmpq, fmpq_mat, fmpz, nmod
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import ExactdynError, InputError, NumberError, ShapeError
from exactdyn.numbers.reading import EXPONENT_LIMIT, exact, exact_rows, nearest_float, to_fmpq
from exactdyn.numbers.vectors import inner
from proofs_checks.format.rationals import DECIMAL_DIGITS_LIMIT, TEXT_LIMIT
from tests.judges.reference import dot
from tests.strategies import RATIONALS, vectors

FRACTIONS = st.fractions() | st.builds(Fraction, st.integers(), st.integers(1, 10**40))


@pytest.mark.parametrize(
    "value, number",
    [
        (7, Fraction(7)),
        (Fraction(-1, 3), Fraction(-1, 3)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Decimal("-1.50E+2"), Fraction(-150)),
        (fmpz(-7), Fraction(-7)),
        (fmpq(2, -4), Fraction(-1, 2)),
        (sympy.Integer(3), Fraction(3)),
        (sympy.Rational(-2, 6), Fraction(-1, 3)),
        (sympy.S.Half, Fraction(1, 2)),
        (sympy.Rational("0.1") * 10, Fraction(1)),
        (np.int8(-3), Fraction(-3)),
        (np.int64(2**62), Fraction(2**62)),
        (np.uint64(2**64 - 1), Fraction(2**64 - 1)),
        ("3", Fraction(3)),
        ("+3", Fraction(3)),
        (" -3 ", Fraction(-3)),
        ("1/3", Fraction(1, 3)),
        ("-4/6", Fraction(-2, 3)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("-0.0", Fraction(0)),
        ("1e-3", Fraction(1, 1000)),
        ("1.25E+2", Fraction(125)),
        ("0x1f/0x3", Fraction(31, 3)),
        ("-0xff", Fraction(-255)),
        (np.str_("1/3"), Fraction(1, 3)),
        (f"1e{EXPONENT_LIMIT}", Fraction(10**EXPONENT_LIMIT)),
        (f"1e-{EXPONENT_LIMIT}", Fraction(1, 10**EXPONENT_LIMIT)),
        ("9" * DECIMAL_DIGITS_LIMIT, Fraction(10**DECIMAL_DIGITS_LIMIT - 1)),
        ("0x1" + "0" * 10_000, Fraction(16**10_000)),
    ],
    ids=lambda value: f"{value!r:.30}" if isinstance(value, str) else None,
)
def test_an_exact_number_means_what_it_says(value, number):
    read = exact(value)
    assert type(read) is Fraction
    assert type(read.numerator) is type(read.denominator) is int
    assert read == number


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            ".",
            "-",
            "+",
            "e5",
            "1e",
            "1e1.5",
            "--1",
            "+-1",
            "1..2",
            "1 2",
            "1,5",
            "1_000",
            "0x",
            "0xg",
        ),
        *("1/0", "0/0", "0x1/0x0", "1/-3", "1/3/5", "/3", "1/", "1/ 3", "0.5/2", "1e3/2", "0x1/3", "0X1F"),
        *("nan", "NaN", "inf", "-Infinity", "true", "None", "٣", "½", "1\0", "one"),
    ],
)
def test_a_text_that_is_no_number_is_refused_by_its_field(text):
    with pytest.raises(NumberError, match=r"^alpha: ") as refused:
        exact(text, "alpha")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        *(
            None,
            True,
            False,
            np.True_,
            b"1",
            [1],
            (1,),
            {},
            1j,
            pytest.param(object(), id="an object"),
            Decimal("NaN"),
            Decimal("-Infinity"),
        ),
        *(sympy.Float("0.5"), sympy.sqrt(2), sympy.oo, sympy.nan, sympy.Symbol("x"), sympy.true, sympy.pi),
        *(
            arb(1),
            nmod(1, 5),
            np.array(3),
            np.array([[1], [2]]),
            np.datetime64("2024-01-01"),
            np.complex128(1),
        ),
    ],
    ids=repr,
)
def test_what_is_no_exact_number_is_refused(value):
    with pytest.raises(NumberError, match=r"^tokens\[1\]\[0\]: requires ") as refused:
        exact(value, "tokens[1][0]")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "value", [0.1, -2.0, np.float64(0.1), np.float32(0.5), np.float16(1), np.longdouble(1)]
)
def test_a_binary_float_is_refused_with_both_ways_out(value):
    with pytest.raises(NumberError, match=r"^alpha: .*from_floats") as refused:
        exact(value, "alpha")
    assert f'"{value}"' in str(refused.value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float32("inf")])
def test_a_float_that_is_not_finite_is_no_number_at_all(value):
    with pytest.raises(NumberError, match=r"^alpha: requires a finite number, got -?(nan|inf)$"):
        exact(value, "alpha")


@pytest.mark.parametrize(
    "value",
    [
        "1e999999999",
        "-1e-999999999",
        "1e" + "9" * 100_000,
        f"1e{EXPONENT_LIMIT + 1}",
        Decimal("1e999999999"),
        Decimal("1e-400000"),
        "9" * (DECIMAL_DIGITS_LIMIT + 1),
        "0." + "1" * DECIMAL_DIGITS_LIMIT,
        "1/" + "9" * (DECIMAL_DIGITS_LIMIT + 1),
        "9" * (TEXT_LIMIT + 1),
        "0x" + "f" * TEXT_LIMIT,
    ],
    ids=lambda value: f"{value!r:.20}",
)
def test_a_number_beyond_the_limits_is_refused_before_memory_is_spent(value):
    tracemalloc.start()
    try:
        with pytest.raises(NumberError, match=r"^alpha: ") as refused:
            exact(value, "alpha")
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert len(str(refused.value)) < 200


def test_an_integer_in_memory_may_have_any_size():
    assert exact(10**5000) == exact(fmpz(10) ** 5000) == 10**5000


def test_every_refusal_is_an_input_error_of_exactdyn():
    for error in (NumberError, ShapeError):
        assert issubclass(error, InputError)
    assert issubclass(InputError, ExactdynError)
    assert issubclass(InputError, ValueError)


@given(FRACTIONS)
def test_every_spelling_of_a_rational_is_the_same_number(number):
    p, q = number.numerator, number.denominator
    spellings = [f"{p}/{q}", f"{hex(p)}/{hex(q)}", fmpq(p, q), sympy.Rational(p, q), to_fmpq(number), number]
    assert {exact(spelling) for spelling in spellings} == {number}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_decimal_is_the_fraction_that_it_writes(number):
    assert exact(number) == exact(str(number)) == Fraction(number)


@given(st.lists(vectors(2, RATIONALS), min_size=1, max_size=4).map(tuple))
def test_rows_come_back_as_they_were(rows):
    assert exact_rows(rows, "tokens") == rows
    assert exact_rows(iter([map(str, row) for row in rows]), "tokens") == rows
    assert exact_rows(np.array(rows, dtype=object), "tokens") == rows
    assert exact_rows(fmpq_mat([[to_fmpq(x) for x in row] for row in rows]).tolist(), "tokens") == rows


@pytest.mark.parametrize(
    "values, message",
    [
        ([], "tokens: requires at least one row, got none"),
        ([[]], r"tokens\[0\]: requires at least one coordinate, got none"),
        ([[1], []], r"tokens\[1\]: requires at least one coordinate, got none"),
        ([[1, 2], [3]], r"tokens\[1\]: requires 2 coordinates like row 0, got 1"),
        ([1, 2], r"tokens\[0\]: requires numbers, got 1"),
        (3, "tokens: requires rows of numbers, got 3"),
        (None, "tokens: requires rows of numbers, got None"),
        ("12", "tokens: requires rows of numbers, got '12'"),
        (b"12", "tokens: requires rows of numbers, got b'12'"),
        (["12"], r"tokens\[0\]: requires numbers, got '12'"),
        ({"0": [1]}, r"tokens: requires rows of numbers, got \{'0': \[1\]\}"),
        ([{0: 1}], r"tokens\[0\]: requires numbers, got \{0: 1\}"),
    ],
)
def test_rows_of_the_wrong_shape_are_refused(values, message):
    with pytest.raises(ShapeError, match=f"^{message}") as refused:
        exact_rows(values, "tokens")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("entry", [0.5, True, None, "x", [1]])
def test_an_entry_that_is_no_exact_number_is_named_by_its_place(entry):
    with pytest.raises(NumberError, match=r"^tokens\[1\]\[0\]: "):
        exact_rows([[1, 2], [entry, 3]], "tokens")


@given(vectors(3, RATIONALS), vectors(3, RATIONALS))
def test_inner_is_the_inner_product(x, y):
    assert inner(x, y) == dot(x, y)


@given(FRACTIONS | st.builds(Fraction, st.integers(1, 9), st.integers(10**300, 10**330)))
def test_the_nearest_float_is_no_farther_than_its_neighbours(number):
    rounded = nearest_float(number.numerator, number.denominator)
    error = abs(Fraction(rounded) - number)
    for neighbour in (math.nextafter(rounded, math.inf), math.nextafter(rounded, -math.inf)):
        assert error <= abs(Fraction(neighbour) - number)


def test_the_nearest_float_of_a_number_beyond_their_range_is_infinite():
    assert nearest_float(10**400, 1) == math.inf
    assert nearest_float(-(10**400), 3) == -math.inf
    assert nearest_float(1, 10**400) == 0.0
