import numpy as np
import pytest
from matplotlib.patches import Polygon

from exactdyn import limit
from exactdyn.documents import load_example
from exactdyn.errors import InputError
from exactdyn.pictures import draw_limit, draw_run, render
from exactdyn.pictures.limit.data import gather_approach
from exactdyn.pictures.paper.projection import projection_of
from exactdyn.systems.hardmax import Hardmax
from tests.command import assert_refused, inside
from tests.pictures.covering import texts_on_lines


def approach_of(name):
    run = load_example(name).run(0)
    return gather_approach(limit(run), projection_of(run.start))


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


def test_a_limit_over_a_field_is_drawn_at_the_nearest_floats():
    root = 3**0.5
    left, _ = draw_limit(
        Hardmax(alpha="sqrt(2)").run([["sqrt(3)", 1], ["-sqrt(3)", 1], [0, "1/2"], [0, -1]], 0)
    ).axes
    (polygon,) = [patch for patch in left.patches if isinstance(patch, Polygon)]
    assert {tuple(corner) for corner in polygon.get_xy()} == {(root, 1), (-root, 1), (0, -1)}
    (diamonds,) = [line for line in left.lines if line.get_marker() == "D"]
    assert (0, 1) in set(map(tuple, diamonds.get_xydata().tolist()))
    assert draw_limit(Hardmax(alpha=1).run([["sqrt(2)", 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, -1]], 0)).axes


def test_tokens_that_are_where_they_stay_leave_no_curve():
    still = draw_limit(Hardmax().run([[1, 0], [0, 1]], 0))
    assert [text.get_text() for text in still.axes[1].texts] == ["all tokens are where they stay"]


@pytest.mark.parametrize(("alpha", "layers"), [(-2, 0), (1, 3)])
def test_tokens_that_go_through_a_cycle_are_not_said_to_stay(alpha, layers):
    tokens = [[0], [1], [0], [0]] if alpha < 0 else [[1], [-1]]
    run = Hardmax([[0]] if alpha < 0 else [[-1]], alpha).run(tokens, layers)
    found = limit(run)
    texts = [text.get_text() for axes in draw_limit(run).axes for text in (axes.title, *axes.texts)]
    if found.status == "periodic":
        assert "no limit: cycle of 2 states, decided at layer 0" in texts
        assert "there is no limit:\nthe tokens go through 2 states for ever" in texts
    assert "all tokens are where they stay" not in texts


def test_a_cycle_is_said_to_be_no_limit_whatever_is_left_of_the_way():
    left, right = draw_limit(load_example("alternating-in-the-limit").run(0)).axes
    assert left.get_title() == "no limit: cycle of 2 states, decided at layer 0"
    assert right.get_title() == "distance to the cycle"


GROWTH, DISTANCE = "growth of ⟨Az, z⟩ still to come", "distance to the limit"
END, WAY = "where tokens tend to", "way of a token, coloured by cluster"
LEADER, POLYTOPE = "leader", "limit polytope K"


@pytest.mark.parametrize(
    ("run", "explained"),
    [
        (Hardmax().run([[1, 0], [0, 1]], 0), [LEADER, POLYTOPE, "the set S"]),
        (Hardmax().run([[1, 0]], 0), [LEADER, "the set S"]),
        (Hardmax().run([[1, 0], [1, 0]], 0), [END, "the set S"]),
        (
            Hardmax(alpha="1/2").run([[1, 1], [1, -1], ["1/2", 0]], 0),
            [WAY, END, LEADER, POLYTOPE, "the set S", DISTANCE, GROWTH],
        ),
        (Hardmax([[0]], -2).run([[0], [1], [0], [0]], 0), [WAY, f"{END} at layer 0", "cycle of a token"]),
    ],
    ids=["tokens that stay", "one token", "copies", "a token on its way", "a cycle"],
)
def test_the_legend_explains_what_is_drawn_and_nothing_else(run, explained):
    figure = draw_limit(run)
    assert [text.get_text() for legend in figure.legends for text in legend.get_texts()] == explained


def test_where_the_hulls_need_not_shrink_no_limit_polytope_is_drawn():
    figure = draw_limit(Hardmax([[0]], -2).run([[0], [1], [0], [0]], 0))
    assert not [patch for patch in figure.axes[0].patches if isinstance(patch, Polygon)]
    assert not [text for text in figure.texts if "polytope" in text.get_text()]


def test_an_undecided_limit_is_not_drawn_but_said_to_be_undecided():
    run = Hardmax([[0, 1], [-2, -1]], "1/20").run([[0, -2], [1, 4], [-3, -1], [0, 0], [-3, -3]], 0)
    with pytest.raises(InputError, match="whether there is a limit is undecided: the attention graph"):
        draw_limit(run)


@pytest.mark.parametrize("name", ["emerging-leader", "alternating-digits", "three-dimensions"])
def test_dimensions_1_2_and_3_are_drawn(name):
    loaded = load_example(name)
    assert render(draw_limit(loaded.run(0), labels=loaded.labels, title=name), "svg").startswith(b"<?xml")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("negative-alpha-grows", "there is no limit: token 1 has no limit, its states grow for ever"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(name, message):
    with pytest.raises(InputError, match=message):
        draw_limit(load_example(name).run(0))


def test_a_common_limit_without_a_name_is_not_drawn():
    nameless = Hardmax([[-1, 0], [0, -1]], "1/3").run([["1/2", 0], ["-1/2", 0], ["1/5", 0]], 0)
    with pytest.raises(InputError, match="the common limit has no closed form"):
        draw_limit(nameless)


def test_a_wrong_number_of_labels_is_refused():
    with pytest.raises(InputError, match="labels: requires one for each of 2 tokens, got 1"):
        draw_limit(Hardmax().run([[1, 0], [0, 1]], 0), labels=["a"])


def test_the_command_draws_the_limit(tmp_path):
    process = inside("plot", "emerging-leader", "--limit", "-o", "limit.svg", folder=tmp_path)
    assert (process.returncode, process.stderr) == (0, "")
    assert (tmp_path / "limit.svg").read_text().startswith("<?xml")
    both = inside("plot", "cyclic", "--limit", "--layers", "3", "-o", "a.svg", folder=tmp_path)
    assert_refused(both, "--limit: requires that --layers is absent")


@pytest.mark.parametrize("name", ["emerging-leader", "sixty", "square-plain", "three-dimensions"])
def test_no_name_of_a_cluster_stands_on_a_line(name):
    example = load_example(name)
    assert texts_on_lines(draw_limit(example.run(0), labels=example.labels)) <= set("xyz")


def test_plot_and_limit_have_one_projection():
    for name in ("three-dimensions", "period-three"):
        run = load_example(name).run(0)
        stars = [
            {
                tuple(xy)
                for line in axes.lines
                if line.get_marker() == "*"
                for xy in line.get_xydata().round(9).tolist()
            }
            for axes in (draw_run(run).axes[0], draw_limit(run).axes[0])
        ]
        assert stars[0]
        assert stars[0] <= stars[1]


def test_a_single_value_that_no_line_shows_has_a_dot():
    run = Hardmax([[1, 0], [0, -1]], 1).run([[0, 1], [0, -1]], 0)
    dotted = [line for line in draw_limit(run).axes[1].lines if line.get_linestyle() == ":"]
    assert all(line.get_marker() == "o" for line in dotted)
    assert any(np.isfinite(line.get_ydata()).sum() == 1 for line in dotted)


def test_on_the_line_values_stand_against_layers_and_end_beyond_them():
    left, _ = draw_limit(Hardmax(alpha=1).run([[1], ["1/2"], [-1]], 0)).axes
    assert left.get_xlabel() == "layer"
    ends = {tuple(line.get_xydata()[0]) for line in left.lines if line.get_marker() == "*"}
    assert ends == {(22, 1), (22, -1)}
