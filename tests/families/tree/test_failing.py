"""Where a statement fails for the matrices of a branch: for one matrix, what its run says."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.statement import StatementQuestion, explore
from exactdyn.numbers.points import Points
from exactdyn.statements.catalogue import ON_LAYERS
from exactdyn.systems.hardmax import Hardmax
from tests.strategies import square_matrices, token_sets


def written(A):
    return "; ".join(", ".join(map(str, row)) for row in A)


@pytest.mark.parametrize("statement", ON_LAYERS)
@given(A=square_matrices(2), tokens=token_sets(2, largest=3), alpha=st.sampled_from(["1", "1/2", "-1/2"]))
@settings(max_examples=10)
def test_for_one_matrix_a_statement_fails_exactly_where_it_does_for_its_run(statement, A, tokens, alpha):
    if not any(map(any, A)):
        return
    matrices = matrix_class("general", 2, written(A))
    asked = StatementQuestion(statement, Fraction(alpha), Points.from_rows(tokens), matrices, 2)
    found = explore(asked).found
    verdict = ON_LAYERS[statement].decide(Hardmax(A, Fraction(alpha)).run(tokens, 2))
    assert (found == A, found is None) == (verdict.outcome == "fails", verdict.outcome != "fails")
