"""Regions: simple numbers inside, whatever the ends are, and the parts between given places."""

from fractions import Fraction
from itertools import islice

from flint import fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.parameters.region import Region
from exactdyn.parameters.roots import Root, Roots


def square_root(number):
    """The place of the root of a number from 1 to 9."""
    return Root(fmpz_poly([-number, 0, 1]), Fraction(0), Fraction(number + 1))


@given(st.integers(1, 40), st.integers(1, 40))
def test_samples_lie_inside_and_differ_also_where_ends_are_irrational(one, other):
    low, high = sorted((one, other))
    if low == high:
        high += 1
    found = list(islice(Region(square_root(low), square_root(high)).samples(), 5))
    assert all(low < x * x < high and x > 0 for x in found)
    assert len(set(found)) == 5


@given(st.sets(st.fractions(0, 3, max_denominator=9), min_size=2, max_size=2))
def test_between_rational_ends_the_first_sample_has_the_least_denominator(ends):
    low, high = sorted(ends)
    found = next(Region(Root.rational(low), Root.rational(high)).samples())
    assert low < found < high
    fewer = range(1, found.denominator)
    assert not any(low < Fraction(p, q) < high for q in fewer for p in range(3 * q + 1))


@given(st.sets(st.fractions(0, 1, max_denominator=12), max_size=6))
def test_the_parts_that_places_cut_are_between_them_and_at_them(places):
    ends = Root.rational(Fraction(0)), Root.rational(Fraction(1))
    inside = [Root.rational(place) for place in sorted(places - {0, 1})]
    parts = Region(*ends).cut([ends[0], *inside, ends[1]])
    assert [part.point for part in parts] == [False, *[True, False] * len(inside)]
    assert [part.low for part in parts if part.point] == inside
    borders = [ends[0], *(own for place in inside for own in (place, place)), ends[1]]
    assert [own for part in parts if not part.point for own in (part.low, part.high)] == borders


def test_a_point_is_one_place_and_two_places_are_none():
    (root,) = Roots(Fraction(0), Fraction(2)).of(fmpz_poly([-2, 0, 1]))
    (again,) = Roots(Fraction(0), Fraction(3)).of(fmpz_poly([-2, 0, 1]))
    assert Region(root, root).point
    assert not Region(root, again).point
