"""A hunt tries the simplest matrices of a class before anything that may take long."""

from fractions import Fraction
from itertools import islice
from random import Random

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import drawn_matrices, hunted_matrices
from exactdyn.families.questions.statement import StatementQuestion, assembled, explore, statement_claim
from exactdyn.hunts import examine as examining
from exactdyn.hunts.examine import examine
from exactdyn.hunts.request import Request, Task
from exactdyn.numbers.points import Points
from proofs_checks import verify
from tests.judges.every_matrix import CLASSES, belongs


def ordinary(count, dimension):
    rng = Random(f"{count} {dimension}")
    return tuple(tuple(Fraction(rng.randint(-9, 9)) for _ in range(dimension)) for _ in range(count))


def identity(dimension, sign=1):
    return tuple(tuple(Fraction(sign * (r == c)) for c in range(dimension)) for r in range(dimension))


@pytest.mark.parametrize(("count", "dimension"), [(12, 2), (20, 2), (20, 5), (12, 8)])
def test_a_plain_counterexample_is_found_without_a_linear_program(count, dimension):
    tokens = ordinary(count, dimension)
    request = Request("norm-growth", "symmetric", tokens, count, dimension, 3, alpha=Fraction(1))
    result = examine(request, Task(0), 200)
    assert (result.counterexample is not None, result.programs) == (True, 0)
    opposite = [[str(x) for x in row] for row in identity(dimension, -1)]
    assert dimension > 2 or result.began["A"] == opposite  # for these tokens it is one in dimension 2


@pytest.mark.parametrize("kind", ["positive-semidefinite", "positive-semidefinite-part"])
@pytest.mark.parametrize("dimension", [4, 5])
def test_semidefinite_matrices_of_large_dimension_are_tried_at_once(kind, dimension):
    tokens = ordinary(8, dimension)
    request = Request("norm-growth", kind, tokens, 8, dimension, 2, alpha=Fraction(1))
    result = examine(request, Task(0), 200)
    assert (result.counterexample is not None, result.programs) == (True, 0)
    # For a statement on the limit a first block is gone through, not all there are before it.
    request = Request("convergence", kind, tokens, 8, dimension, 20, alpha=Fraction(1))
    result = examine(request, Task(0), 5)
    assert (result.runs, len(result.below)) == (5, 1199)


@pytest.mark.parametrize("dimension", [4, 5, 6, 8])
@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind != "positive-definite"])
def test_in_every_class_some_simple_matrix_shrinks_norms_of_twenty_tokens(kind, dimension):
    # Diagonal matrices alone do not, where A is definite: there those that turn planes come before them.
    request = Request("norm-growth", kind, ordinary(20, dimension), 20, dimension, 3, alpha=Fraction(1))
    result = examine(request, Task(0), 200)
    assert (result.counterexample is not None, result.programs) == (True, 0)


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("dimension", [1, 2, 5])
def test_the_identity_and_its_opposite_come_first_where_they_belong(kind, dimension):
    units = [identity(dimension, sign) for sign in (1, -1)]
    first = [A for A in units if belongs(A, kind)]
    found = list(islice(hunted_matrices(matrix_class(kind, dimension), 3, 40, 0, ""), 20))
    assert found[: len(first)] == first
    assert len(set(found)) == len(found)
    assert all(belongs(A, kind) for A in found)


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("dimension", [2, 4, 5])
def test_of_every_class_matrices_are_drawn_in_integers_up_to_the_bound(kind, dimension):
    drawn = list(drawn_matrices(matrix_class(kind, dimension), 3, 10, "a"))
    assert len(set(drawn)) == 10
    assert all(belongs(A, kind) for A in drawn)
    entries = [x for A in drawn for row in A for x in row]
    assert all(abs(x) <= 3 and x.denominator == 1 for x in entries)
    assert drawn == list(drawn_matrices(matrix_class(kind, dimension), 3, 10, "a"))


def test_a_stream_that_is_broken_off_loses_no_matrix(monkeypatch):
    matrices = matrix_class("symmetric", 2)
    whole = list(hunted_matrices(matrices, 3, 50, 5, "a"))
    calls = []

    def begin():
        calls.append(None)
        for place, A in enumerate(hunted_matrices(matrices, 3, 50, 5, "a")):
            if len(calls) == 1 and place == 20:
                raise KeyboardInterrupt
            yield A

    stream = examining._Stream(begin)
    assert stream.part(3, 9) == whole[3:9]
    with pytest.raises(KeyboardInterrupt):
        stream.part(0, 30)
    assert stream.part(0, 30) == whole[:30]
    assert stream.part(40, 10**6) == whole[40:]


def test_with_ties_left_out_a_matrix_with_avoidable_ties_is_no_answer():
    # For A = 0, the simplest for which growth fails, all ties are avoidable.
    tokens = ((Fraction(1),), (Fraction(2),))
    request = Request("norm-growth", "positive-semidefinite", tokens, 2, 1, 1, alpha=Fraction(1))
    assert examine(request, Task(0), 200).began["A"] == [["0"]]
    without = Request("norm-growth", "positive-semidefinite", tokens, 2, 1, 1, alpha=Fraction(1), ties=False)
    assert examine(without, Task(0), 200).counterexample is None


def test_a_tree_deeper_than_any_stack_is_written_and_accepted():
    # One matrix, so each split has one case that is not closed: all splits are on one path.
    start, matrices = Points.from_rows(ordinary(12, 2)), matrix_class("symmetric", 2, "2, 1; 1, 2")
    question = StatementQuestion("norm-growth", Fraction(1, 2), start, matrices, 12)
    answer = explore(question)
    assert (answer.found, answer.reasons) == (None, ())
    assert sum("token" in node for node in answer.piece) > 1000
    claim = statement_claim(question, assembled({(): answer.piece}))
    data = family_certificate_data(matrices, question.around, start, question.layers, claim)
    assert verify(certificate_text(data))
