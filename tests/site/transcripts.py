"""The commands that a page shows, the files they read, and what they print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.command import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs"
FILE = re.compile(r"^```\{code-block\} \w+\n:caption: (\S+)\n\n?(.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
LEFT_OUT = "..."


@dataclass(frozen=True)
class Shown:
    """A command as a page shows it, with what it prints; a line `...` stands for lines left out."""

    command: str
    output: str

    def allows(self, printed: str) -> bool:
        """Whether this is what was printed."""
        lines = [re.escape(line) for line in self.output.splitlines()]
        pattern = "".join(rf"{line}\n" if line != re.escape(LEFT_OUT) else r"(?:.*\n)*?" for line in lines)
        return re.fullmatch(pattern, printed) is not None


def files(page: str) -> dict[str, str]:
    """The files that a page gives in full, by name."""
    return dict(FILE.findall(page))


def shown(page: str) -> list[Shown]:
    """The commands of a page, in its order."""
    return [Shown(*found) for block in CONSOLE.findall(page) for found in COMMAND.findall(block)]


def shell(folder: Path) -> dict[str, str]:
    """The environment of a user who has installed exactdyn: its programs are those of this Python."""
    programs = folder / "programs"
    programs.mkdir()
    for name, words in {"exactdyn": "-m exactdyn ", "python3": ""}.items():
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n')
        (programs / name).chmod(0o755)
    path = os.pathsep.join([str(programs), ENVIRONMENT["PATH"]])
    return ENVIRONMENT | {"PATH": path, "COLUMNS": "100", "PYTHONPATH": str(ROOT)}


def run(shown: list[Shown], folder: Path, environment: dict[str, str]) -> list[tuple[str, str]]:
    """Run commands one after the other in a folder; return those that print something else, with what."""
    wrong, status = [], 0
    for one in shown:
        command = f"(exit {status}); {one.command}"  # so that a page may show `echo $?`
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=600,
            check=False,
        )
        status = done.returncode
        if not one.allows(done.stdout):
            wrong.append((one.command, done.stdout))
    return wrong
