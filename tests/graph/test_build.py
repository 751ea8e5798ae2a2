from fractions import Fraction

import networkx as nx
import pytest

from exactdyn import Hardmax, InputError, attention_graph, run_graph

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
