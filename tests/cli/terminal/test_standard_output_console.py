"""The console on which tables are laid out has no width but that of a terminal."""

import io
import sys

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.cli.terminal.standard_output import UNBOUNDED, stdout_console


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=3000))
def test_no_line_is_folded_where_nobody_has_a_width(line):
    console = stdout_console()
    with console.capture() as captured:
        console.print(line)
    assert captured.get() == f"{line}\n"


def test_brackets_are_text_and_no_markup():
    console = stdout_console()
    with console.capture() as captured:
        console.print("[red]A[0][1] = :smile:[/red]")
    assert captured.get() == "[red]A[0][1] = :smile:[/red]\n"


def test_a_terminal_has_its_own_width(monkeypatch):
    monkeypatch.setenv("COLUMNS", "61")
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert stdout_console().width == 61 < UNBOUNDED
