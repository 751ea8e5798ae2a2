"""Common left eigenvectors: what is found is so, and small ones that brute force finds are within it."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.geometry.eigenspaces import common_left_eigenspaces
from exactdyn.numbers.elimination import inverse_matrix
from tests.judges.reference import dot
from tests.judges.reference import product as times
from tests.judges.truth import solution
from tests.strategies import invertible_matrices, square_matrices

NUMBERS = st.integers(-2, 2).map(Fraction)


def image(row, matrix):
    """The row times the matrix."""
    return tuple(dot(row, column) for column in zip(*matrix, strict=True))


def multiple(row, of):
    """The number whose multiple of a row, not 0, this one is; None if there is none."""
    place = next(k for k, x in enumerate(of) if x)
    factor = row[place] / of[place]
    return factor if row == tuple(factor * x for x in of) else None


def is_within(row, basis):
    """Tell whether a row is a combination of others."""
    return solution([(*(own[k] for own in basis), row[k]) for k in range(len(row))]) is not None


@st.composite
def lists_of_matrices(draw):
    """One to three matrices, often with eigenvectors in common: planted, or all of one triangle."""
    size, count = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    if draw(st.booleans()):
        return [draw(square_matrices(size, NUMBERS)) for _ in range(count)], size
    basis = draw(invertible_matrices(size))
    found = []
    for _ in range(count):
        eigenvalues = draw(st.tuples(*[NUMBERS] * size))
        own = zip(eigenvalues, basis, strict=True)
        stretched = tuple(tuple(value * x for x in row) for value, row in own)
        found.append(times(inverse_matrix(basis), stretched))
    return found, size


@given(lists_of_matrices())
@settings(deadline=None)
def test_what_is_found_is_stretched_by_every_matrix_and_nothing_small_is_missing(case):
    matrices, size = case
    spaces = common_left_eigenspaces(matrices, size)
    for space in spaces:
        for row in space.functionals:
            for matrix, value in zip(matrices, space.eigenvalues, strict=True):
                assert image(row, matrix) == tuple(value * x for x in row)
    for row in product(map(Fraction, range(-2, 3)), repeat=size):
        if any(row):
            values = tuple(multiple(image(row, matrix), row) for matrix in matrices)
            within = [space for space in spaces if is_within(row, space.functionals)]
            assert [space.eigenvalues for space in within] == ([] if None in values else [values])
