"""Tables of labelled reviews: a wrong one is refused with one line."""

import pytest

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import load_model, load_reviews


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("words,label\na,1\n", "text: requires a column text or review, or --text-column, got"),
        ("text,label\nfilm,maybe\n", "line 2: label: requires one of 1, pos, positive"),
        ('text,label\n"film,1\n', "requires comma-separated values"),
        (
            "text,label,rating\nfilm,1,7\n",
            "column rating: not used, so refused; requires none but text, review, label, sentiment",
        ),
        ("text,text\nfilm,plot\n", "--text-column: requires one column, got text, text"),
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
