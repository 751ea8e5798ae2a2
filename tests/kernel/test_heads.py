"""The filter of any head against the exact product, on tokens that floats get wrong."""

from fractions import Fraction

import numpy as np
import pytest
from flint import fmpz, fmpz_mat
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import ShapeError
from exactdyn.kernel import heads as filtering
from exactdyn.kernel.heads import CommonState, HeadFilter
from exactdyn.layer.head import LayerHead
from exactdyn.layer.mask import Mask
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import exact_rows, from_floats
from exactdyn.numbers.vectors import identity
from tests.judges.plain import HOSTILE, MATRICES, hostile_matrix, hostile_tokens

MASKS = [None, Mask("causal"), Mask("strict")]
TIES = ["mean", "first", "last"]


def state_of(tokens):
    return CommonState(*Points.from_rows(tokens).common)


@pytest.mark.parametrize("rows_in_doubt", ["one by one", "all by a product"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_floats_attend_as_the_exact_product_says(kind, rows_in_doubt, monkeypatch):
    monkeypatch.setattr(filtering, "DOUBT", 0 if rows_in_doubt == "one by one" else 4)
    rng = np.random.default_rng(len(kind))
    for matrix in MATRICES:
        d = int(rng.integers(1, 4))
        tokens = from_floats(hostile_tokens(kind, rng, int(rng.integers(2, 12)), d))
        given_matrix = hostile_matrix(matrix, rng, d)
        rows = identity(d) if given_matrix is None else exact_rows(given_matrix, "A")
        state = state_of(tokens)
        for mask in MASKS:
            for ties in TIES:
                head = LayerHead(rows, mask, ties)
                assert HeadFilter(head, state.points.count).attention(state) == head.attention(state.points)


@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("sign", [-1, 0, 1])
def test_a_near_tie_far_below_floats_is_decided_within_the_mask(sign, ties):
    near = 1 + sign * Fraction(1, 2**200)
    state = state_of([[near, 1], [1, -1], ["1/2", 0], [100, 0]])
    found = HeadFilter(LayerHead(identity(2), Mask("causal"), ties), 4).attention(state)
    tied = {"mean": {0, 1}, "first": {0}, "last": {1}}[ties]
    assert found[2] == {1: {0}, 0: tied, -1: {1}}[sign]
    assert found[3] == {3}


def test_random_tokens_are_decided_by_floats_alone(monkeypatch):
    tokens = np.random.default_rng(3).standard_normal((60, 3))
    state, head = state_of(from_floats(tokens)), LayerHead(identity(3), Mask("causal"))
    expected = head.attention(state.points)
    monkeypatch.setattr(filtering, "exact_directions", lambda *_: pytest.fail("exact"))
    monkeypatch.setattr(LayerHead, "attention", lambda *_: pytest.fail("exact"))
    assert HeadFilter(head, 60).attention(state) == expected


def test_tokens_at_zero_attend_everybody_whom_they_see():
    state = CommonState(fmpz_mat([[0], [0], [0]]), fmpz(1))
    assert HeadFilter(LayerHead(((1,),), Mask("causal")), 3).attention(state) == ({0}, {0, 1}, {0, 1, 2})


def test_a_single_token_attends_itself():
    assert HeadFilter(LayerHead(((-1,),)), 1).attention(state_of([[3]])) == ({0},)


def test_a_mask_of_another_number_of_tokens_is_refused():
    with pytest.raises(ShapeError, match=r"mask: requires 3 x 3 for these tokens, got 2 x 2"):
        HeadFilter(LayerHead(((1,),), Mask.of([[1, 0], [1, 1]])), 3)


@given(st.lists(st.integers(-60, 60), min_size=1, max_size=4), st.integers(1, 60))
def test_a_state_is_kept_over_its_least_denominator(numerators, denominator):
    state = CommonState.reduced(fmpz_mat([[x] for x in numerators]), fmpz(denominator))
    assert state.points.rows() == [[Fraction(x, denominator)] for x in numerators]
    assert state.denominator == state.points.common[1]
