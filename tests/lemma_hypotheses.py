"""Tables of what each check of the checker is for, and the checker with checks left out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import proofs_checks
from proofs_checks import RejectedError, verify
from proofs_checks.__main__ import read_text

CERTIFICATES = Path(__file__).parent / "certificates"
PACKAGE = Path(proofs_checks.__file__).parent


@dataclass(frozen=True)
class Hypothesis:
    """A row of a table: what modules check in which words, and what could be proved without.

    ``checks``: the module, the words of the check, the words without it; one for each place that sees to it.
    """

    lemma: str
    says: str
    checks: tuple[tuple[str, str, str], ...]
    certificate: Path


def read_table(name: str) -> list[Hypothesis]:
    text = (CERTIFICATES / name).read_text(encoding="utf-8")
    row = re.compile(r"^\| (.+?) \| (.+?) \| ([^`|\n]+) \| (`.+`) \| (`.*`) \| `(\S+)` \|$", re.MULTILINE)
    rows = row.findall(text)
    assert len(rows) == text.count("\n| ") - 2, "a row of the table cannot be read"
    return [
        Hypothesis(
            lemma,
            says,
            tuple(zip(modules.split(" and "), _words(checks), _words(left_out), strict=True)),
            CERTIFICATES / "invalid" / f"{certificate}.json",
        )
        for lemma, says, modules, checks, left_out, certificate in rows
    ]


def _words(cell: str) -> list[str]:
    return cell[1:-1].split("` and `")


def lemmas_of(table: list[Hypothesis]) -> set[str]:
    return {name for row in table for name in row.lemma.split(", ")}


def assert_needed(row: Hypothesis, folder: Path) -> None:
    """The checker rejects the certificate, and accepts it when the check is left out."""
    with pytest.raises(RejectedError):
        verify(read_text(row.certificate))
    package = Path(shutil.copytree(PACKAGE, folder / PACKAGE.name))
    for module, check, left_out in row.checks:
        source = (package / module).read_text(encoding="utf-8")
        assert check in source, "the words of the check have to be brought up to date"
        (package / module).write_text(source.replace(check, left_out), encoding="utf-8")
    command = [sys.executable, "-SB", "-m", PACKAGE.name, str(row.certificate)]
    done = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
