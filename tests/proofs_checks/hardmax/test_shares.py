"""The shares of a step, layer by layer, by the equations that define them."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.hardmax.heads import Head
from proofs_checks.hardmax.schedule import Listed
from proofs_checks.hardmax.shares import Shares
from proofs_checks.hardmax.system import System
from tests.strategies import SMALL, square_matrices, vectors

UNIT = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
STEPS = st.lists(st.fractions(-1, 2, max_denominator=4), min_size=1, max_size=3)


def with_values(values, steps):
    """A system in the plane of heads with these matrices of values, one each, and these steps."""
    heads = tuple(Head((UNIT,), (own,) if own else ()) for own in values)
    return System((UNIT[0],), heads, Listed(tuple(steps)), apart=True)


def scaled(number):
    return tuple(tuple(number * x for x in row) for row in UNIT)


@given(st.lists(SMALL, min_size=1, max_size=3), STEPS)
def test_shares_of_tokens_solve_what_defines_them_and_add_up_to_one(numbers, steps):
    shares = Shares.of_tokens(with_values([scaled(s) for s in numbers], steps))
    for layer in range(len(steps) + 2):
        tau = steps[min(layer, len(steps) - 1)]
        whole, found = 1 - tau + tau * sum(numbers), shares.at(layer)
        if whole == 0:
            assert found is None
            continue
        rho, pulls = found
        assert [whole * v for v in pulls] == [tau * s for s in numbers]
        assert rho + sum(pulls) == 1
    known = [shares.at(layer) for layer in range(len(steps))]
    assert shares.convex == all(own is not None and min(own[0], *own[1]) >= 0 for own in known)


@given(square_matrices(2), STEPS, st.integers(0, 1))
def test_a_coordinate_has_shares_if_and_only_if_it_is_mixed_with_no_other(matrix, steps, r):
    shares = Shares.of_coordinate(with_values([matrix], steps), r)
    alone = not any(x for c, x in enumerate(matrix[r]) if c != r)
    assert shares.scales == (((matrix[r][r],),) if alone else None)
    whole = matrix[0][0] == matrix[1][1] and not (matrix[0][1] or matrix[1][0])
    assert (Shares.of_tokens(with_values([matrix], steps)).scales is not None) == whole


@given(vectors(2), STEPS)
def test_a_head_without_values_counts_as_the_identity(token, steps):
    del token
    plain, stated = (Shares.of_tokens(with_values([own], steps)) for own in (None, UNIT))
    assert [plain.at(layer) for layer in range(4)] == [stated.at(layer) for layer in range(4)]
    assert all(plain.at(layer) == (1 - tau, (tau,)) for layer, tau in enumerate(steps))
