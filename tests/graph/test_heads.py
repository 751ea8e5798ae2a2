"""Graphs of several heads: one edge a head, in every format, and back."""

import json
from fractions import Fraction
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import InputError, attention_graph, run_graph
from exactdyn.graph import READABLE_FORMATS, read_graph, write_graph
from exactdyn.pictures.graph import graph_text
from exactdyn.pictures.graph.layout import lay_out
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.head import Head
from tests.graph.test_build import same

SIX = [[2, 0], [0, 2], [-2, 0], [0, -2], [1, 1], ["1/2", "-1/3"]]
TWO_HEADS = HardAttention([Head([[2, 1], [0, 1]], mask="causal"), Head([[0, -1], [1, 0]])], alpha=1)


@pytest.fixture(scope="module")
def run():
    return TWO_HEADS.run(SIX, layers=1)


@st.composite
def runs_of_heads(draw):
    numbers = st.integers(-2, 2)
    matrices = st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=2, max_size=2)
    masks, ties = st.sampled_from([None, "causal", "strict"]), st.sampled_from(["mean", "first", "last"])
    heads = draw(st.lists(st.builds(Head, A=matrices, mask=masks, ties=ties), min_size=2, max_size=3))
    tokens = draw(st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=1, max_size=4))
    return HardAttention(heads, alpha="1/2").run(tokens, draw(st.integers(0, 2)))


def test_an_edge_says_of_which_head_it_is(run):
    graph = attention_graph(run, 0)
    assert isinstance(graph, nx.MultiDiGraph)
    for head, sets in enumerate(run.system.attention(0, run.start)):
        for token, attended in enumerate(sets):
            edges = [(j, data) for _, j, data in graph.edges(token, data=True) if data["head"] == head]
            assert {j for j, _ in edges} == attended
            assert sum(Fraction(data["weight_exact"]) for _, data in edges) == 1
    assert all(key == data["head"] for _, _, key, data in graph.edges(keys=True, data=True))
    assert {(i, j) for i, j, _ in graph.edges} == {
        (i, j) for i, attended in enumerate(run.attention(0)) for j in attended
    }


def test_one_head_has_a_plain_graph():
    one = HardAttention([Head(mask="causal")], alpha=1).run(SIX, layers=1)
    assert not attention_graph(one, 1).is_multigraph()
    assert not run_graph(one).is_multigraph()


@pytest.mark.parametrize("form", READABLE_FORMATS)
def test_six_tokens_and_two_heads_come_back_with_the_head_of_every_edge(run, form):
    for graph in (attention_graph(run, 1, list("abcdef")), attention_graph(run, 0), run_graph(run)):
        assert {head for *_, head in graph.edges(data="head")} == {0, 1}
        assert same(read_graph(write_graph(graph, form), form), graph)


@pytest.mark.parametrize("form", ["node-link", "graphml", "gexf"])  # pydot reads slowly
@settings(max_examples=15, deadline=None)
@given(run=runs_of_heads())
def test_graphs_of_heads_come_back_with_their_keys_values_and_types(form, run):
    for graph in (attention_graph(run, run.layers), run_graph(run)):
        assert graph.is_multigraph()
        assert same(read_graph(write_graph(graph, form), form), graph)


def test_every_edge_has_an_id_of_its_own_in_the_formats_that_number_edges(run):
    for form in ("graphml", "gexf"):
        document = ElementTree.fromstring(write_graph(run_graph(run), form))
        ids = [edge.get("id") for edge in document.iter() if edge.tag.endswith("}edge")]
        graph = run_graph(run)
        tokens = nx.get_node_attributes(graph, "token")
        pairs = {(tokens[i], tokens[j], head) for i, j, head in graph.edges(data="head")}
        count = len(pairs) if form == "gexf" else graph.number_of_edges()  # there an edge has many layers
        assert len(set(ids)) == len(ids) == count


def test_two_edges_of_one_head_between_two_tokens_are_no_such_graph(run):
    document = json.loads(write_graph(attention_graph(run, 0), "node-link"))
    document["edges"].append(document["edges"][0] | {"key": 7})
    with pytest.raises(InputError, match=r"graph: requires a node-link document.*in one head"):
        read_graph(json.dumps(document), "node-link")


@settings(max_examples=30, deadline=None)
@given(run=runs_of_heads())
def test_a_drawing_joins_the_heads_and_the_shares_of_a_token_add_up_to_one(run):
    for panel in lay_out(run_graph(run)).panels:
        shares = dict.fromkeys(range(len(panel.spots)), 0.0)
        for arrow in panel.arrows:
            shares[arrow.tail] += arrow.share
        assert all(share == pytest.approx(1) for share in shares.values())


def test_several_heads_are_drawn(run):
    for graph in (attention_graph(run, 0), run_graph(run)):
        assert ElementTree.fromstring(graph_text(graph, "svg")).tag.endswith("svg")
