from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.hunts.answer import gathered
from exactdyn.hunts.examine import examine
from exactdyn.hunts.hunt import LostWorkerError, hunt
from exactdyn.hunts.proof import certificate_data
from exactdyn.hunts.request import Request, Result
from exactdyn.work.executors import InCaller
from proofs_checks import verify
from tests.hunts.asked import GENERATED, executor, fatal, made_up, without_counterexamples

REAL = {
    "by cases": GENERATED,
    "by matrices": Request("convergence", "symmetric", (), 5, 3, 10),
}


def results_of(request, own, **settings):
    """Hunt, and return the answer and the results that were recorded."""
    recorded = {}

    def record(task, result):
        assert task not in recorded
        recorded[task] = result

    return hunt(request, own, record=record, **settings), recorded


@pytest.mark.parametrize("kind", ["threads", "processes", "dask"])
def test_the_results_do_not_depend_on_who_examines(kind):
    with executor(kind) as own:
        for request, examination, count in (
            (GENERATED, made_up, 40),
            *((request, examine, 4) for request in REAL.values()),
        ):
            settings = {"examine": examination, "configurations": count}
            expected = results_of(request, InCaller(), **settings)
            assert results_of(request, own, ahead=6, **settings) == expected
            assert len(expected[1]) >= count
        first = hunt(GENERATED, InCaller(), examine=made_up)
        assert hunt(GENERATED, own, examine=made_up, ahead=6) == first
        assert first.status == "found"


@given(st.lists(st.integers(1, 20), max_size=5), st.sampled_from([None, 1, 12]))
def test_interrupted_anywhere_and_taken_up_again_it_comes_to_the_same(pieces, configurations):
    done, settings = {}, {"examine": made_up, "configurations": configurations}
    for length in pieces:
        before = len(done)
        hunt(
            GENERATED,
            InCaller(),
            done=done,
            record=done.__setitem__,
            stop=lambda end=before + length: len(done) >= end,
            **settings,
        )
    again = {}
    answer = hunt(GENERATED, InCaller(), done=done, record=again.__setitem__, **settings)
    assert not set(again) & set(done)
    assert (answer, done | again) == results_of(GENERATED, InCaller(), **settings)
    assert answer == gathered(GENERATED, done | again, configurations)


def test_the_first_counterexample_in_the_order_is_the_answer_even_if_a_later_one_is_found_before():
    later_is_known = Event()

    def examination(request, task, limit):
        if task.index == 0:
            assert later_is_known.wait(60)
        return Result({"number": task.index}, (9 - task.index,))

    def record(task, result):
        if task.index == 1:
            later_is_known.set()

    with ThreadPoolExecutor(2) as threads:
        answer = hunt(GENERATED, threads, examine=examination, record=record, ahead=2)
    assert answer.counterexample.counterexample == {"number": 0}
    assert sum(answer.searched.found.values()) == 1


def test_of_several_configurations_the_smallest_counterexample_is_the_answer():
    answer, recorded = results_of(GENERATED, InCaller(), examine=made_up, configurations=40)
    sizes = sorted(result.size for result in recorded.values() if result.size)
    assert answer.counterexample.size == sizes[0]
    assert sum(answer.searched.found.values()) == len(sizes) > 1


def test_what_was_searched_is_counted_and_reported():
    told = []
    answer, recorded = results_of(
        GENERATED, InCaller(), examine=made_up, configurations=40, report=told.append
    )
    searched, last = answer.searched, told[-1]
    assert searched.unfinished == {}
    assert sum(map(len, (searched.absent, searched.found, searched.undecided))) > 3
    assert sum(sum(counts.values()) for counts in (searched.absent, searched.found, searched.undecided)) == 40
    assert searched.reasons == {"too hard": sum(result.reason is not None for result in recorded.values())}
    assert (last.tried, last.found) == (40, sum(searched.found.values()))
    assert last.absent == sum(searched.absent.values())
    assert (last.programs, last.runs) == (searched.programs, searched.runs)


def test_a_hunt_that_is_stopped_says_what_is_not_finished():
    done = {}
    answer = hunt(
        GENERATED,
        InCaller(),
        examine=without_counterexamples,
        record=done.__setitem__,
        stop=lambda: len(done) >= 20,
    )
    assert answer.status == "budget"
    assert sum(answer.searched.unfinished.values()) == 1


def test_no_more_tasks_than_wanted_are_under_way():
    class Counting(InCaller):
        most = under_way = 0

        def submit(self, fn, /, *arguments):
            future = super().submit(fn, *arguments)
            Counting.under_way += 1
            Counting.most = max(Counting.most, Counting.under_way)
            return future

    def record(task, result):
        Counting.under_way -= 1

    hunt(GENERATED, Counting(), examine=made_up, configurations=20, record=record, ahead=5)
    assert Counting.most == 5


def test_a_lemma_leaves_nothing_to_search():
    class Idle(Executor):
        def submit(self, fn, /, *arguments, **named):
            raise AssertionError("nothing is to be examined")

    request = replace(GENERATED, statement="leaders-persist")
    answer = hunt(request, Idle())
    assert (answer.status, answer.lemma) == ("none", "leaders-persist")
    verify(certificate_text(certificate_data(request, answer)))
    assert hunt(replace(request, alpha=Fraction(-2)), InCaller(), configurations=3).lemma is None


def test_a_worker_that_ends_abruptly_is_told():
    with executor("processes") as own, pytest.raises(LostWorkerError, match="abruptly"):
        hunt(GENERATED, own, examine=fatal)


def test_what_an_examination_raises_is_raised():
    def wrong(request, task, limit):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        hunt(GENERATED, InCaller(), examine=wrong)
