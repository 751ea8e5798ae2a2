"""How an audit of many reviews ends: Ctrl-C, a killed worker, a killed audit."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.command import ENVIRONMENT

needs_linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs the processes of Linux")


def children(process):
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_running(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def audit(tmp_path):
    """An audit of 4,000 reviews by two processes, at work."""
    np.savez(tmp_path / "r.npz", rows=np.random.default_rng(0).integers(0, 16, (4000, 60)))
    options = ("--model", "handmade", "--reviews", "r.npz", "--processes", "2", "--layers", "300")
    started = subprocess.Popen(
        [sys.executable, "-m", "exactdyn", "audit", *options],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that starts a job in the background makes it deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        start_new_session=True,
    )
    until(lambda: len(children(started.pid)) >= 2)
    time.sleep(0.5)
    yield started
    if started.poll() is None:
        os.killpg(started.pid, signal.SIGKILL)
    started.communicate()


@pytest.mark.slow
@needs_linux
@pytest.mark.parametrize("everybody", [True, False], ids=["as a terminal sends it", "to the audit alone"])
def test_an_interrupted_audit_ends_in_silence_with_its_workers(audit, everybody):
    workers = children(audit.pid)
    (os.killpg if everybody else os.kill)(audit.pid, signal.SIGINT)
    assert audit.communicate(timeout=60) == ("", "")
    assert audit.returncode == 130
    until(lambda: not any(map(is_running, workers)), seconds=20)


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
    until(lambda: not any(map(is_running, workers)), seconds=20)
