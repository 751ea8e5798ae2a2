"""``exactdyn graph``."""

import json
from xml.etree import ElementTree

import pytest

from exactdyn.graph import read_graph
from tests.command import assert_refused, exactdyn, inside, printed


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


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("graph.json", "node-link"),
        ("graph.graphml", "graphml"),
        ("graph.gexf", "gexf"),
        ("graph.dot", "dot"),
        ("graph.gv", "dot"),
        ("graph", "node-link"),
        ("a graph.v2.GEXF", "gexf"),
    ],
)
def test_the_name_of_a_file_says_its_format(tmp_path, name, format):
    arguments = ("graph", "cyclic", "--layer", 0, "-o", name)
    assert json.loads(printed(*arguments, "--json", folder=tmp_path))["format"] == format
    text = (tmp_path / name).read_text()
    assert text.rstrip() == printed(*arguments[:-2], "--format", format).rstrip()
    assert set(read_graph(text, format).edges) == {(0, 1), (1, 2), (2, 0)}


def test_a_drawing_and_weights_are_written_as_the_name_says(tmp_path):
    assert printed("graph", "cyclic", "--all", "-o", "run.svg", folder=tmp_path) == ""
    assert ElementTree.parse(tmp_path / "run.svg").getroot().tag.endswith("svg")
    (tmp_path / "weights.csv").write_text("1/2,1/2\n0,1\n")
    assert (
        inside("graph", "weights.csv", "--weights", "--all", "-o", "w.dot", folder=tmp_path).returncode == 0
    )
    assert (tmp_path / "w.dot").read_text().startswith("digraph")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("-o graph.png", ["graph.png: requires", ".json, .graphml, .gexf, .dot, .gv, .svg"]),
        ("-o graph.pdf --json", ["graph.pdf: requires"]),
        ("-o .svg", [".svg: requires a name that ends in"]),
        ("-o graph.svg --format dot", ["graph.svg: requires", ".dot or .gv", "format dot"]),
        ("-o graph.json --format graphml", ["graph.json: requires", ".graphml"]),
    ],
)
def test_a_name_that_says_no_format_or_another_is_refused(tmp_path, arguments, words):
    for name in ("graph.png", "graph.svg"):
        (tmp_path / name).write_text("kept")
    process = exactdyn("graph", "cyclic", "--layer", 0, *arguments.split(), folder=tmp_path)
    assert_refused(process, *words)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"kept"}


def test_a_name_of_no_format_holds_the_format_that_is_named(tmp_path):
    assert (
        printed("graph", "cyclic", "--layer", 0, "--format", "dot", "-o", "graph.txt", folder=tmp_path) == ""
    )
    assert set(read_graph((tmp_path / "graph.txt").read_text(), "dot").edges) == {(0, 1), (1, 2), (2, 0)}
