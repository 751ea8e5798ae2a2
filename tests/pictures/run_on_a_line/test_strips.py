"""Who attends whom over the layers."""

from matplotlib.colors import to_hex

from exactdyn.documents import load_example
from exactdyn.pictures import draw_run


def strip_colours(axes, row, layer):
    """The colours of the cells of a strip that cover a layer."""
    return [
        to_hex(collection.get_facecolor()[0])
        for collection in axes.collections
        for path in collection.get_paths()
        if path.contains_point((layer, row))
    ]


def test_the_strip_of_the_third_token_spells_binary_digits():
    figure = draw_run(load_example("binary-digits").run(40))
    strips = figure.axes[1]
    (zero,), (one,) = (strip_colours(strips, row, 0) for row in (2, 0))
    assert zero != one
    digits = [314159 * 2**k // 1000003 % 2 for k in range(1, 42)]
    assert [strip_colours(strips, 1, k) for k in range(41)] == [[one if digit else zero] for digit in digits]
