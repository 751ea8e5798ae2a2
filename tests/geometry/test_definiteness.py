from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.definiteness import (
    Direction,
    Factorisation,
    factorise,
    null_direction,
    quadratic_form,
)
from tests.judges.reference import form, product, rational_rows, scaled, transpose
from tests.judges.truth import positive_definite
from tests.strategies import RATIONALS, invertible_matrices, matrices, square_matrices, vectors

ANY_MATRICES = st.integers(1, 4).flatmap(matrices)


def symmetric_part(A):
    pairs = zip(A, transpose(A), strict=True)
    return tuple(tuple((a + b) / 2 for a, b in zip(*rows, strict=True)) for rows in pairs)


def diagonal_matrix(entries):
    return tuple(tuple(x * (i == j) for j in range(len(entries))) for i, x in enumerate(entries))


@given(ANY_MATRICES)
def test_a_factorisation_multiplies_out_and_a_direction_is_negative(A):
    found = factorise(A)
    if isinstance(found, Direction):
        assert any(found.vector)
        assert found.value == form(A, found.vector) < 0
    else:
        L, D = found.lower, diagonal_matrix(found.diagonal)
        assert all(L[i][j] == (i == j) for i in range(len(A)) for j in range(i, len(A)))
        assert min(found.diagonal) >= 0
        assert product(L, product(D, transpose(L))) == symmetric_part(A)


@given(ANY_MATRICES)
def test_definite_is_what_the_minors_say(A):
    found = factorise(A)
    assert (isinstance(found, Factorisation) and found.positive) == positive_definite(A)


@given(st.integers(1, 3).flatmap(matrices))
def test_sympy_agrees_on_definite_and_semidefinite(A):
    found = factorise(A)
    twice = sympy.Matrix([[sympy.Rational(a.numerator, a.denominator) for a in row] for row in A])
    twice += twice.T
    assert isinstance(found, Factorisation) == twice.is_positive_semidefinite
    assert (isinstance(found, Factorisation) and found.positive) == twice.is_positive_definite


@given(st.integers(1, 4).flatmap(lambda size: st.tuples(square_matrices(size, RATIONALS), matrices(size))))
def test_a_gram_matrix_plus_a_skew_one_is_always_factorised(pair):
    general, other = pair
    skew = tuple(
        tuple(a - b for a, b in zip(*rows, strict=True)) for rows in zip(other, transpose(other), strict=True)
    )
    gram = product(transpose(general), general)
    A = tuple(tuple(a + b for a, b in zip(*rows, strict=True)) for rows in zip(gram, skew, strict=True))
    assert isinstance(factorise(A), Factorisation)


@given(st.integers(1, 4), st.data())
def test_a_form_that_is_only_semidefinite_has_a_null_direction(size, data):
    rows = data.draw(st.tuples(*[vectors(size)] * (size - 1)))
    A = tuple(
        tuple(sum((row[i] * row[j] for row in rows), Fraction(0)) for j in range(size)) for i in range(size)
    )
    found = factorise(A)
    assert isinstance(found, Factorisation)
    assert not found.positive
    direction = null_direction(found)
    assert any(direction.vector)
    assert direction.value == form(A, direction.vector) == 0


@given(st.integers(1, 3).flatmap(invertible_matrices))
def test_a_definite_form_has_no_null_direction(M):
    found = factorise(product(transpose(M), M))
    with pytest.raises(ValueError):
        null_direction(found)


@given(st.integers(1, 4).flatmap(lambda size: st.tuples(matrices(size), vectors(size, RATIONALS))))
def test_the_quadratic_form_is_that_of_the_definition(pair):
    A, x = pair
    assert quadratic_form(A, x) == form(A, x)


@pytest.mark.parametrize("entry, definite", [("1", False), (f"{10**60 - 1}/{10**60}", True), ("-1", False)])
def test_definiteness_turns_exactly_at_the_border(entry, definite):
    A = rational_rows([[1, entry], [entry, 1]])
    found = factorise(A)
    assert isinstance(found, Factorisation)
    assert found.positive is definite
    assert isinstance(factorise(scaled(Fraction(-1), A)), Direction)


@pytest.mark.parametrize("rows", [[[0, 1], [1, 0]], [[0, 1], [1, 5]], [[1, 1, 1], [1, 1, 2], [1, 2, 9]]])
def test_a_zero_pivot_above_something_gives_a_negative_direction(rows):
    A = rational_rows(rows)
    found = factorise(A)
    assert isinstance(found, Direction)
    assert form(A, found.vector) == found.value < 0
