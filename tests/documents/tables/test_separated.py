"""Whatever way a table is written: it is read back exactly, or refused, and never as other numbers."""

import csv
import io
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exactdyn import InputError
from exactdyn.documents.tables.table import table_of_text
from exactdyn.numbers.fields.joining import number

DECIMALS = st.decimals(-1000, 1000, places=3, allow_nan=False).map(lambda x: x.normalize())
LABELS = st.sampled_from(["a", "b c", "é", "x,y", "a;b", 'q"q', "#h", "2020-01-01", "nan", "sqrt(2)", "7"])
HEADS = ("none", "names", "names of columns", "pandas", "r")
DIALECTS = [(ending, separator) for ending in (".csv", ".tsv", ".txt") for separator in ",;\t "]


def written(rows, labels, separator, head, comma):
    """The text of a table, by Python's own writer; ``comma``: decimals have commas."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\n")
    names = [f"x{column}" for column in range(len(rows[0]))]
    if head == "names" or (head == "names of columns" and labels is None):
        writer.writerow(names if labels is None else ["word", *names])
    elif head in ("pandas", "names of columns") and labels is not None:
        writer.writerow(["", *names])
    elif head == "r" and labels is not None:
        writer.writerow(names)
    for row, cells in enumerate(rows):
        texts = [format(cell, "f") for cell in cells]
        texts = [text.replace(".", ",") for text in texts] if comma else texts
        writer.writerow(texts if labels is None else [labels[row], *texts])
    return file.getvalue()


SHAPES = st.tuples(st.integers(1, 3), st.integers(1, 3))


@given(st.data(), st.sampled_from(DIALECTS), SHAPES, st.sampled_from(HEADS), st.booleans(), st.booleans())
def test_a_table_is_read_exactly_or_refused(data, dialect, shape, head, comma, labelled):
    (ending, separator), (count, width) = dialect, shape
    rows = [[data.draw(DECIMALS) for _ in range(width)] for _ in range(count)]
    labels = [data.draw(LABELS) for _ in range(count)] if labelled else None
    # A comma separates where it is said to, and in a .csv where nothing else does.
    comma = comma and separator != "," and not (ending == ".csv" and width == 1)
    text = written(rows, labels, separator, head, comma)
    try:
        found = table_of_text(text, ending, "tokens")
    except InputError:
        return
    exact = tuple(tuple(Fraction(cell) for cell in row) for row in rows)
    if labels is not None and found.labels is None:
        numbered = labels == [str(row) for row in range(count)] and head in ("pandas", "names of columns")
        # A first column of numbers is one more coordinate, unless something says that it is not.
        assert numbered or found.numbers == tuple(
            (number(own, ""), *row) for own, row in zip(labels, exact, strict=True)
        )
        return
    assert found.numbers == exact
    assert found.labels == (None if labels is None else tuple(labels))
