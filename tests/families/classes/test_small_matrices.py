from fractions import Fraction
from itertools import product
from math import gcd

import pytest
from hypothesis import given

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import belongs, drawn_matrices, small_matrices
from exactdyn.geometry.definiteness import Factorisation, factorise
from tests.strategies import matrices as any_matrices

EVERYTHING = 10**6


def entries(A):
    return [int(x) for row in A for x in row]


def test_each_small_matrix_comes_once_up_to_a_positive_factor():
    found = [tuple(entries(A)) for A in small_matrices(matrix_class("general", 2), 2, EVERYTHING)]
    expected = {x for x in product(range(-2, 3), repeat=4) if gcd(*x) <= 1}
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_singular_ones_come_first_and_after_the_full_ones_the_zero_matrix():
    *found, last = [entries(A) for A in small_matrices(matrix_class("symmetric", 2), 3, EVERYTHING)]
    assert (found[:2], last) == ([[1, 0, 0, 0], [-1, 0, 0, 0]], [0, 0, 0, 0])
    diagonal = [not (b or c) for _, b, c, _ in found]
    assert diagonal == sorted(diagonal, reverse=True)


@pytest.mark.parametrize("kind", ["positive-semidefinite", "positive-definite"])
def test_definite_classes_are_filtered_exactly(kind):
    wanted = [
        A
        for A in small_matrices(matrix_class("symmetric", 2), 2, EVERYTHING)
        if isinstance(f := factorise(A), Factorisation) and (f.positive or kind == "positive-semidefinite")
    ]
    assert list(small_matrices(matrix_class(kind, 2), 2, EVERYTHING)) == wanted


@pytest.mark.parametrize("kind", ["semidefinite", "definite", "semidefinite-part", "definite-part"])
def test_a_negative_class_is_gone_through_as_the_mirror_image_of_the_positive_one(kind):
    positive, negative = (matrix_class(f"{sign}-{kind}", 2) for sign in ("positive", "negative"))
    for stream in (
        lambda matrices: small_matrices(matrices, 2, EVERYTHING),
        lambda matrices: drawn_matrices(matrices, 3, 20, "1"),
    ):
        opposites = [tuple(tuple(-x for x in row) for row in A) for A in stream(positive)]
        assert list(stream(negative)) == opposites
        assert all(belongs(negative, A) for A in opposites)


def test_a_pattern_with_numbers_has_its_own_negative_matrices():
    found = list(small_matrices(matrix_class("negative-definite", 2, "a, 1; 1, b"), 2, EVERYTHING))
    assert found
    assert all(A[0][1] == 1 and A[0][0] < 0 and A[0][0] * A[1][1] > 1 for A in found)


def test_a_pattern_is_kept():
    found = list(small_matrices(matrix_class("general", 2, "1, b; -b, 1"), 2, EVERYTHING))
    assert sorted({A[0][1] for A in found}) == [
        Fraction(x) for x in ("-2", "-1", "-1/2", "0", "1/2", "1", "2")
    ]
    assert all(((1, A[0][1]), (-A[0][1], 1)) == A for A in found)


def test_others_are_drawn_the_same_ones_for_the_same_seed():
    general = matrix_class("general", 3)
    first, again, other = (list(drawn_matrices(general, 3, 20, seed)) for seed in ("1", "1", "2"))
    assert first == again != other
    assert len(first) == len(set(first)) == len(other) == 20
    assert max(abs(x) for A in first for row in A for x in row) == 3


@pytest.mark.parametrize(
    "kind", ["positive-semidefinite", "positive-definite-part", "negative-definite-part"]
)
def test_what_is_drawn_belongs_to_the_class(kind):
    matrices = matrix_class(kind, 3)
    drawn = list(drawn_matrices(matrices, 3, 20, "1"))
    assert drawn
    assert all(belongs(matrices, A) for A in drawn)


@given(any_matrices(2))
def test_a_matrix_belongs_to_the_classes_whose_definition_it_meets(A):
    found = factorise(A)
    semidefinite = isinstance(found, Factorisation)
    symmetric = A[0][1] == A[1][0]
    assert belongs(matrix_class("general", 2), A)
    assert belongs(matrix_class("symmetric", 2), A) == symmetric
    assert belongs(matrix_class("positive-semidefinite", 2), A) == (symmetric and semidefinite)
    definite = semidefinite and found.positive
    assert belongs(matrix_class("positive-definite", 2), A) == (symmetric and definite)
    assert belongs(matrix_class("positive-definite-part", 2), A) == definite
    opposite = tuple(tuple(-x for x in row) for row in A)
    assert belongs(matrix_class("negative-semidefinite", 2), opposite) == (symmetric and semidefinite)
    assert belongs(matrix_class("negative-semidefinite-part", 2), opposite) == semidefinite
    assert belongs(matrix_class("negative-definite", 2), opposite) == (symmetric and definite)
    assert belongs(matrix_class("negative-definite-part", 2), opposite) == definite
    assert belongs(matrix_class("general", 2, "1, b; -b, 1"), A) == (
        A[0][0] == A[1][1] == 1 and A[0][1] == -A[1][0]
    )
