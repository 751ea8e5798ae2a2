"""The rows of the atlas of kinds: their statements, and the lemmas that decide them."""

from itertools import islice

import pytest

from exactdyn.hunts.kind_rows import KIND_ROWS, kind_lemma, row_columns
from exactdyn.hunts.small_systems import small_systems
from exactdyn.statements.catalogue import ON_THE_LIMIT
from exactdyn.statements.theorem import check
from proofs_checks.format.claims import EVERY_LAYER
from tests.kinds_atlas import made


def test_every_statement_about_a_row_has_one_cell():
    places = [(cell.row, cell.column) for cell in made().cells]
    assert places == [(row.name, column) for row in KIND_ROWS for column in row_columns(row)]


@pytest.mark.parametrize("row", KIND_ROWS, ids=lambda row: row.name)
def test_what_a_lemma_says_of_a_row_a_check_says_of_its_systems(row):
    lemmas = {column: kind_lemma(row, column) for column in row_columns(row)}
    for system, tokens in islice(small_systems(row.makes, (3, 2), row.ordered), 0, 60, 30):
        statements = check(system.run(tokens, 2), 10).statements
        for column, lemma in lemmas.items():
            if lemma is not None:
                verdict = statements[column]
                assert (verdict.outcome, verdict.scope) == ("holds", EVERY_LAYER)
                assert column in ON_THE_LIMIT or verdict.lemma == lemma  # or the limit is known
