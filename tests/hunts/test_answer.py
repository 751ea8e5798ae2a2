"""What results amount to: none is proved but by all of them."""

from dataclasses import replace

import pytest

from exactdyn.hunts.answer import gathered
from exactdyn.hunts.hunt import hunt
from exactdyn.hunts.request import Result, Task
from exactdyn.work.executors import InCaller
from tests.hunts.asked import GENERATED, GIVEN, without_counterexamples


def results_of(request, own, **settings):
    """Hunt, and return the answer and the results that were recorded."""
    recorded = {}

    def record(task, result):
        assert task not in recorded
        recorded[task] = result

    return hunt(request, own, record=record, **settings), recorded


@pytest.mark.parametrize(
    ("request_", "examination", "status"),
    [
        (GIVEN, without_counterexamples, "none"),
        (replace(GIVEN, ties=False), without_counterexamples, "budget"),
        (GIVEN, lambda request, task, limit: Result(reason="too hard"), "budget"),
        (GENERATED, without_counterexamples, "budget"),
    ],
)
def test_only_a_search_of_everything_proves_that_there_is_none(request_, examination, status):
    answer = hunt(request_, InCaller(), examine=examination, configurations=None if request_.complete else 5)
    assert answer.status == status
    assert (answer.pieces is not None) == (status == "none")


def test_a_tree_with_a_hole_is_no_proof():
    results = results_of(GIVEN, InCaller(), examine=without_counterexamples)[1]
    assert gathered(GIVEN, results).status == "none"
    for task in results:
        assert gathered(GIVEN, {k: v for k, v in results.items() if k != task}).status == "budget"


def test_an_unexamined_configuration_proves_nothing():
    assert gathered(GIVEN, {}).status == "budget"
    assert gathered(GENERATED, {Task(3): Result(piece=[{}])}, configurations=3).searched.absent == {}
