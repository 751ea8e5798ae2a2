"""Products, inverses, determinants, solutions over the rationals and over a field, by their definitions."""

from fractions import Fraction
from itertools import permutations
from math import prod

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.elimination import determinant, inverse_matrix, product, solution
from exactdyn.numbers.fields.joining import number, number_rows
from exactdyn.numbers.reading import exact, to_fmpq
from tests.strategies import invertible_matrices, square_matrices, vectors

SIZES = st.integers(1, 4)


def by_leibniz(matrix):
    """The sum over all permutations, each with its sign."""
    size, total = len(matrix), 0
    for order in permutations(range(size)):
        inversions = sum(order[i] > order[j] for j in range(size) for i in range(j))
        total += (-1) ** inversions * prod(matrix[i][order[i]] for i in range(size))
    return total


@given(st.data(), SIZES)
def test_a_product_is_that_of_the_definition(data, size):
    left, right = (data.draw(square_matrices(size)) for _ in range(2))
    found = product(left, right)
    for i in range(size):
        for j in range(size):
            assert found[i][j] == sum(left[i][k] * right[k][j] for k in range(size))


@given(st.data(), SIZES)
def test_a_matrix_times_its_inverse_is_the_identity(data, size):
    matrix = data.draw(invertible_matrices(size))
    unit = tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))
    assert product(matrix, inverse_matrix(matrix)) == product(inverse_matrix(matrix), matrix) == unit


@given(st.data(), SIZES)
def test_a_determinant_is_that_of_leibniz_and_without_one_there_is_no_inverse(data, size):
    matrix = data.draw(square_matrices(size))
    expected = by_leibniz(matrix)
    assert exact(determinant([[to_fmpq(x) for x in row] for row in matrix])) == expected
    if expected == 0:
        with pytest.raises(ZeroDivisionError):
            inverse_matrix(matrix)


@given(st.data(), SIZES)
def test_a_solution_solves(data, size):
    matrix, right = data.draw(invertible_matrices(size)), data.draw(vectors(size))
    found = solution([[to_fmpq(x) for x in row] for row in matrix], [to_fmpq(x) for x in right])
    for row, y in zip(matrix, right, strict=True):
        assert sum(x * exact(z) for x, z in zip(row, found, strict=True)) == y


def test_over_a_field_they_are_the_same():
    root = number("sqrt(2)", "x")
    matrix = number_rows([["sqrt(2)", 1, 0], [1, "sqrt(2)", 1], [0, "1/2", "1-sqrt(2)"]], "A")
    assert determinant(matrix) == by_leibniz(matrix)
    unit = product(matrix, inverse_matrix(matrix))
    assert all(x - int(i == j) == 0 for i, row in enumerate(unit) for j, x in enumerate(row))
    found = solution(matrix, [root, root - root, root])
    for row, y in zip(matrix, (root, 0, root), strict=True):
        assert sum((x * z for x, z in zip(row, found, strict=True)), root - root) - y == 0
    singular = number_rows([["sqrt(2)", 2], [1, "sqrt(2)"]], "A")
    assert determinant(singular) == fmpq(0)
    with pytest.raises(ZeroDivisionError):
        inverse_matrix(singular)
