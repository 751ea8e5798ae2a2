"""Graphs for Gephi."""

import networkx as nx

from exactdyn import Hardmax, attention_graph, run_graph
from exactdyn.graph import read_graph, write_graph
from tests.graph.test_build import same


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
