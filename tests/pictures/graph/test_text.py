"""All that an attention graph can be written as."""

import pytest

from exactdyn import Hardmax, InputError, attention_graph
from exactdyn.graph import WRITABLE_FORMATS, write_graph
from exactdyn.pictures.graph import GRAPH_FORMATS, graph_text

GRAPH = attention_graph(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0), 0)


def test_a_drawing_is_one_format_more():
    assert set(GRAPH_FORMATS) - set(WRITABLE_FORMATS) == {"svg"}
    for format in WRITABLE_FORMATS:
        assert graph_text(GRAPH, format) == write_graph(GRAPH, format)


@pytest.mark.parametrize("format", ["", "png", "SVG"])
def test_another_format_is_refused(format):
    with pytest.raises(InputError, match=r"^format: requires one of node-link, .*, svg, got"):
        graph_text(GRAPH, format)
