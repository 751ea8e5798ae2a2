"""The published model on its published reviews: every stored number comes out exactly."""

import gzip
import json

import numpy as np
import pytest

from exactdyn.sentiment.model.load import load_model, load_reviews
from exactdyn.sentiment.runs.exact import run_review
from tests.benchmarks.sentiment import softmax_choices
from tests.data_folder import data_file

FILES = ("imdb_hardmax_d2_24.json", "imdb_hardmax_d2_test130.json.gz")


def leading_rows(run, layer):
    return sorted(row for point in run.leading(layer) for row in run.rows[point])


@pytest.mark.parametrize("name", FILES)
def test_every_stored_score_and_leader_is_reproduced(name):
    path = data_file(name)
    text = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
    stored = json.loads(text)["reviews"]
    model = load_model(str(path))
    reviews = load_reviews(str(path), model)
    assert [review.name for review in reviews] == [entry["id"] for entry in stored]
    for review, entry in zip(reviews, stored, strict=True):
        run = run_review(model, review)
        score = run.score(model.depth)
        assert float(score) == entry["hardmax_logit"]
        assert leading_rows(run, 0) == entry["leaders_first"]
        assert leading_rows(run, model.depth) == entry["leaders_last"]


def test_the_model_classifies_103_of_130_reviews_right():
    path = data_file(FILES[1])
    model = load_model(str(path))
    reviews = load_reviews(str(path), model)
    right = [(run_review(model, review).score(model.depth) > 0) == review.label for review in reviews]
    assert (len(right), sum(right)) == (130, 103)


def test_the_array_file_holds_the_same_model_as_the_document():
    document = load_model(str(data_file(FILES[1])))
    archive = load_model(str(data_file("model_d2_full.npz")), data_file("vocab_exact.tsv.gz"))
    assert (archive.alpha, archive.decoder) == (document.alpha, document.decoder)
    assert np.array_equal(archive.encode(document.rows), document.vectors)
    assert [archive.word(row) for row in (0, 2, 3)] == ["<PAD>", "movie", "film"]


def test_the_softmax_figure_says_what_it_needs_where_the_data_is_absent(tmp_path, capsys):
    softmax_choices(tmp_path / "reviews.json.gz")
    assert "skipped, needs reviews.json.gz in ../shared/data" in capsys.readouterr().out
