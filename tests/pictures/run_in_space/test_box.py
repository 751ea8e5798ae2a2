"""The box that holds the tokens in space."""

import numpy as np
from matplotlib.figure import Figure

from exactdyn.pictures.run_in_space.box import draw_box


def test_a_box_has_twelve_edges_and_the_three_behind_it_are_dashed():
    axes = Figure().add_subplot()
    draw_box(axes, np.zeros(3), np.array([1, 2, 3]))
    dashed = [line for line in axes.lines if line.get_linestyle() == "--"]
    assert (len(axes.lines), len(dashed)) == (12, 3)
    ends = [{(x, y) for x, y in line.get_xydata().round(9).tolist()} for line in dashed]
    assert len(set.intersection(*ends)) == 1  # they meet in the corner that is hidden
