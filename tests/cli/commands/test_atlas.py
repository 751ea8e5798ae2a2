"""``exactdyn atlas``: written, continued, put into a page."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from exactdyn.cli.atlas_of_kinds import _write_files
from exactdyn.cli.commands.atlas import BEGIN, END, _begun, _text
from exactdyn.cli.words.atlas import atlas_data, atlas_latex, atlas_markdown, read_atlas
from exactdyn.cli.words.kinds_atlas import kinds_data, kinds_markdown
from exactdyn.errors import InputError
from exactdyn.hunts.atlas import COLUMNS, ROWS
from exactdyn.hunts.kind_rows import KIND_ROWS
from exactdyn.statements.catalogue import ON_LAYERS
from tests.amounts import amount
from tests.command import assert_refused, exactdyn, inside
from tests.kinds_atlas import read_kinds

ROOT = Path(__file__).resolve().parents[3]

MADE = ROOT / "docs" / "atlas"
KINDS_PAGES = ("kinds.json", "kinds.md")


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
@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_the_atlas_of_the_readme_is_found_again(tmp_path, column):
    if column not in ON_LAYERS and not amount(0, 1):
        pytest.skip("a column about limits takes minutes: found again with --thorough")
    process = exactdyn("atlas", "-o", tmp_path, "--statement", column, "--workers", 2, timeout=1200)
    assert (process.returncode, process.stderr) == (0, "")
    made, found = (json.loads((folder / "atlas.json").read_text()) for folder in (MADE, tmp_path))
    assert found["cells"] == [cell for cell in made["cells"] if cell["column"] == column]
    files = {path.name for path in MADE.glob(f"{column}-without-*")}
    assert files == {path.name for path in tmp_path.glob("*-without-*")} != set()
    for name in files:
        assert (tmp_path / name).read_bytes() == (MADE / name).read_bytes()


def test_the_atlas_of_the_readme_has_the_cells_of_all_columns_and_its_pages_tell_of_these():
    text = (MADE / "atlas.json").read_text(encoding="utf-8")
    atlas = read_atlas(json.loads(text))
    assert atlas.columns == COLUMNS
    assert atlas.complete
    assert json.dumps(atlas_data(atlas), indent=1) + "\n" == text
    assert (MADE / "atlas.md").read_bytes() == _text(atlas_markdown(atlas))
    assert (MADE / "atlas.tex").read_bytes() == _text(atlas_latex(atlas))
    pages = {f"atlas.{ending}" for ending in ("json", "md", "tex", "png")} | {"rank-three.md"}
    others = {path.name for path in MADE.iterdir() if "-with-" not in path.name} - pages - {*KINDS_PAGES}
    assert {name.split("-without-")[0] for name in others} == {*COLUMNS}


def test_a_table_nested_without_end_is_refused(tmp_path):
    (tmp_path / "atlas.json").write_text("[" * 100_000)
    with pytest.raises(InputError, match="requires an atlas that"):
        _begun(tmp_path / "atlas.json", ())


def test_the_page_of_kinds_is_the_tools_own_output():
    text = (MADE / "kinds.json").read_text(encoding="utf-8")
    atlas = read_kinds(json.loads(text))
    assert json.dumps(kinds_data(atlas), indent=1) + "\n" == text
    assert (MADE / "kinds.md").read_bytes() == _text(kinds_markdown(atlas))


def test_the_command_writes_the_folder_of_kinds(tmp_path, monkeypatch):
    rows = [row for row in KIND_ROWS if row.name == "summable-steps"]
    monkeypatch.setattr("exactdyn.hunts.kind_rows.KIND_ROWS", rows)
    monkeypatch.setattr("exactdyn.hunts.kinds_atlas.ON_LIMIT_CAP", 1)
    process = inside("atlas", "-o", tmp_path, "--kinds")
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout.startswith("hull-shrinkage with summable schedule: holds, by lemma convex-step\n")
    assert {path.name for path in tmp_path.iterdir()} == {*KINDS_PAGES}


@pytest.mark.parametrize(
    "cell", ["distinctness-preserved-with-first-step-whole", "norm-growth-with-a-relu-block"]
)
def test_the_files_of_a_cell_are_written_again_as_they_are(tmp_path, cell):
    atlas = read_kinds(json.loads((MADE / "kinds.json").read_text(encoding="utf-8")))
    _write_files(tmp_path, next(own for own in atlas.cells if own.name == cell))
    for name in (f"{cell}.toml", f"{cell}.json"):
        assert (tmp_path / name).read_bytes() == (MADE / name).read_bytes()


@pytest.mark.parametrize(
    "beside",
    [("--workers", 2), ("--insert", "page.md"), ("--statement", "norm-growth")],
    ids=lambda own: own[0],
)
def test_options_of_the_other_table_are_refused_beside_kinds(tmp_path, beside):
    assert_refused(inside("atlas", "-o", tmp_path / "a", "--kinds", *beside), beside[0], "--kinds")
    assert not (tmp_path / "a").exists()
