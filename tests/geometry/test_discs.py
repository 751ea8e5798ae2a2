"""Enclosed eigenvalues of matrices of balls, judged by exact ones of the integer matrices inside them."""

from itertools import permutations

import pytest
from flint import acb, arb, arb_mat, fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.discs import ball_eigenvalues, singular_values, symmetric_eigenvalues
from exactdyn.geometry.spectrum import eigenvalues
from exactdyn.numbers.precision import working
from tests.geometry.test_spectrum import BITS, MATRICES, SMALL, square

RADII = st.sampled_from([0, 1e-30, 1e-6, 0.01, 0.5])


def exact_spectrum(matrix):
    """Every eigenvalue of an integer matrix in a narrow ball, as often as it is one."""
    return [own.value for own in eigenvalues(matrix.charpoly(), BITS) for _ in range(own.multiplicity)]


def falling(values):
    return sorted((own.real for own in values), key=lambda own: own.mid(), reverse=True)


def around(matrix, change, radius):
    """Balls of this radius, not around the integers of a matrix but away from them by eighths of it."""
    with working(BITS):
        return arb_mat(
            [
                [arb(int(x), radius) + arb(radius) * int(part) / 8 for x, part in zip(*own, strict=True)]
                for own in zip(matrix.tolist(), change.tolist(), strict=True)
            ]
        )


PAIRS = (
    st.integers(1, 5)
    .flatmap(lambda size: st.tuples(square(size), square(size)))
    .map(lambda pair: tuple(map(fmpz_mat, pair)))
)


@given(PAIRS, RADII)
def test_every_eigenvalue_has_a_ball_of_its_own(pair, radius):
    matrix, change = pair
    known = exact_spectrum(matrix)
    found = ball_eigenvalues(around(matrix, change, radius), BITS)
    assert len(found) == len(known)
    assert any(
        all(ball.overlaps(value) for ball, value in zip(found, own, strict=True))
        for own in permutations(known)
    )
    assert list(found) == sorted(found, key=lambda own: abs(own).mid(), reverse=True)


@given(MATRICES)
def test_simple_eigenvalues_are_told_apart_and_real_ones_known_to_be_so(matrix):
    known = eigenvalues(matrix.charpoly(), BITS)
    if any(own.multiplicity > 1 for own in known):
        return
    found = ball_eigenvalues(arb_mat(matrix), BITS)
    for own in known:
        (ball,) = [ball for ball in found if ball.overlaps(own.value)]
        assert ball.imag.is_zero() == (own.real is not None)
        assert ball.rad() < 1e-20


@given(PAIRS, RADII)
def test_the_kth_largest_eigenvalue_of_a_symmetric_matrix_is_in_the_kth_ball(pair, radius):
    matrix, change = (own + own.transpose() for own in pair)
    found = symmetric_eigenvalues(around(matrix, change, radius), BITS)
    known = falling(exact_spectrum(matrix))
    assert all(ball.overlaps(value) for ball, value in zip(found, known, strict=True))
    if not radius:
        assert all(ball.rad() < 1e-30 for ball in found)


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.integers(1, 4).flatmap(
            lambda m: st.lists(st.lists(SMALL, min_size=m, max_size=m), min_size=n, max_size=n)
        )
    ),
    RADII,
)
def test_the_kth_largest_singular_value_is_in_the_kth_ball(rows, radius):
    matrix = fmpz_mat(rows)
    known = [
        own.sqrt() if own > 0 else arb(0) for own in falling(exact_spectrum(matrix * matrix.transpose()))
    ]
    found = singular_values(around(matrix, matrix, radius), BITS)
    assert all(ball.overlaps(value) for ball, value in zip(found, known, strict=True))
    assert all(ball.rad() < 1e-12 + 8 * radius for ball in found)


def test_the_root_of_a_value_that_is_nearly_0_twice_is_narrow():
    matrix = fmpz_mat([[2], [0], [1]])
    found, known = singular_values(around(matrix, matrix, 1e-30), BITS), (arb(5).sqrt(), arb(0), arb(0))
    assert all(ball.overlaps(value) for ball, value in zip(found, known, strict=True))
    assert all(ball.rad() < 1e-12 for ball in found)


def test_eigenvalues_that_are_close_share_a_ball_and_far_ones_do_not():
    matrix = fmpz_mat([[1, 0, 0], [0, 1, 0], [0, 0, 3]])
    first, *others = ball_eigenvalues(around(matrix, 0 * matrix, 1e-20), BITS)
    assert first.overlaps(acb(3))
    assert not first.overlaps(acb(1))
    assert all(own.overlaps(acb(1)) and own.rad() < 1e-18 for own in others)
    assert others[0].real.mid() == others[1].real.mid()


@pytest.mark.parametrize("unknown", [arb("nan"), arb("inf"), arb(0, "inf")])
def test_of_what_is_not_finite_nothing_is_enclosed(unknown):
    matrix = arb_mat([[1, unknown], [0, 1]])
    for enclosed in (ball_eigenvalues, symmetric_eigenvalues, singular_values):
        assert enclosed(matrix, BITS) is None


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("radius", [0, 1e-30, 1e-12])
def test_a_jordan_block_is_enclosed_as_well_as_it_can_be_and_spoils_no_other_eigenvalue(size, radius):
    # Of a block of this size eigenvalues move as the root of this degree of what changes.
    rows = [
        [0 if (i != j and j != i + 1) or i == size else 1 for j in range(size + 1)] for i in range(size + 1)
    ]
    rows[size][size] = 3
    matrix = fmpz_mat(rows)
    first, *others = ball_eigenvalues(around(matrix, 0 * matrix, radius), BITS)
    assert first.overlaps(acb(3))
    assert first.rad() < 1e-12 + 100 * radius
    assert all(own.overlaps(acb(1)) for own in others)
    assert all(own.rad() < 100 * max(radius, 2.0**-64) ** (1 / size) for own in others)
