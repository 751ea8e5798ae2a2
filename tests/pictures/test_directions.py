"""The picture of all directions of A."""

import numpy as np
import pytest

from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.numbers.points import Points
from exactdyn.pictures.directions import draw_directions
from tests.command import assert_refused, inside
from tests.families.questions.test_itineraries import ALPHA, enumerate_itineraries

TOKENS = [[1, 0], [0, 1], [-1, -1]]


def test_a_circle_shows_every_itinerary_in_a_colour_of_its_own():
    pattern = "a, b; -b, a"
    result = enumerate_itineraries(TOKENS, 1, pattern=pattern)
    figure = draw_directions(result, matrix_class("general", 2, pattern), ALPHA, Points.from_rows(TOKENS), 1)
    (axes,) = figure.axes
    assert len({bar.get_facecolor() for bar in axes.patches}) == len(result.itineraries)
    said = " ".join(text.get_text() for text in figure.texts)
    assert said.startswith(f"{len(result.itineraries)} itineraries")
    assert "A = cos φ [[1, 0], [0, 1]] + sin φ [[0, 1], [−1, 0]]" in said


@pytest.mark.parametrize(
    ("kind", "pattern", "inside"),
    [
        ("negative-definite", "a, 0; 0, b", lambda a, b: a < 0 and b < 0),
        ("negative-semidefinite", "a, a; a, b", lambda a, b: a <= 0 and b <= a),
        # <Ax, x> = a x^2 + b x y + a y^2 >= 0: one triangle of A says nothing of it.
        ("positive-semidefinite-part", "a, b; 0, a", lambda a, b: a >= 0 and 4 * a * a >= b * b),
    ],
)
def test_a_circle_is_white_where_no_matrix_of_the_class_is(kind, pattern, inside):
    result = enumerate_itineraries(TOKENS, 1, kind, pattern)
    figure = draw_directions(result, matrix_class(kind, 2, pattern), ALPHA, Points.from_rows(TOKENS), 1)
    angles = [bar.get_x() + bar.get_width() / 2 for bar in figure.axes[0].patches]
    assert angles
    assert all(inside(np.cos(x), np.sin(x)) for x in angles)
    drawn = sum(inside(np.cos(x), np.sin(x)) for x in (np.arange(1440) + 0.5) * np.pi / 720)
    assert len(angles) == drawn


@pytest.mark.slow
def test_the_sphere_of_definite_matrices_is_white_elsewhere():
    result = enumerate_itineraries(TOKENS, 1, "positive-definite")
    matrices = matrix_class("positive-definite", 2)
    figure = draw_directions(result, matrices, ALPHA, Points.from_rows(TOKENS), 1)
    white = (figure.axes[0].images[0].get_array() == 1).all(axis=2)
    assert 0 < white.mean() < 1


def test_a_class_of_which_there_is_no_picture_is_refused_before_any_work(tmp_path):
    arguments = ["itineraries", "cyclic", "--layers", "1", "--plot"]
    assert_refused(inside(*arguments, tmp_path / "a.png"), "2 or 3 coordinates, got 4")
    assert_refused(inside(*arguments, tmp_path / "a.txt", "--class", "symmetric"), ".png")
    assert not list(tmp_path.iterdir())


def legend(figure):
    pairs = (zip(own.legend_handles, own.get_texts(), strict=True) for own in figure.legends)
    return [(box, text.get_text()) for own in pairs for box, text in own]


def test_the_legend_lists_the_largest_itineraries_and_says_what_white_is():
    pattern = "a, 0; 0, b"
    result = enumerate_itineraries(TOKENS, 2, "positive-definite", pattern)
    matrices = matrix_class("positive-definite", 2, pattern)
    figure = draw_directions(result, matrices, ALPHA, Points.from_rows(TOKENS), 2)
    said = legend(figure)
    printed = {
        " | ".join(" ".join(",".join(map(str, sorted(own))) for own in sets) for sets in each.attention)
        for each in result.itineraries
    }
    shown = [text for _, text in said[1:] if text in printed]
    assert len(shown) == min(len(printed), 8)
    assert said[-1][1] == "white: outside the class, or avoidable ties"
    drawn = {bar.get_facecolor() for bar in figure.axes[0].patches}
    assert {box.get_facecolor() for box, text in said if text in printed} <= drawn
