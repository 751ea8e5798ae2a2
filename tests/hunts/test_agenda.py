"""Tasks are given out in their order, each once."""

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.hunts.agenda import Agenda, in_order
from exactdyn.hunts.request import Result, Task
from tests.hunts.asked import GENERATED, GIVEN, made_up, without_counterexamples


def gone_through(agenda, examine=made_up):
    """Take tasks one after the other, each finished before the next; return them with their results."""
    taken = {}
    while (task := agenda.take()) is not None:
        assert task not in taken
        taken[task] = examine(None, task, 0)
        agenda.finish(task, taken[task])
    return taken


@given(st.integers(1, 30))
def test_one_after_the_other_they_come_configuration_by_configuration_and_depth_first(configurations):
    taken = gone_through(Agenda(GENERATED, configurations, {}), without_counterexamples)
    expected = [task for index in range(configurations) for task, _ in in_order(index, taken)]
    assert list(taken) == expected


@given(st.integers(1, 30), st.randoms(use_true_random=False))
def test_what_is_known_is_not_asked_for_again(configurations, rng):
    taken = gone_through(Agenda(GENERATED, configurations, {}))
    known = {task: result for task, result in taken.items() if rng.random() < 0.5}
    agenda = Agenda(GENERATED, configurations, known)
    assert gone_through(agenda).keys() == taken.keys() - known.keys()
    whole = Agenda(GENERATED, configurations, {})
    gone_through(whole)
    assert agenda.progress == whole.progress


@given(st.integers(1, 30))
def test_up_to_the_first_counterexample_nothing_beyond_it_is_given_out(configurations):
    taken = gone_through(Agenda(GENERATED, None, {}))
    *before, last = taken.items()
    assert last[1].counterexample is not None
    assert all(result.counterexample is None for _, result in before)


def test_a_complete_request_has_one_configuration():
    taken = gone_through(Agenda(GIVEN, None, {}), without_counterexamples)
    assert {task.index for task in taken} == {0}


def test_configurations_without_counterexample_and_open_case_are_counted_as_absent():
    agenda = Agenda(GENERATED, 3, {})
    results = [Result(), Result(reason="too hard"), Result({}, (1,))]
    gone_through(agenda, lambda request, task, limit: results[task.index])
    assert (agenda.progress.tried, agenda.progress.found, agenda.progress.absent) == (3, 1, 1)


def test_a_task_after_the_first_counterexample_is_overtaken():
    agenda = Agenda(GENERATED, None, {})
    first, second, third = (agenda.take() for _ in range(3))
    agenda.finish(second, Result({}, (1,)))
    assert (agenda.overtaken(first), agenda.overtaken(third)) == (False, True)
    assert (first, third) == (Task(0), Task(2))
