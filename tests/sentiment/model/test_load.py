"""Models and reviews from files: what is read, and what is refused with one line."""

import copy
import gzip
import json
import pickle
import zipfile

import numpy as np
import pytest
from safetensors.numpy import save_file

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import choose_review, load_model, load_reviews
from exactdyn.sentiment.model.review import make_review, read_text_review
from tests.command import assert_refused, exactdyn
from tests.data_folder import data_file

STATED = {"alpha": "0x1.8p+0", "v": ["0x1p+0", "-0x1p+0"], "b": "0x1p-2", "depth": 2, "seq_length": 4}
WORDS = [[0, "<PAD>", "0x0p+0", "0x1p-1"], [3, "good", "0x1p+0", "0x0p+0"], [5, "bad", "-0x1p+0", "0x1p+1"]]
REVIEWS = [{"id": "one", "label": 1, "bag": [[0, 2], [3, 2]]}]
DOCUMENT = {"model": STATED, "words": WORDS, "reviews": REVIEWS}
WEIGHTS = {
    "E": np.array([[0.0, 0.5], [1.0, 0.0], [-1.0, 2.0]], dtype=np.float32),
    "alpha": np.array([1.5], dtype=np.float32),
    "v": np.array([1.0, -1.0], dtype=np.float32),
    "b": np.array([0.25], dtype=np.float32),
}


def changed(path, value):
    document = copy.deepcopy(DOCUMENT)
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


def refusal(path, **arguments):
    with pytest.raises(InputError) as caught:
        load_model(str(path), **arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def saved(path, document):
    path.write_text(json.dumps(document))
    return path


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


def test_without_a_vocabulary_words_are_numbers(tmp_path):
    np.savez(tmp_path / "m.npz", **WEIGHTS)
    model = load_model(str(tmp_path / "m.npz"))
    assert model.word(2) == "#2"
    with pytest.raises(InputError, match="requires a model whose words are known"):
        read_text_review("mine", None, "good", model)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("model",), None, "model: requires an object, got None"),
        (("model", "alpha"), None, "model.alpha: requires a value, got none"),
        (("model", "b"), None, "model.b: requires a value, got none"),
        (("words",), None, "words: requires a list that is not empty, got None"),
        (("model", "alpha"), "nan", "model.alpha: requires a float in C99 hex"),
        (("model", "alpha"), "0x1p+5000", "model.alpha: requires a finite float in C99 hex"),
        (("model", "alpha"), "-0x1p+0", "alpha: requires a positive number, got -1.0"),
        (("model", "alpha"), 1.5, "model.alpha: requires a float in C99 hex"),
        (("model", "v"), ["0x1p+0"], "words[0]: requires a row, a word and 1 floats"),
        (("model", "v"), "0x1p+0", "model.v: requires a list of floats"),
        (("model", "depth"), -1, "depth: requires an integer from 0 to 10000, got -1"),
        (("model", "depth"), "8", "depth: requires an integer"),
        (("model", "temperature"), 0.0, "temperature: requires a positive number"),
        (("model", "depht"), 8, "model.depht: not used, so refused; requires none but alpha, v, b"),
        (("model", "A"), [["1"]], "model.A: not used, so refused"),
        (("weights",), [], "weights: not used, so refused; requires none but model, words, reviews, about"),
        (("model", "d"), 3, "model.d: requires 2, the length of model.v, got 3"),
        (("model", "vocab_size"), 5, "words[2][0]: requires an integer from 0 to 4, got 5"),
        (("words", 1, 1), "bad", "word 'bad': requires one row, got rows 3 and 5"),
        (("words", 1, 1), " ", "words[1][1]: requires a word, got ' '"),
        (("words", 1, 2), "0x1p+400", "words[1][2]: requires a number below 2^400 in size"),
        (("words", 1, 0), 0, "words[1][0]: requires a row of its own, got 0 a second time"),
        (("words", 1, 1), 7, "words[1][1]: requires a word, got 7"),
        (("words", 1, 2), "inf", "words[1][2]: requires a float in C99 hex"),
        (("words", 1, 3), "0xfoo", "words[1][3]: requires a finite float in C99 hex"),
        (("words", 1), [3, "good"], "words[1]: requires a row, a word and 2 floats"),
    ],
)
def test_a_document_with_a_wrong_field_is_refused(tmp_path, path, value, message):
    assert message in refusal(saved(tmp_path / "m.json", changed(path, value)))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("E", None, "E: requires an array, got none (has alpha, b, v; a model has E, alpha, v, b)"),
        ("E", np.array([1.0, 2.0]), "E: requires a row for each word (2 axes), got shape (2,)"),
        ("E", np.array([[np.nan, 2.0]]), "E[0][0]: requires a finite number, got nan"),
        ("E", np.array([[1.0, 2.0], [np.inf, 0.0]]), "E[1][0]: requires a finite number, got inf"),
        ("alpha", np.array([1.0, 2.0]), "alpha: requires 1 number, got shape (2,)"),
        ("alpha", np.array([0.0]), "alpha: requires a positive number, got 0.0"),
        ("v", np.array([1.0]), "v: requires 2 numbers, got shape (1,)"),
        ("b", np.array([-np.inf]), "b[0]: requires a finite number, got -inf"),
        ("b", np.array(["x"]), "b"),
    ],
)
@pytest.mark.parametrize("ending", ["npz", "safetensors"])
def test_arrays_of_the_wrong_kind_are_refused(tmp_path, name, value, message, ending):
    arrays = {**WEIGHTS, name: value}
    if value is None:
        del arrays[name]
    path = tmp_path / f"m.{ending}"
    if ending == "npz":
        np.savez(path, **arrays)
    elif value is not None and value.dtype.kind == "U":
        pytest.skip("safetensors files hold numbers only")
    else:
        save_file(arrays, path)
    assert message in refusal(path)


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
    ("path", "value", "message"),
    [
        (("reviews", 0, "bag"), [], "reviews[0].bag: requires a list that is not empty"),
        (("reviews", 0, "bag"), [[0, 0]], "reviews[0].bag[0][1]: requires an integer from 1"),
        (("reviews", 0, "bag"), [[0, 1], [0, 1]], "reviews[0].bag[1][0]: requires a row of its own"),
        (("reviews", 0, "bag"), [[0]], "reviews[0].bag[0]: requires a row and a count"),
        (("reviews", 0, "bag"), [[0, 10**5]], "requires an integer from 1 to 16384"),
        (("reviews", 0, "bag"), [[0, 10**4], [3, 10**4]], "requires 1 to 16384 tokens, got 20000"),
        (("reviews", 0, "bag"), [[4, 1]], "review one: row: requires one that the model has, got 4"),
        (("reviews", 0, "label"), 2, "reviews[0].label: requires an integer from 0 to 1, got 2"),
        (("reviews", 0, "id"), "a\nb", "reviews[0].id: requires a printable text"),
        (("reviews", 0, "bags"), [], "reviews[0].bags: not used, so refused; requires none but id, label"),
        (
            ("reviews", 0, "bag", 0, 1),
            -1,
            "reviews[0].bag[0][1]: requires an integer from 1 to 16384, got -1",
        ),
        (("reviews",), [*REVIEWS, *REVIEWS], "reviews[1].id: requires a name of its own, got 'one'"),
        (
            ("reviews",),
            None,
            "reviews: requires at least one, got none: a model without reviews: name a file",
        ),
    ],
)
def test_wrong_reviews_are_refused(tmp_path, path, value, message):
    file = str(saved(tmp_path / "m.json", changed(path, value)))
    with pytest.raises(InputError) as caught:
        load_reviews(file, load_model(file))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"labels": np.zeros(2)}, "rows: requires an array, got none"),
        (
            {"E": np.zeros((2, 2))},
            "(has E): a model without reviews: name a file that has them with --reviews",
        ),
        ({"rows": np.zeros((2, 2))}, "rows: requires integers with 2 axes"),
        ({"rows": np.zeros((0, 2), dtype=int)}, "none empty, got int64 of shape (0, 2)"),
        (
            {"rows": np.zeros((1, 20000), dtype=int)},
            "rows: requires at most 16384 tokens a review, got 20000",
        ),
        ({"rows": np.array([[0]]), "label": np.array([1])}, "label: not used, so refused"),
        ({"rows": np.array([[0]]), "labels": np.array([np.nan])}, "labels[0]: requires 0 or 1, got nan"),
        ({"rows": np.array([[-1]])}, "rows: requires word rows from 0"),
        ({"rows": np.array([[0]]), "labels": np.array([2])}, "labels[0]: requires 0 or 1, got 2"),
        (
            {"rows": np.array([[0]]), "labels": np.array([0, 1])},
            "labels: requires 0 or 1 for each of 1 reviews",
        ),
    ],
)
def test_wrong_arrays_of_reviews_are_refused(tmp_path, arrays, message):
    np.savez(tmp_path / "r.npz", **arrays)
    with pytest.raises(InputError) as caught:
        load_reviews(str(tmp_path / "r.npz"), load_model("handmade"))
    assert message in str(caught.value)


def test_reviews_come_from_tables_and_archives_too(tmp_path):
    model = load_model("handmade")
    (tmp_path / "r.csv").write_text('text,label\n"Great, great film",pos\nxyz,0\nAWFUL plot,negative\n')
    reviews = load_reviews(str(tmp_path / "r.csv"), model)
    padded = [("0", 1, ((0, 9), (1, 2), (3, 1))), ("2", 0, ((0, 10), (2, 1), (7, 1)))]
    assert [(review.name, review.label, review.bag) for review in reviews] == padded
    np.savez(tmp_path / "r.npz", rows=np.array([[1, 1, 3], [0, 2, 0]]), labels=np.array([1, 0]))
    reviews = load_reviews(str(tmp_path / "r.npz"), model)
    assert [review.bag for review in reviews] == [((1, 2), (3, 1)), ((0, 2), (2, 1))]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("words,label\na,1\n", "text: requires a column of this name, got"),
        ("text,label\nfilm,maybe\n", "review 0: label: requires one of 1, pos, positive"),
        ('text,label\n"film,1\n', "requires comma-separated values"),
        (
            "text,label,rating\nfilm,1,7\n",
            "column rating: not used, so refused; requires none but text, label",
        ),
        ("text,text\nfilm,plot\n", "text: requires one column of this name, got two"),
        ("text,label\nfilm,1,7\n", "line 2: requires 2 cells (text, label), got 3"),
        ("text,label\nfilm\n", "line 2: requires 2 cells (text, label), got 1"),
        ("text,label\nxyz,1\nq,0\n", "got none (of 2 texts none has a word of the vocabulary)"),
        ("text,label\n", "reviews: requires at least one, got none"),
    ],
)
def test_a_wrong_table_of_reviews_is_refused(tmp_path, table, message):
    (tmp_path / "r.csv").write_text(table)
    with pytest.raises(InputError) as caught:
        load_reviews(str(tmp_path / "r.csv"), load_model("handmade"))
    assert message in str(caught.value)


def test_a_review_is_chosen_by_name_or_written_down_but_not_both():
    model = load_model("handmade")
    assert choose_review("handmade", model)[0].name == "praise"
    assert choose_review("handmade", model, text="film, unheard of")[1].unknown == ("unheard", "of")
    with pytest.raises(InputError, match="requires one of praise, complaint, divided, tied; got 'missing'"):
        choose_review("handmade", model, "missing")
    with pytest.raises(InputError, match="got both"):
        choose_review("handmade", model, "praise", "film")


def test_a_long_text_is_cut_and_an_empty_review_refused():
    review, words = read_text_review("long", None, "film " * 50, load_model("handmade"))
    assert review.bag == ((3, 12),)
    assert (len(words.used), words.cut, words.unknown) == (12, ("film",) * 38, ())
    with pytest.raises(InputError, match="requires 1 to 16384 tokens, got 0"):
        make_review("empty", None, [])


def test_the_command_line_refuses_a_bad_model_in_one_line(tmp_path):
    saved(tmp_path / "m.json", changed(("model", "alpha"), None))
    for command in ("explain", "audit"):
        process = exactdyn(command, "--model", "m.json", folder=tmp_path)
        assert_refused(process, "m.json: model.alpha: requires a value, got none")


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"A": np.eye(2)}, "A: not used, so refused; requires none but E, alpha, v, b, depth"),
        ({"depth": np.array([2, 3])}, "depth: requires 1 number, got shape (2,)"),
        ({"temperature": np.array([])}, "temperature: requires 1 number, got shape (0,)"),
        ({"E": np.array([[0.0, 1e200]])}, "E[0][1]: requires a number below 2^400 in size, got 1e+200"),
    ],
)
def test_an_array_of_a_model_is_used_or_refused(tmp_path, extra, message):
    np.savez(tmp_path / "m.npz", **{**WEIGHTS, **extra})
    assert message in refusal(tmp_path / "m.npz")


def test_an_archive_with_an_array_twice_is_refused(tmp_path):
    np.savez(tmp_path / "m.npz", **WEIGHTS)
    with (
        zipfile.ZipFile(tmp_path / "m.npz", "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("E.npy", archive.read("E.npy"))
    assert "m.npz: E: given twice" in refusal(tmp_path / "m.npz")


def test_a_temperature_may_be_an_integer(tmp_path):
    np.savez(tmp_path / "m.npz", **WEIGHTS, temperature=1)
    saved(tmp_path / "m.json", changed(("model", "temperature"), 1))
    for name in ("m.npz", "m.json"):
        assert load_model(str(tmp_path / name)).temperature == 1.0


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


def test_a_short_text_is_not_filled_up_with_a_row_that_the_model_has_not(tmp_path):
    model = load_model(str(saved(tmp_path / "m.json", changed(("model", "pad_row"), 4))))
    with pytest.raises(
        InputError, match="pad_row: requires a row that the model has, to fill up a text of 1"
    ):
        read_text_review("mine", None, "good", model)
    assert read_text_review("mine", None, "good bad good bad", model)[0].bag == ((3, 2), (5, 2))


@pytest.mark.parametrize("command", ["explain", "audit"])
def test_the_full_published_model_says_which_option_it_needs(command):
    process = exactdyn(command, "--model", data_file("model_d2_full.npz"))
    assert_refused(process, "(has E, alpha, b, v): a model without reviews: name a file", "--reviews")


def test_a_safetensors_model_says_that_reviews_are_elsewhere(tmp_path):
    save_file(WEIGHTS, tmp_path / "m.safetensors")
    process = exactdyn("audit", "--model", "m.safetensors", folder=tmp_path)
    assert_refused(
        process, "m.safetensors: a model without reviews: name a file that has them with --reviews"
    )
