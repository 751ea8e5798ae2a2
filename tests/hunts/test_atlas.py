"""The atlas: cells found by search, written, continued, put into a page; the atlas in docs/atlas."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from exactdyn.cli.commands.atlas import BEGIN, END, _begun
from exactdyn.cli.words.atlas import atlas_data, atlas_latex, atlas_lines, atlas_table, read_atlas, sketch
from exactdyn.errors import InputError
from exactdyn.hunts.atlas import COLUMNS, ROWS, Atlas, Cell, fill, plan, row_of
from exactdyn.hunts.hunt import hunt
from exactdyn.pictures import draw_atlas, render
from exactdyn.work.executors import InCaller
from proofs_checks import verify
from tests.command import assert_refused, exactdyn

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "docs" / "atlas"


def filled(row, column):
    def answer(asked):
        return hunt(asked.request, InCaller(), configurations=asked.configurations)

    return fill(next(own for own in ROWS if own.name == row), column, answer)


def made():
    return read_atlas(json.loads((MADE / "atlas.json").read_text(encoding="utf-8")))


def test_a_cell_is_found_by_search_and_named_with_its_witness():
    cell = filled("positive-definite", "distinctness-preserved")
    assert (cell.outcome, cell.counterexample.violated) == ("fails", {"positive-definite"})
    assert "meet at (0)" in next(atlas_lines(Atlas(cells=(cell,))))


def test_a_lemma_makes_searching_idle():
    cell = fill(ROWS[0], "hull-shrinkage", pytest.fail)
    assert (cell.outcome, cell.lemma, cell.searched) == ("lemma", "convex-step", ())


def test_where_the_theorem_applies_its_statements_have_no_counterexample():
    cell = filled("nothing", "limit-set")
    assert (cell.outcome, len(cell.searched)) == ("theorem", len(plan(ROWS[0], "limit-set")))


def test_a_dropped_hypothesis_leaves_all_others_in_place():
    for cell in made().cells:
        found = cell.counterexample
        if found is not None:
            assert len(found.violated) == 1
            assert row_of(cell).dropped in {
                name.replace("-", " ") for name in found.violated
            } or cell.row in (
                "definite",
                *found.violated,
            )


def test_the_atlas_survives_being_written_and_read():
    atlas = made()
    assert read_atlas(json.loads(json.dumps(atlas_data(atlas)))) == atlas
    assert atlas.complete
    assert not replace(atlas, cells=atlas.cells[1:]).complete


def test_latex_numbers_every_counterexample():
    atlas = made()
    items = [line for line in atlas_latex(atlas) if line.startswith(r"\item")]
    assert len(items) == sum(cell.outcome == "fails" for cell in atlas.cells)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="requires LaTeX")
def test_latex_can_be_typeset(tmp_path):
    body = "\n".join(atlas_latex(made()))
    packages = r"\documentclass{article}\usepackage{amsmath, amssymb, booktabs, graphicx}"
    (tmp_path / "a.tex").write_text(rf"{packages}\begin{{document}}{body}\end{{document}}", encoding="utf-8")
    command = ["pdflatex", "-halt-on-error", "a.tex"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_every_outcome_has_a_ground_in_the_picture():
    cells = [Cell("nothing", "norm-growth", outcome) for outcome in ("lemma", "theorem", "open")]
    sketches = {(0, place): sketch(cell) for place, cell in enumerate(cells)}
    figure = draw_atlas([("nothing", "all")], ["a", "b", "c"], sketches, {})
    assert len({axes.get_facecolor() for axes in figure.axes[1:]}) == 3
    assert render(figure, "png")


def test_certificates_of_the_atlas_are_accepted_and_its_examples_are_those_of_the_table():
    names = {path.name for path in MADE.iterdir()}
    for cell in made().cells:
        if cell.outcome in ("fails", "lemma"):
            text = (MADE / f"{cell.name}.json").read_text(encoding="utf-8")
            claims = {claim.name: claim.verdict for claim in verify(text).claims}
            assert claims[cell.column] == ("fails" if cell.outcome == "fails" else "holds")
            names.remove(f"{cell.name}.json")
        if cell.outcome == "fails":
            names.remove(f"{cell.name}.toml")
    assert names == {"atlas.json", "atlas.md", "atlas.png", "atlas.tex"}


def test_the_table_of_the_atlas_is_the_tools_own_output():
    table = "".join(f"{line}\n" for line in atlas_table(made(), "."))
    assert (MADE / "atlas.md").read_text(encoding="utf-8").startswith(table)


def test_every_cell_is_there_once():
    assert sorted((cell.row, cell.column) for cell in made().cells) == sorted(
        (row.name, column) for row in ROWS for column in COLUMNS
    )


def test_the_command_writes_a_folder_and_puts_the_table_into_a_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    options = ("--statement", "leaders-persist", "--insert", page)
    process = exactdyn("atlas", "-o", tmp_path / "atlas", *options)
    assert (process.returncode, process.stderr) == (0, "")
    assert len(process.stdout.splitlines()) == len(ROWS)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n| dropped |")
    assert text.endswith(f"{END}\nafter\n")
    assert "(atlas/leaders-persist-without-positive-alpha.toml)" in text


def test_what_was_interrupted_is_continued_and_what_is_finished_made_anew(tmp_path):
    folder = tmp_path / "atlas"
    options = ("atlas", "-o", folder, "--statement", "leaders-persist")
    assert exactdyn(*options).returncode == 0
    table = folder / "atlas.json"
    whole = table.read_text(encoding="utf-8")
    atlas = read_atlas(json.loads(whole))
    # A cell that only an interrupted run can have left is kept, ...
    told = replace(atlas.cells[0], searched=("told from before",))
    partial = atlas_data(replace(atlas, cells=(told,)))
    table.write_text(json.dumps(partial), encoding="utf-8")
    assert exactdyn(*options).returncode == 0
    continued = read_atlas(json.loads(table.read_text(encoding="utf-8")))
    assert continued == replace(atlas, cells=(told, *atlas.cells[1:]))
    # ... but not that of a finished one.
    assert exactdyn(*options).returncode == 0
    assert table.read_text(encoding="utf-8") == whole


def test_bad_input_of_the_atlas_is_refused(tmp_path):
    assert_refused(
        exactdyn("atlas", "-o", tmp_path / "a", "--statement", "nothing"), "--statement", "nothing"
    )
    page = tmp_path / "page.md"
    page.write_text("no marks\n", encoding="utf-8")
    assert_refused(exactdyn("atlas", "-o", tmp_path / "a", "--insert", page), str(page), BEGIN)
    other = tmp_path / "other"
    other.mkdir()
    (other / "atlas.json").write_text('{"a": 1}', encoding="utf-8")
    assert_refused(exactdyn("atlas", "-o", other), str(other / "atlas.json"))
    assert (other / "atlas.json").read_text(encoding="utf-8") == '{"a": 1}'
    assert_refused(exactdyn("atlas", "-o", page), str(page))


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
