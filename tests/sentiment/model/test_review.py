"""Reviews as the model sees them: cut, filled up, never empty."""

import pytest

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import load_model
from exactdyn.sentiment.model.review import make_review, read_text_review
from tests.sentiment.model.stated import changed, saved


def test_a_long_text_is_cut_and_an_empty_review_refused():
    review, words = read_text_review("long", None, "film " * 50, load_model("handmade"))
    assert review.bag == ((3, 12),)
    assert (len(words.used), words.cut, words.unknown) == (12, ("film",) * 38, ())
    with pytest.raises(InputError, match="requires 1 to 16384 tokens, got 0"):
        make_review("empty", None, [])


def test_a_short_text_is_not_filled_up_with_a_row_that_the_model_has_not(tmp_path):
    model = load_model(str(saved(tmp_path / "m.json", changed(("model", "pad_row"), 4))))
    with pytest.raises(
        InputError, match="pad_row: requires a row that the model has, to fill up a text of 1"
    ):
        read_text_review("mine", None, "good", model)
    assert read_text_review("mine", None, "good bad good bad", model)[0].bag == ((3, 2), (5, 2))
