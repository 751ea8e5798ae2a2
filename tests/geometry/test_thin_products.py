"""Facts about products that are never formed, judged by forming them and by Lagrange's reduction."""

from fractions import Fraction

from flint import fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.thin_products import Inertia, form_inertia, product_asymmetry, product_rank

SHAPES = st.tuples(st.integers(1, 5), st.integers(1, 4))


def matrices(rows, columns):
    numbers = st.integers(-2, 2)
    return st.lists(st.lists(numbers, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


@st.composite
def thin_pairs(draw):
    size, width = draw(SHAPES)
    left = draw(matrices(size, width))
    right = (
        [list(row) for row in zip(*left, strict=True)] if draw(st.booleans()) else draw(matrices(width, size))
    )
    return left, right


def product(left, right):
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*right, strict=True)]
        for row in left
    ]


def reduced_inertia(form):
    """Signs of a quadratic form by Lagrange's reduction, a square at a time."""
    signs = {1: 0, -1: 0}
    while form:
        size = range(len(form))
        pivot = next((i for i in size if form[i][i]), None)
        if pivot is None:
            pair = next(((i, j) for i in size for j in size if form[i][j]), None)
            if pair is None:
                break
            i, j = pair  # x_i x_j: put x_i + x_j in the place of x_j, and there is a square
            for row in form:
                row[i] += row[j]
            form[i] = [x + y for x, y in zip(form[i], form[j], strict=True)]
            continue
        signs[1 if form[pivot][pivot] > 0 else -1] += 1
        rest = [i for i in size if i != pivot]
        form = [
            [form[a][b] - form[a][pivot] * form[pivot][b] / form[pivot][pivot] for b in rest] for a in rest
        ]
    return signs[1], signs[-1]


@given(thin_pairs())
def test_rank_and_asymmetry_are_those_of_the_product(pair):
    left, right = pair
    whole = product(left, right)
    size = range(len(whole))
    places = [(i, j) for i in size for j in size if i < j and whole[i][j] != whole[j][i]]
    assert product_rank(fmpz_mat(left), fmpz_mat(right)) == fmpz_mat(whole).rank()
    assert product_asymmetry(fmpz_mat(left), fmpz_mat(right)) == (places[0] if places else None)


@given(thin_pairs())
def test_inertia_is_that_of_the_symmetric_part(pair):
    left, right = pair
    whole = product(left, right)
    size = range(len(whole))
    positive, negative = reduced_inertia(
        [[Fraction(whole[i][j] + whole[j][i], 2) for j in size] for i in size]
    )
    found = form_inertia(fmpz_mat(left), fmpz_mat(right))
    assert found == Inertia(positive, negative, len(whole) - positive - negative)


def test_rows_that_are_dependent_modulo_a_prime_only_are_counted_all_the_same():
    prime = 2**61 - 1
    left, right = fmpz_mat([[1], [0], [0]]), fmpz_mat([[1, prime, 0]])
    assert form_inertia(left, right) == Inertia(1, 1, 1)
