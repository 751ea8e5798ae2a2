"""Pictures of enclosed runs."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from exactdyn.errors import InputError
from exactdyn.pictures.flow import MATRICES, draw_flow
from exactdyn.softmax.flow.flow import flow
from exactdyn.softmax.system import Softmax

QUARTER = Fraction(1, 4)


def test_in_the_plane_every_token_has_a_path_and_every_time_a_hull_and_a_matrix():
    tokens = [[1, 0], [0, 1], [-1, -1]]
    main, *matrices = draw_flow(flow(Softmax(), tokens, QUARTER), ["a", "b", "c"]).axes
    assert len(main.lines) == len(tokens)
    assert len(main.patches) == len(matrices) == MATRICES
    assert sorted(text.get_text() for text in main.texts) == ["a", "b", "c"]
    for axes in matrices:
        assert np.allclose(axes.images[0].get_array().sum(axis=1), 1)


def test_elsewhere_there_are_bands_against_time():
    main, *_ = draw_flow(flow(Softmax(), [[1], [-1]], QUARTER)).axes
    assert main.get_xlabel() == "time"
    assert len(main.lines) == len(main.collections) == 2


def test_a_run_of_which_nothing_is_proved_is_not_drawn():
    with pytest.raises(InputError, match=r"^time: requires a run that is proved beyond time 0"):
        draw_flow(replace(flow(Softmax(), [[1], [-1]], QUARTER), pieces=()))
