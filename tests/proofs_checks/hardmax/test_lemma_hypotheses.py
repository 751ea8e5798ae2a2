"""No hypothesis of a lemma is superfluous: with its check left out, the checker proves a false theorem.

The table is ``certificates/hypotheses.md``.
"""

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
from tests.proofs_checks.test_certificate import CERTIFICATES, LEMMAS

PACKAGE = Path(proofs_checks.__file__).parent


@dataclass(frozen=True)
class Hypothesis:
    """A row of the table: what a module checks in which words, and what could be proved without."""

    lemma: str
    says: str
    module: str
    check: str
    left_out: str
    certificate: Path


def read_table() -> list[Hypothesis]:
    text = (CERTIFICATES / "hypotheses.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| (.+?) \| (.+?) \| (\S+) \| `(.+?)` \| `(.*?)` \| `(\S+)` \|$", re.MULTILINE)
    rows = row.findall(text)
    assert len(rows) == text.count("\n| ") - 2, "a row of the table cannot be read"
    return [
        Hypothesis(*cells, CERTIFICATES / "invalid" / f"{certificate}.json") for *cells, certificate in rows
    ]


TABLE = read_table()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.lemma}: {row.says}")
def test_without_the_check_a_false_theorem_would_be_proved(row: Hypothesis, tmp_path: Path) -> None:
    with pytest.raises(RejectedError):
        verify(read_text(row.certificate))
    module = Path(shutil.copytree(PACKAGE, tmp_path / PACKAGE.name)) / row.module
    source = module.read_text(encoding="utf-8")
    assert row.check in source, "the words of the check have to be brought up to date"
    module.write_text(source.replace(row.check, row.left_out), encoding="utf-8")
    command = [sys.executable, "-SB", "-m", PACKAGE.name, str(row.certificate)]
    done = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_lemma_about_one_system_is_in_the_table() -> None:
    named = {name for row in TABLE for name in row.lemma.split(", ")}
    assert {"factorisation", "locked-itinerary", "limit-set"} | LEMMAS <= named
