"""Tokens of which two meet."""

from fractions import Fraction

import pytest

from exactdyn.hunts.tokens.collisions import meeting
from exactdyn.statements.catalogue import STATEMENTS
from exactdyn.systems.hardmax import Hardmax


@pytest.mark.parametrize("alpha", ["1/5", "1/2", "2/3", "1", "7/6", "3/2", "2", "5/2", "3", "5"])
def test_for_every_positive_alpha_enough_numbers_meet(alpha):
    alpha = Fraction(alpha)
    known = [meeting(alpha, count) for count in range(2, 20)]
    made = [numbers for numbers in known if numbers is not None]
    assert None not in known[10:]
    for numbers in made:
        assert all(numbers)
        assert len(set(numbers)) == len(numbers)
        run = Hardmax([[-1]], alpha).run([[x] for x in numbers], 2)
        assert STATEMENTS["distinctness-preserved"].decide(run).outcome == "fails"
