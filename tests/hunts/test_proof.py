"""What proves the answer of a hunt is accepted by the checker."""

import json
from dataclasses import replace
from fractions import Fraction

from exactdyn.certificates.envelope import certificate_text
from exactdyn.hunts.hunt import hunt
from exactdyn.hunts.proof import certificate_data
from exactdyn.work.executors import InCaller
from proofs_checks import verify
from tests.hunts.asked import GENERATED, GIVEN


def results_of(request, own, **settings):
    """Hunt, and return the answer and the results that were recorded."""
    recorded = {}

    def record(task, result):
        assert task not in recorded
        recorded[task] = result

    return hunt(request, own, record=record, **settings), recorded


def test_a_search_to_the_end_is_a_proof_that_the_checker_accepts():
    request = replace(GIVEN, statement="distinctness-preserved", alpha=Fraction(3), layers=3)
    answer, recorded = results_of(request, InCaller())
    assert (answer.status, answer.searched.absent) == ("none", {"given": 1})
    assert set(answer.pieces) == {task.place for task in recorded}
    verify(certificate_text(certificate_data(request, answer)))


def test_a_counterexample_is_certified():
    answer = hunt(GENERATED, InCaller())
    text = certificate_text(certificate_data(GENERATED, answer))
    verify(text)
    assert {"claim": "norm-growth", "verdict": "fails"}.items() <= json.loads(text)["claims"][-1].items()
