"""How an audit of many reviews ends: Ctrl-C, a killed worker, a killed audit."""

import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from tests.command import started, wait_until

needs_linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs the processes of Linux")


def children(process):
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_running(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def audit(tmp_path):
    """An audit of 4,000 reviews by two processes, at work."""
    np.savez(tmp_path / "r.npz", rows=np.random.default_rng(0).integers(0, 16, (4000, 60)))
    options = ("--model", "handmade", "--reviews", "r.npz", "--processes", "2", "--layers", "300")
    process = started("-m", "exactdyn", "audit", *options, folder=tmp_path)
    wait_until(lambda: len(children(process.pid)) >= 2)
    time.sleep(0.5)
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.slow
@needs_linux
@pytest.mark.parametrize("everybody", [True, False], ids=["as a terminal sends it", "to the audit alone"])
def test_an_interrupted_audit_ends_in_silence_with_its_workers(audit, everybody):
    workers = children(audit.pid)
    (os.killpg if everybody else os.kill)(audit.pid, signal.SIGINT)
    assert audit.communicate(timeout=60) == ("", "")
    assert audit.returncode == 130
    wait_until(lambda: not any(map(is_running, workers)), seconds=20)


@pytest.mark.slow
@needs_linux
def test_an_audit_whose_worker_was_killed_says_so_in_one_line(audit):
    os.kill(children(audit.pid)[-1], signal.SIGKILL)
    out, err = audit.communicate(timeout=60)
    assert (audit.returncode, out, err.count("\n")) == (2, "", 1)
    assert "audit: a process was ended from outside" in err


@pytest.mark.slow
@needs_linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["kill", "terminate"])
def test_no_worker_outlives_a_killed_audit(audit, number):
    workers = children(audit.pid)
    os.kill(audit.pid, number)
    assert audit.wait(timeout=60) == -number
    wait_until(lambda: not any(map(is_running, workers)), seconds=20)
