import json
from fractions import Fraction
from sys import float_info
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import Hardmax, InputError, attention_graph, run_graph
from exactdyn.graph import READABLE_FORMATS, read_graph, write_graph
from exactdyn.pictures.graph import GRAPH_FORMATS, graph_text
from tests.strategies import runs, token_labels

EMERGING_LEADER = [
    [1, "1/3"],
    ["-1/12", "1/12"],
    [-1, -1],
    [0, "1/4"],
    ["-3/10", "-7/10"],
    ["-3/5", "-9/10"],
    ["4/5", "1/10"],
    ["3/5", "3/20"],
]
AWKWARD_LABELS = [
    "",
    " ",
    "node",
    "graph",
    "edge",
    "strict",
    "007",
    "-1.5",
    "True",
    "null",
    'say "no"',
    '"',
    "\\",
    "\\n",
    'ends in \\"',
    "a\nb",
    "\n",
    "\ttab ",
    "key:value",
    "a,b; [c] {d} -> e -- f",
    "<b>&amp;</b>",
    "&",
    "// not /* a */ # comment",
    "\\N",
    "żółć 注意 🙂",
    "line\u2028separator\u0085",
    "]]>",
    "<!--",
]


@pytest.fixture(scope="module")
def emerging_leader():
    return Hardmax(alpha="1/2").run(EMERGING_LEADER, layers=3)


def same(graph, other):
    """Whether two graphs are equal, types included: 1, 1.0 and True are not the same here."""
    if not nx.utils.graphs_equal(graph, other):
        return False
    pairs = [(graph.nodes[node], other.nodes[node]) for node in graph]
    pairs += [(graph.edges[edge], other.edges[edge]) for edge in graph.edges]
    pairs += [(dict.fromkeys(map(type, graph)), dict.fromkeys(map(type, other)))]
    return all(type(mine[name]) is type(others[name]) for mine, others in pairs for name in mine)


def test_the_graph_of_a_layer_is_its_attention_sets(emerging_leader):
    graph = attention_graph(emerging_leader, 0)
    assert list(graph) == list(range(8))
    for token, attended in enumerate(emerging_leader.attention(0)):
        assert set(graph.successors(token)) == attended


def test_the_emerging_leader_leads_from_layer_1_on(emerging_leader):
    before, after = (attention_graph(emerging_leader, layer).nodes[1] for layer in (0, 1))
    assert not before["leader"]
    assert after["leader"]
    assert after["exact"] == "-1/18, 5/36"
    assert (after["x"], after["y"]) == (-1 / 18, 5 / 36)
    assert "z" not in after


def test_a_leader_that_was_lost_is_still_marked():
    run = Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], layers=1)
    assert run.attention(0)[1] == {1}
    assert run.attention(1)[1] != {1}
    assert attention_graph(run, 1).nodes[1]["leader"]


def test_copies_stay_nodes_and_share_attention_exactly():
    graph = attention_graph(Hardmax(alpha=1).run([[1, 1], [1, 1], [1, -1], ["1/2", 0]], layers=0), 0)
    assert [graph.nodes[token]["multiplicity"] for token in graph] == [2, 2, 1, 1]
    assert graph.edges[3, 0] == {"weight": 1 / 3, "weight_exact": "1/3"}
    assert not graph.nodes[0]["leader"]
    assert graph.nodes[2]["leader"]


@pytest.mark.parametrize("dimension, axes", [(1, "x"), (2, "xy"), (3, "xyz"), (5, "xyz")])
def test_a_node_has_the_drawing_coordinates_that_its_dimension_allows(dimension, axes):
    run = Hardmax().run([[Fraction(1, 3 + r) for r in range(dimension)]], layers=0)
    node = attention_graph(run, 0).nodes[0]
    assert [node.get(axis) for axis in "xyz"] == [
        1 / (3 + r) if axis in axes else None for r, axis in enumerate("xyz")
    ]
    assert node["exact"].count(",") == dimension - 1


def test_positions_are_in_the_form_that_the_system_names():
    run = Hardmax(alpha=1, form="unnormalised").run([[1], ["1/2"]], layers=2)
    assert [data["exact"] for _, data in attention_graph(run, 2).nodes(data=True)] == ["4", "7/2"]


def test_the_graph_of_a_run_holds_the_graph_of_every_layer(emerging_leader):
    whole = run_graph(emerging_leader, labels=list("abcdefgh"))
    assert len(whole) == 4 * 8
    for layer in range(4):
        one = attention_graph(emerging_leader, layer, labels=list("abcdefgh"))
        for token, data in one.nodes(data=True):
            assert whole.nodes[f"{layer}:{token}"] == {**data, "layer": layer, "token": token}
        part = whole.subgraph(f"{layer}:{token}" for token in one)
        assert {(i, j) for i, j in part.edges} == {(f"{layer}:{i}", f"{layer}:{j}") for i, j in one.edges}
    assert all(i.split(":")[0] == j.split(":")[0] for i, j in whole.edges)


@pytest.mark.parametrize("form", READABLE_FORMATS)
def test_awkward_labels_come_back_as_they_were(form):
    run = Hardmax().run([[k] for k in range(len(AWKWARD_LABELS))], layers=1)
    for graph in (attention_graph(run, 0, AWKWARD_LABELS), run_graph(run, AWKWARD_LABELS)):
        assert same(read_graph(write_graph(graph, form), form), graph)


@pytest.mark.parametrize("form", READABLE_FORMATS)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_graph_comes_back_with_its_ids_values_and_types(form, data):
    run = data.draw(runs())
    labels = data.draw(st.none() | token_labels(run.start.count))
    layer = data.draw(st.integers(0, run.layers))
    for graph in (attention_graph(run, layer, labels), run_graph(run, labels)):
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


def test_gexf_of_a_run_plays_layer_k_from_time_k_to_time_k_plus_1(emerging_leader, tmp_path):
    file = tmp_path / "run.gexf"
    file.write_text(write_graph(run_graph(emerging_leader), "gexf"), encoding="utf-8")
    played = nx.read_gexf(file)
    assert played.graph["mode"] == "dynamic"
    for node, data in played.nodes(data=True):
        assert data["spells"] == [(data["layer"], data["layer"] + 1)]
        assert data["viz"]["position"] == {"x": 500 * data["x"], "y": 500 * data["y"], "z": 0.0}
        assert node == f"{data['layer']}:{data['token']}"
    for node, _, data in played.edges(data=True):
        assert data["spells"] == played.nodes[node]["spells"]


def test_gexf_of_one_layer_is_static(emerging_leader):
    document = write_graph(attention_graph(emerging_leader, 2), "gexf")
    assert 'mode="static"' in document
    assert "spell" not in document


def test_tokens_at_the_origin_have_places_in_gexf():
    graph = attention_graph(Hardmax().run([[0, 0], [0, 0]], layers=0), 0)
    assert same(read_graph(write_graph(graph, "gexf"), "gexf"), graph)


def test_dot_is_read_without_what_graphviz_adds():
    laid_out = """digraph "layer 0" {
        graph [bb="0,0,54,108"];
        node [label="\\N"];
        0 [exact="1, 0", height=0.5, label=a, leader=True, multiplicity=1, pos="27,18", x=1.0, y="0.0"];
        0 -> 0 [pos="e,54,18", weight=1.0, weight_exact=1];
    }"""
    expected = nx.DiGraph(name="layer 0")
    expected.add_node(0, exact="1, 0", label="a", leader=True, multiplicity=1, x=1.0, y=0.0)
    expected.add_edge(0, 0, weight=1.0, weight_exact="1")
    assert same(read_graph(laid_out, "dot"), expected)


@pytest.mark.parametrize(
    "labels, message",
    [
        (["a"], "labels: requires 2 strings"),
        ("ab", "labels: requires 2 strings"),
        (["a", 1], r"labels\[1\]: requires a string"),
        (["a", None], r"labels\[1\]: requires a string"),
        (["nul\0", "b"], r"labels\[0\]: requires characters that XML can carry"),
        (["a", "return\r"], r"labels\[1\]: requires characters that XML can carry"),
        (["a", "half \ud800"], r"labels\[1\]: requires characters that XML can carry"),
        (["a", "\uffff"], r"labels\[1\]: requires characters that XML can carry, got '\\uffff'$"),
    ],
)
def test_labels_that_no_format_could_give_back_are_refused(labels, message):
    run = Hardmax().run([[0], [1]], layers=1)
    for build in (lambda: attention_graph(run, 0, labels), lambda: run_graph(run, labels)):
        with pytest.raises(InputError, match=message) as refused:
            build()
        assert "\n" not in str(refused.value)
        str(refused.value).encode()


@pytest.mark.parametrize("layer", [-1, 4, True, "0"])
def test_a_layer_that_the_run_does_not_have_is_refused(emerging_leader, layer):
    with pytest.raises(InputError, match="layer: requires an integer from 0 to 3"):
        attention_graph(emerging_leader, layer)


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
