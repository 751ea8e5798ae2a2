"""Files that nobody vouches for, and what their names end in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import InputError
from exactdyn.cli.app import run_command
from exactdyn.documents.files import ending_of

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
