"""The atlas as a table, as LaTeX and as data."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from exactdyn.cli.words.atlas import atlas_data, atlas_latex, atlas_table, read_atlas, sketch
from exactdyn.hunts.atlas import Cell
from exactdyn.pictures import draw_atlas, render

ROOT = Path(__file__).resolve().parents[3]

MADE = ROOT / "docs" / "atlas"


def made():
    return read_atlas(json.loads((MADE / "atlas.json").read_text(encoding="utf-8")))


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
    cells = [Cell("nothing", "norm-growth", outcome) for outcome in ("lemma", "partly", "open")]
    sketches = {(0, place): sketch(cell) for place, cell in enumerate(cells)}
    figure = draw_atlas([("nothing", "all")], ["a", "b", "c"], sketches, {})
    assert len({axes.get_facecolor() for axes in figure.axes[1:]}) == 3
    assert render(figure, "png")


def test_the_table_of_the_atlas_is_the_tools_own_output():
    table = "".join(f"{line}\n" for line in atlas_table(made(), "."))
    assert (MADE / "atlas.md").read_text(encoding="utf-8").startswith(table)
