"""Enclosed eigenvalues are judged by exact traces of powers, and by spectra known beforehand."""

from collections import Counter

import pytest
from flint import acb, arb, fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.spectrum import eigenvalues, eigenvector, has_opposite, leading
from exactdyn.numbers.precision import working

BITS = 128
SMALL = st.integers(-4, 4)


def square(size):
    return st.lists(st.lists(SMALL, min_size=size, max_size=size), min_size=size, max_size=size)


MATRICES = st.integers(1, 5).flatmap(square).map(fmpz_mat)


def unimodular(draws):
    """A product of two triangles with ones on the diagonal: its inverse is of integers, too."""
    size = len(draws)
    upper = fmpz_mat([[int(i == j) or (i < j) * draws[i][j] for j in range(size)] for i in range(size)])
    lower = fmpz_mat([[int(i == j) or (i > j) * draws[i][j] for j in range(size)] for i in range(size)])
    return upper * lower


@given(MATRICES)
def test_the_power_sums_of_the_eigenvalues_are_the_traces_of_the_powers(matrix):
    """By Newton's identities these sums determine all eigenvalues with their multiplicities."""
    found, power, size = eigenvalues(matrix.charpoly(), BITS), matrix, matrix.nrows()
    assert sum(own.multiplicity for own in found) == size
    for degree in range(1, size + 1):
        trace = sum(int(power[i, i]) for i in range(size))
        with working(BITS):
            total = sum((own.multiplicity * own.value**degree for own in found), acb(0))
            assert total.contains(acb(trace))
            assert total.rad() < 1e-20
        power = power * matrix


@given(st.data())
def test_eigenvalues_known_beforehand_are_found_with_their_multiplicities(data):
    known = data.draw(st.lists(SMALL, min_size=1, max_size=5))
    basis = unimodular(data.draw(square(len(known))))
    diagonal = fmpz_mat([[x * (i == j) for j in range(len(known))] for i, x in enumerate(known)])
    inverse, _ = basis.inv().numer_denom()
    found = eigenvalues((basis * diagonal * inverse).charpoly(), BITS)
    assert all(own.real is not None for own in found)
    counted = {x: [own.multiplicity for own in found if own.value.contains(acb(x))] for x in set(known)}
    assert counted == {x: [times] for x, times in Counter(known).items()}


@given(MATRICES)
def test_an_eigenvalue_is_real_exactly_if_its_ball_is_on_the_line_and_others_come_in_pairs(matrix):
    found = eigenvalues(matrix.charpoly(), BITS)
    others = [own for own in found if own.real is None]
    assert all(not own.value.imag.contains(0) for own in others)
    assert sum(own.value.imag > 0 for own in others) == sum(own.value.imag < 0 for own in others)


@given(MATRICES)
def test_none_is_larger_than_the_leading_ones_and_all_others_are_smaller_than_one(matrix):
    found = eigenvalues(matrix.charpoly(), BITS)
    first = leading(found)
    assert first
    for own in found:
        assert (own in first) != any(own.modulus < other.modulus for other in first)


@given(MATRICES)
def test_an_eigenvector_is_stretched_by_its_eigenvalue_and_is_not_0(matrix):
    for own in eigenvalues(matrix.charpoly(), 512):
        if own.real is None or own.multiplicity > 1:
            continue
        vector = eigenvector(matrix, matrix.charpoly(), own.real, 512)
        assert any(not x.contains(0) for x in vector)
        with working(512):
            images = [
                sum((a * x for a, x in zip(row, vector, strict=True)), arb(0)) for row in matrix.tolist()
            ]
            off = [image - own.real * x for image, x in zip(images, vector, strict=True)]
            assert all(x.contains(0) and x.rad() < 1e-50 for x in off)


def test_too_wide_a_ball_has_no_eigenvector():
    wide = fmpz_mat([[2, 0], [0, 1]])
    with working(BITS):
        assert eigenvector(wide, wide.charpoly(), arb(1.5, 1), BITS) is None


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ([[0, 2], [1, 0]], True),
        ([[2, 0], [0, -2]], True),
        ([[2, 0, 0], [0, 0, 4], [0, -1, 0]], False),
        ([[2, 0], [0, -1]], False),
        ([[0, 2, 1, 0], [1, 0, 0, 0], [0, 0, 0, 3], [0, 0, 1, 0]], True),
    ],
)
def test_an_opposite_eigenvalue_is_proved_where_there_is_one(matrix, expected):
    characteristic = fmpz_mat(matrix).charpoly()
    positive = max(
        (own.real for own in eigenvalues(characteristic, BITS) if own.real is not None),
        key=lambda real: real.mid(),
    )
    assert has_opposite(characteristic, positive, BITS) == expected
