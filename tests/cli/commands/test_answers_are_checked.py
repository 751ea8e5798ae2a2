"""What is proved is shown to the checker before it is said or written."""

from __future__ import annotations

import json
import re
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
    "limit": ("limit", "cyclic", "--certificate", "proof.json"),
    "cells": ("cells", "triangle", "--certificate", "proof.json"),
    "check in Coq": ("check", "cyclic", "--coq", "proof.v"),
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
    "atlas of kinds": ("atlas", "--kinds", "-o", "."),
}
SLOW = "atlas of kinds"


@pytest.mark.parametrize(
    "name", [*(name for name in COMMANDS if name != SLOW), pytest.param(SLOW, marks=pytest.mark.slow)]
)
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
    assert "the checker does not accept" in done.stderr and "refused by the test" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".png"] == []


ANSWERS = """
import proofs_checks
def verify(text, patient=False):
    raise proofs_checks.RejectedError("refused by the test")
proofs_checks.verify = verify
import exactdyn
from exactdyn.errors import UncertifiedError
cyclic, line = exactdyn.load_example("cyclic"), exactdyn.Hardmax(alpha=1)
answers = {
    "lead": lambda: exactdyn.lead(cyclic, [0]),
    "lead most": lambda: exactdyn.lead(cyclic),
    "itineraries": lambda: exactdyn.itineraries(cyclic, 1),
    "hunt none": lambda: exactdyn.hunt("norm-growth", cyclic, kind="symmetric", layers=1),
    "hunt found": lambda: exactdyn.hunt("distinctness-preserved", count=2, dimension=1, layers=1),
    "compare": lambda: exactdyn.compare(cyclic, softmax="1/1000"),
    "check": lambda: exactdyn.check(cyclic).save("saved.json"),
    "limit": lambda: exactdyn.limit(cyclic).save("saved.json"),
    "cells": lambda: exactdyn.cells(cyclic).save("saved.json"),
    "softmax": lambda: exactdyn.softmax(exactdyn.load_example("softmax-line"), 1).save("saved.json"),
}
for name, ask in answers.items():
    try:
        ask()
    except UncertifiedError as error:
        print(name, "refused by the test" in str(error))
"""


def test_python_returns_and_saves_nothing_that_the_checker_does_not_accept(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ANSWERS]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"{name} True" for name in re.findall(r'^    "(.+)": ', ANSWERS, re.M)
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_certificate_of_a_wrong_verdict_is_not_accepted() -> None:
    run = Hardmax().run([[1]], 0)
    assert json.loads(accepted(certificate_text(certificate_data(run, {"symmetric": Verdict("holds")}))))
    with pytest.raises(UncertifiedError, match="the checker does not accept this answer: "):
        accepted(certificate_text(certificate_data(run, {"symmetric": Verdict("fails")})))
