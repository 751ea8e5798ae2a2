"""``exactdyn graph``."""

import json
from xml.etree import ElementTree

import pytest

from exactdyn.graph import read_graph
from tests.command import printed


@pytest.mark.parametrize("format", ["node-link", "graphml", "gexf", "dot"])
def test_the_graph_of_a_layer_can_be_read_back(tmp_path, format):
    arguments = ("graph", "segment-repeated", "--layer", 1, "--format", format)
    assert printed(*arguments, "-o", "graph", folder=tmp_path) == ""
    graph = read_graph((tmp_path / "graph").read_text(), format)
    assert graph.nodes[0]["multiplicity"] == 2
    assert {token for _, token in graph.edges(0)} == {0, 1}


def test_the_graph_of_a_whole_run_is_a_dynamic_gexf_document():
    text = printed("graph", "cyclic", "--all", "--layers", 2, "--format", "gexf")
    graph = ElementTree.fromstring(text).find("{*}graph")
    assert graph.get("mode") == "dynamic"
    assert [node.get("id") for node in graph.iter() if node.tag.endswith("}node")] == ["0", "1", "2"]


def test_graph_as_json_is_node_link_or_says_what_was_written(tmp_path):
    text = printed("graph", "cyclic", "--layer", 0, "--json")
    assert sorted(read_graph(text, "node-link").edges) == [(0, 1), (1, 2), (2, 0)]
    assert printed("graph", "cyclic", "--layer", 0, "--format", "node-link", "-o", "-") == text
    arguments = ("graph", "cyclic", "--layer", 0, "--format", "svg", "-o", "graph.svg", "--json")
    said = json.loads(printed(*arguments, folder=tmp_path))
    assert said == {"file": "graph.svg", "format": "svg", "nodes": 3, "edges": 3}
    assert ElementTree.parse(tmp_path / "graph.svg").getroot().tag.endswith("svg")


@pytest.mark.parametrize("format", ["node-link", "graphml", "gexf", "dot"])
def test_the_edges_of_two_heads_say_of_which_they_are(tmp_path, format):
    arguments = ("graph", "two-heads", "--layer", 0, "--format", format)
    assert printed(*arguments, "-o", "graph", folder=tmp_path) == ""
    graph = read_graph((tmp_path / "graph").read_text(), format)
    assert graph.is_multigraph()
    assert {head for *_, head in graph.edges(data="head")} == {0, 1}
    assert {head for *_, head in graph.edges(0, data="head")} == {0, 1}
