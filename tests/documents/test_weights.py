"""Attention weights as others compute them, as files, graphs and pictures."""

import json
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest

from exactdyn import InputError
from exactdyn.documents.weights import load_weights
from exactdyn.graph import read_graph, write_graph
from exactdyn.graph.weights import weights_graph
from exactdyn.pictures.weights import draw_weights
from tests.command import assert_refused, inside
from tests.example_files import archive_bytes, array_bytes, saved

TABLE = ",the,film\nthe,0.25,0.75\nfilm,0,1\n"
FOUR = np.random.default_rng(0).dirichlet(np.ones(5), (3, 2, 5))


@pytest.mark.parametrize(
    ("name", "content", "labels"),
    [
        ("w.csv", TABLE, ("the", "film")),
        ("w.csv", "1/4,3/4\n0,1\n", None),
        ("w.txt", "# weights\n0.25 0.75\n0 1\n", None),
        ("w.json", "[[0.25, 0.75], [0, 1]]", None),
        ("w.json", "[[[0.25, 0.75], [0, 1]]]", None),
        ("w.json", "[[[[0.25, 0.75], [0, 1]]]]", None),
        ("w.npy", array_bytes(np.array([[0.25, 0.75], [0, 1]])), None),
        ("w.npy", array_bytes(np.array([[[[[0.25, 0.75], [0, 1]]]]], np.float32)), None),
        (
            "w.npz",
            archive_bytes(a=np.array([[0.25, 0.75], [0, 1]]), labels=np.array(["the", "film"])),
            ("the", "film"),
        ),
    ],
)
def test_weights_are_read_exactly(tmp_path, name, content, labels):
    found = load_weights(saved(tmp_path, name, content))
    assert (found.layers, found.heads, found.count, found.labels) == (1, 1, 2, labels)
    assert found.rows(0, 0) == ((Fraction(1, 4), Fraction(3, 4)), (0, 1))
    graph = weights_graph(found, 0)
    assert sorted(graph.edges(data="weight_exact")) == [(0, 0, "1/4"), (0, 1, "3/4"), (1, 1, "1")]
    assert [graph.nodes[token]["leader"] for token in graph] == [False, True]


def test_layers_and_heads_are_those_of_the_array(tmp_path):
    for shape in ((3, 2, 5, 5), (1, 3, 2, 5, 5), (3, 1, 2, 5, 5)):
        found = load_weights(saved(tmp_path, "w.npy", array_bytes(FOUR.reshape(shape))))
        assert repr(found) == "AttentionWeights(3 layers, 2 heads, 5 tokens)"
        assert np.array_equal(found.floats(2, 1), FOUR[2, 1])
    layers = load_weights(saved(tmp_path, "w.npy", array_bytes(FOUR[:, 0])))
    assert (layers.layers, layers.heads) == (3, 1)
    assert "the 3 matrices are taken for layers of one head" in layers.notes[0]
    assert "add up to 1 within" in layers.notes[0]


def test_a_graph_has_an_edge_for_every_weight_that_is_large_enough(tmp_path):
    weights = load_weights(saved(tmp_path, "w.npy", array_bytes(FOUR)))
    for layer in range(3):
        for head in range(2):
            graph = weights_graph(weights, layer, head, Fraction(1, 5))
            wanted = {(i, j) for i in range(5) for j in range(5) if FOUR[layer, head, i, j] >= 0.2}
            assert set(graph.edges) == wanted
            assert all(
                Fraction(data["weight_exact"]) == Fraction(float(FOUR[layer, head, i, j]))
                for i, j, data in graph.edges(data=True)
            )
    both = weights_graph(weights, 1)
    assert isinstance(both, nx.MultiDiGraph)
    assert len(both.edges) == 50
    every = weights_graph(weights, None, 0)
    assert set(every.nodes) == {f"{k}:{i}" for k in range(3) for i in range(5)}
    for format in ("node-link", "graphml", "gexf"):
        for graph in (both, every):
            assert nx.utils.graphs_equal(read_graph(write_graph(graph, format), format), graph)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("w.csv", "0.5,0.5\n", "weights[0][0]: requires 1 x 1 weights, got 1 x 2"),
        ("w.csv", "1,-1\n0,1\n", "weights[0][0][0][1]: requires a weight of at least 0, got -1"),
        ("w.csv", "0,0\n0,1\n", "weights[0][0][0]: requires a weight above 0, got none"),
        ("w.csv", "1,x\n0,1\n", "weights[0][1]: requires a rational number"),
        ("w.npy", array_bytes(np.ones((2, 3))), "requires weights of tokens x tokens, layers x"),
        ("w.npy", array_bytes(np.ones((2, 2, 2, 2, 2, 2))), "got an array of shape (2, 2, 2, 2, 2, 2)"),
        ("w.npy", array_bytes(np.array([[np.nan]])), "requires a weight of at least 0, got nan"),
        (
            "w.npz",
            archive_bytes(a=np.eye(2), b=np.eye(2)),
            "requires one array, and perhaps labels, got a, b",
        ),
        (
            "w.npz",
            archive_bytes(a=np.eye(2), labels=np.array(["x"])),
            "labels: requires 2 texts, one a token",
        ),
        ("w.json", "[1, 2]", "requires lists of rows of weights, perhaps of layers and heads"),
        ("w.json", "[[[1]], [[1, 0], [0, 1]]]", "weights[1][0]: requires 1 x 1 weights, got 2 x 2"),
        ("w.toml", "alpha = 1", "requires a name that ends in one of .json"),
    ],
)
def test_what_are_no_weights_is_refused(tmp_path, name, content, line):
    with pytest.raises(InputError) as refused:
        load_weights(saved(tmp_path, name, content))
    assert line in str(refused.value)
    assert name in str(refused.value)


def test_the_commands_show_weights_and_refuse_what_is_about_a_system(tmp_path):
    path = saved(tmp_path, "w.csv", TABLE)
    shown = inside("graph", path, "--weights", "--layer", 0)
    assert json.loads(shown.stdout)["nodes"][1]["label"] == "film"
    assert "the first column holds the labels, such as 'the'" in shown.stderr
    drawing = inside("graph", path, "--weights", "--layer", 0, "--format", "svg").stdout
    assert "tokens stand on a circle in their order" in drawing
    assert "dashed" not in drawing
    least = inside("graph", path, "--weights", "--layer", 0, "--least", "1/2")
    assert [edge["weight_exact"] for edge in json.loads(least.stdout)["edges"]] == ["3/4", "1"]
    picture = inside("plot", path, "--weights", "-o", tmp_path / "w.svg", "--json")
    assert json.loads(picture.stdout)["format"] == "svg"
    assert (tmp_path / "w.svg").read_text().count("<svg") == 1
    for command in (["graph", path, "--layer", 0], ["plot", path, "-o", tmp_path / "x.png"]):
        for option in (["--alpha", 1], ["--matrix", path], ["--layers", 3]):
            assert_refused(
                inside(*command, "--weights", *option), f"{option[0]}: requires that --weights is absent"
            )
        assert_refused(
            inside(*command[:1], "-", *command[2:], "--weights"), "requires a file, got standard input"
        )
    assert not (tmp_path / "x.png").exists()
    assert_refused(inside("graph", path, "--weights", "--layer", 1), "--layer: requires an integer")
    assert_refused(
        inside("graph", path, "--weights", "--layer", 0, "--head", 1), "--head: requires an integer"
    )
    assert_refused(inside("graph", "cyclic", "--layer", 0, "--least", 1), "--least: requires --weights")


def test_a_picture_has_a_map_for_every_layer_and_head_and_one_scale(tmp_path):
    weights = load_weights(saved(tmp_path, "w.npy", array_bytes(FOUR)))
    figure = draw_weights(weights)
    maps = [axes for axes in figure.axes if axes.images]
    assert [axes.get_title() for axes in maps][:3] == [
        "layer 0, head 0",
        "layer 0, head 1",
        "layer 1, head 0",
    ]
    assert {image.get_clim() for axes in maps for image in axes.images} == {(0.0, 1.0)}
    assert [
        np.array_equal(axes.images[0].get_array(), FOUR[k // 2, k % 2]) for k, axes in enumerate(maps)
    ] == [True] * 6
    assert figure.axes[-1].get_ylabel() == "weight"
    many = load_weights(saved(tmp_path, "m.npy", array_bytes(np.ones((21, 20, 1, 1)))))
    with pytest.raises(InputError, match="at most 400 maps"):
        draw_weights(many)
