"""Tables of numbers: what they hold, and what is refused in one line."""

import io
import os
import pickle
import tracemalloc
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from exactdyn import Hardmax, load_example
from exactdyn.numbers.reading import ExactFloats, exact_rows
from tests.documents.test_example_refusals import beginning
from tests.example_files import archive_bytes, array_bytes, refusal, saved


def array_header(header: str, version: bytes = b"\x01\x00") -> bytes:
    return b"\x93NUMPY" + version + len(header).to_bytes(2, "little") + header.encode()


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("t.csv", "", "tokens: requires at least one row, got none"),
        ("t.csv", "x,y\n", "tokens: requires at least one row, got none"),
        ("t.csv", "1,2\n3\n", "tokens[1]: requires 2 coordinates like row 0, got 1"),
        ("t.csv", "1:2\n", 'tokens[0][0]: requires a rational number such as "3" or "-1/18", got \'1:2\''),
        ("t.csv", "1,2,\n", "tokens[0][2]: requires a rational number"),
        ("t.csv", "1e999999999\n", "tokens[0][0]: requires an exponent"),
        ("t.csv", '"1,2', "requires cells separated by commas (unexpected end of data) (line 1)"),
        ("t.csv", "1" * 200_000, "tokens[0][0]: more than 4000 digits: write the integers as 0x... (line 1)"),
        ("t.csv", b"1,\xff\n", "requires UTF-8 text, got the byte 0xff at offset 2"),
        ("t.npy", b"", "requires an array in the .npy format"),
        ("t.npy", array_bytes(np.zeros(3)), "tokens: requires rows (an array with 2 axes), got 1 axes"),
        ("t.npy", array_bytes(np.zeros((0, 2))), "tokens: requires at least one row and one column"),
        ("t.npy", array_bytes(np.zeros((2, 0), int)), "tokens: requires at least one row and one column"),
        ("t.npy", array_bytes(np.array([[1, np.nan]])), "tokens[0][1]: requires a finite number, got nan"),
        ("t.npy", array_bytes(np.array([[-np.inf]])), "tokens[0][0]: requires a finite number, got -inf"),
        ("t.npy", array_bytes(np.array([[True]])), "requires an array of floats or integers, got dtype bool"),
        ("t.npy", array_bytes(np.array([["1"]])), "requires an array of floats or integers, got dtype <U1"),
        ("t.npy", array_bytes(np.array([[1j]])), "requires an array of floats or integers"),
        ("t.npy", array_bytes(np.array([[{}]])), "requires an array of numbers, got pickled objects"),
        ("t.npy", array_bytes(np.zeros((2, 3)))[:-1], "truncated or damaged: shape (2, 3) takes 48 bytes"),
        ("t.npy", array_bytes(np.zeros((2, 3)))[:30], "requires an array in the .npy format"),
        ("t.npz", b"PK", "requires a .npz archive"),
        ("t.npz", archive_bytes(), "requires one array, got 0"),
        ("t.npz", archive_bytes(x=np.eye(2), y=np.eye(2)), "requires one array, got 2"),
        ("t.npz", archive_bytes(x=np.array([[{}]])), "requires an array of numbers, got pickled objects"),
        ("t.npz", archive_bytes(x=np.eye(2))[:-5], "requires a .npz archive, got a damaged one"),
        ("t.npz", array_bytes(np.eye(2)), "requires a .npz archive, got a damaged one"),
    ],
    ids=beginning,
)
def test_a_bad_table_is_refused(tmp_path, name, content, line):
    assert refusal(saved(tmp_path, name, content), alpha=1).startswith(f"{name}: {line}")


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 2), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -2), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1L, 2L), }",
        "{'descr': 'nonsense', 'fortran_order': False, 'shape': (1, 2), }",
        "{'descr': (",
        "(" * 5000,
        "\t\n'''",
    ],
    ids=beginning,
)
def test_a_hostile_array_header_is_refused(tmp_path, header, recwarn):
    assert refusal(saved(tmp_path, "t.npy", array_header(header)), alpha=1).startswith("t.npy: ")
    assert not recwarn.list


def test_an_array_in_a_format_of_the_future_is_refused(tmp_path):
    content = array_header("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1), }", b"\x09\x00")
    assert "requires an array in the .npy format" in refusal(saved(tmp_path, "t.npy", content), alpha=1)


class Explosive:
    """Unpickling it makes a directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.folder),)


def test_a_pickle_is_never_read(tmp_path):
    mark = tmp_path / "unpickled"
    inside = np.array([[Explosive(mark)]], dtype=object)
    for name, content in [
        ("raw.npy", pickle.dumps(Explosive(mark))),
        ("objects.npy", array_bytes(inside)),
        ("objects.npz", archive_bytes(tokens=inside)),
    ]:
        assert "never read" in refusal(saved(tmp_path, name, content), alpha=1)
    assert not mark.exists()


@pytest.mark.parametrize("lie", [False, True])
def test_an_archive_bomb_is_refused_within_the_limit(tmp_path, monkeypatch, lie):
    monkeypatch.setattr("exactdyn.documents.tables.arrays.ARRAY_SIZE_LIMIT", 2**20)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tokens.npy", bytes(2**26))
    content = file.getvalue()
    if lie:  # the archive says that its member is small
        content = content.replace((2**26).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path = saved(tmp_path, "bomb.npz", content)
    tracemalloc.start()
    assert refusal(path, alpha=1).startswith("bomb.npz: requires a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**23


def test_an_archive_packed_otherwise_than_numpy_does_is_refused(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("tokens.npy", array_bytes(np.eye(2)))
    assert "stored or deflated" in refusal(saved(tmp_path, "t.npz", file.getvalue()), alpha=1)


def test_a_csv_table_holds_exact_numbers(tmp_path):
    path = saved(tmp_path, "t.csv", "1/3, 0.1\n\n1e-3,-2\r\n")
    example = load_example(path, alpha="1/2")
    assert example.tokens == exact_rows([["1/3", "1/10"], ["1/1000", -2]], "tokens")
    assert (example.name, example.system) == ("t", Hardmax(alpha="1/2"))


@pytest.mark.parametrize("header", ["x,y\n", "\ufeffx, y\n", '"first one",y2\n'])
def test_a_csv_table_may_name_its_columns(tmp_path, header):
    assert load_example(saved(tmp_path, "t.csv", header + "1,2\n"), alpha=1).shape == (1, 2)


@pytest.mark.parametrize("line", ["nan,nan", "inf,Infinity", "x,1", "x,", "1/0,x"])
def test_a_line_of_bad_numbers_is_not_taken_for_a_header(tmp_path, line):
    assert "t.csv: tokens[0]" in refusal(saved(tmp_path, "t.csv", line + "\n1,2\n"), alpha=1)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, ">f8"])
def test_an_array_of_floats_is_kept_as_it_is(tmp_path, dtype):
    array = np.asfortranarray(np.array([[0.1, 0.5, -1], [2, 3, 1e-3]], dtype=dtype))
    example = load_example(saved(tmp_path, "t.npy", array_bytes(array)), alpha=1)
    assert isinstance(example.tokens, ExactFloats)
    assert example.shape == (2, 3)
    assert example.run(0).tokens(0) == [[Fraction(float(x)) for x in row] for row in array]


def test_an_array_of_integers_holds_integers(tmp_path):
    array = np.array([[2**63 + 1, 0]], dtype=np.uint64)
    example = load_example(saved(tmp_path, "t.npy", array_bytes(array)), alpha=1)
    assert example.tokens == ((Fraction(2**63 + 1), Fraction(0)),)


@pytest.mark.parametrize("name", ["x", "tokens", "arr_0"])
def test_an_archive_gives_its_only_array(tmp_path, name):
    only = load_example(saved(tmp_path, "only.npz", archive_bytes(**{name: np.array([[1, 2]])})), alpha=1)
    assert only.tokens == exact_rows([[1, 2]], "")
