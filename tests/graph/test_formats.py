"""Graphs as text, and back."""

import json
from fractions import Fraction
from sys import float_info
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import Hardmax, InputError, attention_graph, run_graph
from exactdyn.graph import READABLE_FORMATS, read_graph, write_graph
from exactdyn.pictures.graph import GRAPH_FORMATS, graph_text
from tests.amounts import amount
from tests.graph.test_build import AWKWARD_LABELS, same
from tests.strategies import runs, token_labels


@pytest.mark.parametrize("form", READABLE_FORMATS)
def test_awkward_labels_come_back_as_they_were(form):
    run = Hardmax().run([[k] for k in range(len(AWKWARD_LABELS))], layers=1)
    for graph in (attention_graph(run, 0, AWKWARD_LABELS), run_graph(run, AWKWARD_LABELS)):
        assert same(read_graph(write_graph(graph, form), form), graph)


@pytest.mark.parametrize("form", READABLE_FORMATS)
@settings(max_examples=amount(12, 30), deadline=None)
@given(data=st.data())
def test_a_graph_comes_back_with_its_ids_values_and_types(form, data):
    run = data.draw(runs())
    labels = data.draw(st.none() | token_labels(run.start.count))
    layer = data.draw(st.integers(0, run.layers))
    graphs = [attention_graph(run, layer, labels), run_graph(run, labels)]
    for graph in [data.draw(st.sampled_from(graphs))] if form == "dot" else graphs:  # its parser is slow
        before = graph.copy()
        assert same(read_graph(write_graph(graph, form), form), graph)
        assert same(graph, before)  # writing changes nothing


@pytest.mark.parametrize("form", READABLE_FORMATS)
def test_coordinates_beyond_the_range_of_floats_stay_exact_and_finite(form):
    run = Hardmax().run([[10**400, Fraction(1, 10**400)], [-(10**5000), 0]], layers=0)
    graph = attention_graph(run, 0)
    assert [graph.nodes[token]["x"] for token in graph] == [float_info.max, -float_info.max]
    assert graph.nodes[0]["y"] == 0.0
    assert graph.nodes[1]["exact"].startswith("-0x")
    assert same(read_graph(write_graph(graph, form), form), graph)


def test_node_link_is_strict_json_with_the_key_edges(emerging_leader):
    document = json.loads(write_graph(attention_graph(emerging_leader, 1), "node-link"))
    assert document["directed"]
    assert not document["multigraph"]
    assert [node["id"] for node in document["nodes"]] == list(range(8))
    assert {"source": 1, "target": 1, "weight": 1.0, "weight_exact": "1"} in document["edges"]
    far = attention_graph(Hardmax().run([[10**400]], layers=0), 0)
    assert "Infinity" not in write_graph(far, "node-link")


def test_unknown_formats_are_refused(emerging_leader):
    graph = attention_graph(emerging_leader, 0)
    with pytest.raises(InputError, match="format: requires one of node-link, graphml, gexf, dot, svg, got"):
        graph_text(graph, "pdf")
    with pytest.raises(InputError, match="format: requires one of node-link, graphml, gexf, dot, got 'svg'"):
        read_graph(graph_text(graph, "svg"), "svg")


@pytest.mark.parametrize("form", READABLE_FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        "null",
        "[" * 100_000,
        "<a/>",
        "<",
        "digraph {",
        "\ud800",
        '{"nodes": [], "edges": []}',
    ],
)
def test_what_is_no_graph_is_refused_in_one_line(form, text, capsys):
    with pytest.raises(InputError, match="graph: requires") as refused:
        read_graph(text, form)
    assert "\n" not in str(refused.value)
    assert capsys.readouterr() == ("", "")


def test_every_format_writes_both_kinds_of_graph(emerging_leader):
    for form in GRAPH_FORMATS:
        for graph in (attention_graph(emerging_leader, 0), run_graph(emerging_leader)):
            assert graph_text(graph, form).strip()
    ElementTree.fromstring(write_graph(run_graph(emerging_leader), "graphml"))
