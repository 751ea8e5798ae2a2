from dataclasses import FrozenInstanceError

import pytest

from exactdyn.verdict import Verdict

VERDICTS = [
    Verdict("holds", "every layer", "convex-step"),
    Verdict("fails", witness={"token": 0}),
    Verdict("undecided", reason="the budget is spent"),
]


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: verdict.outcome)
def test_a_verdict_has_no_truth_value(verdict):
    with pytest.raises(TypeError, match="no truth value"):
        bool(verdict)
    with pytest.raises(TypeError):
        any([verdict])


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: verdict.outcome)
def test_a_verdict_cannot_be_changed(verdict):
    with pytest.raises(FrozenInstanceError):
        verdict.outcome = "holds"


def test_a_verdict_shows_what_it_says_but_not_pages_of_evidence():
    shown = repr(Verdict("holds", "every layer", "no-collision", evidence={"lower": [[1]]}))
    assert "no-collision" in shown
    assert "lower" not in shown
    assert "the budget is spent" in repr(VERDICTS[2])
