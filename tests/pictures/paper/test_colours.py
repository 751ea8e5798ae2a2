from itertools import combinations

import numpy as np
import pytest

from exactdyn.pictures.paper.colours import PALETTE, colour_tokens

# Machado, Oliveira, Fernandes (2009): what a colour looks like, in linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour, sight):
    """CIELAB coordinates of a colour "#rrggbb" (white D65)."""
    rgb = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(sight) @ linear, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_remain_apart_for_every_kind_of_colour_blindness(sight):
    seen = [lab(colour, SIGHT[sight]) for colour in PALETTE]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) >= 16
    assert min(np.linalg.norm(seen[k] - seen[k - 1]) for k in range(len(seen))) >= 32


def circle(count):
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.column_stack([np.cos(angles), np.sin(angles)])


def test_as_many_tokens_as_the_palette_holds_differ():
    colours = colour_tokens(range(len(PALETTE)), circle(len(PALETTE)))
    assert set(colours.values()) == set(PALETTE)


def test_beyond_the_palette_two_tokens_of_one_colour_lie_apart():
    colours = colour_tokens(range(24), circle(24))
    around = [colours[token] for token in range(24)]
    assert all(len(set((around + around)[k : k + len(PALETTE)])) == len(PALETTE) for k in range(24))


def test_only_tokens_that_are_asked_for_have_a_colour():
    assert set(colour_tokens([5, 1, 5], np.arange(6.0)[:, None])) == {1, 5}
