"""With Coq: the proofs are compiled and checked again, the Python comes from them, theorems are accepted.

Without it these tests skip, and say so: then only what was generated before is tested.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from pathlib import Path
from subprocess import PIPE, STDOUT

import pytest

import proofs_checks
from exactdyn.certificates.envelope import certificate_text
from exactdyn.cli.app import run_command
from exactdyn.documents import load_example
from exactdyn.statements.theorem import check
from proofs_checks.verified.theorem import coq_file
from tests.both_kernels import ROOT

FOLDER = Path(proofs_checks.__file__).parent
MISSING = next((name for name in ("coqc", "coqchk") if shutil.which(name) is None), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        MISSING is not None, reason="without Coq the proofs are not rebuilt: apt-get install coq"
    ),
]


def run(*command: str | Path, folder: Path, expected: int = 0) -> str:
    done = subprocess.run(
        command, cwd=folder, text=True, stdout=PIPE, stderr=STDOUT, timeout=600, check=False
    )
    assert done.returncode == expected, done.stdout[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the compiled proofs, compiled once even where several processes test."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "proofs"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run("sh", FOLDER / "formal" / "build.sh", folder, folder=folder)
    return folder


def test_the_proofs_assume_nothing(proofs: Path) -> None:
    said = run("coqchk", "-silent", "-o", "-R", proofs, "Exactdyn", "Exactdyn.FamilyRules", folder=proofs)
    summary = [line.strip() for line in said.splitlines() if line.strip().startswith("* ")]
    assert summary == [
        "* Theory: Set is predicative",
        "* Axioms: <none>",
        "* Constants/Inductives relying on type-in-type: <none>",
        "* Constants/Inductives relying on unsafe (co)fixpoints: <none>",
        "* Inductives whose positivity is assumed: <none>",
    ]


def test_the_python_is_what_comes_from_the_proofs(proofs: Path, tmp_path: Path) -> None:
    generated = run("sh", FOLDER / "verified" / "generate.sh", proofs, folder=tmp_path)
    assert generated == (FOLDER / "verified" / "checker.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["emerging-leader", "sixty", "cyclic", "collision-indefinite"])
def test_an_example_is_a_theorem_of_coq(name: str, proofs: Path, tmp_path: Path) -> None:
    run_command(["check", name, "--coq", str(tmp_path / "t.v")])
    said = run("coqc", "-R", proofs, "Exactdyn", "t.v", folder=tmp_path)
    assert said.strip() == "Closed under the global context"


def test_a_certificate_is_a_theorem_of_coq_with_the_documented_line(
    proofs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = certificate_text(check(load_example("period-three").run()).certificate)
    (tmp_path / "c.json").write_text(text, encoding="utf-8")
    assert run_command(["verify", str(tmp_path / "c.json"), "--coq", str(tmp_path / "FILE.v")]) == 0
    line = next(line for line in (tmp_path / "FILE.v").read_text().splitlines() if "build.sh" in line)
    shutil.copytree(proofs, tmp_path / "proofs", copy_function=shutil.copy2)
    environment = f"PYTHONPATH={ROOT}; export PYTHONPATH;"
    assert run("sh", "-c", environment + line, folder=tmp_path).strip() == "Closed under the global context"


def test_a_false_claim_is_no_theorem_of_coq(proofs: Path, tmp_path: Path) -> None:
    document = json.loads(certificate_text(check(load_example("emerging-leader").run()).certificate))
    (claim,) = (claim for claim in document["claims"] if claim["claim"] == "convergence")
    claim["evidence"]["limits"][1][0] = "-1/17"
    text = coq_file(json.dumps({**document, "claims": [claim]})).text
    assert "-1 # 17" in text
    (tmp_path / "t.v").write_text(text, encoding="utf-8")
    run("coqc", "-R", proofs, "Exactdyn", "t.v", folder=tmp_path, expected=1)
