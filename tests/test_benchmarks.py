"""What the guard of the benchmarks compares with."""

import json

from tests.benchmarks.__main__ import FIGURES, flagged
from tests.benchmarks.suite import tasks


def test_every_task_that_is_timed_has_a_stored_ratio():
    stored = json.loads(FIGURES.read_text(encoding="utf-8"))
    names = [task.name for task in tasks()]
    assert sorted(names) == sorted(stored)
    assert len(names) == len(set(names))


def test_what_takes_more_than_30_percent_longer_is_flagged():
    assert flagged(1.31, 1.0)
    assert not flagged(1.29, 1.0)
