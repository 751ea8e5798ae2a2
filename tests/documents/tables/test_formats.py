"""Tables of tokens as people have them: accepted with a word, or refused with the cause and the line."""

import codecs
import io
import json
from fractions import Fraction

import numpy as np
import pytest

from exactdyn import Hardmax, InputError, load_example
from exactdyn.numbers.reading import exact_rows
from tests.command import assert_refused, exactdyn, inside
from tests.example_files import archive_bytes, array_bytes, packed, refusal, saved

ROWS = exact_rows([["0.1", "-2"], ["1/2", "3e-3"]], "")
LABELS = ("a b", "c")


def read(folder, name, content, **choice):
    return load_example(saved(folder, name, content), alpha=1, **choice)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", "0.1,-2\n0.5,3e-3\n", ()),
        ("t.csv", "0.1, -2\r\n\r\n0.5, 3e-3\r\n", ()),
        ("t.csv", "0,1;-2\n0,5;3e-3\n", ("separated by semicolons", "decimals have commas (0,1)")),
        ("t.csv", "0.1\t-2\n0.5\t3e-3\n", ("separated by tabs",)),
        ("t.csv", "0.1 -2\n0.5 3e-3\n", ("separated by white space",)),
        ("t.csv", "0,1 -2\n0,5 0,3e-2\n", ("separated by white space", "decimals have commas (0,1)")),
        ("t.tsv", "0.1\t-2\n0.5\t3e-3\n", ()),
        ("t.tsv", "0,1\t-2\n0,5\t3e-3\n", ("decimals have commas (0,1)",)),
        ("t.tsv", "0.1,-2\n0.5,3e-3\n", ("separated by commas",)),
        ("t.txt", "  0.1   -2\n\n  0.5  \t 3e-3 \n", ()),
        ("t.txt", "0.1\t-2\n0.5\t3e-3\n", ()),
        ("t.txt", "0.1, -2\n0.5, 3e-3\n", ("separated by commas",)),
        ("t.txt", "0.1;-2\n0.5;3e-3\n", ("separated by semicolons",)),
        (
            "t.txt",
            "# by hand\n0.1 -2\n# two\n0.5 3e-3\n",
            ("2 lines that begin with # are comments, the first is line 1",),
        ),
        ("t.csv", "# by hand\n0.1,-2\n0.5,3e-3\n", ("a comment is line 1",)),
        ("t.csv", "x,y\n0.1,-2\n0.5,3e-3\n", ("the first row 'x, y' names the columns and is no token",)),
        ("t.csv", "length (cm),width [m]\n0.1,-2\n0.5,3e-3\n", ("names the columns",)),
        (
            "t.csv",
            ",x,y\n0,0.1,-2\n1,0.5,3e-3\n",
            ("numbers the rows and is no coordinate", "names the columns"),
        ),
        ("t.csv", ",0,1\n0,0.1,-2\n1,0.5,3e-3\n", ("numbers the rows", "names the columns")),
        ("t.csv", "Unnamed: 0,x,y\n0,0.1,-2\n1,0.5,3e-3\n", ("column Unnamed: 0 numbers the rows",)),
        ("T.CSV", codecs.BOM_UTF8 + b"0.1,-2\n0.5,3e-3\n", ()),
        ("t.csv", "0.1,-2\n0.5,3e-3\n".encode("utf-16"), ("the text is UTF-16",)),
        ("t.csv", codecs.BOM_UTF16_BE + "0.1,-2\n0.5,3e-3\n".encode("utf-16-be"), ("the text is UTF-16",)),
        ("t.csv.gz", packed(b"0.1,-2\n0.5,3e-3\n"), ()),
        ("t.tsv.gz", packed(b"0.1\t-2\n0.5\t3e-3\n"), ()),
        ("t.json", "[[0.1, -2], [0.5, 3e-3]]", ()),
        ("t.json", '[["0.1", "-2"], ["1/2", "3e-3"]]', ()),
        ("t.json.gz", packed(b"[[0.1, -2], [0.5, 3e-3]]"), ()),
        ("t.json", '[{"x": 0.1, "y": -2}, {"x": 0.5, "y": 3e-3}]', ("the names 'x, y' name the columns",)),
    ],
)
def test_a_table_without_labels(tmp_path, name, content, said):
    example = read(tmp_path, name, content)
    assert (example.tokens, example.labels) == (ROWS, None)
    assert len(example.notes) == bool(said)
    assert [word for word in said if word not in example.notes[0]] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", "a b,0.1,-2\nc,0.5,3e-3\n", "the first column holds the labels, such as 'a b'"),
        ("t.csv", "word,x,y\na b,0.1,-2\nc,0.5,3e-3\n", "column word holds the labels"),
        ("t.csv", "x,y,species\n0.1,-2,a b\n0.5,3e-3,c\n", "column species holds the labels"),
        ("t.csv", ",x,y\na b,0.1,-2\nc,0.5,3e-3\n", "names the columns"),
        ("t.csv", '"","x","y"\n"a b",0.1,-2\n"c",0.5,3e-3\n', "names the columns"),
        ("t.txt", '"x" "y"\n"a b" 0.1 -2\n"c" 0.5 3e-3\n', "the first row 'x, y' names the columns"),
        (
            "t.csv",
            "name;x;y\na b;0,1;-2\nc;0,5;3e-3\n",
            "cells are separated by semicolons; decimals have commas",
        ),
        ("t.tsv", "name\tx\ty\na b\t0.1\t-2\nc\t0.5\t3e-3\n", "column name holds the labels"),
        ("t.vec", "2 2\na b 0.1 -2\nc 0.5 3e-3\n", "the words are the labels"),
        ("t.vec", "2 2\r\na b 0.1 -2 \r\nc 0.5 3e-3 \r\n", "the words are the labels"),
        ("t.vec.gz", packed(b"a b 0.1 -2\nc 0.5 3e-3\n".replace(b"a b", b"c", 1)), "the words"),
        ("t.json", '[["a b", 0.1, -2], ["c", 0.5, 3e-3]]', "the first column holds the labels"),
        ("t.json", '[{"w": "a b", "x": 0.1, "y": -2}, {"w": "c", "x": 0.5, "y": 3e-3}]', "column w holds"),
    ],
)
def test_a_table_with_labels(tmp_path, name, content, said):
    example = read(tmp_path, name, content)
    assert example.tokens == ROWS
    assert example.labels == (("c", "c") if name == "t.vec.gz" else LABELS)
    assert said in example.notes[0]
    path = tmp_path / name
    process = inside("run", path, "--alpha", 1, "--layers", 0)
    assert process.returncode == 0
    assert f"token 0 ({example.labels[0]})" in process.stdout
    assert process.stderr == f"exactdyn: {path}: {example.notes[0].partition(': ')[2]}\n"


def test_what_numpy_writes_is_read_back(tmp_path):
    array = np.array([[0.1, 1 / 3], [2, -1e-300]])
    file = io.StringIO()
    np.savetxt(file, array, header="x y", footer="end")
    example = read(tmp_path, "t.txt", file.getvalue())
    assert example.tokens == exact_rows([[f"{x:.18e}" for x in row] for row in array.tolist()], "")
    assert read(tmp_path, "t.txt", file.getvalue(), columns="y").shape == (2, 1)
    np.savetxt(tmp_path / "t.csv", array, delimiter=",")
    assert load_example(tmp_path / "t.csv", alpha=1).tokens == example.tokens
    np.savetxt(tmp_path / "t.txt.gz", array, delimiter="\t", comments="# ")
    assert load_example(tmp_path / "t.txt.gz", alpha=1).tokens == example.tokens


def test_words_are_words_whatever_they_look_like(tmp_path):
    words = ['"', "#", "1999", "l'été", "\u3000", "a\xa0b", "3.14", "''", ",", "</s>"]
    text = f"{len(words)} 1\n" + "".join(f"{word} 0.{place}5 \n" for place, word in enumerate(words))
    example = read(tmp_path, "t.vec", text)
    assert example.labels == tuple(words)
    assert example.tokens == exact_rows([[f"0.{place}5"] for place in range(len(words))], "")
    counted = read(tmp_path, "t.txt", "2 3\n1999 1 2 3\n# 4 5 6\n")
    assert (counted.labels, counted.shape) == (("1999", "#"), (2, 3))
    assert "line 1 counts words and numbers; the words are the labels" in counted.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        (
            "t.csv",
            "1,2\n3,x\n",
            'tokens[1][1]: requires a rational number such as "3" or "-1/18", got \'x\' (line 2)',
        ),
        ("t.csv", "x,y\n\n1,2\n3,4;5\n", "tokens[1][1]: requires a rational number such as"),
        ("t.csv", "x,y\n\n1,2\n3,4;5\n", "got '4;5' (line 4, column y)"),
        ("t.csv", "1,2\n# that is all\n3\n", "tokens[1]: requires 2 coordinates like row 0, got 1 (line 3)"),
        ("t.csv", "1,nan\n2,3\n", "got 'nan' (line 1)"),
        ("t.csv", "1,2\n3,NA\n", "got 'NA' (line 2)"),
        ("t.csv", "1,2\n3,\n", "got '' (line 2)"),
        (
            "t.csv",
            "1.5;2,5\n",
            "2,5 (line 1) has a comma, 1.5 (line 1) a point: one of them may separate thousands",
        ),
        ("t.csv", "1.234,5;2\n", "got '1.234,5' (line 1)"),
        ("t.txt", "1,5\n2,5\n", "'1,5' may be two cells or one decimal (line 1): name the file .csv"),
        ("t.tsv", "1\n2,5\n", "'2,5' may be two cells or one decimal (line 2)"),
        (
            "t.csv",
            "a,b,1\nc,d,2\n",
            "got texts in columns 0, 1: say which are meant with --columns and --label-column",
        ),
        ("t.csv", "v,w,x\na,b,1\nc,d,2\n", "got texts in columns v, w"),
        (
            "t.csv",
            "id,x\n7,1\n8,2\n",
            "column id may number the rows, or be a coordinate: say --label-column id",
        ),
        ("t.csv", "a,1\n2,3\n", "if the first row names the columns: --header yes"),
        ("t.csv", "e,1\npi,3\n", "tokens[0][0]: requires a real algebraic number"),
        ("t.csv", "2020-01-31,1\n2020-02-01,x\n", "tokens[1][0]: requires a rational number"),
        (
            "t.txt",
            "a 1 2\n# b 3 4\n#c 3 4\n",
            "'#c 3 4' may be a comment, or a row whose label begins with # (line 3)",
        ),
        ("t.csv", b"1,2\n3,\xe9\n", "requires UTF-8 text, got the byte 0xe9 at offset 6 (line 2)"),
        (
            "t.csv",
            "1,2\n".encode("utf-16-le"),
            "got the byte 0x00 at offset 1 (line 1): UTF-16 takes its byte order mark",
        ),
        (
            "t.csv",
            codecs.BOM_UTF16_LE + b"1\0\n\0\x00\xd8",
            "requires UTF-16 text, got something else in line 2",
        ),
        ("t.vec", "3 2\na 1 2\nb 3 4\n", "requires 3 words, as line 1 says, got 2: if so, write 2 there"),
        ("t.vec", "2 2\na 1 2\nb 3 4 5\n", "requires a word and 2 numbers, got 4 cells (line 3)"),
        ("t.vec", "2 2\na 1 2\nb 3\n", "requires a word and 2 numbers, got 2 cells (line 3)"),
        ("t.vec", "a\nb\n", "requires a word and its numbers, got 'a' (line 1)"),
        ("t.vec", "2 2\na 1 2\nb 3 x\n", "got 'x' (line 3)"),
        (
            "t.vec",
            "2 1\na\x85b 1\nc 2\n",
            "labels[0]: requires no control characters, got 'a\\x85b' (line 2)",
        ),
        ("t.json", "[[1, 2], [3]]", "tokens[1]: requires 2 coordinates like row 0, got 1 (row 1)"),
        ("t.json", "[[1, true]]", "tokens[0][1]: requires a number, or a text for a label, got True"),
        ("t.json", "[[1, null]]", "tokens[0][1]: requires a number, or a text for a label, got None"),
        ("t.json", '[{"x": 1}, {"y": 2}]', "tokens[1]: requires an object with the names x, got 'y'"),
        ("t.json", "[]", "tokens: requires at least one row, got none"),
        ("t.json", "3", "requires an object with named fields, or a list of rows, got 3"),
        ("t.txt.gz", b"1 2\n", "requires a gzip file, got a truncated or damaged one"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, name, content, line):
    path = saved(tmp_path, name, content)
    assert line in refusal(path, alpha=1)
    assert_refused(inside("run", name, "--alpha", 1, folder=tmp_path), f"exactdyn: {name}: ")


IRIS = "id,length,width,species\n7,5.1,3.5,setosa\n8,7.0,3.2,versicolor\n"


@pytest.mark.parametrize(
    ("choice", "rows", "labels"),
    [
        (["--columns", "length,width"], [["5.1", "3.5"], [7, "3.2"]], None),
        (["--columns", "width,length"], [["3.5", "5.1"], ["3.2", 7]], None),
        (
            ["--columns", "1-2", "--label-column", "species"],
            [["5.1", "3.5"], [7, "3.2"]],
            ("setosa", "versicolor"),
        ),
        (["--columns", "2", "--label-column", "0"], [["3.5"], ["3.2"]], ("7", "8")),
        (
            ["--columns", "id,width", "--label-column", "3"],
            [[7, "3.5"], [8, "3.2"]],
            ("setosa", "versicolor"),
        ),
    ],
)
def test_columns_and_labels_are_chosen(tmp_path, choice, rows, labels):
    path = saved(tmp_path, "iris.csv", IRIS)
    options = dict(zip((name[2:].replace("-", "_") for name in choice[::2]), choice[1::2], strict=True))
    example = load_example(path, alpha=1, **options)
    assert (example.tokens, example.labels) == (exact_rows(rows, ""), labels)
    for command in ("run", "check", "limit"):
        asked = inside(command, path, "--alpha", 1, *choice, "--json")
        document = saved(
            tmp_path,
            "d.json",
            json.dumps({"alpha": 1, "tokens": [[str(x) for x in row] for row in example.tokens]}),
        )
        assert asked.stdout == inside(command, document, "--json").stdout


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        (
            ["--columns", "length,height"],
            "--columns: requires one of the columns id, length, species, width, got 'height'",
        ),
        (["--columns", "4"], "--columns: requires one of the columns"),
        (["--columns", "1,length"], "--columns: requires each column once, got length twice"),
        (["--columns", "2-1"], "--columns: requires the lower number first, got '2-1'"),
        (["--columns", "length,species"], "got 'setosa' (line 2, column species)"),
        (["--columns", "length", "--label-column", "length"], "--columns: length is that of the labels"),
        (["--label-column", "name"], "--label-column: requires one of the columns"),
        (["--label-column", "id"], "got 'setosa' (line 2, column species)"),
    ],
)
def test_a_choice_that_cannot_be_meant_is_refused(tmp_path, choice, line):
    path = saved(tmp_path, "iris.csv", IRIS)
    assert_refused(inside("run", path, "--alpha", 1, *choice), "iris.csv: ", line)


@pytest.mark.parametrize(
    "command",
    ["run", "check", "limit", "compare", "graph", "plot", "page", "itineraries", "lead", "cells", "softmax"],
)
def test_every_command_reads_a_table_with_labels(tmp_path, command):
    table = saved(tmp_path, "t.csv", "word,x,y\none,1,0\ntwo,0,1/2\nthree,-1,-1\n")
    beside = {
        "graph": ["--layer", 0],
        "plot": ["-o", tmp_path / "p.png"],
        "page": ["-o", tmp_path / "p.html"],
        "itineraries": ["--layers", 1],
        "lead": ["--leaders", 0],
        "softmax": ["--until", 1],
    }
    alpha = [] if command in ("cells", "softmax") else ["--alpha", 1]
    process = inside(command, table, *alpha, *beside.get(command, []))
    assert process.returncode in (0, 1, 3)
    assert "column word holds the labels, such as 'one'" in process.stderr.splitlines()[0]
    if command not in ("plot", "page", "itineraries", "compare"):
        assert "three" in process.stdout
    for option, value in (("--header", "yes"), ("--columns", "x"), ("--label-column", "x")):
        assert_refused(
            inside(command, "cyclic", *beside.get(command, []), option, value),
            f"cyclic: {option}: requires a table",
        )


def test_tables_are_read_from_standard_input(tmp_path):
    for text, shape in [
        ("1,2\n3,4\n", 2),
        ("1 2\n3 4\n", 2),
        ("[[1, 2], [3, 4]]", 2),
        ("word\tx\na\t1\nb\t2\nc\t3\n", 3),
        ("2 2\na 1 2\nb 3 4\n", 2),
    ]:
        process = exactdyn("run", "-", "--alpha", 1, "--layers", 0, input=text)
        assert (process.returncode, f"standard input: {shape} tokens" in process.stdout) == (0, True), process
    process = exactdyn("run", "-", "--alpha", 1, "--columns", "y", input="x,y\n1,2\n")
    assert process.returncode == 0
    assert_refused(
        exactdyn("run", "-", input="alpha = 1\ntokens = [[1\n"), "standard input: requires a TOML document"
    )


def test_an_archive_with_tokens_and_a_system_is_a_document(tmp_path):
    arrays = {
        "tokens": np.array([[1, 2], [3, 4]]),
        "A": np.array([[2.0, 0.5], [0, 1]]),
        "alpha": np.array(0.5),
        "V": np.array([[1, 0], [1, 1]]),
        "labels": np.array(["é", "b"]),
        "layers": np.array(3),
        "ties": np.array("first"),
    }
    example = load_example(saved(tmp_path, "t.npz", archive_bytes(**arrays)))
    system = Hardmax([[2, "1/2"], [0, 1]], "1/2", V=[[1, 0], [1, 1]], ties="first")
    assert (example.system, example.labels, example.layers) == (system, ("é", "b"), 3)
    assert (example.tokens, example.notes) == (exact_rows([[1, 2], [3, 4]], ""), ())
    floats = load_example(saved(tmp_path, "f.npz", archive_bytes(tokens=np.eye(2), alpha=0.1)))
    assert floats.alpha == Fraction(0.1)
    assert "alpha is 3602879701896397/36028797018963968, the exact value of the float 0.1" in floats.notes[0]
    assert load_example(
        saved(tmp_path, "s.npz", archive_bytes(tokens=np.eye(2), alpha="1/10"))
    ).alpha == Fraction(1, 10)
    steps = archive_bytes(tokens=np.eye(2), step=0.1)
    assert "step is 3602879701896397/" in load_example(saved(tmp_path, "e.npz", steps)).notes[0]
    listed = archive_bytes(tokens=np.eye(2), alpha=np.array([1, 2]), A=np.array([np.eye(2), 2 * np.eye(2)]))
    assert load_example(saved(tmp_path, "l.npz", listed)).system.run([[1, 0]], 1).layers == 1
    softmax = load_example(
        saved(tmp_path, "v.npz", archive_bytes(tokens=np.eye(2), V=np.array([[0.5, 0], [0, 1]])))
    )
    assert ((Fraction(1, 2), 0), (0, 1)) == softmax.softmax.V


@pytest.mark.parametrize(
    ("arrays", "line"),
    [
        ({"alpha": np.array([["x"]])}, "alpha"),
        ({"alpha": np.array(np.nan)}, "alpha: requires a finite number, got nan"),
        ({"A": np.eye(3), "alpha": np.array(1)}, "A: requires 2 x 2 for these tokens"),
        ({"labels": np.array(["a"])}, "labels: requires 2 texts, one a token, got 1"),
        ({"labels": np.array([1, 2])}, "labels[0]: requires a text, got 1"),
        ({"labels": np.array([{}, {}])}, "labels: requires an array of numbers, got pickled objects"),
        ({"heads": np.array([1])}, "heads[0]: requires a table, got 1"),
    ],
)
def test_an_archive_that_is_no_document_is_refused(tmp_path, arrays, line):
    assert line in refusal(saved(tmp_path, "t.npz", archive_bytes(tokens=np.eye(2), **arrays)))


def test_columns_of_an_array_are_chosen_by_number(tmp_path):
    path = saved(tmp_path, "t.npy", array_bytes(np.array([[1, 2, 3], [4, 5, 6]])))
    assert load_example(path, alpha=1, columns="2,0").tokens == exact_rows([[3, 1], [6, 4]], "")
    with pytest.raises(InputError, match=r"--columns: requires one of the columns 0 to 2, got 'x'"):
        load_example(path, alpha=1, columns="x")
    with pytest.raises(InputError, match=r"--label-column: requires a table, got one in \.npy"):
        load_example(path, alpha=1, label_column=0)


def test_a_matrix_may_have_names_of_rows_and_columns(tmp_path):
    tokens = saved(tmp_path, "t.csv", "3,4\n1,2\n")
    for name, text in [
        ("A.csv", ",x,y\nx,2,1\ny,1,2\n"),
        ("A.txt", "2 1\n1 2\n"),
        ("A.json.csv", "2;1\n1;2\n"),
    ]:
        example = load_example(tokens, 1, saved(tmp_path, name, text))
        assert example.system.A == ((2, 1), (1, 2))
        assert example.labels is None
