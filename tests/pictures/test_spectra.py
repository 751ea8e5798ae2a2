"""The picture of spectra: a plane for every head, every eigenvalue where it is."""

import numpy as np

from exactdyn import inspect
from exactdyn.pictures import draw_spectra
from exactdyn.pictures.spectra import GOOD, OPEN, OTHER, POSITIVE

HEADS = {
    "Q": np.array([np.eye(3), np.eye(3), np.eye(3), np.eye(3)]),
    "K": np.array([np.eye(3), -np.eye(3), np.eye(3), np.eye(3)]),
    "V": np.array(
        [
            np.diag([4.0, 1.0, 0.0]),
            np.diag([4.0, 1.0, 0.0]),
            [[0, -2, 0], [2, 0, 0], [0, 0, 1]],
            [[0, -4, 0], [1, 0, 0], [0, 0, 2]],
        ]
    ),
}


def dots(axes):
    return [
        (line.get_xdata()[0], line.get_ydata()[0], line.get_color(), line.get_marker())
        for line in axes.lines
        if line.get_marker() in ("o", "x")
    ]


def test_every_eigenvalue_is_drawn_in_moduli_of_the_leading_one():
    first, second, third, fourth = (dots(axes) for axes in draw_spectra(inspect(HEADS)).axes)
    assert [dot[:2] for dot in first] == [(1, 0), (0.25, 0), (0, 0)]
    assert [dot[3] for dot in first] == ["o", "o", "x"]
    assert sorted((round(x, 12), round(y, 12)) for x, y, *_ in third) == [(0, -1), (0, 1), (0.5, 0)]
    assert len(second) == len(fourth) == 3


def test_the_leading_ones_have_the_colour_of_what_holds_of_them():
    leading = []
    for axes in draw_spectra(inspect(HEADS)).axes:
        leading.append({colour for x, y, colour, _ in dots(axes) if abs(complex(x, y)) > 0.9})
    assert leading == [{GOOD}, {POSITIVE}, {OTHER}, {OPEN}]


def test_a_model_has_a_row_for_every_layer_and_a_column_for_every_head():
    figure = draw_spectra(inspect({name: np.ones((3, 2, 1, 1)) for name in "QKV"}))
    boxes = [axes.get_position() for axes in figure.axes]
    assert len({round(box.y0, 3) for box in boxes}) == 3
    assert len({round(box.x0, 3) for box in boxes}) == 2
    assert all(0 <= box.x0 < box.x1 <= 1 and 0 <= box.y0 < box.y1 <= 1 for box in boxes)


def test_the_legend_explains_the_colours_and_signs_that_occur():
    def words(**heads):
        return {text.get_text() for text in draw_spectra(inspect(heads)).texts}

    every = words(**HEADS)
    assert {"● good triple", "● neither", "● too close to say", "× the eigenvalue 0"} <= every
    one = words(Q=[[1]], K=[[1]], V=[[2]])
    assert not {"● neither", "● too close to say", "× the eigenvalue 0"} & one
