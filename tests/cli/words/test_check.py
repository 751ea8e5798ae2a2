"""The table of a check has a row for every hypothesis and statement, and says what the data say."""

import pytest

from exactdyn.cli.words.check import verdict_table
from exactdyn.documents import load_example
from exactdyn.statements.theorem import check


@pytest.mark.parametrize("name", ["cyclic", "emerging-leader", "negative-alpha-grows"])
def test_every_verdict_has_its_row(name):
    example = load_example(name)
    result = check(example.run(3))
    rows = [line.split() for line in verdict_table(example, result).splitlines()]
    shown = {row[0]: row[1] for row in rows if len(row) > 1}
    for verdicts in (result.hypotheses, result.statements):
        assert {own: shown[own] for own in verdicts} == {
            own: found.outcome for own, found in verdicts.items()
        }
