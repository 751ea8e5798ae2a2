"""Work in the calling process: what is raised and when."""

import os
import signal
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.work.executors import InCaller, OvertimeError, interruption, time_limit


@given(st.integers(), st.integers())
def test_what_is_submitted_is_done_at_once_and_what_it_raises_is_kept(x, y):
    future = InCaller().submit(divmod, x, y)
    assert future.done()
    if y:
        assert future.result() == divmod(x, y)
    else:
        assert isinstance(future.exception(), ZeroDivisionError)


def test_ctrl_c_is_not_kept_in_the_future(hearing):
    with pytest.raises(KeyboardInterrupt):
        InCaller().submit(signal.raise_signal, signal.SIGINT)


def test_a_time_limit_breaks_off_whatever_is_being_done_and_leaves_no_alarm():
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(OvertimeError), time_limit(0.02):
        while True:
            time.sleep(60)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_an_alarm_that_is_lost_while_python_tidies_up_comes_again(monkeypatch):
    class Slow:
        def __del__(self):
            time.sleep(0.05)

    lost = []
    monkeypatch.setattr(sys, "unraisablehook", lambda raised: lost.append(raised.exc_type))
    with pytest.raises(OvertimeError), time_limit(0.01):
        Slow()  # is tidied up at once
        time.sleep(10)
    assert lost == [OvertimeError]


@pytest.mark.parametrize("seconds", [None, 60])
def test_work_that_ends_in_time_is_not_disturbed(seconds):
    with time_limit(seconds):
        result = sum(range(10))
    assert result == 45
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_ctrl_c_is_noted_and_raised_at_the_end(hearing):
    steps = []
    with pytest.raises(KeyboardInterrupt), interruption() as interrupted:
        steps.append(interrupted())
        os.kill(os.getpid(), signal.SIGINT)
        steps.append(interrupted())
    assert steps == [False, True]


def test_where_ctrl_c_is_ignored_it_stays_so():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruption() as interrupted:
            os.kill(os.getpid(), signal.SIGINT)
            assert not interrupted()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
