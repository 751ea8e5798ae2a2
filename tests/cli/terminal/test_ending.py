"""How commands end when they are interrupted or killed, when nobody takes the output, when they are wrong."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.cli.terminal.ending import one_line
from tests.command import ENVIRONMENT, assert_refused, everything, exactdyn, python, started

MAIN = "import sys; from exactdyn.cli import main; {before}; sys.exit(main(sys.argv[1:]))"
LONG_RUN = ("check", "sixty", "--layers", 10**6, "--certificate", "kept.json")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_long_run_can_be_stopped_and_leaves_an_existing_output_as_it_was(tmp_path, sent, status):
    (tmp_path / "kept.json").write_text("kept")
    code = MAIN.format(before="print('ready', flush=True)")
    process = started("-c", code, *LONG_RUN, folder=tmp_path)
    assert process.stdout.readline() == "ready\n"
    time.sleep(1)
    process.send_signal(sent)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (status, "", "")
    assert (tmp_path / "kept.json").read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]


@pytest.mark.parametrize(
    ("arrest", "status", "left"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL, 1),
        ("signal.raise_signal(signal.SIGINT)", 130, 0),
    ],
)
def test_a_command_stopped_while_it_writes_a_file_leaves_the_existing_one(tmp_path, arrest, status, left):
    (tmp_path / "kept.json").write_text("kept")
    # A shell that starts a job in the background makes it deaf to Ctrl-C: here it hears again.
    hearing = "signal.signal(signal.SIGINT, signal.default_int_handler)"
    before = f"import os, signal; {hearing}; os.fsync = lambda file: {arrest}"
    arguments = ("check", "cyclic", "--certificate", "kept.json")
    process = python("-c", MAIN.format(before=before), *arguments, folder=tmp_path)
    assert (process.returncode, process.stdout, process.stderr) == (status, "", "")
    assert (tmp_path / "kept.json").read_text() == "kept"
    others = [path.name for path in tmp_path.iterdir() if path.name != "kept.json"]
    assert len(others) == left  # a killed process cannot tidy up
    assert all(name.startswith(".exactdyn-") for name in others)


def test_a_closed_pipe_ends_a_command_quietly():
    process = subprocess.Popen(
        [sys.executable, "-m", "exactdyn", "run", "sixty", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.read(10) == b'{"tokens":'
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", ["check cyclic --json", "run cyclic", "--help"])
def test_a_full_disk_under_stdout_is_told_in_one_line(arguments):
    with Path("/dev/full").open("w") as full:
        assert_refused(exactdyn(*arguments.split(), stdout=full), "No space left on device")


def test_a_closed_stdout_is_told_and_a_closed_stderr_changes_nothing():
    command = f"{sys.executable} -m exactdyn check"
    settings = {"shell": True, "capture_output": True, "text": True}
    assert_refused(subprocess.run(f"{command} cyclic >&-", **settings), "standard output: requires an open")
    process = subprocess.run(f"{command} nothing 2>&-", **settings)
    assert (process.returncode, process.stdout, process.stderr) == (2, "", "")


def test_an_internal_error_is_70_and_one_line_with_the_traceback_on_demand():
    code = MAIN.format(
        before="from exactdyn.statements import theorem; theorem.check = lambda *asked: 1 // 0"
    )
    process = python("-c", code, "check", "cyclic")
    assert (process.returncode, process.stdout, process.stderr.count("\n")) == (70, "", 1)
    assert "internal error (ZeroDivisionError: " in process.stderr
    assert "report" in process.stderr
    told = python("-c", code, "check", "cyclic", env=ENVIRONMENT | {"EXACTDYN_TRACEBACK": "1"})
    assert told.returncode == 70
    assert "Traceback" in told.stderr


def test_colours_and_signs_of_life_are_for_terminals_only():
    ours, theirs = pty.openpty()
    arguments = ("check", "emerging-leader", "--layers", "300")
    plain = exactdyn(*arguments, stderr=theirs)
    os.close(theirs)
    assert "\x1b" not in plain.stdout
    assert b"checking emerging-leader" in everything(ours)
    ours, theirs = pty.openpty()
    coloured = exactdyn(*arguments, stdout=theirs)
    os.close(theirs)
    assert coloured.stderr == ""
    assert b"\x1b[32mholds" in everything(ours)


@given(st.text())
def test_whatever_a_message_holds_it_is_one_printable_line(text):
    assert one_line(text).isprintable()
