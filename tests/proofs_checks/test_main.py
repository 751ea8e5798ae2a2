"""The program ``python -m proofs_checks``, through real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from proofs_checks import describe, verify
from proofs_checks.__main__ import read_text
from tests.proofs_checks.test_certificate import INVALID, MALFORMED, VALID


def run_checker(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "proofs_checks", *arguments]
    return subprocess.run(command, text=True, capture_output=True, timeout=120, check=False)


def test_the_program_accepts_all_valid_files_and_says_what_they_claim() -> None:
    done = run_checker(*map(str, VALID))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(": accepted\n") == len(VALID)
    for path in VALID:
        assert all(line in done.stdout for line in describe(verify(read_text(path))))


@pytest.mark.parametrize(("paths", "word", "status"), [(INVALID, "rejected", 1), (MALFORMED, "malformed", 2)])
def test_the_program_says_in_one_line_why_it_refuses_a_file(
    paths: list[Path], word: str, status: int
) -> None:
    done = run_checker(*map(str, paths))
    assert (done.returncode, done.stdout) == (status, "")
    lines = done.stderr.splitlines()
    assert len(lines) == len(paths)
    assert all(line.startswith(f"{path}: {word}: ") for line, path in zip(lines, paths, strict=True))


def test_the_program_checks_every_file_and_exits_with_the_worst_of_them() -> None:
    done = run_checker(str(MALFORMED[0]), str(VALID[0]), str(INVALID[0]))
    assert done.returncode == 2
    assert f"{VALID[0]}: accepted" in done.stdout
    assert len(done.stderr.splitlines()) == 2


def test_a_missing_file_and_a_directory_are_malformed(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        done = run_checker(str(path))
        assert done.returncode == 2
        assert done.stderr.startswith(f"{path}: malformed: cannot be read: ")
        assert done.stderr.count("\n") == 1


def test_the_name_of_a_file_cannot_fake_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json: accepted\nb.json"
    path.write_bytes(VALID[0].read_bytes())
    assert run_checker(str(path)).stdout.startswith(f"{str(path)!a}: accepted\n")
    path.write_bytes(INVALID[0].read_bytes())
    assert run_checker(str(path)).stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="requires a device that is always full")
def test_a_check_whose_answer_cannot_be_written_does_not_exit_like_a_verdict() -> None:
    command = [sys.executable, "-m", "proofs_checks", str(VALID[0])]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 70
    assert done.stderr.startswith("not finished: ")


def test_a_reader_who_goes_away_ends_a_check_in_silence() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "proofs_checks", str(VALID[0])]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_without_files_the_program_shows_its_usage() -> None:
    assert run_checker().returncode == 2
    done = run_checker("--help")
    assert done.returncode == 0
    assert "python -m proofs_checks FILE" in done.stdout
