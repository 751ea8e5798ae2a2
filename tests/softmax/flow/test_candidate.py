"""Taylor coefficients in integers: those of the solution, whatever they are wanted for."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import pytest

from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import balls, fixed_point
from exactdyn.softmax.flow.candidate import taylor
from exactdyn.softmax.flow.field import references
from exactdyn.softmax.system import Drive, Pull, Softmax, driven
from tests.softmax_systems import SHEAR, tokens

BITS, ORDER = 160, 53


def coefficients(model: Drive, points, bits=BITS, order=ORDER, longest=Fraction(1)):
    centre = [[fixed_point(Fraction(x), bits) for x in row] for row in points]
    refs = [references(balls(points), balls(pull.B), pull.weights) for pull in model.pulls]
    return taylor(model, centre, refs, bits, order, longest)


def furthest(coarse, fine, more: int, step: Fraction) -> float:
    """How far apart polynomials are within a step, at most, in units of the first."""
    pairs = (pair for x, y in zip(coarse, fine, strict=True) for pair in zip(x, y, strict=True))
    return max(
        float(
            sum(abs(a - Fraction(b, 2**more)) * step**k for k, (a, b) in enumerate(zip(*pair, strict=False)))
        )
        for pair in pairs
    )


@pytest.mark.parametrize("longest", [Fraction(1), Fraction(1, 3), Fraction(1, 64)])
def test_one_token_has_the_coefficients_of_the_exponential(longest):
    one = ((Fraction(1),),)
    ((powers,),) = coefficients(Drive(one, one, (1,)), [[Fraction(3)]], longest=longest)
    off = (abs(c - Fraction(3 * 2**BITS, factorial(k))) * longest**k for k, c in enumerate(powers))
    assert max(off) < 2


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("longest", [Fraction(1, 4), Fraction(1, 19)])
def test_coefficients_for_a_short_step_are_as_good_for_it_as_those_of_more_bits(seed, longest):
    start, model = driven(Softmax(SHEAR, mask="causal" if seed % 2 else None), tokens(5, 2, seed))
    coarse = coefficients(model, start.points, longest=longest)
    fine = coefficients(model, start.points, bits=BITS + 80)
    assert furthest(coarse, fine, 80, longest) < 64


def test_a_point_of_which_the_exponential_is_nothing_changes_nothing():
    one = ((Fraction(1),),)
    points = [[Fraction(20)], [Fraction(19)], [Fraction(-20)]]
    whole = coefficients(Drive(one, one, (2, 1, 3)), points)
    seen = ((2, 1, 0), (2, 1, 0), (0, 0, 3))
    without = coefficients(Drive(one, one, (2, 1, 3), (Pull(one, one, seen),)), points)
    assert whole == without


def test_the_largest_logit_is_found_where_logits_differ_by_less_than_a_float_of_their_size_can_tell():
    near, far = Fraction(2**30), 2**30 + Fraction(1, 2**24)
    with working(128):
        assert references(balls([[near], [far]]), balls([[Fraction(1)]])) == (1, 1)
        assert references(balls([[far], [near]]), balls([[Fraction(1)]])) == (0, 0)
    assert references(balls([[near], [near]]), balls([[Fraction(2**200)]])) == (0, 0)
