"""Vectors and matrices of exact numbers, against their definitions."""

from fractions import Fraction
from math import gcd

from flint import fmpq, fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.vectors import (
    asymmetry,
    cleared,
    common_denominator,
    content,
    inner,
    integer_matrix,
    is_symmetric,
    primitive,
    primitive_rows,
)
from tests.strategies import RATIONALS

VECTORS = st.lists(RATIONALS, min_size=1, max_size=5)


def squares(numbers):
    return st.integers(1, 4).flatmap(
        lambda d: st.lists(st.tuples(*[numbers] * d), min_size=d, max_size=d).map(tuple)
    )


@given(st.lists(st.tuples(RATIONALS, RATIONALS), min_size=1, max_size=5))
def test_an_inner_product_is_the_same_over_every_kind_of_number(pairs):
    x, y = zip(*pairs, strict=True)
    value = sum((a * b for a, b in pairs), Fraction(0))
    assert inner(x, y) == value
    over_flint = inner(*([fmpq(*a.as_integer_ratio()) for a in row] for row in (x, y)))
    assert (int(over_flint.p), int(over_flint.q)) == value.as_integer_ratio()


@given(VECTORS)
def test_a_cleared_vector_is_its_least_multiple_in_integers(row):
    integers, multiplier = cleared(row)
    assert [Fraction(int(x), multiplier) for x in integers] == row
    assert all(any((x * k).denominator > 1 for x in row) for k in range(1, min(multiplier, 50)))
    assert multiplier == common_denominator([row])


@given(squares(RATIONALS))
def test_an_integer_matrix_is_a_positive_multiple(A):
    multiplier = common_denominator(A)
    assert [[Fraction(int(x), multiplier) for x in row] for row in integer_matrix(A).tolist()] == [
        list(row) for row in A
    ]


@given(st.lists(st.integers(-(10**30), 10**30), min_size=1, max_size=5), st.integers(1, 10**6))
def test_primitive_integers_have_no_common_divisor_and_the_same_direction(row, factor):
    found = primitive([fmpz(factor * x) for x in row])
    common = content(map(fmpz, row))
    assert [int(x) * common for x in found] == row
    assert gcd(*map(int, found)) in {0, 1}


@given(squares(RATIONALS), st.fractions(Fraction(1, 1000), 1000))
def test_primitive_rows_are_the_same_for_every_positive_multiple(A, factor):
    found = primitive_rows(A)
    assert primitive_rows(tuple(tuple(factor * x for x in row) for row in A)) == found
    entries = [x for row in found for x in row]
    assert all(x.denominator == 1 for x in entries)
    assert gcd(*map(int, entries)) in {0, 1}
    ratios = {x / y for x, y in zip(entries, (x for row in A for x in row), strict=True) if y}
    assert len(ratios) <= 1
    assert all(ratio > 0 for ratio in ratios)


@given(squares(st.integers(-1, 1).map(Fraction)))
def test_a_matrix_is_symmetric_if_it_is_its_transpose_and_the_first_other_place_is_named(A):
    size = range(len(A))
    places = [(i, j) for i in size for j in size if i < j and A[i][j] != A[j][i]]
    assert asymmetry(A) == (places[0] if places else None)
    assert is_symmetric(A) == (tuple(zip(*A, strict=True)) == A)
