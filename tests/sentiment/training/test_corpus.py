"""Labelled reviews: a vocabulary, word rows, the part that is held out."""

import numpy as np
import pytest

from exactdyn.errors import InputError
from exactdyn.sentiment.training.corpus import build_vocabulary, encode_corpus, read_labelled, split
from tests.command import assert_refused, inside


def test_a_table_of_one_label_or_without_the_source_is_refused(tmp_path):
    (tmp_path / "one.csv").write_text("text,label\na,1\n")
    for source, message in ((None, "requires reviews of both labels"), ("imdb", "source: requires a column")):
        with pytest.raises(InputError, match=message):
            read_labelled(tmp_path / "one.csv", source)
    for name in ("m.npz", "missing.csv"):
        options = ("-o", name) if name == "m.npz" else ("-o", "m.safetensors", "--reviews", name)
        assert_refused(inside("train", *options, folder=tmp_path), name)


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


@pytest.mark.parametrize("count", [2, 3, 10])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_some_reviews_are_held_out_and_some_are_learnt(count, share):
    assert 1 <= split(count, share, seed=0).sum() <= count - 1
