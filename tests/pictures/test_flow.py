"""Pictures of enclosed runs."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from exactdyn.errors import InputError
from exactdyn.pictures.flow import MATRICES, draw_flow
from exactdyn.softmax.flow.flow import flow
from exactdyn.softmax.system import Softmax
from tests.pictures.covering import texts_on_lines

QUARTER = Fraction(1, 4)


def test_in_the_plane_every_token_has_a_path_and_every_time_a_hull_and_a_matrix():
    tokens = [[1, 0], [0, 1], [-1, -1]]
    main, *matrices, bar = draw_flow(flow(Softmax(), tokens, QUARTER), ["a", "b", "c"]).axes
    assert len(main.lines) == 3 * len(tokens)  # way, start, end
    assert len(main.patches) == len(matrices) == MATRICES
    assert sorted(text.get_text() for text in main.texts) == ["a", "b", "c"]
    assert bar.get_ylabel() == "attention P"
    for axes in matrices:
        assert axes.get_xlabel() == "token attended"
        assert [label.get_text() for label in axes.get_yticklabels()] == ["0", "1", "2"]
        assert np.allclose(axes.images[0].get_array().sum(axis=1), 1)


def test_elsewhere_there_are_bands_against_time():
    main, *_ = draw_flow(flow(Softmax(), [[1], [-1]], QUARTER)).axes
    assert main.get_xlabel() == "time"
    assert len(main.lines) == len(main.collections) == 2


def test_a_run_of_which_nothing_is_proved_is_not_drawn():
    with pytest.raises(InputError, match=r"^time: requires a run that is proved beyond time 0"):
        draw_flow(replace(flow(Softmax(), [[1], [-1]], QUARTER), pieces=()))


def words(figure):
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def test_the_legend_explains_what_is_drawn():
    plane = words(draw_flow(flow(Softmax(), [[1, 0], [0, 1], [-1, -1]], QUARTER)))
    assert plane[:3] == ["way of a token, a colour each", "at time 0", "at time 0.25"]
    assert plane[3].startswith("hulls at the times of the matrices")
    line = words(draw_flow(flow(Softmax(), [[k] for k in range(-4, 6)], Fraction(1, 100))))
    assert line == ["way of a token, a colour each (10 tokens: colours repeat)"]


def test_no_name_stands_on_a_way_or_on_another_name():
    figure = draw_flow(flow(Softmax(), [[1, 0], [0, 1], [-1, -1], ["1/2", "1/3"]], QUARTER))
    assert texts_on_lines(figure) == set()
    line = draw_flow(flow(Softmax(), [[1], ["101/100"], ["102/100"]], QUARTER))
    renderer = FigureCanvasAgg(line).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in line.axes[0].texts]
    assert len(boxes) == 3
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
