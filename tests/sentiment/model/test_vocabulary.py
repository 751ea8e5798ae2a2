"""Vocabularies: which word stands in which row."""

import numpy as np
import pytest

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import load_model
from exactdyn.sentiment.model.review import read_text_review
from tests.sentiment.model.stated import DOCUMENT, WEIGHTS, refusal, saved


def test_without_a_vocabulary_words_are_numbers(tmp_path):
    np.savez(tmp_path / "m.npz", **WEIGHTS)
    model = load_model(str(tmp_path / "m.npz"))
    assert model.word(2) == "#2"
    with pytest.raises(InputError, match="requires a model whose words are known"):
        read_text_review("mine", None, "good", model)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x\tword", "line 3: requires a row number, a tab and a word"),
        ("7", "line 3: requires a row number, a tab and a word"),
        ("1\tagain", "line 3: requires a row of its own, got 1 a second time"),
        ("7\t", "line 3: requires a word"),
    ],
)
def test_a_wrong_line_of_a_vocabulary_is_refused(tmp_path, line, message):
    np.savez(tmp_path / "m.npz", **WEIGHTS)
    (tmp_path / "words.tsv").write_text(f"row\tword\n1\tgood\n{line}\n")
    assert message in refusal(tmp_path / "m.npz", vocabulary=tmp_path / "words.tsv")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"0": "<PAD>", "1": "good"}', "line 1: requires a row number, a tab and a word, got "),
        (b'["<PAD>", "good"]', "line 1: requires a row number, a tab and a word, got "),
        (b"row,word\n0,<PAD>\n", "line 1: requires a row number, a tab and a word, got 'row,word'"),
        (b"0\t<PAD>\r1\tgood\r", "line 1: requires a row number, a tab and a word, got "),
        (b"", "requires lines of a row number, a tab and a word, got none"),
        (b"row\tword\n", "requires lines of a row number, a tab and a word, got none"),
        (b"0\tcaf\xe9\n", "requires UTF-8 text, got the byte 0xe9 at offset 5"),
        (b"0\t<PAD>\n1\tgood\n2\tgood\n", "word 'good': requires one row, got rows 1 and 2"),
        (b"0\t<PAD>\n3\tgood\n", "row 3: requires one from 0 to 2, which the model has"),
    ],
)
def test_what_is_no_vocabulary_of_the_model_is_refused(tmp_path, content, message):
    np.savez(tmp_path / "m.npz", **WEIGHTS)
    (tmp_path / "words.tsv").write_bytes(content)
    said = refusal(tmp_path / "m.npz", vocabulary=tmp_path / "words.tsv")
    assert said.startswith(f"{tmp_path / 'words.tsv'}: {message}")


def test_a_vocabulary_adds_words_to_a_document_and_never_changes_one(tmp_path):
    path, table = saved(tmp_path / "m.json", DOCUMENT), tmp_path / "words.tsv"
    table.write_text("3\tgood\n9\tother\n")
    assert load_model(str(path), table).words == {0: "<PAD>", 3: "good", 5: "bad", 9: "other"}
    table.write_text("3\tdreadful\n")
    assert "row 3: requires the word that the model has, 'good', got 'dreadful'" in refusal(
        path, vocabulary=table
    )
