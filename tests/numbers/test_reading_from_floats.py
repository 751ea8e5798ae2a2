import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import NumberError, ShapeError
from exactdyn.numbers.reading import exact_rows, from_floats


def value_of(floats):
    return exact_rows(from_floats(floats), "tokens")


@given(
    st.lists(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=2), min_size=1)
)
def test_from_floats_takes_every_double_at_its_exact_value(rows):
    assert value_of(rows) == value_of(np.array(rows)) == tuple(tuple(map(Fraction, row)) for row in rows)


@pytest.mark.parametrize("width", [16, 32, 64])
@given(st.data())
def test_from_floats_takes_narrow_floats_at_their_exact_value(width, data):
    floats = st.floats(allow_nan=False, allow_infinity=False, width=width)
    rows = [data.draw(st.lists(floats, min_size=1, max_size=3))]
    kind = np.dtype(f"f{width // 8}")
    for order in "<>":
        assert value_of(np.array(rows, dtype=kind.newbyteorder(order))) == (tuple(map(Fraction, rows[0])),)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_from_floats_keeps_subnormals(kind):
    smallest = np.finfo(kind).smallest_subnormal
    bits = {np.float16: 24, np.float32: 149, np.float64: 1074}[kind]
    assert value_of(np.array([[smallest, -smallest]]))[0] == (Fraction(1, 2**bits), Fraction(-1, 2**bits))


@pytest.mark.parametrize(
    "values",
    [
        [[1, -2]],
        np.array([[1, -2]], dtype=np.int8),
        np.array([[1, -2]]),
        [[1.0, -2]],
        ((np.float32(1), np.int16(-2)),),
        [np.array([1.0, -2.0])],
        np.asfortranarray([[1.0, -2.0]]),
        np.array([[1.0, 9.0, -2.0]])[:, ::2],
    ],
)
def test_from_floats_reads_integers_lists_and_views(values):
    assert value_of(values) == ((Fraction(1), Fraction(-2)),)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_from_floats_names_the_place_of_what_is_not_finite(value, kind):
    with pytest.raises(NumberError, match=r"^tokens\[1\]\[0\]: requires a finite number, got -?(nan|inf)$"):
        from_floats(np.array([[1, 2], [value, 3]], dtype=kind), "tokens")


@pytest.mark.parametrize(
    "values",
    [
        np.ones((1, 1), dtype=np.longdouble),
        np.ones((1, 1), dtype=bool),
        np.ones((1, 1), dtype=complex),
        np.array([[1.0]], dtype=object),
        np.array([["1.0"]]),
        np.array([["2024-01-01"]], dtype="datetime64[D]"),
        [[None, 1.0]],
        [["1", 1.0]],
        [[Fraction(1, 3), 1.0]],
        [[Decimal("0.1"), 1.0]],
        [[fmpq(1, 3), 1.0]],
        [[2**70, 1.0]],
        "1.0",
        None,
    ],
    ids=repr,
)
def test_from_floats_refuses_what_is_no_float(values):
    with pytest.raises(NumberError, match=r"^tokens: requires floats of at most 64 bits, got dtype "):
        from_floats(values, "tokens")


@pytest.mark.parametrize("largest", [2**53, -(2**53)])
def test_from_floats_takes_integers_that_a_float_holds_and_no_others(largest):
    beyond = largest + (1 if largest > 0 else -1)
    assert value_of([[largest, 0.5]]) == ((Fraction(largest), Fraction(1, 2)),)
    assert value_of(np.array([[largest]])) == ((Fraction(largest),),)
    for values in ([[beyond]], [[beyond, 0.5]], np.array([[beyond]])):
        with pytest.raises(NumberError, match=r"^tokens\[0\]\[0\]: requires an integer of at most 53 bits"):
            from_floats(values, "tokens")


def test_from_floats_refuses_unsigned_integers_that_numpy_would_round():
    for values in (np.array([[2**64 - 1]], dtype=np.uint64), [[2**64 - 1, -1]]):
        with pytest.raises(NumberError, match="requires an integer of at most 53 bits"):
            from_floats(values)


@pytest.mark.parametrize("values", [[[True, 0.5]], [[False, True]], [[np.True_, 1.0]]])
def test_from_floats_refuses_truth_values_among_floats(values):
    with pytest.raises(NumberError):
        from_floats(values)


@pytest.mark.parametrize("values", [[], [1.0], 1.0, np.ones((1, 1, 1)), [[1.0], [1.0, 2.0]], [[1.0], 2.0]])
def test_from_floats_refuses_other_shapes_than_rows(values):
    with pytest.raises(ShapeError, match=r"^tokens: requires rows"):
        from_floats(values, "tokens")


@pytest.mark.parametrize("shape", [(0, 2), (2, 0)])
def test_empty_arrays_of_floats_are_refused_where_they_are_used(shape):
    with pytest.raises(ShapeError, match="requires at least one"):
        exact_rows(from_floats(np.ones(shape)), "tokens")


def test_from_floats_copies_what_it_is_given():
    array = np.array([[1.0]])
    meant = from_floats(array)
    array[0, 0] = 2
    assert exact_rows(meant, "tokens") == ((1,),)
