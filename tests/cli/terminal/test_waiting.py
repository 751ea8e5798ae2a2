"""Signs of life are for terminals, and show what is reported."""

import io
import sys

import pytest

from exactdyn.cli.terminal.waiting import counting, hunting, progress, waiting
from exactdyn.families.tree.search import SearchProgress
from exactdyn.hunts.agenda import Tally


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def everything():
    """Use all of them, and return what the one that may have nothing to report to is given."""
    with waiting("running [cyclic]") as tell:
        tell("still [running]")
    with progress("auditing", 4) as done:
        done(3)
    with hunting("norm-growth", 10) as report:
        report(Tally(tried=7, found=1, absent=2, programs=30, runs=40))
    with counting("looking") as report:
        if report is not None:
            report(SearchProgress(programs=12, found=3, done=0.5))
    return report


def test_what_is_done_is_shown_on_a_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert everything() is not None
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
def test_nothing_is_written_where_stderr_is_no_terminal(monkeypatch, stream):
    monkeypatch.setattr(sys, "stderr", stream)
    assert everything() is None
    assert stream is None or stream.getvalue() == ""
