"""Training, on small tables of reviews; what needs torch is slow and skipped where torch is absent."""

import json
from importlib.util import find_spec

import numpy as np
import pytest
from safetensors.numpy import load_file

from tests.command import assert_refused, exactdyn, inside

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
    from exactdyn.sentiment.runs.float_runs import float_model, run_softmax
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
    process = inside("train", "-o", "m.safetensors", "--reviews", table, folder=tmp_path)
    assert_refused(process, "train: requires torch (in a clone of exactdyn: pip install '.[sentiment]')")
    assert [path.name for path in tmp_path.iterdir()] == [table]


@pytest.mark.parametrize("option", ["--temperature", "--rate", "--shared-rate", "--test-share"])
@pytest.mark.parametrize("value", ["nan", "inf"])
def test_an_option_that_is_no_finite_number_is_refused(tmp_path, table, option, value):
    options = ("-o", "m.safetensors", "--reviews", table, option, value)
    assert_refused(inside("train", *options, folder=tmp_path), option)
    assert [path.name for path in tmp_path.iterdir()] == [table]
