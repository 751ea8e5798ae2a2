"""Nodes: what a leaf says is so."""

from fractions import Fraction

import pytest
from flint import fmpz
from hypothesis import given

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.member import Member
from exactdyn.families.tree.nodes import listed
from tests.judges import reference, truth
from tests.strategies import square_matrices


@given(square_matrices(2))
def test_a_leaf_that_lists_a_definite_matrix_has_its_factorisation(A):
    matrices = matrix_class("positive-definite-part", 2)
    member = Member(tuple(fmpz(int(x)) for row in A for x in row))
    if not truth.positive_definite(A):
        return
    node = listed(matrices, member)
    assert matrices.member(node["at"]) == A
    lower, diagonal = node["factorisation"]["lower"], node["factorisation"]["diagonal"]
    scaled = tuple(tuple(x * d for x, d in zip(row, diagonal, strict=True)) for row in lower)
    product = reference.product(scaled, reference.transpose(lower))
    symmetric = tuple(
        tuple((x + y) / 2 for x, y in zip(*rows, strict=True))
        for rows in zip(A, reference.transpose(A), strict=True)
    )
    assert all(x > 0 for x in diagonal)
    assert product in (symmetric, reference.scaled(Fraction(2), symmetric))


def test_a_matrix_outside_its_class_is_not_listed():
    with pytest.raises(ValueError, match="requires a matrix of the class"):
        listed(matrix_class("positive-semidefinite", 1), Member((fmpz(-1),)))
