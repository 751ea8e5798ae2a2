"""The commands explain and audit, through real processes."""

import json
import re
from fractions import Fraction

import numpy as np
import pytest

from exactdyn.graph import READABLE_FORMATS, read_graph
from exactdyn.pictures.graph import GRAPH_FORMATS
from exactdyn.sentiment.audit.audit import run_audit
from exactdyn.sentiment.model.load import load_model, load_reviews
from tests.command import assert_refused, inside
from tests.data_folder import data_file


def printed(*arguments, status=0, **settings):
    process = inside(*arguments, **settings)
    assert (process.returncode, process.stderr) == (status, "")
    return process.stdout


def test_explain_prints_leaders_followers_scores_and_the_limit():
    text = printed("explain", "--model", "handmade", "--review", "tied")
    assert text.startswith("tied: positive, labelled positive: score +0.04")
    assert re.search(r"^ love +1 +0 +\+0\.375 +nobody$", text, re.MULTILINE)
    assert re.search(r"^ plot +1 +\S+ +\S+ +waste and love$", text, re.MULTILINE)
    assert "the limit of many layers (proved, decided at layer 0): positive" in text


def test_explain_names_the_words_of_a_text_that_it_left_out():
    text = printed("explain", "--model", "handmade", "--text", "A great, unheard-of film")
    assert "left out, not in the vocabulary: A, unheard, of\n" in text


def test_explain_gives_exact_scores_as_json():
    data = json.loads(printed("explain", "--model", "handmade", "--json"))
    assert (data["review"], data["label"], data["class"], data["depth"]) == ("praise", 1, "positive", 3)
    assert float(Fraction(data["score"])) == data["score_float"] == data["scores_float"][-1]
    assert [leader["word"] for leader in data["leaders"]] == ["great", "time"]
    assert [data["points"][i]["word"] for i in data["leaders"][1]["cluster"]] == ["<PAD>", "time"]
    assert sum(point["count"] for point in data["points"]) == data["tokens"] == 12
    assert data["limit"]["is_the_class_of_the_last_layer"] is True


@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_explain_writes_the_attention_graph_of_every_layer(tmp_path, format):
    options = ("--graphs", "graphs", "--format", format, "--json")
    files = json.loads(printed("explain", "--model", "handmade", *options, folder=tmp_path))["files"]
    assert len(files) == 4
    content = (tmp_path / files[2]).read_text()
    if format in READABLE_FORMATS:
        graph = read_graph(content, format)
        assert [label for _, label in graph.nodes(data="label")][:5] == ["<PAD>"] * 3 + ["great"] * 2
        assert sorted(graph.successors(5)) == [3, 4]
    else:
        assert ">great ×2<" in content


def test_explain_writes_a_picture_a_page_and_an_example_that_can_be_checked(tmp_path):
    options = ("-o", "p.png", "--html", "p.html", "--example", "p.toml")
    printed("explain", "--model", "handmade", *options, folder=tmp_path)
    assert (tmp_path / "p.png").read_bytes()[:4] == b"\x89PNG"
    assert "<title>Review praise</title>" in (tmp_path / "p.html").read_text()
    # Repeated words break a hypothesis; "great", given twice, then leads as a point but not as a token.
    data = json.loads(printed("check", "p.toml", "--json", folder=tmp_path, status=1))
    for kind, name in (("hypotheses", "distinct-tokens"), ("statements", "leader-vertex")):
        assert [other for other, verdict in data[kind].items() if verdict["verdict"] == "fails"] == [name]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--review", "none"), "review: requires one of praise"),
        (("--text", "xyz"), "text: requires words of the vocabulary (16 words), got none"),
        (("--format", "pdf"), "--format: requires one of node-link"),
        (("-o", "p.txt"), "p.txt: requires a name that ends in .png or .svg or .pdf"),
        (("--html", "p.png"), "p.png: requires a name that ends in .html"),
        (("--reviews", "missing.csv"), "missing.csv: no such file"),
        (("--format", "dot"), "--format: requires --graphs, whose format it is"),
        (("--text", "film", "--reviews", "r.csv"), "--text: requires that --reviews is not given beside it"),
        (("--text", "film", "--review", "tied"), "--text: requires that --review is not given beside it"),
        (("-o", "p.png", "--graphs", "p.png"), "p.png: requires a name of its own for every file"),
    ],
)
def test_explain_refuses_what_it_cannot_do(tmp_path, arguments, message):
    assert_refused(inside("explain", "--model", "handmade", *arguments, folder=tmp_path), message)
    assert not list(tmp_path.iterdir())


def test_audit_counts_the_reviews_of_the_published_model():
    data = json.loads(printed("audit", "--model", data_file("imdb_hardmax_d2_test130.json.gz"), "--json"))
    assert (data["reviews"], data["labelled"], data["correct"]) == (130, 130, 103)
    assert data["leaders_per_review"]["min"] == 3
    assert data["leaders_per_review"]["max"] == 8
    assert data["leaders_appear"] == {"0": 627, "1": 1}
    assert data["top_leaders"][:3] == [["first", 24], ["time", 18], ["great", 13]]
    assert data["ties"] == []
    assert data["limits"] == {"proved": 130, "class_differs": 0}
    for dtype, lowest, highest in (("float32", 8, 14), ("float64", 24, 32)):
        layers = data["floats"][dtype]["first_difference"]
        assert sum(layers.values()) == 130
        assert all(lowest <= int(layer) <= highest for layer in layers)
        assert data["floats"][dtype]["class_changes"] == 0
    gap = data["smallest_gap"]
    assert float(Fraction(gap["value"])) == gap["float"] == pytest.approx(2.85837922e-06)


def test_audit_prints_a_table():
    text = printed("audit", "--model", "handmade")
    assert text.startswith(
        "reviews                   4; of 4 with a label 4 classified right, accuracy 1.0000\n"
    )
    assert "review tied, layer 0: plot attends waste and love" in text


def test_an_audit_counts_in_whole_sentences():
    text = printed("audit", "--model", "handmade")
    assert re.search(r"^they first lead +13 leaders at layer 0$", text, re.MULTILINE)
    assert re.search(r"^exact ties +3 in 1 review: review tied, layer 0: plot attends", text, re.MULTILINE)
    assert re.search(r"^float32 first differs +at layer \d+ in (1 review|\d+ reviews), ", text, re.MULTILINE)


def test_graphs_that_cannot_be_written_are_refused_before_anything_is(tmp_path):
    (tmp_path / "taken").touch()
    options = ("--graphs", "taken", "-o", "p.png")
    assert_refused(
        inside("explain", "--model", "handmade", *options, folder=tmp_path), "taken: requires a folder"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("size", [1e-320, 1e-160, 1e30, 1e100])
def test_a_model_of_tiny_or_large_weights_is_audited_and_explained(tmp_path, size):
    E = np.array([[0, 0.5], [1, 0], [-1, 2], [1, 0], [0.9, 0.1]]) * size
    weights = {"E": E, "alpha": np.array([1.5]), "v": np.array([1, -1]) * size, "b": np.array([0.25]) * size}
    np.savez(tmp_path / "m.npz", **weights, rows=np.array([[0, 1, 2, 3, 4]]))
    assert json.loads(printed("audit", "--model", "m.npz", "--json", folder=tmp_path))["reviews"] == 1
    text = printed("explain", "--model", "m.npz", "-o", "m.svg", "--html", "m.html", folder=tmp_path)
    assert re.search(r"^0: (positive: score \+|negative: score -)[1-9]", text)
    assert "1 of the 5 tokens is padding, #0" in text


@pytest.mark.parametrize("layers", [1, 10**9])
def test_audit_refuses_too_few_and_too_many_layers(layers):
    process = inside("audit", "--model", "handmade", "--layers", layers)
    assert_refused(process, f"layers: requires 3 (the model's depth) to 10000, got {layers}")


def test_an_audit_on_several_cores_is_the_audit_on_one():
    model = load_model("handmade")
    reviews = load_reviews("handmade", model) * 25
    seen = []
    several = run_audit(model, reviews, processes=2, progress=seen.append)
    assert several.surveys == run_audit(model, reviews, processes=1).surveys
    assert seen == list(range(1, 101))
    assert several.tied[0] == ("tied", 0, "plot", ("waste", "love"))
