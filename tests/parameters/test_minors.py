"""Minors of matrices of polynomials: at every value of the parameter those of the matrix there."""

from itertools import combinations

from flint import fmpq, fmpz_mat, fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.reading import exact
from exactdyn.parameters.minors import SIZE_LIMIT, leading_minors, principal_minors
from tests.judges.truth import determinant, positive_definite

ENTRIES = st.integers(-3, 3)


def at(polynomial, value):
    return exact(polynomial(fmpq(value.numerator, value.denominator)))


@st.composite
def matrices_in_powers(draw):
    """The matrices of one to three powers of the parameter."""
    size, powers = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    return [fmpz_mat([[draw(ENTRIES) for _ in range(size)] for _ in range(size)]) for _ in range(powers)]


@given(matrices_in_powers(), st.fractions(-2, 2, max_denominator=4))
def test_principal_minors_are_those_of_the_matrix_at_every_value_smaller_ones_first(parts, value):
    size = range(parts[0].nrows())
    A = [[sum(int(part[r, c]) * value**k for k, part in enumerate(parts)) for c in size] for r in size]
    form = [[A[r][c] + A[c][r] for c in size] for r in size]
    chosen = [own for count in size for own in combinations(size, count + 1)]
    found = principal_minors(parts)
    assert len(found) == len(chosen) == 2 ** len(size) - 1
    for minor, own in zip(found, chosen, strict=True):
        assert at(minor, value) == determinant([tuple(form[r][c] for c in own) for r in own])


@given(matrices_in_powers(), st.fractions(-2, 2, max_denominator=4))
def test_leading_minors_are_positive_where_the_form_is_definite_and_nowhere_else(parts, value):
    size = range(parts[0].nrows())
    form = [[fmpz_poly([part[r, c] + part[c, r] for part in parts]) for c in size] for r in size]
    rows = tuple(tuple(at(entry, value) for entry in row) for row in form)
    assert all(at(minor, value) > 0 for minor in leading_minors(form)) == positive_definite(rows)


def test_of_larger_matrices_there_are_too_many():
    size = SIZE_LIMIT + 1
    assert principal_minors([fmpz_mat([[0] * size] * size)]) is None
