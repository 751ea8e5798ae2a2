"""Examples that cannot be read: one clear line, promptly, and without memory spent."""

import gzip
import io
import os
import pickle
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

from exactdyn import InputError, load_example
from exactdyn.documents import example_text, files
from exactdyn.systems.run import LAYERS_LIMIT
from tests.example_files import archive_bytes, array_bytes, refusal, saved

PAIR = "tokens = [[1, 2], [3, 4]]\n"


def array_header(header: str, version: bytes = b"\x01\x00") -> bytes:
    return b"\x93NUMPY" + version + len(header).to_bytes(2, "little") + header.encode()


def beginning(value: object) -> str:
    """A test's name, where its input is long."""
    return str(value)[:40]


@pytest.mark.parametrize("name", ["nothing", "", "Square", "a\nb", "a\0b", "x" * 300])
def test_an_unknown_name_is_refused_with_a_way_to_the_known_ones(name):
    assert "neither a file nor a built-in example; `exactdyn examples`" in refusal(name)
    with pytest.raises(InputError):
        example_text(name)


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("A = [[1, 0]]", "A: requires a square matrix, got 1 x 2"),
        ('form = "other"', 'form: requires "normalised" or "unnormalised"'),
        ("alpha = nan", 'alpha: requires a rational number such as "3" or "-1/18", got \'nan\''),
        ("alpha = -inf", "alpha: requires a rational number"),
        ('alpha = "nan"', "alpha: requires a rational number"),
        ("alpha = true", "alpha: requires a number, got the truth value True"),
        ("alpha = 1e999999999", "alpha: requires an exponent of at most 10000, got '1e999999999'"),
        ('alpha = "1e999999999"', "alpha: requires an exponent of at most 10000"),
        ('alpha = "1/0"', "alpha: a zero denominator in '1/0'"),
        ("alpha = -1", "alpha: requires a number other than -1"),
        ("alpha = -1.0", "alpha: requires a number other than -1"),
        ("alpha = [1]", "alpha: requires an exact number"),
        ("alpha = 1979-05-27", "alpha: requires an exact number"),
        ("alpha = ", "requires a TOML document: Invalid value"),
        ("alpha = 1\nalpha = 2", "requires a TOML document: Cannot overwrite a value"),
        ("alpha = " + "1" * 5000, "requires a TOML document: an integer of more than 4300 digits"),
        ("alpha = 0x" + "f" * 1_500_000, "a literal of more than 1000000 characters"),
        ('alpha = "0x' + "f" * 1_500_000 + '"', "alpha: a number of 1500002 characters"),
        ("alpha = " + "[" * 100_000, "nested too deeply"),
        ("a." * 100_000 + "b = 1", "a key of more than 16 parts"),
        ('t = {x = """\n\'""", ' + "a." * 100_000 + "b = 1}", "a key of more than 16 parts"),
        ('\'a"\'."\\"".' * 50 + "b = 1", "a key of more than 16 parts"),
        ("alpha = 1\nbeta = 1", "'beta': unknown field, requires one of tokens, alpha, A, form"),
        ('alpha = 1\n"a\\nb" = 1', r"'a\nb': unknown field"),
        ("alpha = 1\nA = []", "A: requires at least one row"),
        ("alpha = 1\nA = [[1]]", "A: requires 2 x 2 for these tokens, got 1 x 1"),
        ("alpha = 1\nA = [[1, 2]]", "A: requires a square matrix, got 1 x 2"),
        ("alpha = 1\nA = [[1, 2], [3]]", "A[1]: requires 2 coordinates like row 0, got 1"),
        ("alpha = 1\nA = [[1, 2], [3, true]]", "A[1][1]: requires a number, got the truth value True"),
        ("alpha = 1\nA = 1", "A: requires rows of numbers, got 1"),
        ("alpha = 1\nlayers = -1", f"layers: requires an integer from 0 to {LAYERS_LIMIT}, got -1"),
        ("alpha = 1\nlayers = 10000001", "layers: requires an integer"),
        ("alpha = 1\nlayers = 3.0", "layers: requires an integer"),
        ('alpha = 1\nlayers = "3"', "layers: requires an integer"),
        ("alpha = 1\nlayers = true", "layers: requires an integer"),
        ("alpha = 1\nlayers = 0x" + "f" * 6000, "layers: requires an integer"),
        ('alpha = 1\nform = "other"', 'form: requires "normalised" or "unnormalised", got \'other\''),
        ("alpha = 1\nform = 0x" + "f" * 6000, 'form: requires "normalised" or "unnormalised"'),
        ('alpha = 1\nlabels = ["a"]', "labels: requires 2 texts, one a token, got 1"),
        ('alpha = 1\nlabels = "ab"', "labels: requires a list of texts, got 'ab'"),
        ('alpha = 1\nlabels = ["a", 1]', "labels[1]: requires a text, got 1"),
        ("alpha = 1\nlabels = [0.5, 0.5]", "labels[0]: requires a text, got '0.5'"),
        ('alpha = 1\nlabels = ["a", "b\\n"]', r"labels[1]: requires no control characters, got 'b\n'"),
    ],
    ids=beginning,
)
def test_a_bad_field_of_a_toml_document_is_named(tmp_path, rest, line):
    assert refusal(saved(tmp_path, "broken.toml", PAIR + rest)).startswith(f"broken.toml: {line}")


@pytest.mark.parametrize(
    ("tokens", "line"),
    [
        ("[]", "tokens: requires at least one row, got none"),
        ("[[]]", "tokens[0]: requires at least one coordinate, got none"),
        ("[[1, 2], [3, 4], [5, 6, 7]]", "tokens[2]: requires 2 coordinates like row 0, got 3"),
        ("[1, 2]", "tokens[0]: requires numbers, got 1"),
        ('"ab"', "tokens: requires rows of numbers, got 'ab'"),
        ("{a = 1}", "tokens: requires rows of numbers"),
        ("[[1, [2]]]", "tokens[0][1]: requires an exact number"),
        ('[["1/0"]]', "tokens[0][0]: a zero denominator"),
        ("[[1, nan]]", "tokens[0][1]: requires a rational number"),
        ("[[1, 1e999999999]]", "tokens[0][1]: requires an exponent of at most 10000"),
    ],
)
def test_bad_tokens_are_named_by_row_and_column(tmp_path, tokens, line):
    path = saved(tmp_path, "broken.toml", f"alpha = 1\ntokens = {tokens}")
    assert refusal(path).startswith(f"broken.toml: {line}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "requires a JSON document: Expecting value"),
        ('{"tokens": [[1]]', "requires a JSON document: Expecting ',' delimiter"),
        ("[1]", "requires an object with named fields, got [1]"),
        ("null", "requires an object with named fields, got None"),
        ("[" * 1_000_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"tokens": [[1]], "alpha": 1, "alpha": 2}', "'alpha': given twice"),
        ('{"alpha": 1}', "tokens: requires a value, got none"),
        ('{"tokens": null, "alpha": 1}', "tokens: requires rows of numbers, got None"),
        ('{"tokens": [[null]], "alpha": 1}', "tokens[0][0]: requires an exact number"),
        ('{"tokens": [[true]], "alpha": 1}', "tokens[0][0]: requires a number, got the truth value True"),
        ('{"tokens": [[NaN]], "alpha": 1}', "tokens[0][0]: requires a rational number"),
        ('{"tokens": [[1]], "alpha": -Infinity}', "alpha: requires a rational number"),
        ('{"tokens": [[1]], "alpha": null}', "alpha: requires an exact number"),
        ('{"tokens": [[1e999999999]], "alpha": 1}', "tokens[0][0]: requires an exponent"),
        ('{"tokens": [[' + "9" * 5000 + ']], "alpha": 1}', "requires a JSON document: an integer"),
        ('{"tokens": [[1]], "alpha": 1, "A": null}', "A: requires rows of numbers, got None"),
        ('{"tokens": [[1]], "alpha": 1, "form": null}', "form: requires"),
        ('{"tokens": [[1]], "alpha": 1, "labels": null}', "labels: requires a list of texts, got None"),
        ('{"tokens": [[1]], "alpha": 1, "labels": ["\\ud800"]}', "labels[0]: requires no control characters"),
        ('{"tokens": [[1]], "alpha": 1, "layers": null}', "layers: requires an integer"),
    ],
    ids=beginning,
)
def test_a_bad_json_document_is_refused(tmp_path, text, line):
    assert refusal(saved(tmp_path, "broken.json", text)).startswith(f"broken.json: {line}")


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("t.csv", "", "tokens: requires at least one row, got none"),
        ("t.csv", "x,y\n", "tokens: requires at least one row, got none"),
        ("t.csv", "1,2\n3\n", "tokens[1]: requires 2 coordinates like row 0, got 1"),
        ("t.csv", "1;2\n", 'tokens[0][0]: requires a rational number such as "3" or "-1/18", got \'1;2\''),
        ("t.csv", "1,2,\n", "tokens[0][2]: requires a rational number"),
        ("t.csv", "1e999999999\n", "tokens[0][0]: requires an exponent"),
        ("t.csv", '"1,2', "requires comma-separated values"),
        ("t.csv", "1" * 200_000, "requires comma-separated values (field larger than field limit"),
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


@pytest.mark.parametrize("cut", [1, 9, 20])
def test_a_truncated_gzip_file_is_refused(tmp_path, cut):
    whole = gzip.compress(b'{"tokens": [[1]], "alpha": 1}')
    assert "truncated or damaged" in refusal(saved(tmp_path, "t.json.gz", whole[:-cut]))


def test_a_damaged_gzip_file_is_refused(tmp_path):
    damaged = bytearray(gzip.compress(os.urandom(1000)))
    damaged[500] ^= 255
    assert "truncated or damaged" in refusal(saved(tmp_path, "t.json.gz", bytes(damaged)))
    assert "truncated or damaged" in refusal(saved(tmp_path, "u.json.gz", b"{}"))


def test_files_beyond_the_limits_are_refused_without_reading_them(tmp_path):
    for name in ("large.toml", "large.npy"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(2**32)  # a sparse file: it takes no room
    tracemalloc.start()
    assert "requires at most 33554432 bytes" in refusal(tmp_path / "large.toml")
    assert "requires at most 268435456 bytes" in refusal(tmp_path / "large.npy", alpha=1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**22


def test_a_compressed_bomb_is_refused_within_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "TEXT_SIZE_LIMIT", 2**20)
    bomb = saved(tmp_path, "bomb.json.gz", gzip.compress(bytes(2**26)))
    tracemalloc.start()
    assert "requires at most 1048576 bytes" in refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**23


@pytest.mark.parametrize("lie", [False, True])
def test_an_archive_bomb_is_refused_within_the_limit(tmp_path, monkeypatch, lie):
    monkeypatch.setattr("exactdyn.documents.table.ARRAY_SIZE_LIMIT", 2**20)
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


def test_what_is_no_readable_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    saved(tmp_path, "t.txt", "1")
    latin = saved(tmp_path, "latin.toml", b'a = "\xe9"')
    assert refusal(tmp_path / "missing.toml") == "missing.toml: no such file"
    assert refusal(tmp_path / "folder.toml") == "folder.toml: requires a file, got a directory"
    assert refusal(tmp_path / "pipe.toml") == "pipe.toml: requires a file, got a device or pipe"
    assert refusal(tmp_path / "t.txt").startswith("t.txt: requires a name that ends in one of .toml,")
    assert refusal(latin) == "latin.toml: requires UTF-8 text, got the byte 0xe9 at offset 5"
    assert refusal("a\0.toml") == r"'a\x00.toml': no such file"
    assert refusal("x" * 300 + ".toml").endswith(("File name too long", "no such file"))

    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)  # a file's own permissions do not stop a superuser
    assert refusal(latin) == "latin.toml: cannot be read: Permission denied"


def test_alpha_and_matrix_are_given_once(tmp_path):
    table = saved(tmp_path, "t.csv", "1,2\n")
    with pytest.raises(InputError, match=r"t\.csv: alpha: requires a number"):
        _ = load_example(table).system
    assert refusal("cyclic", alpha=1) == "cyclic: alpha: stated there, so none may be given beside it"
    assert refusal("cyclic", matrix=[[1]]) == "cyclic: A: stated there, so none may be given beside it"
    assert refusal(table, alpha=0.5).startswith("t.csv: alpha: 0.5 is a binary float")
    assert refusal(table, alpha="-1").startswith("t.csv: alpha: requires a number other than -1")
    assert refusal(table, alpha=1, matrix=[[1]]).startswith("t.csv: A: requires 2 x 2 for these tokens")


def test_a_bad_matrix_file_is_named(tmp_path):
    table = saved(tmp_path, "t.csv", "1,2\n")
    bad = saved(tmp_path, "m.csv", "1,2\n3,x4\n")
    for matrix, line in [
        (bad, "m.csv: A[1][1]: requires a rational number"),
        (tmp_path / "n.csv", "n.csv: no such file"),
        (tmp_path / "m.toml", "m.toml: requires a name that ends in one of .csv, .npy, .npz"),
    ]:
        with pytest.raises(InputError) as caught:
            load_example(table, alpha=1, matrix=matrix)
        assert str(caught.value).startswith(f"{tmp_path}/{line}")
