"""What becomes of the words of a text, told by explain and audit through real processes."""

import json

import numpy as np
import pytest

from exactdyn.sentiment.model.load import load_model, read_review_file
from tests.command import assert_refused, inside
from tests.data_folder import data_file


def printed(*arguments, **settings):
    process = inside(*arguments, **settings)
    assert (process.returncode, process.stderr) == (0, "")
    return process.stdout


def test_a_text_of_400_known_words_is_cut_to_128_and_says_so():
    full, words = data_file("model_d2_full.npz"), data_file("vocab_exact.tsv.gz")
    text = " ".join(["great", "film", "wonderful", "acting"] * 100)
    asked = ("explain", "--model", full, "--vocabulary", words, "--text", text)
    lines = printed(*asked).splitlines()
    assert lines[1] == "the text has 400 words, 400 of them known, 128 used"
    listed = "great (68 times), film (68 times), wonderful (68 times), acting (68 times)"
    assert lines[2] == f"cut, beyond the first 128 known words, which the model reads: {listed}"
    data = json.loads(printed(*asked, "--json"))
    assert (data["known_words"], data["used_words"], data["unknown_words"]) == (400, 128, [])
    assert data["cut_words"] == text.split()[128:]


def test_cut_and_unknown_words_are_listed_once_each_and_counted():
    text = "great qqq " * 9 + "plot love plot love plot awful zzz"
    lines = printed("explain", "--model", "handmade", "--text", text).splitlines()
    assert lines[1] == "the text has 25 words, 15 of them known, 12 used"
    assert lines[2].endswith("the first 12 known words, which the model reads: love, plot, awful")
    assert lines[3] == "left out, not in the vocabulary: qqq (9 times), zzz"


def test_a_short_text_says_how_much_of_it_is_padding():
    text = printed("explain", "--model", "handmade", "--text", "Great film")
    assert (
        "\nthe text has 2 words, 2 of them known, 2 used\n10 of the 12 tokens are padding, <PAD>: it" in text
    )
    data = json.loads(printed("explain", "--model", "handmade", "--text", "Great film", "--json"))
    assert (data["padding"], data["tokens"], data["cut_words"]) == (10, 12, [])
    full = printed("explain", "--model", "handmade", "--text", "film " * 12)
    assert "padding" not in full


def test_a_review_that_is_no_text_says_nothing_of_its_words():
    data = json.loads(printed("explain", "--model", "handmade", "--json"))
    assert (data["known_words"], data["used_words"], data["cut_words"]) == (None, None, [])
    assert "the text has" not in printed("explain", "--model", "handmade")


@pytest.fixture
def table(tmp_path):
    rows = ['"Great film, qqq",1', "zzz,0", f"{'awful plot ' * 10},0"]
    (tmp_path / "r.csv").write_text("\n".join(["text,label", *rows]))
    return "r.csv"


def test_explain_tells_of_a_review_in_a_table_what_was_cut(tmp_path, table):
    asked = ("explain", "--model", "handmade", "--reviews", table)
    text = printed(*asked, "--review", 2, folder=tmp_path)
    assert "the text has 20 words, 20 of them known, 12 used\n" in text
    assert "the model reads: awful (4 times), plot (4 times)\n" in text
    assert_refused(
        inside(*asked, "--review", 1, folder=tmp_path), "review 1: requires words of the vocabulary"
    )


def test_audit_tells_which_texts_were_left_out_and_how_much_was_cut(tmp_path, table):
    asked = ("audit", "--model", "handmade", "--reviews", table)
    counts = {"left_out": ["1"], "known_words": 22, "used_words": 14, "cut_reviews": 1, "unknown_words": 1}
    data = json.loads(printed(*asked, "--json", folder=tmp_path))
    assert (data["reviews"], data["texts"]) == (2, counts)
    line = (
        "words of the texts        23, 22 of them known, 14 used; 1 review cut to the words that the model "
        "reads; 1 review without a known word left out: 1\n"
    )
    assert line in printed(*asked, folder=tmp_path)
    assert json.loads(printed("audit", "--model", "handmade", "--json"))["texts"] is None


def test_what_is_used_cut_and_unknown_is_the_whole_text(tmp_path, table):
    draw = np.random.default_rng(0)
    known = ["great", "Film", "plot", "qqq", "worst", "zz"]
    texts = [" ".join(draw.choice(known, size)) for size in draw.integers(1, 40, 50)]
    (tmp_path / "r.csv").write_text("\n".join(["text", *texts]))
    model = load_model("handmade")
    found = read_review_file(str(tmp_path / "r.csv"), model)
    kept = [text.split() for number, text in enumerate(texts) if str(number) not in found.left_out]
    for text, review, words in zip(kept, found.reviews, found.texts, strict=True):
        assert [*words.used, *words.cut] == [word for word in text if word not in ("qqq", "zz")]
        assert list(words.unknown) == [word for word in text if word in ("qqq", "zz")]
        assert len(words.used) == min(12, words.known)
        rows = [model.row_of[word.lower()] for word in words.used]
        assert review.rows() == sorted([0] * (12 - len(rows)) + rows)
    for number in found.left_out:
        assert set(texts[int(number)].split()) <= {"qqq", "zz"}


def test_a_model_without_reviews_is_told_of_both_ways_to_have_one(tmp_path):
    path = tmp_path / "alone.npz"
    model = load_model("handmade")
    alpha, (v, b) = float(model.alpha), (model.decoder.v, model.decoder.b)
    np.savez(path, E=np.array(model.vectors), alpha=alpha, v=[float(x) for x in v], b=float(b))
    line = "name a file that has them with --reviews, or a review of your own with --text"
    assert_refused(inside("explain", "--model", path), "a model without reviews: ", line)
