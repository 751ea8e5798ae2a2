"""Reviews of a table: named by their number, those without a known word left out."""

import pytest

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import load_model
from exactdyn.sentiment.model.review import read_text_review
from exactdyn.sentiment.model.review_file import read_table_reviews

TABLE = "text,label\nGreat film,pos\nxyz,0\nAwful plot,neg\n"


def test_reviews_keep_their_numbers_where_others_are_left_out():
    model = load_model("handmade")
    found = read_table_reviews(TABLE, model)
    assert [(review.name, review.label) for review in found.reviews] == [("0", 1), ("2", 0)]
    assert found.left_out == ("1",)
    assert [words.used for words in found.texts] == [("Great", "film"), ("Awful", "plot")]


def test_each_review_is_that_of_its_text_alone():
    model = load_model("handmade")
    found = read_table_reviews(TABLE, model)
    for review, text in zip(found.reviews, ["Great film", "Awful plot"], strict=True):
        assert read_text_review(review.name, review.label, text, model)[0] == review


def test_a_table_without_labels_has_none_and_a_wrong_label_is_named_by_its_review():
    model = load_model("handmade")
    assert [review.label for review in read_table_reviews("text\nGreat film\n", model).reviews] == [None]
    with pytest.raises(InputError, match="line 3: label: requires one of"):
        read_table_reviews("text,label\nfilm,1\nfilm,perhaps\n", model)
