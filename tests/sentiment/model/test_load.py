"""Models and reviews from files: what is read, and what is refused with one line."""

import gzip
import json
import pickle

import numpy as np
import pytest
from safetensors.numpy import save_file

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import choose_review, load_model, load_reviews
from tests.command import assert_refused, inside
from tests.data_folder import data_file
from tests.sentiment.model.stated import WEIGHTS, WORDS, changed, refusal, saved


def test_all_formats_give_the_same_model(tmp_path):
    (tmp_path / "m.json.gz").write_bytes(gzip.compress(json.dumps(changed(("words",), WORDS)).encode()))
    settings = {"depth": "2", "seq_length": "4"}
    save_file(WEIGHTS, tmp_path / "m.safetensors", settings)
    np.savez(tmp_path / "m.npz", **WEIGHTS, depth=2, seq_length=4)
    (tmp_path / "m.vocabulary.tsv").write_text("row\tword\n0\t<PAD>\n1\tgood\n2\tbad\n")
    models = [load_model(str(tmp_path / name)) for name in ("m.json.gz", "m.safetensors", "m.npz")]
    for model in models:
        assert (model.alpha, model.decoder) == (models[0].alpha, models[0].decoder)
        assert (model.depth, model.length, model.temperature) == (2, 4, 0.001)
        assert np.array_equal(model.vectors, models[0].vectors)
        assert [model.word(row) for row in model.rows.tolist()] == ["<PAD>", "good", "bad"]
    assert models[0].rows.tolist() == [0, 3, 5]
    assert models[1].rows.tolist() == [0, 1, 2]


def test_a_pickle_is_refused_whatever_its_name(tmp_path):
    class Trap:
        def __reduce__(self):
            return pytest.fail, ("a pickle was opened",)

    content = pickle.dumps(Trap())
    for ending in ("json", "json.gz", "npz", "safetensors", "pt", "pkl"):
        path = tmp_path / f"m.{ending}"
        path.write_bytes(content)
        assert refusal(path).startswith(f"{path}: requires ")
    np.savez(tmp_path / "objects.npz", **{**WEIGHTS, "E": np.array([[Trap()]], dtype=object)})
    assert "got pickled objects, which are never read" in refusal(tmp_path / "objects.npz")


def test_a_damaged_safetensors_file_is_refused(tmp_path):
    save_file(WEIGHTS, tmp_path / "whole.safetensors", {"depth": "two"})
    assert "depth: requires a number, got 'two'" in refusal(tmp_path / "whole.safetensors")
    (tmp_path / "cut.safetensors").write_bytes((tmp_path / "whole.safetensors").read_bytes()[:-3])
    assert "truncated or damaged: the tensors take" in refusal(tmp_path / "cut.safetensors")


def test_reviews_come_from_tables_and_archives_too(tmp_path):
    model = load_model("handmade")
    (tmp_path / "r.csv").write_text('text,label\n"Great, great film",pos\nxyz,0\nAWFUL plot,negative\n')
    reviews = load_reviews(str(tmp_path / "r.csv"), model)
    padded = [("0", 1, ((0, 9), (1, 2), (3, 1))), ("2", 0, ((0, 10), (2, 1), (7, 1)))]
    assert [(review.name, review.label, review.bag) for review in reviews] == padded
    np.savez(tmp_path / "r.npz", rows=np.array([[1, 1, 3], [0, 2, 0]]), labels=np.array([1, 0]))
    reviews = load_reviews(str(tmp_path / "r.npz"), model)
    assert [review.bag for review in reviews] == [((1, 2), (3, 1)), ((0, 2), (2, 1))]


def test_a_review_is_chosen_by_name_or_written_down_but_not_both():
    model = load_model("handmade")
    assert choose_review("handmade", model)[0].name == "praise"
    assert choose_review("handmade", model, text="film, unheard of")[1].unknown == ("unheard", "of")
    with pytest.raises(InputError, match="requires one of praise, complaint, divided, tied; got 'missing'"):
        choose_review("handmade", model, "missing")
    with pytest.raises(InputError, match="got both"):
        choose_review("handmade", model, "praise", "film")


def test_the_command_line_refuses_a_bad_model_in_one_line(tmp_path):
    saved(tmp_path / "m.json", changed(("model", "alpha"), None))
    for command in ("explain", "audit"):
        process = inside(command, "--model", "m.json", folder=tmp_path)
        assert_refused(process, "m.json: model.alpha: requires a value, got none")


@pytest.mark.parametrize("command", ["explain", "audit"])
def test_the_full_published_model_says_which_option_it_needs(command):
    process = inside(command, "--model", data_file("model_d2_full.npz"))
    assert_refused(process, "(has E, alpha, b, v): a model without reviews: name a file", "--reviews")


def test_a_safetensors_model_says_that_reviews_are_elsewhere(tmp_path):
    save_file(WEIGHTS, tmp_path / "m.safetensors")
    process = inside("audit", "--model", "m.safetensors", folder=tmp_path)
    assert_refused(
        process, "m.safetensors: a model without reviews: name a file that has them with --reviews"
    )
