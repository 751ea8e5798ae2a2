"""Matrices that span a class, and the ties that all its matrices have."""

from fractions import Fraction

import pytest
from flint import fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import belongs
from exactdyn.families.spanning import has_avoidable_ties, tie_evidence
from exactdyn.numbers.reading import to_fmpq
from exactdyn.systems.hardmax import Hardmax
from tests.judges import every_matrix, reference
from tests.judges.every_matrix import CLASSES
from tests.strategies import square_matrices, token_sets


@pytest.mark.parametrize("kind", CLASSES[2:])
@pytest.mark.parametrize("pattern", ["a, 0; 0, b", "a, b; b, 1", "1, 0; 0, 1"])
def test_the_members_belong_to_the_class_and_span_it(kind, pattern):
    matrices = matrix_class(kind, 2, pattern.replace("1", "-1") if kind.startswith("negative") else pattern)
    members = [matrices.member(member["at"]) for member in tie_evidence(matrices, False)["members"]]
    assert all(belongs(matrices, A) for A in members)
    rows = [[to_fmpq(x) for row in A for x in row] + [to_fmpq(Fraction(1))] for A in members]
    assert fmpq_mat(rows).rank() == len(matrices.span) + 1  # affinely independent, one more than dimensions


@given(square_matrices(2), token_sets(2, largest=4), st.sampled_from(["general", "symmetric"]))
def test_ties_are_avoidable_where_the_definition_says_so(A, tokens, kind):
    if kind == "symmetric":
        A = tuple(
            tuple(x + y for x, y in zip(*rows, strict=True))
            for rows in zip(A, reference.transpose(A), strict=True)
        )
    run = Hardmax(A, 1).run(tokens, 2)
    layers = reference.run(reference.system(A, 1, tokens), 2)
    assert has_avoidable_ties(matrix_class(kind, 2), run) == every_matrix.has_avoidable_ties(layers, kind)
