"""Where panels stand on the sheet."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.pictures.paper.sheet import LEAST_WIDTH
from exactdyn.pictures.run_in_space.grid import COLUMNS, grid


@given(st.integers(1, 50), st.floats(0.45, 1.25), st.booleans(), st.booleans())
def test_panels_are_apart_and_within_the_sheet(count, ratio, ticks, shared):
    plan = grid(count, ratio, ticks, shared)
    width, height = plan.panel
    corners = [plan.corner(place) for place in range(count)]
    assert plan.width >= LEAST_WIDTH - 1e-9
    for x, y in corners:
        assert x >= 0
        assert y >= 0
        assert x + width <= plan.width
        assert y + height <= plan.height
    for (x, y), (other_x, other_y) in combinations(corners, 2):
        assert abs(x - other_x) >= width or abs(y - other_y) >= height
    assert len({x for x, _ in corners}) == min(count, COLUMNS)
