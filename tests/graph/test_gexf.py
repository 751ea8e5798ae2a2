"""Graphs for Gephi: GEXF 1.3, one node a token."""

from xml.etree import ElementTree

import networkx as nx
import pytest

from exactdyn import Hardmax, attention_graph, load_example, run_graph
from exactdyn.graph import read_graph, write_graph
from tests.graph.test_build import same

SPACE = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
ALLOWED = {
    "gexf": {"version", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"},
    "graph": {"defaultedgetype", "mode", "timeformat"},
    "attributes": {"class", "mode"},
    "attribute": {"id", "title", "type"},
    "node": {"id", "label"},
    "edge": {"id", "source", "target", "weight"},
    "spell": {"start", "end"},
    "attvalue": {"for", "value", "start", "end"},
    "position": {"x", "y", "z"},
    **{name: set() for name in ("meta", "creator", "description", "nodes", "edges", "spells", "attvalues")},
}
"""The elements of GEXF 1.3 (https://gexf.net/schema.html) that are used, and which of their attributes."""

TYPES = {"string", "double", "long", "boolean"}


def parsed(text):
    return ElementTree.fromstring(text)


def require_valid(text):
    """Hold a document against what the schema of GEXF 1.3 says of the elements that are used."""
    root = parsed(text)
    assert root.tag == f"{SPACE}gexf"
    assert root.get("version") == "1.3"
    identifiers = {"node": set(), "edge": set(), "attribute": set()}
    for element in root.iter():
        space, name = element.tag[1:].split("}")
        assert space == (VIZ if name == "position" else SPACE)[1:-1]
        assert set(element.attrib) <= ALLOWED[name], element.attrib
        if name in identifiers:
            assert element.get("id") not in identifiers[name]
            identifiers[name].add(element.get("id"))
        if name in ("spell", "attvalue") and element.get("start") is not None:
            assert float(element.get("start")) < float(element.get("end"))
        if name == "attribute":
            assert element.get("type") in TYPES
        if name == "attvalue":
            assert element.get("for") in identifiers["attribute"]  # attributes come before nodes
        if name == "edge":
            assert {element.get("source"), element.get("target")} <= identifiers["node"]
    graph = root.find(f"{SPACE}graph")
    order = [child.tag.removeprefix(SPACE) for child in graph]
    assert order[-2:] == ["nodes", "edges"]
    assert set(order[:-2]) == {"attributes"}
    assert (
        len({(part.get("class"), part.get("mode")) for part in graph if "attributes" in part.tag})
        == len(order) - 2
    )
    return root


@pytest.mark.parametrize("name", ["emerging-leader", "two-heads", "binary-digits", "heptagon", "causal"])
def test_a_document_is_as_the_schema_says_and_comes_back(name):
    example = load_example(name)
    run = example.run(3)
    for graph in (attention_graph(run, 1, example.labels), run_graph(run, example.labels)):
        text = write_graph(graph, "gexf")
        require_valid(text)
        assert same(read_graph(text, "gexf"), graph)
        assert write_graph(graph, "gexf") == text


def test_a_run_has_one_node_a_token_and_one_edge_a_pair_with_spells(emerging_leader):
    root = require_valid(write_graph(run_graph(emerging_leader), "gexf"))
    nodes, edges = list(root.iter(f"{SPACE}node")), list(root.iter(f"{SPACE}edge"))
    assert [node.get("id") for node in nodes] == [str(token) for token in range(8)]
    layers = range(emerging_leader.layers + 1)
    pairs = {}
    for layer in layers:
        for token, attended in enumerate(emerging_leader.attention(layer)):
            for other in attended:
                pairs.setdefault((str(token), str(other)), []).append(layer)
    assert {(edge.get("source"), edge.get("target")) for edge in edges} == set(pairs)
    for edge in edges:
        there = set()
        for spell in edge.iter(f"{SPACE}spell"):
            there |= set(range(int(float(spell.get("start"))), int(float(spell.get("end")))))
        assert sorted(there) == pairs[edge.get("source"), edge.get("target")]
    whole = [(spell.get("start"), spell.get("end")) for spell in nodes[0].iter(f"{SPACE}spell")]
    assert whole == [("0.0", str(float(emerging_leader.layers + 1)))]


def test_a_token_is_drawn_at_its_place_of_layer_0_and_has_its_exact_place_at_every_time(emerging_leader):
    root = require_valid(write_graph(run_graph(emerging_leader), "gexf"))
    token = next(node for node in root.iter(f"{SPACE}node") if node.get("id") == "1")
    position = token.find(f"{VIZ}position")
    assert [float(position.get(axis)) for axis in "xy"] == [500 * -1 / 12, 500 / 12]
    titles = {own.get("id"): own.get("title") for own in root.iter(f"{SPACE}attribute")}
    places = [
        (own.get("value"), own.get("start"))
        for own in token.iter(f"{SPACE}attvalue")
        if titles[own.get("for")] == "exact"
    ]
    assert places == [("-1/12, 1/12", "0.0"), ("-1/18, 5/36", "1.0")]
    assert "weight" in titles.values()


def test_networkx_reads_the_document_by_itself(emerging_leader, tmp_path):
    file = tmp_path / "run.gexf"
    file.write_text(write_graph(run_graph(emerging_leader), "gexf"), encoding="utf-8")
    try:
        played = nx.read_gexf(file, version="1.3")
    except nx.NetworkXError:
        pytest.skip("this NetworkX does not know GEXF 1.3")
    assert played.graph["mode"] == "dynamic"
    assert len(played) == 8
    assert played.nodes["1"]["exact"] == [
        ("-1/12, 1/12", 0.0, 1.0),
        ("-1/18, 5/36", 1.0, emerging_leader.layers + 1),
    ]


def test_gexf_of_one_layer_is_static(emerging_leader):
    document = write_graph(attention_graph(emerging_leader, 2), "gexf")
    assert 'mode="static"' in document
    assert "spell" not in document


def test_tokens_at_the_origin_have_places_in_gexf():
    graph = attention_graph(Hardmax().run([[0, 0], [0, 0]], layers=0), 0)
    assert same(read_graph(write_graph(graph, "gexf"), "gexf"), graph)
