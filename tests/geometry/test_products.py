"""Images of many points under one matrix."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.products import images
from exactdyn.numbers.vectors import identity
from tests.judges.reference import dot
from tests.strategies import RATIONALS, vectors


@given(st.data(), st.integers(1, 4))
def test_images_are_what_rows_times_points_say(data, size):
    A = tuple(data.draw(st.lists(vectors(size, RATIONALS), min_size=size, max_size=size)))
    points = data.draw(st.lists(vectors(size, RATIONALS), max_size=5))
    assert images(A, points) == [tuple(dot(row, point) for row in A) for point in points]


@given(st.lists(vectors(3, RATIONALS), max_size=4))
def test_the_identity_moves_no_point(points):
    assert images(identity(3), points) == points
    assert images(((Fraction(2),),), []) == []
