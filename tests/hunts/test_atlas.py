"""The atlas: cells found by search, written, continued, put into a page; the atlas in docs/atlas."""

import json
from pathlib import Path

import pytest

from exactdyn.cli.words.atlas import atlas_lines, read_atlas
from exactdyn.hunts.answer import Answer, Searched
from exactdyn.hunts.atlas import COLUMNS, ROWS, Atlas, fill, plan, row_of
from exactdyn.hunts.hunt import hunt
from exactdyn.statements.catalogue import QUESTIONS, STATEMENTS
from exactdyn.work.executors import InCaller
from proofs_checks import verify

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "docs" / "atlas"


def filled(row, column):
    def answer(asked):
        return hunt(asked.request, InCaller(), configurations=asked.configurations)

    return fill(next(own for own in ROWS if own.name == row), column, answer)


def of_kinds(path):
    return path.stem == "kinds" or "-with-" in path.name


def made():
    return read_atlas(json.loads((MADE / "atlas.json").read_text(encoding="utf-8")))


def test_a_cell_is_found_by_search_and_named_with_its_witness():
    cell = filled("positive-definite", "distinctness-preserved")
    assert (cell.outcome, cell.counterexample.violated) == ("fails", {"positive-definite"})
    assert "meet at (0)" in next(atlas_lines(Atlas(cells=(cell,))))


def test_a_lemma_makes_searching_idle():
    cell = fill(ROWS[0], "hull-shrinkage", pytest.fail)
    assert (cell.outcome, cell.lemma, cell.searched) == ("lemma", "convex-step", ())


@pytest.mark.parametrize("column", STATEMENTS)
def test_where_the_theorem_applies_all_that_it_says_holds_by_lemma(column):
    assert fill(ROWS[0], column, pytest.fail).outcome == "lemma"


def test_where_a_lemma_speaks_of_rank_two_alone_hunts_are_in_space():
    hunted = []

    def answer(asked):
        hunted.append(asked.request.dimension)
        return Answer("budget", Searched())

    cell = fill(ROWS[1], "convergence", answer)
    assert (cell.outcome, cell.lemma, {*hunted}) == ("partly", "rank-two-settles", {3})
    assert len(cell.searched) == len(plan(ROWS[1], "convergence"))


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


def test_certificates_of_the_atlas_are_accepted_and_its_examples_are_those_of_the_table():
    names = {path.name for path in MADE.iterdir() if not of_kinds(path)}
    for cell in made().cells:
        if cell.outcome != "open":
            text = (MADE / f"{cell.name}.json").read_text(encoding="utf-8")
            claims = {claim.name: claim.verdict for claim in verify(text).claims}
            assert claims[cell.column] == ("fails" if cell.outcome == "fails" else "holds")
            names.remove(f"{cell.name}.json")
        if cell.outcome == "fails":
            names.remove(f"{cell.name}.toml")
    assert names == {"atlas.json", "atlas.md", "atlas.png", "atlas.tex", "rank-three.md"}


def test_an_atlas_has_a_column_for_every_statement_of_the_theorem():
    assert {*STATEMENTS} <= {*COLUMNS} <= {*STATEMENTS, *QUESTIONS}


def test_every_cell_is_there_once():
    assert sorted((cell.row, cell.column) for cell in made().cells) == sorted(
        (row.name, column) for row in ROWS for column in COLUMNS
    )
