"""The softmax system: copies are merged, what does not fit is refused."""

from __future__ import annotations

from fractions import Fraction

import flint
import pytest

from exactdyn.errors import InputError
from exactdyn.softmax import Softmax, flow, state

ONE = Fraction(1)


def test_copies_of_a_token_move_as_one_and_share_its_attention():
    copied = flow(Softmax(), [["1/2"], [1], ["1/2"]], Fraction(1, 2))
    now = state(copied, Fraction(1, 2))
    assert len(copied.start.points) == 2
    assert now.attention[0][0].overlaps(now.attention[1][0] * 0 + now.attention[0][2])
    for row in now.attention:
        assert sum(row, flint.arb(0)).contains(1)


@pytest.mark.parametrize("until", [Fraction(0), Fraction(-1), Fraction(10**7)])
def test_a_time_out_of_range_is_refused(until):
    with pytest.raises(InputError, match="until: requires a time greater than 0"):
        flow(Softmax(), [[1]], until)


@pytest.mark.parametrize(
    ("matrices", "message"),
    [
        ({"V": [[1, 0]]}, "V: requires a square matrix"),
        ({"V": [[1]]}, "V: requires 2 columns"),
        ({"Q": [[1, 0]]}, "K: requires 1 rows"),
        ({"K": [[1, 0, 0]]}, "K: requires 2 columns"),
    ],
)
def test_matrices_that_do_not_fit_are_refused(matrices, message):
    with pytest.raises(InputError, match=message):
        flow(Softmax(**matrices), [[1, 0], [0, 1]], ONE)
