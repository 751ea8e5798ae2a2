"""Processes beside this one end with what they are for."""

import os
import signal
import time
from multiprocessing import active_children

from exactdyn.work.processes import available_cores, processes


def ignored(number):
    """Tell whether this process would not hear a signal."""
    return number in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_processes_are_others_do_not_hear_ctrl_c_and_are_prepared():
    with processes(2, None, os.getpid) as pool:
        assert pool.submit(os.getpid).result() != os.getpid()
        assert pool.submit(ignored, signal.SIGINT).result()
    assert not ignored(signal.SIGINT)


def test_at_the_end_processes_are_ended_whatever_they_are_at():
    begun = time.monotonic()
    with processes(1, None) as pool:
        pool.submit(time.sleep, 600)
    assert time.monotonic() - begun < 60
    assert active_children() == []


def test_there_is_a_core_and_not_more_than_the_machine_has():
    assert 1 <= available_cores() <= (os.cpu_count() or 1)
