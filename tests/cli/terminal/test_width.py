"""In a terminal tables are as wide as it is: nothing runs over its edge."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

from tests.command import ENVIRONMENT, everything

WIDTH = 80


def on_terminal(*arguments, columns=WIDTH):
    """The lines that a command prints on a terminal of so many columns, without colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {name: value for name, value in ENVIRONMENT.items() if name not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, "-m", "exactdyn", *map(str, arguments)],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    os.close(theirs)
    text = everything(ours).decode()
    assert process.wait(120) in (0, 1, 3)
    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in text.replace("\r", "").splitlines()]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "emerging-leader"],
        ["check", "cyclic", "--brief"],
        ["explain", "--model", "handmade", "--review", "praise"],
        ["audit", "--model", "handmade"],
        ["examples"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_table_fits_the_terminal(arguments):
    lines = on_terminal(*arguments)
    tables = [line for line in lines if re.match(r" |.*──|\w.*  ", line)]
    assert tables
    assert [line for line in tables if len(line) > WIDTH] == []


def test_a_wider_terminal_is_used():
    lines = on_terminal("check", "emerging-leader", columns=160)
    assert max(len(line) for line in lines if "──" in line) in range(WIDTH + 1, 161)
