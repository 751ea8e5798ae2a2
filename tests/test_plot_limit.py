from fractions import Fraction

import numpy as np
import pytest
from matplotlib.patches import Polygon

from exactdyn import limit
from exactdyn.errors import InputError
from exactdyn.example import load_example
from exactdyn.hardmax import Hardmax
from exactdyn.plot import draw_limit, render
from exactdyn.plot.approach import gather_approach
from tests.command import assert_refused, exactdyn


def approach_of(name):
    return gather_approach(limit(load_example(name).run(0)))


def test_the_picture_holds_the_limit_polytope_its_leaders_and_the_set_s():
    figure = draw_limit(load_example("square-plain").run(0))
    left, right = figure.axes
    (polygon,) = [patch for patch in left.patches if isinstance(patch, Polygon)]
    assert {tuple(corner) for corner in polygon.get_xy()} == {(1, 1), (1, -1), (-1, 1), (-1, -1)}
    stars = [line.get_xydata()[0].tolist() for line in left.lines if line.get_marker() == "*"]
    assert sorted(stars) == [[-1, -1], [-1, 1], [1, -1], [1, 1]]
    (diamonds,) = [line for line in left.lines if line.get_marker() == "D"]
    assert {(1, 0), (-1, 0), (0, 1), (0, -1)} < set(map(tuple, diamonds.get_xydata().tolist()))
    assert right.get_yscale() == "log"


def test_distances_are_those_of_the_closed_form():
    distances = approach_of("square-plain").distances
    assert np.isnan(distances[:, :4]).all()
    exact = [float(Fraction(2, 3) ** layer / 2) for layer in range(len(distances))]
    assert distances[:, 4] == pytest.approx(exact, rel=1e-15)


def test_what_is_left_to_grow_is_the_difference_of_q():
    gaps = approach_of("square-plain").gaps
    assert gaps[0, 4] == 0.75
    assert (np.diff(gaps[:, 4]) < 0).all()


def test_a_token_without_a_limit_is_as_far_as_its_place_in_the_cycle():
    approach = approach_of("alternating-in-the-limit")
    token = approach.distances.shape[1] - 1
    assert (np.diff(approach.distances[:, token]) < 0).all()
    figure = draw_limit(load_example("alternating-in-the-limit").run(0))
    assert "--" in [line.get_linestyle() for line in figure.axes[0].lines]


def test_tokens_that_are_where_they_stay_leave_no_curve():
    still = draw_limit(Hardmax().run([[1, 0], [0, 1]], 0))
    assert [text.get_text() for text in still.axes[1].texts] == ["all tokens are where they stay"]


@pytest.mark.parametrize("name", ["emerging-leader", "alternating-digits", "three-dimensions"])
def test_dimensions_1_2_and_3_are_drawn(name):
    loaded = load_example(name)
    assert render(draw_limit(loaded.run(0), labels=loaded.labels, title=name), "svg").startswith(b"<?xml")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("period-three", "requires dimension 1, 2 or 3"),
        ("never-periodic", "the common limit has no closed form"),
        ("negative-alpha-grows", "the states grow for ever"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(name, message):
    with pytest.raises(InputError, match=message):
        draw_limit(load_example(name).run(0))


def test_a_wrong_number_of_labels_is_refused():
    with pytest.raises(InputError, match="labels: requires one for each of 2 tokens, got 1"):
        draw_limit(Hardmax().run([[1, 0], [0, 1]], 0), labels=["a"])


def test_the_command_draws_the_limit(tmp_path):
    process = exactdyn("plot", "emerging-leader", "--limit", "-o", "limit.svg", folder=tmp_path)
    assert (process.returncode, process.stderr) == (0, "")
    assert (tmp_path / "limit.svg").read_text().startswith("<?xml")
    both = exactdyn("plot", "cyclic", "--limit", "--layers", "3", "-o", "a.svg", folder=tmp_path)
    assert_refused(both, "--limit: requires that --layers is absent")
