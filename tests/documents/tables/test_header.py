"""The first row of a table: names of columns, a token, or a question to the user."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import InputError, load_example
from exactdyn.documents.tables.choice import Choice
from exactdyn.documents.tables.columns import read_columns
from exactdyn.numbers.reading import exact_rows
from tests.command import assert_refused, inside
from tests.example_files import refusal, saved


@pytest.mark.parametrize("first", ["x,y", "x1, x2", "first one,y_2", "x.1,x.2", "größe,Länge", "a,pi", "e,f"])
def test_names_are_a_header_and_that_is_said(tmp_path, first):
    example = load_example(saved(tmp_path, "t.csv", f"{first}\n1,2\n"), alpha=1)
    assert example.tokens == exact_rows([[1, 2]], "")
    (note,) = example.notes
    assert "t.csv: the first row" in note
    assert note.endswith("names the columns and is no token")
    process = inside("run", "t.csv", "--alpha", "1", "--layers", "0", folder=tmp_path)
    assert process.returncode == 0
    assert process.stderr.count("\n") == 1
    assert process.stderr.startswith("exactdyn: t.csv: the first row")


@pytest.mark.parametrize(
    "first",
    ["sqrt(2),x", "sqrt(2),sqrt(-1)", "pi,e", "e,pi", "PI,PI", "x-1,y", "x^2,y", "a*b,c", "2^x,1"],
)
def test_a_token_that_is_no_real_algebraic_number_is_refused_and_not_lost(tmp_path, first):
    line = refusal(saved(tmp_path, "t.csv", f"{first}\n1,2\n"), alpha=1)
    assert line.startswith("t.csv: tokens[0]")
    assert first[0] == "2" or "--header yes" in line
    process = inside("check", "t.csv", "--alpha", "1", folder=tmp_path)
    assert_refused(process, "t.csv: tokens[0]", "requires ")


@pytest.mark.parametrize("first", ["sqrt(2),1", "cos(2*pi/5),sin(2*pi/5)", '"root(x^3-2, 1..2)",-sqrt(2)'])
def test_a_first_row_of_irrational_numbers_is_a_token(tmp_path, first):
    table = saved(tmp_path, "t.csv", f"{first}\n1,2\n")
    example = load_example(table, alpha=1)
    assert (example.shape, example.notes) == ((2, 2), ())
    assert example.tokens == load_example(table, alpha=1, header=False).tokens
    assert load_example(table, alpha=1, header=True).shape == (1, 2)
    assert example.tokens == load_example(saved(tmp_path, "t2.csv", "1,2\n"), 1, table).system.A


@pytest.mark.parametrize("first", ["sqrt(-2)", "pi", "e", "2*x"])
def test_in_dimension_1_too(tmp_path, first):
    assert "t.csv: tokens[0]" in refusal(saved(tmp_path, "t.csv", f"{first}\n1\n"), alpha=1)


@pytest.mark.parametrize("first", ["0", "0,1", "0, 1", "0,1,2"])
def test_the_numbers_of_the_columns_are_asked_about(tmp_path, first):
    row = ",".join(["1/2"] * (first.count(",") + 1))
    path = saved(tmp_path, "t.csv", f"{first}\n{row}\n")
    assert "say --header no or --header yes" in refusal(path, alpha=1)
    counts = {"no": 2, "yes": 1}
    for header, count in counts.items():
        process = inside("run", "t.csv", "--alpha", "1", "--layers", "0", "--header", header, folder=tmp_path)
        assert (process.returncode, process.stderr) == (0, "")
        assert f"t: {count} token" in process.stdout


@pytest.mark.parametrize("first", ["0,2", "1,0", "0,1/1", "0.0,1.0", "00,1", "-0,1"])
def test_other_numbers_are_a_token(tmp_path, first):
    assert load_example(saved(tmp_path, "t.csv", f"{first}\n1,2\n"), alpha=1).shape == (2, 2)


@pytest.mark.parametrize("first", [",0,1", ",1,2", ",x,y", "Unnamed: 0,x,y", '"","x","y"'])
def test_the_numbers_of_the_rows_as_pandas_writes_them_are_no_coordinates(tmp_path, first):
    example = load_example(saved(tmp_path, "t.csv", f"{first}\n0,1/2,1/3\n1,2,3\n"), alpha=1)
    assert (example.tokens, example.labels) == (exact_rows([["1/2", "1/3"], [2, 3]], ""), None)
    assert "numbers the rows and is no coordinate; the first row" in example.notes[0]


def test_a_first_row_with_a_number_missing_is_no_header(tmp_path):
    line = refusal(saved(tmp_path, "t.csv", ",1,2\n3,4,5\n"), alpha=1)
    assert line.startswith("t.csv: tokens[0][0]: requires a rational number")
    assert line.endswith("(line 1)")


def test_what_the_user_says_of_the_first_row_holds(tmp_path):
    names, numbers = saved(tmp_path, "n.csv", "x,y\n1,2\n"), saved(tmp_path, "t.csv", "3,4\n1,2\n")
    assert load_example(numbers, alpha=1, header=True).shape == (1, 2)
    assert load_example(numbers, alpha=1, header=True).notes == ()
    assert load_example(saved(tmp_path, "e.csv", "pi,x-1\n1,2\n"), alpha=1, header=True).shape == (1, 2)
    with pytest.raises(InputError, match=r"tokens\[0\]\[0\]: requires a rational number"):
        load_example(names, alpha=1, header=False)


def test_a_matrix_is_square_so_that_its_shape_says_what_its_first_row_is(tmp_path):
    tokens = saved(tmp_path, "t.csv", "3,4\n1,2\n")
    swap = saved(tmp_path, "swap.csv", "0,1\n1,0\n")
    headed = saved(tmp_path, "headed.csv", "0,1\n2,3\n4,5\n")
    named = saved(tmp_path, "named.csv", "x,y\n2,3\n4,5\n")
    assert load_example(tokens, 1, swap).system.A == ((0, 1), (1, 0))
    assert load_example(tokens, 1, swap).notes == ()
    for table in (headed, named):
        example = load_example(tokens, 1, table)
        assert example.system.A == ((2, 3), (4, 5))
        assert example.notes[0].endswith("names the columns and is no row of A")


def test_only_a_csv_table_has_a_header(tmp_path):
    document = saved(tmp_path, "t.toml", "alpha = 1\ntokens = [[1]]")
    with pytest.raises(InputError, match=r"t\.toml: --header: requires a table in \.csv"):
        load_example(document, header=False)
    with pytest.raises(InputError, match=r"cyclic: --header: requires a table in \.csv"):
        load_example("cyclic", header=True)


CELLS = st.sampled_from(
    ["1", "0", "-1/2", "0.5", "x", "y", "a b", "", "pi", "nan", "sqrt(2)", "id", "2020-01-01"]
)


@given(st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width))))
def test_no_row_and_no_number_is_lost_in_silence(rows):
    for header in (None, True, False):
        try:
            cells = read_columns(rows, [f"line {row}" for row in range(len(rows))], "tokens", Choice(header))
        except InputError:
            continue
        kept = rows[1:] if cells.header is not None else rows
        assert len(cells.rows) == len(kept)
        assert (cells.header is None) or header or "names the columns" in cells.notes[-1]
        for row, (own, given_row) in enumerate(zip(cells.rows, kept, strict=True)):
            dropped = [cell for cell in given_row if cell not in own]
            assert len(given_row) - len(own) in (0, 1)
            assert not dropped or dropped[0] in ((cells.labels or {row: str(row)})[row], "")
