"""The checker needs Python alone: in an environment without any package it accepts what exactdyn writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import proofs_checks
from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents import load_example
from exactdyn.statements.theorem import check
from tests.example_files import HARDMAX_NAMES

RUN_WITHOUT_SITE = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("proofs_checks", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Certificates of all built-in examples, over the layers that each names."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in HARDMAX_NAMES:
        (folder / f"{name}.json").write_text(certificate_text(check(load_example(name).run()).certificate))
    return [str(path) for path in sorted(folder.iterdir())]


@pytest.fixture(scope="module")
def folder_with_the_checker_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checker")
    shutil.copytree(Path(proofs_checks.__file__).parent, folder / "proofs_checks")
    return folder


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        command, cwd=folder, env=environment, text=True, capture_output=True, timeout=300, check=False
    )


def test_a_bare_virtual_environment_accepts_the_certificates_of_all_examples(
    certificates: list[str], folder_with_the_checker_alone: Path, tmp_path: Path
) -> None:
    made = run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    python = tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin") / "python"
    assert run(python, "-c", "import numpy", folder=tmp_path).returncode == 1
    done = run(python, "-m", "proofs_checks", *certificates, folder=folder_with_the_checker_alone)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": accepted\n") == len(certificates) == len(HARDMAX_NAMES)


def test_an_isolated_python_without_site_packages_accepts_them_too(
    certificates: list[str], folder_with_the_checker_alone: Path
) -> None:
    program = [sys.executable, "-I", "-S", "-c", RUN_WITHOUT_SITE, str(folder_with_the_checker_alone)]
    done = run(*program, *certificates, folder=folder_with_the_checker_alone)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": accepted\n") == len(certificates)
