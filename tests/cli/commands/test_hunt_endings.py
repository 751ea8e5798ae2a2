"""Hunts that are killed, interrupted, or have no disk left, and hunts on a cluster: all in real processes."""

import json
import os
import resource
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.amounts import amount
from tests.command import assert_refused, exactdyn, started, wait_until
from tests.hunts.asked import cluster

LONG = ("hunt", "distinctness-preserved", "--tokens", "4", "--dim", "2", "--layers", "2", "--workers", "2")
PATIENCE = 60


def stored(path):
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return set(connection.execute("SELECT configuration, place, result FROM results"))


def workers(process):
    """Return the processes that a process has started to examine tasks."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [child for child in children if b"spawn_main" in command_line(child)]


def command_line(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_for_commits(path, count):
    """Wait until so many more results have been written to a store."""
    before = results_in(path)
    wait_until(lambda: results_in(path) >= before + count)


def results_in(path):
    try:
        return len(stored(path))
    except sqlite3.OperationalError:  # the tables are not made yet
        return 0


def killed_at_work(folder, commits, *arguments):
    """Start a hunt, kill it when its workers have brought some results, and return their numbers."""
    process, path = started("-m", "exactdyn", *arguments, folder=folder), folder / "hunt.sqlite"
    wait_until(lambda: len(workers(process)) == 2)
    own = workers(process)
    wait_for_commits(path, commits)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    return own


needs_proc = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks processes up in /proc")


@needs_proc
@pytest.mark.parametrize("times", [1, pytest.param(amount(4, 10), marks=pytest.mark.slow)])
def test_however_often_it_is_killed_a_hunt_comes_to_the_same(tmp_path, times):
    disturbed, undisturbed = tmp_path / "disturbed", tmp_path / "undisturbed"
    arguments = (*LONG, "--store", "hunt.sqlite", "--json", "--configurations")
    for folder in (disturbed, undisturbed):
        folder.mkdir()
    before = set()
    for commits in range(1, times + 1):
        own = killed_at_work(disturbed, commits, *arguments, 1000)
        wait_until(lambda own=own: not any(b"spawn_main" in command_line(worker) for worker in own))
        assert before < stored(disturbed / "hunt.sqlite")
        before = stored(disturbed / "hunt.sqlite")
    reached = 1 + max(configuration for configuration, _, _ in before)
    ends = [exactdyn(*arguments, reached, folder=folder) for folder in (disturbed, undisturbed)]
    assert [end.returncode for end in ends] == [0, 0]
    assert ends[0].stdout == ends[1].stdout
    results = stored(undisturbed / "hunt.sqlite")
    assert before <= stored(disturbed / "hunt.sqlite") == results
    assert [file.name for file in disturbed.iterdir()] == ["hunt.sqlite"]


@needs_proc
@pytest.mark.parametrize("count", [1, 2])
def test_ctrl_c_ends_a_hunt_that_then_goes_on_where_it_was(tmp_path, count):
    arguments = (*LONG[:-1], count, "--configurations", 1000, "--store", "hunt.sqlite")
    process, path = started("-m", "exactdyn", *arguments, folder=tmp_path), tmp_path / "hunt.sqlite"
    wait_until(path.exists)
    wait_until(lambda: count == 1 or len(workers(process)) == 2)
    wait_for_commits(path, 4)  # the first may only make the tables
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    kept = stored(path)
    line = (
        f"exactdyn: interrupted; {len(kept)} tasks are done, all in hunt.sqlite: the same command goes on\n"
    )
    assert errors == line
    assert "searched: all general matrices" in output
    exactdyn(*arguments[:-4], "--configurations", 1, *arguments[-2:], folder=tmp_path)
    assert kept <= stored(path)


def test_a_full_disk_ends_a_hunt_in_one_line_and_the_store_is_whole(tmp_path):
    arguments = (*LONG[:-1], 1, "--configurations", 1000, "--store", "hunt.sqlite")
    limit = 12 * 4096  # the log that others read beside it has an index of 8 pages

    def small_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    assert_refused(
        exactdyn(*arguments, folder=tmp_path, preexec_fn=small_disk), "hunt.sqlite", "cannot be used"
    )
    kept = stored(tmp_path / "hunt.sqlite")
    assert kept
    exactdyn(*LONG, "--configurations", 1, "--store", "hunt.sqlite", folder=tmp_path)
    assert kept <= stored(tmp_path / "hunt.sqlite")


def summary(folder):
    """Return what another process says of a store, by outcome."""
    asked = (*LONG[:-2], "--configurations", 1000, "--store", "hunt.sqlite", "--summary", "--json")
    process = exactdyn(*asked, folder=folder)
    assert (process.returncode in (0, 3), process.stderr) == (True, "")
    data = json.loads(process.stdout)
    assert data["status"] == ("found" if data["searched"]["found"] else "budget")
    return {outcome: sum(data["searched"][outcome].values()) for outcome in ("absent", "found", "unfinished")}


def test_a_store_is_for_one_hunt_at_a_time_and_is_read_meanwhile_and_after_a_kill(tmp_path):
    arguments = (*LONG[:-1], 1, "--configurations", 1000, "--store", "hunt.sqlite")
    process, path = started("-m", "exactdyn", *arguments, folder=tmp_path), tmp_path / "hunt.sqlite"
    wait_until(path.exists)
    wait_for_commits(path, 1)
    first = summary(tmp_path)
    assert sum(first.values())
    assert_refused(exactdyn(*arguments, folder=tmp_path), "hunt.sqlite", "in use", "another hunt", "summary")
    wait_for_commits(path, 1)
    second = summary(tmp_path)
    assert sum(second.values()) >= sum(first.values())
    process.kill()
    process.communicate()
    kept = stored(path)
    last = summary(tmp_path)
    assert sum(last.values()) == len({configuration for configuration, _, _ in kept})
    exactdyn(*LONG[:-1], 1, "--configurations", 1, "--store", "hunt.sqlite", folder=tmp_path)
    assert kept <= stored(path)
    assert [file.name for file in tmp_path.iterdir()] == ["hunt.sqlite"]


def test_a_cluster_finds_the_same(tmp_path):
    arguments = (*LONG[:-2], "--configurations", "2", "--json")
    expected = exactdyn(*arguments, "--workers", "1", "--store", "caller.sqlite", folder=tmp_path)
    with cluster() as address:
        process = exactdyn(*arguments, "--dask", address, "--store", "dask.sqlite", folder=tmp_path)
    assert (process.returncode, process.stderr, process.stdout) == (0, "", expected.stdout)
    assert stored(tmp_path / "dask.sqlite") == stored(tmp_path / "caller.sqlite")


@pytest.mark.slow
def test_a_scheduler_that_cannot_be_reached_is_told_in_one_line(tmp_path):
    pytest.importorskip("distributed", reason="needs the extra cluster")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mute = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        for address in ("nonsense", "tcp://127.0.0.1:1", "foo://host:1", mute):
            process = exactdyn(*LONG[:-2], "--dask", address, "--store", "hunt.sqlite", folder=tmp_path)
            assert_refused(process, "--dask", "scheduler", address)
