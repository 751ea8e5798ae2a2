"""Files that nobody vouches for, and what their names end in."""

import gzip
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import InputError
from exactdyn.cli.app import run_command
from exactdyn.documents import files
from exactdyn.documents.files import ending_of
from tests.example_files import refusal, saved

ENDINGS = (".csv", ".csv.gz", ".npz")


@given(st.text("abz.", min_size=1).filter(lambda stem: stem.strip(".")), st.sampled_from(ENDINGS))
def test_an_ending_is_found_whatever_stands_before_it(stem, ending):
    for written in (ending, ending.upper(), ending.title()):
        assert ending_of(Path("folder.npz", stem + written), ENDINGS) == ending


@pytest.mark.parametrize("name", ["a.gz", "a.csv.", "csv", "acsv", ".csv", "a.csv/b", "a.npz.gz", ""])
def test_a_name_that_ends_otherwise_or_is_all_ending_is_refused(name):
    with pytest.raises(InputError, match=r"^requires a name that ends in one of \.csv, \.csv\.gz, \.npz$"):
        ending_of(Path(name), ENDINGS)


@pytest.mark.parametrize(
    ("endings", "said", "listed"),
    [
        ((".html",), None, ".html"),
        ((".toml", ".json"), None, ".toml or .json"),
        (ENDINGS, None, "one of .csv, .csv.gz, .npz"),
        (ENDINGS, "one of these (pickles are never read)", "one of these (pickles are never read)"),
    ],
)
def test_a_refusal_lists_what_may_stand_there(endings, said, listed):
    with pytest.raises(InputError) as caught:
        ending_of(Path("a.txt"), endings, said)
    assert str(caught.value) == f"requires a name that ends in {listed}"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["plot", "cyclic", "-o", "p.txt"], "p.txt: requires a name that ends in one of .png, .svg, .pdf"),
        (["plot", "cyclic", "-o", "a\nb"], r"'a\nb': requires a name that ends in one of .png, .svg, .pdf"),
        (
            ["explain", "--model", "handmade", "--example", "e.csv"],
            "e.csv: requires a name that ends in .toml or",
        ),
        (
            ["hunt", "norm-growth", "--example", "cyclic", "--layers", "1", "--output", "e"],
            "e: requires a name that",
        ),
        (["train", "-o", "m.npz"], "m.npz: requires a name that ends in .safetensors"),
        (["audit", "--model", "m.pt"], "(pickles are never read)"),
        (["run", "t.xlsx"], "t.xlsx: no such file"),
    ],
)
def test_every_command_refuses_another_ending_and_writes_nothing(tmp_path, monkeypatch, arguments, line):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        run_command(arguments)
    assert line in str(caught.value)
    assert not list(tmp_path.iterdir())


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


def test_what_is_no_readable_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    saved(tmp_path, "t.xls", "1")
    latin = saved(tmp_path, "latin.toml", b'a = "\xe9"')
    assert refusal(tmp_path / "missing.toml") == "missing.toml: no such file"
    assert refusal(tmp_path / "folder.toml") == "folder.toml: requires a file, got a directory"
    assert refusal(tmp_path / "pipe.toml") == "pipe.toml: requires a file, got a device or pipe"
    assert refusal(tmp_path / "t.xls").startswith("t.xls: requires a name that ends in one of .toml,")
    assert refusal(latin) == "latin.toml: requires UTF-8 text, got the byte 0xe9 at offset 5 (line 1)"
    assert refusal("a\0.toml") == r"'a\x00.toml': no such file"
    assert refusal("x" * 300 + ".toml").endswith(("File name too long", "no such file"))

    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)  # a file's own permissions do not stop a superuser
    assert refusal(latin) == "latin.toml: cannot be read: Permission denied"
