"""The raster of two parameters shows exact strips, and says that they are samples."""

from matplotlib.colors import to_hex

from exactdyn.documents.example import read_document
from exactdyn.parameters.raster import raster_rows
from exactdyn.pictures import draw_raster

T = {"name": "t", "from": -1, "to": 1}


def drawn(**own):
    document = {"tokens": [[-1], ["t"], ["1/2"]], "alpha": "all", "parameter": T} | own
    return draw_raster(list(raster_rows(read_document(document, "x"), None, None, 4, 4)), "t", "two")


def test_one_answer_has_one_colour_and_is_named_by_its_clusters():
    figure = drawn()
    (axes,) = figure.axes
    strips = [to_hex(box.get_facecolor()) for box in axes.patches]
    assert strips[0] == strips[1] != strips[3]
    words = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    assert words[0] == "clusters, leaders *:"
    assert "0*,1 | 2*" in words


def test_it_says_that_values_between_are_not_known():
    texts = " ".join(text.get_text() for text in drawn().texts)
    assert "exact cells of alpha, at 4 values of t: between them nothing is known" in texts


def test_every_strip_is_as_high_as_values_are_apart():
    (axes,) = drawn().axes
    assert axes.get_ylim() == (-1.0, 1.0)
    assert {box.get_height() for box in axes.patches} == {0.5}
