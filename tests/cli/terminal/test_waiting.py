"""Signs of life are for terminals, and show what is reported."""

import io
import sys
import time

import pytest

from exactdyn.cli.terminal.waiting import counting, hunting, progress, waiting
from exactdyn.families.tree.search import SearchProgress
from exactdyn.hunts.agenda import Tally


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def everything():
    """Use all of them."""
    with waiting("running [cyclic]") as tell:
        tell("still [running]")
    with progress("auditing", 4) as done:
        done(3)
    with hunting("norm-growth", 10) as report:
        report(Tally(tried=7, found=1, absent=2, programs=30, runs=40))
    with counting("looking") as report:
        report(SearchProgress(programs=12, found=3, done=0.5))


def test_what_is_done_is_shown_on_a_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    everything()
    shown = terminal.getvalue()
    for words in (
        "still [running]",
        "auditing",
        "75%",
        "7 tried, 1 found, 2 proved",
        "3 found, 12 linear programs",
    ):
        assert words in shown


@pytest.mark.parametrize("stream", [None, io.StringIO()], ids=["closed", "file"])
def test_short_work_writes_nothing_where_stderr_is_no_terminal(monkeypatch, stream):
    monkeypatch.setattr(sys, "stderr", stream)
    everything()
    assert stream is None or stream.getvalue() == ""


def test_long_work_says_a_line_every_minute_where_stderr_is_no_terminal(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("exactdyn.cli.terminal.waiting.MINUTE", 0.01)
    for work, report, words in [
        (waiting("enclosing"), "time 2", "exactdyn: time 2: "),
        (progress("auditing", 4), 3, "exactdyn: auditing, 3 of 4: "),
        (
            counting("looking"),
            SearchProgress(programs=12, found=3, done=0.5),
            "looking, 3 found, 12 linear programs: ",
        ),
        (hunting("norm-growth", 10), Tally(tried=7), "norm-growth, 7 tried: "),
    ]:
        with work as tell:
            tell(report)
            until = time.monotonic() + 60
            while words not in stream.getvalue() and time.monotonic() < until:
                time.sleep(0.01)
    assert all(line.endswith(" min") for line in stream.getvalue().splitlines())
    assert words in stream.getvalue()
