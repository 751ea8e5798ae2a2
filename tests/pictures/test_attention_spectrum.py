"""The picture of spectra over time."""

from fractions import Fraction

import numpy as np
import pytest

from exactdyn.errors import InputError
from exactdyn.pictures.attention_spectrum import HEADS_LIMIT, draw_attention_spectrum
from exactdyn.softmax.flow.flow import flow
from exactdyn.softmax.spectrum import spectrum_of
from exactdyn.softmax.system import SoftHead, Softmax

HALF = Fraction(1, 2)


def drawn(system, tokens, times, until=HALF):
    return draw_attention_spectrum(spectrum_of(flow(system, tokens, until), times))


def dots(axes, marker="o"):
    return sorted(
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in axes.lines
        if line.get_marker() == marker and len(line.get_xdata()) == 1
    )


def test_every_value_is_where_it_is_and_ranks_below():
    # P = [[p, 1-p], [1-p, p]] has the values 1 and tanh(1) at the start.
    sizes, moduli, ranks = drawn(Softmax(V=[[0]]), [[1], [-1]], [Fraction(0), HALF]).axes
    for axes in (sizes, moduli):
        assert axes.get_yscale() == "log"
        assert np.allclose(dots(axes), [(0, np.tanh(1)), (0, 1), (0.5, np.tanh(1)), (0.5, 1)])
    (threshold,) = [line for line in sizes.lines if line.get_linestyle() == "--"]
    assert np.allclose(threshold.get_ydata(), 2 * 2.0**-52, rtol=1e-12, atol=0)
    assert [list(line.get_ydata()) for line in ranks.lines] == [[2, 2]] * 4


def test_zeros_are_not_drawn_and_said_not_to_be():
    figure = drawn(Softmax(), [[1], [1], [2]], [Fraction(0)])
    assert len(dots(figure.axes[1])) == 2
    words = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "what is below 10⁻¹⁰⁰, as 0, has no place here" in words
    assert "at most this (may be 0)" not in words


def test_what_may_be_zero_is_drawn_at_the_most_that_it_can_be():
    figure = drawn(Softmax(K=[[0]]), [[1], [2]], [Fraction(0)])
    ((time, most),) = dots(figure.axes[0], "v")
    assert time == 0
    assert 0 < most < 1e-20
    assert "at most this (may be 0)" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_every_head_has_a_column_and_many_have_no_room():
    heads = [SoftHead(), SoftHead(mask="causal")]
    axes = drawn(Softmax(heads=heads), [[1], [2]], [Fraction(0)]).axes
    assert [own.get_title() for own in axes[:2]] == ["head 0", "head 1"]
    assert len(axes) == 6
    assert {own.get_ylim() for own in axes[4:]} == {(0, 2.2)}
    with pytest.raises(InputError, match="plot: requires at most 8 heads, got 9"):
        drawn(Softmax(heads=[SoftHead()] * (HEADS_LIMIT + 1)), [[1], [2]], [Fraction(0)])


def test_what_is_too_small_for_the_axis_is_not_drawn():
    _, moduli, _ = drawn(
        Softmax(Q=[[-9]], mask="causal"), [[-6], [6]], [Fraction(0)], Fraction(1, 2**20)
    ).axes
    assert dots(moduli) == [(0, 1)]  # the other one is 1/(1 + exp(648))
    assert moduli.get_ylim()[0] > 1e-10


def test_where_nothing_is_enclosed_nothing_is_drawn():
    with pytest.raises(InputError, match="times: requires one at which"):
        drawn(Softmax(), [[1], [2]], [Fraction(1)])
