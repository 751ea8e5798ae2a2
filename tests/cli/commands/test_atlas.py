"""``exactdyn atlas``: written, continued, put into a page."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from exactdyn.cli.commands.atlas import BEGIN, END, _begun
from exactdyn.cli.words.atlas import atlas_data, read_atlas
from exactdyn.errors import InputError
from exactdyn.hunts.atlas import ROWS
from tests.command import assert_refused, exactdyn, inside

ROOT = Path(__file__).resolve().parents[3]

MADE = ROOT / "docs" / "atlas"


def test_the_command_writes_a_folder_and_puts_the_table_into_a_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    options = ("--statement", "leaders-persist", "--insert", page)
    process = inside("atlas", "-o", tmp_path / "atlas", *options)
    assert (process.returncode, process.stderr) == (0, "")
    assert len(process.stdout.splitlines()) == len(ROWS)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n| dropped |")
    assert text.endswith(f"{END}\nafter\n")
    assert "(atlas/leaders-persist-without-positive-alpha.toml)" in text


def test_what_was_interrupted_is_continued_and_what_is_finished_made_anew(tmp_path):
    folder = tmp_path / "atlas"
    options = ("atlas", "-o", folder, "--statement", "leaders-persist")
    assert inside(*options).returncode == 0
    table = folder / "atlas.json"
    whole = table.read_text(encoding="utf-8")
    atlas = read_atlas(json.loads(whole))
    # A cell that only an interrupted run can have left is kept, ...
    told = replace(atlas.cells[0], searched=("told from before",))
    partial = atlas_data(replace(atlas, cells=(told,)))
    table.write_text(json.dumps(partial), encoding="utf-8")
    assert inside(*options).returncode == 0
    continued = read_atlas(json.loads(table.read_text(encoding="utf-8")))
    assert continued == replace(atlas, cells=(told, *atlas.cells[1:]))
    # ... but not that of a finished one.
    assert inside(*options).returncode == 0
    assert table.read_text(encoding="utf-8") == whole


def test_bad_input_of_the_atlas_is_refused(tmp_path):
    assert_refused(inside("atlas", "-o", tmp_path / "a", "--statement", "nothing"), "--statement", "nothing")
    page = tmp_path / "page.md"
    page.write_text("no marks\n", encoding="utf-8")
    assert_refused(inside("atlas", "-o", tmp_path / "a", "--insert", page), str(page), BEGIN)
    other = tmp_path / "other"
    other.mkdir()
    (other / "atlas.json").write_text('{"a": 1}', encoding="utf-8")
    assert_refused(inside("atlas", "-o", other), str(other / "atlas.json"))
    assert (other / "atlas.json").read_text(encoding="utf-8") == '{"a": 1}'
    assert_refused(inside("atlas", "-o", page), str(page))


@pytest.mark.slow
def test_the_atlas_of_the_readme_is_found_again(tmp_path):
    process = exactdyn("atlas", "-o", tmp_path, "--workers", 2, timeout=1200)
    assert (process.returncode, process.stderr) == (0, "")
    for path in MADE.iterdir():
        if path.suffix != ".png":  # fonts are rendered a little differently by other versions
            assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_table_nested_without_end_is_refused(tmp_path):
    (tmp_path / "atlas.json").write_text("[" * 100_000)
    with pytest.raises(InputError, match="requires an atlas that"):
        _begun(tmp_path / "atlas.json", ())
