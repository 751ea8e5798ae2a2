"""Graphs in the DOT language."""

import networkx as nx

from exactdyn.graph import read_graph
from tests.graph.test_build import same


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
