from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.floats import filter as float_filter
from exactdyn.kernel.floats.filter import decide
from exactdyn.kernel.floats.shadow import Shadow, Vectors
from tests.judges import reference


@pytest.mark.parametrize("planted", [2.0**-k for k in (20, 30, 40, 50, 52)])
def test_a_lead_beyond_the_bound_is_decided_and_one_below_it_is_left_open(planted):
    place = Vectors(np.array([[1.0, 0.0], [1.0 - planted, 0.5], [-1.0, 0.25]]), 2.0**-45)
    winners, doubt = decide(Shadow(place, place, None), np.arange(1), np.arange(3))
    if planted > 2.0**-42:
        assert (winners.tolist(), doubt) == ([0], [])
    else:
        assert [row.candidates.tolist() for row in doubt] == [[0, 1]]


@given(st.integers(0, 10**6), st.sampled_from([0.0, 2.0**-40, 2.0**-8]), st.booleans())
def test_every_exact_state_within_the_bound_attends_what_the_filter_says(seed, error, small_blocks):
    rng = np.random.default_rng(seed)
    rows = rng.integers(-8, 9, (int(rng.integers(2, 12)), int(rng.integers(1, 4)))) / 8.0
    place, everybody = Vectors(rows, error), np.arange(len(rows))
    with pytest.MonkeyPatch.context() as patch:
        if small_blocks:
            patch.setattr(float_filter, "BLOCK_BYTES", 8)
            patch.setattr(float_filter, "LEAST_ROWS", 1)
        winners, doubt = decide(Shadow(place, place, None), everybody, everybody)
    left = {row.token: row.candidates for row in doubt}
    turns = rng.choice([-1, 0, 1], rows.shape).tolist()
    moved = [
        [Fraction(x) + turn * Fraction(error) for x, turn in zip(*pair, strict=True)]
        for pair in zip(rows.tolist(), turns, strict=True)
    ]
    for token in everybody.tolist():
        scores = [reference.dot(moved[token], other) for other in moved]
        attended = {j for j, score in enumerate(scores) if score == max(scores)}
        if token not in left:
            assert attended == {winners[token]}
        elif left[token] is not None:
            assert attended <= set(left[token].tolist())


def test_a_single_column_is_attended_by_all():
    place = Vectors(np.array([[1.0], [0.5]]), 0.0)
    winners, doubt = decide(Shadow(place, place, 0), np.arange(2), np.array([1]))
    assert (winners.tolist(), doubt) == ([1, 1], [])
