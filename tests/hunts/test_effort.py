"""How much a hunt may take: what makes no sense is refused, and the answer does not depend on it."""

import pytest

from exactdyn import InputError
from exactdyn.hunts.effort import WORKERS_LIMIT, Effort, pursue
from exactdyn.hunts.request import Request

PLANE = Request("norm-growth", "symmetric", (), 3, 2, 1)


@pytest.mark.parametrize(
    ("terms", "line"),
    [
        ({"configurations": 0}, "configurations: requires an integer of at least 1, got 0"),
        ({"budget": 0.0}, "budget: requires a positive number of seconds, got 0"),
        ({"budget": 1e11}, "budget: requires at most 1000000000 seconds, got 1e+11"),
        ({"budget": float("nan")}, "budget: requires a positive number of seconds, got nan"),
        ({"workers": WORKERS_LIMIT + 1}, f"workers: requires an integer from 1 to {WORKERS_LIMIT}"),
        ({"workers": 2, "address": "tcp://127.0.0.1:1"}, "workers: requires no address of a cluster"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(terms, line):
    with pytest.raises(InputError) as caught:
        Effort(**terms)
    assert str(caught.value).startswith(line)


def test_results_are_recorded_as_they_come_and_taken_up_again():
    recorded, results = {}, {}
    answer = pursue(PLANE, Effort(3, workers=1), results, recorded.__setitem__)
    assert recorded == results != {}
    again = {}
    assert pursue(PLANE, Effort(3, workers=1), dict(results), again.__setitem__) == answer
    assert again == {}


def test_a_spent_budget_is_told_and_what_was_found_until_then_is_kept():
    long = Request("norm-growth", "symmetric", (), 12, 6, 3)
    answer = pursue(long, Effort(1000, budget=0.2, workers=1))
    assert answer.status in ("budget", "found")
    assert sum(answer.searched.absent.values()) < 1000
