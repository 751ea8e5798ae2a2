"""Where the parameter lies: what vanishes and what is positive between two points, or at one."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.parameters.points import Point
from proofs_checks.parameters.polynomials import sign_at, times, trimmed
from proofs_checks.parameters.regions import At, Between

PLACES = st.fractions(-2, 2, max_denominator=6)
POLYNOMIALS = st.lists(st.integers(-4, 4), max_size=4).map(trimmed)
NARROW = Fraction(1, 1000)


def point(number):
    return Point((-number.numerator, number.denominator), number - NARROW, number + NARROW)


@given(st.sets(PLACES, min_size=2, max_size=2), st.lists(PLACES, max_size=3), st.sampled_from([-1, 1]))
def test_between_points_a_polynomial_is_positive_as_its_roots_say(ends, roots, sign):
    low, high = sorted(ends)
    region, p = Between(point(low), point(high)), [sign]
    for root in roots:
        p = times(p, [-root.numerator, root.denominator])
    inside = any(low < root < high for root in roots)
    assert region.positive(p) == (not inside and sign_at(p, (low + high) / 2) > 0)
    assert not region.vanishes(p) and region.vanishes([]) and not region.positive([])
    assert region.ends == (low, high)


@given(PLACES, POLYNOMIALS)
def test_at_a_point_a_polynomial_has_the_sign_that_it_has_there(place, p):
    region = At(point(place))
    assert (region.vanishes(p), region.positive(p)) == (sign_at(p, place) == 0, sign_at(p, place) > 0)
    assert region.ends == (place, place)


def test_at_an_irrational_point_multiples_of_its_polynomial_vanish_and_others_have_a_sign():
    root = At(Point((-2, 0, 1), Fraction(1), Fraction(2)))
    assert root.vanishes([-4, 0, 2]) and root.vanishes([0, -2, 0, 1])
    assert root.positive([-7, 5]) and not root.positive([7, -5])  # 7/5 < sqrt(2)
    assert root.ends == (1, 2)
