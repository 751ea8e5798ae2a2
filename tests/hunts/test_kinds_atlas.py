"""The atlas of kinds: its lemmas hold for small systems of a row, its examples fail, it is found again."""

import json

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.cli.words.kinds_atlas import kinds_data
from exactdyn.documents.load import load_example
from exactdyn.hunts.kind_rows import KIND_ROWS, row_columns
from exactdyn.hunts.kinds_atlas import KindCell, KindsAtlas, fill_row, kind_row_of
from exactdyn.hunts.small_systems import SIZES
from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.amounts import amount
from tests.kinds_atlas import MADE, made, read_kinds

FAILING = [cell for cell in made().cells if cell.outcome == "fails"]


@pytest.mark.parametrize("cell", FAILING, ids=lambda cell: cell.name)
def test_an_example_of_the_atlas_fails_as_it_says_and_its_certificate_is_accepted(cell):
    run = load_example(MADE / f"{cell.name}.toml").run()
    assert CATALOGUE[cell.column].decide(run).outcome == "fails"
    text = (MADE / f"{cell.name}.json").read_text(encoding="utf-8")
    assert {claim.name: claim.verdict for claim in verify(text).claims}[cell.column] == "fails"
    system = json.loads(text)["system"]
    assert system["tokens"] == cell.example["tokens"]
    assert text == certificate_text(cell.failing.certificate)


def test_the_files_of_the_atlas_are_those_of_its_cells():
    names = {path.name for path in MADE.iterdir() if "-with-" in path.name}
    assert names == {f"{cell.name}.{ending}" for cell in FAILING for ending in ("toml", "json")}


def test_an_example_that_does_not_fail_is_no_example():
    document = {"tau": "1/2", "tokens": [["1"], ["2"]], "layers": 1}
    with pytest.raises(ValueError, match="requires an example that fails, got holds"):
        _ = KindCell("first-step-whole", "distinctness-preserved", "fails", document).failing


def test_the_atlas_survives_being_written_and_read():
    assert read_kinds(json.loads(json.dumps(kinds_data(made())))) == made()


def test_a_certificate_keeps_a_value_matrix_that_turns_the_sign_of_alpha():
    for alpha in ("1/2", "-1/2", "2", "-2"):
        text = json.dumps(check(Hardmax(alpha=alpha, V=[[-1]]).run([[1], [2]], 1)).certificate, default=str)
        assert '"V"' in text
        assert '"V"' not in json.dumps(
            check(Hardmax(alpha=1, V=[[2]]).run([[1]], 1)).certificate, default=str
        )


@pytest.mark.parametrize("row", KIND_ROWS, ids=lambda row: row.name)
def test_the_examples_of_two_tokens_on_a_line_are_found_again(row, monkeypatch):
    monkeypatch.setattr("exactdyn.hunts.kinds_atlas.ON_LIMIT_CAP", 6)
    small = [size for size in SIZES if size[0] <= 2 and size[1] == 1]
    known = {cell.column: cell for cell in made().cells if cell.row == row.name}
    for cell in fill_row(row, small):
        if cell.outcome == "fails":
            assert cell == known[cell.column]


@pytest.mark.slow
@pytest.mark.parametrize("row", KIND_ROWS[: amount(2, len(KIND_ROWS))], ids=lambda row: row.name)
def test_a_row_of_the_atlas_is_found_again_cell_by_cell(row):
    cells = tuple(cell for cell in made().cells if kind_row_of(cell) == row)
    assert fill_row(row) == cells
    assert cells == tuple(KindsAtlas(cells).cell(row, column) for column in row_columns(row))
