"""Training, on small tables of reviews; what needs torch is slow and skipped where torch is absent."""

import json
from importlib.util import find_spec

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from exactdyn.errors import InputError
from exactdyn.sentiment.training.checkpoint import read_checkpoint
from exactdyn.sentiment.training.corpus import build_vocabulary, encode_corpus, read_labelled, split
from exactdyn.sentiment.training.network import bags
from tests.command import assert_refused, exactdyn

TORCH = find_spec("torch") is not None
needs_torch = pytest.mark.skipif(not TORCH, reason="needs torch: pip install '.[sentiment]'")

PRAISE = ("great", "lovely", "wonderful")
BLAME = ("awful", "boring", "dreadful")
FILLER = ("film", "plot", "scene", "actor", "music")


@pytest.fixture
def table(tmp_path):
    """200 short reviews that one word in each decides."""
    draw = np.random.default_rng(0)
    lines = ["text,label"]
    for number in range(200):
        label = number % 2
        words = [*draw.choice(FILLER, 6), draw.choice(PRAISE if label else BLAME)]
        lines.append(f"{' '.join(draw.permutation(words))},{label}")
    (tmp_path / "reviews.csv").write_text("\n".join(lines))
    return "reviews.csv"


def train(folder, table, *options, status=0):
    small = ("--reviews", table, "--length", 10, "--depth", 3, "--batch", 20, "--least-count", 1)
    process = exactdyn("train", "-o", "m.safetensors", *small, *options, folder=folder)
    assert (process.returncode, process.stderr) == (status, "")
    return process.stdout


@needs_torch
@pytest.mark.slow
def test_a_model_is_trained_audited_and_explained(tmp_path, table):
    said = json.loads(train(tmp_path, table, "--epochs", 8, "--json"))
    assert said["reviews"] == {"training": 160, "test": 40}
    assert said["words"] == 12
    assert said["test_accuracy"] > 0.9
    options = ("--model", "m.safetensors", "--reviews", "m.test.npz", "--json")
    audit = json.loads(exactdyn("audit", *options, folder=tmp_path).stdout)
    assert audit["reviews"] == 40
    assert audit["correct"] / 40 == pytest.approx(said["test_accuracy"], abs=0.05)
    text = ("--text", "A great film, lovely plot, wonderful music, great actor")
    explained = json.loads(
        exactdyn("explain", "--model", "m.safetensors", *text, "--json", folder=tmp_path).stdout
    )
    assert explained["class"] == "positive"
    assert explained["unknown_words"] == ["A"]


@needs_torch
@pytest.mark.slow
def test_a_training_that_was_stopped_goes_on_as_if_it_never_was(tmp_path, table):
    train(tmp_path, table, "--epochs", 3, "--threads", 1)
    whole = load_file(tmp_path / "m.safetensors")
    (tmp_path / "m.checkpoint.safetensors").unlink()
    train(tmp_path, table, "--epochs", 1, "--threads", 1)
    assert not np.array_equal(load_file(tmp_path / "m.safetensors")["E"], whole["E"])
    said = train(tmp_path, table, "--epochs", 3, "--threads", 1, "--resume")
    assert [line.split(":")[0] for line in said.splitlines()] == ["epoch 2", "epoch 3", "m.safetensors"]
    resumed = load_file(tmp_path / "m.safetensors")
    assert {name for name in whole if np.array_equal(resumed[name], whole[name])} == set(whole)


@needs_torch
@pytest.mark.slow
def test_a_checkpoint_of_another_training_is_refused(tmp_path, table):
    train(tmp_path, table, "--epochs", 1)
    options = ("--reviews", table, "--length", 10, "--depth", 3, "--batch", 20, "--least-count", 1)
    process = exactdyn("train", "-o", "m.safetensors", *options, "--seed", 1, "--resume", folder=tmp_path)
    assert_refused(process, "requires a checkpoint of this training")


@needs_torch
@pytest.mark.slow
def test_the_network_scores_as_the_softmax_model_does(tmp_path, table):
    import torch

    from exactdyn.sentiment.model.load import load_model, load_reviews
    from exactdyn.sentiment.runs.exact import run_review
    from exactdyn.sentiment.runs.floats import float_model, run_softmax
    from exactdyn.sentiment.training.network import Shape, scores

    train(tmp_path, table, "--epochs", 2, "--temperature", 0.5)
    model = load_model(str(tmp_path / "m.safetensors"))
    assert model.temperature == 0.5
    form = float_model(model)
    parameters = {
        "E": torch.tensor(model.vectors, dtype=torch.float32),
        "log_alpha": torch.tensor([float(model.alpha)]).log(),
        "v": torch.tensor(form.v, dtype=torch.float32),
        "b": torch.tensor([form.b]),
    }
    reviews = load_reviews(str(tmp_path / "m.test.npz"), model)
    rows = np.array([review.rows() for review in reviews])
    found = scores(parameters, rows, Shape(12, 2, 3, 10, 0.5)).tolist()
    for review, score in zip(reviews, found, strict=True):
        run = run_review(model, review)
        start, weights = model.encode([own[0] for own in run.rows]), np.array(run.weights, dtype=float)
        assert form.score(run_softmax(start, weights, form, 3), weights) == pytest.approx(score, abs=1e-4)


@pytest.mark.skipif(TORCH, reason="torch is installed")
def test_without_torch_training_says_what_to_install(tmp_path, table):
    process = exactdyn("train", "-o", "m.safetensors", "--reviews", table, folder=tmp_path)
    assert_refused(process, "train: requires torch (in a clone of exactdyn: pip install '.[sentiment]')")
    assert [path.name for path in tmp_path.iterdir()] == [table]


def test_a_table_of_one_label_or_without_the_source_is_refused(tmp_path):
    (tmp_path / "one.csv").write_text("text,label\na,1\n")
    for source, message in ((None, "requires reviews of both labels"), ("imdb", "source: requires a column")):
        with pytest.raises(InputError, match=message):
            read_labelled(tmp_path / "one.csv", source)
    for name in ("m.npz", "missing.csv"):
        options = ("-o", name) if name == "m.npz" else ("-o", "m.safetensors", "--reviews", name)
        assert_refused(exactdyn("train", *options, folder=tmp_path), name)


def test_the_vocabulary_has_the_most_frequent_words_that_say_something():
    texts = ["The film is great, GREAT", "a great film", "Rare"]
    assert list(build_vocabulary(texts, 10, 2).values()) == ["<PAD>", "great", "film"]
    assert list(build_vocabulary(texts, 1, 1).values()) == ["<PAD>", "great"]
    assert "GREAT" in build_vocabulary(texts, 10, 1, keep_case=True).values()
    assert "the" in build_vocabulary(texts, 10, 1, keep_stop_words=True).values()


def test_a_corpus_is_cut_and_padded_and_split_by_the_seed():
    texts = [("film film film", 1), ("Film unknown", 0), ("unknown", 1)]
    corpus = encode_corpus(texts, {0: "<PAD>", 4: "film"}, 2, split(3, 0.4, seed=5))
    assert corpus.rows.tolist() == [[4, 4], [4, 0], [0, 0]]
    assert corpus.labels.tolist() == [1, 0, 1]
    assert corpus.test.sum() == 1
    assert np.array_equal(split(100, 0.2, 1), split(100, 0.2, 1))
    assert not np.array_equal(split(100, 0.2, 1), split(100, 0.2, 2))


def test_a_bag_counts_every_token():
    different, counts = bags(np.array([[7, 7, 0, 2], [1, 1, 1, 1]]))
    assert different.tolist() == [[0, 2, 7], [1, 0, 0]]
    assert counts.tolist() == [[1, 1, 2], [4, 0, 0]]


@pytest.mark.parametrize("option", ["--temperature", "--rate", "--shared-rate", "--test-share"])
@pytest.mark.parametrize("value", ["nan", "inf"])
def test_an_option_that_is_no_finite_number_is_refused(tmp_path, table, option, value):
    options = ("-o", "m.safetensors", "--reviews", table, option, value)
    assert_refused(exactdyn("train", *options, folder=tmp_path), option)
    assert [path.name for path in tmp_path.iterdir()] == [table]


@pytest.mark.parametrize("count", [2, 3, 10])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_some_reviews_are_held_out_and_some_are_learnt(count, share):
    assert 1 <= split(count, share, seed=0).sum() <= count - 1


SIGNATURE = {"shape": "small", "plan": "seed 0", "corpus": "00"}
SHAPES = {"E": (3, 2), "b": (1,)}


def checkpoint_tensors():
    names = [*SHAPES, *(f"adam.{key}.{name}" for key in ("exp_avg", "exp_avg_sq") for name in SHAPES)]
    tensors = {name: np.ones(SHAPES[name.split(".")[-1]], np.float32) for name in names}
    return tensors | {f"adam.step.{name}": np.full(1, 7, np.float32) for name in SHAPES}


def test_a_checkpoint_is_read_without_torch(tmp_path):
    save_file(checkpoint_tensors(), tmp_path / "c.safetensors", SIGNATURE | {"epochs": "2"})
    tensors, epochs = read_checkpoint(tmp_path / "c.safetensors", SIGNATURE, SHAPES)
    assert epochs == 2
    assert {name: array.tolist() for name, array in tensors.items()} == {
        name: array.tolist() for name, array in checkpoint_tensors().items()
    }


@pytest.mark.parametrize(
    ("changes", "stated", "message"),
    [
        ({"b": None}, {}, "b: requires a tensor, got none (has E, adam.exp_avg.E"),
        ({"adam.step.E": None}, {}, "adam.step.E: requires a tensor, got none"),
        (
            {"E": np.ones((2, 2), np.float32)},
            {},
            "E: requires finite float32 of shape (3, 2), got float32 of",
        ),
        ({"b": np.ones(1)}, {}, "b: requires finite float32 of shape (1,), got float64 of shape (1,)"),
        ({"b": np.full(1, np.nan, np.float32)}, {}, "b: requires finite float32 of shape (1,)"),
        ({"W": np.ones(1, np.float32)}, {}, "W: not used, so refused; requires none but E, b"),
        ({}, {"epochs": "two"}, "__metadata__.epochs: requires a number of epochs, got 'two'"),
        ({}, {"epochs": "-1"}, "__metadata__.epochs: requires a number of epochs, got '-1'"),
        ({}, {"seed": "1"}, "__metadata__.seed: not used, so refused"),
        ({}, {"plan": "seed 1"}, "requires a checkpoint of this training: plan seed 0, got 'seed 1'"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_refused(tmp_path, changes, stated, message):
    tensors = {name: array for name, array in (checkpoint_tensors() | changes).items() if array is not None}
    save_file(tensors, tmp_path / "c.safetensors", {**SIGNATURE, "epochs": "2", **stated})
    with pytest.raises(InputError) as caught:
        read_checkpoint(tmp_path / "c.safetensors", SIGNATURE, SHAPES)
    assert str(caught.value).startswith(f"{tmp_path / 'c.safetensors'}: {message}")


def test_a_damaged_checkpoint_is_refused(tmp_path):
    (tmp_path / "c.safetensors").write_bytes(b"no checkpoint")
    with pytest.raises(InputError, match="requires a safetensors file"):
        read_checkpoint(tmp_path / "c.safetensors", SIGNATURE, SHAPES)
