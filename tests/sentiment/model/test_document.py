"""Models and reviews as a document: a wrong field is refused with one line."""

import pytest

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import load_model, load_reviews
from tests.sentiment.model.stated import REVIEWS, changed, refusal, saved


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
