"""The small systems of a row: all of its kind, and otherwise those of the theorem."""

from itertools import islice

import pytest

from exactdyn.hunts.kind_rows import KIND_ROWS
from exactdyn.hunts.small_systems import SIZES, small_systems
from exactdyn.statements.theorem import check


@pytest.mark.parametrize("row", KIND_ROWS, ids=lambda row: row.name)
def test_every_small_system_of_a_row_has_the_facts_that_its_lemmas_ask_for(row):
    for count, dimension in SIZES:
        for system in row.makes(count, dimension):
            facts = system.facts(dimension)
            assert all(getattr(facts, name) for name in row.always)


@pytest.mark.parametrize("row", KIND_ROWS, ids=lambda row: row.name)
def test_the_systems_of_a_row_differ_from_the_theorems_in_what_is_changed_alone(row):
    for system, tokens in islice(small_systems(row.makes, (3, 2), row.ordered), 0, 60, 30):
        assert len({*tokens}) == 3
        assert all(any(token) for token in tokens)
        result = check(system.run(tokens, 0), 1)
        violated = {name for name, verdict in result.hypotheses.items() if verdict.outcome == "fails"}
        several = {"symmetric", "positive-definite"} if row.name == "two-heads" else set()
        assert violated <= ({"positive-alpha"} if row.name == "first-step-whole" else several)
        assert not result.applies
