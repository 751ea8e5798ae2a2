"""What is remembered of a large matrix is that of the very matrix, and not of too many."""

from fractions import Fraction

from exactdyn.numbers.remembered import KEPT, LEAST_ROWS, remembered
from exactdyn.numbers.vectors import integer_matrix


def diagonal(size, entry):
    return tuple(tuple(Fraction(entry if i == j else 0) for j in range(size)) for i in range(size))


def test_each_matrix_has_its_own_answer_though_few_are_kept():
    asked = []
    traced = remembered(lambda rows: asked.append(rows) or rows[0][0])
    for k in range(3 * KEPT):
        matrix = diagonal(LEAST_ROWS, k)
        assert traced(matrix) == traced(matrix) == k
    assert len(asked) == 3 * KEPT
    first = diagonal(LEAST_ROWS, 1)
    assert traced(first) == 1
    assert len(asked) == 3 * KEPT + 1


def test_small_matrices_are_asked_about_each_time():
    asked = []
    traced = remembered(lambda rows: asked.append(rows))
    small = diagonal(LEAST_ROWS - 1, 1)
    traced(small), traced(small)
    assert len(asked) == 2


def test_the_integers_of_a_large_matrix_are_made_once():
    matrix = diagonal(LEAST_ROWS, Fraction(1, 3))
    assert integer_matrix(matrix) is integer_matrix(matrix)
