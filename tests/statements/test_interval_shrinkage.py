"""Intervals of coordinates under value matrices, beside the hull."""

from exactdyn.documents import load_example
from exactdyn.statements.theorem import check


def test_of_a_value_matrix_the_hull_is_left_and_the_intervals_shrink_for_ever():
    result = check(load_example("value-matrix").run())
    assert result.statements["hull-shrinkage"].witness["layer"] + 1 == 6
    assert result.statements["interval-shrinkage"].lemma == "convex-coordinates"
