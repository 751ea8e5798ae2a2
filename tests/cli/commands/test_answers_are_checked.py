"""What is proved is shown to the checker before it is said or written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from exactdyn.certificates.envelope import accepted, certificate_data, certificate_text
from exactdyn.errors import UncertifiedError
from exactdyn.systems.hardmax import Hardmax
from exactdyn.verdict import Verdict

REFUSING = """
import runpy, sys
import proofs_checks
def verify(text, patient=False):
    raise proofs_checks.RejectedError("refused by the test")
proofs_checks.verify = verify
runpy.run_module("exactdyn", run_name="__main__")
"""
COMMANDS = {
    "check": ("check", "cyclic", "--certificate", "proof.json"),
    "lead": ("lead", "triangle", "--leaders", "0,3"),
    "lead found": ("lead", "triangle", "--leaders", "0"),
    "lead largest": ("lead", "triangle", "--largest"),
    "itineraries": ("itineraries", "cyclic", "--layers", "1"),
    "hunt none": (
        "hunt",
        "norm-growth",
        "--class",
        "symmetric",
        "--example",
        "cyclic",
        "--layers",
        "1",
        "--workers",
        "1",
    ),
    "hunt found": (
        "hunt",
        "norm-growth",
        "--example",
        "cyclic",
        "--layers",
        "2",
        "--output",
        "found.toml",
        "--workers",
        "1",
    ),
    "atlas": ("atlas", "-o", ".", "--statement", "hull-shrinkage"),
    "softmax": ("softmax", "softmax-line", "--until", "1", "--prove", "--certificate", "proof.json"),
    "compare": ("compare", "triangle", "--softmax", "1/1000", "--layers", "2"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_and_writes_nothing_that_the_checker_does_not_accept(
    name: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REFUSING, *COMMANDS[name]],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stdout) == (70, "")
    assert "the checker does not accept this answer: refused by the test" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".json"] == []
    assert not (tmp_path / "found.toml").exists()


def test_a_certificate_of_a_wrong_verdict_is_not_accepted() -> None:
    run = Hardmax().run([[1]], 0)
    assert json.loads(accepted(certificate_text(certificate_data(run, {"symmetric": Verdict("holds")}))))
    with pytest.raises(UncertifiedError, match="the checker does not accept this answer: "):
        accepted(certificate_text(certificate_data(run, {"symmetric": Verdict("fails")})))
