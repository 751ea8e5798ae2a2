"""Shells complete commands, options and names, by the script that `--show-completion` prints."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.command import ENVIRONMENT, assert_refused, exactdyn, inside


def completed(line):
    """What bash would be told for a line that ends where the cursor is."""
    words = line.split(" ")
    asked = {"_EXACTDYN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    process = exactdyn(env=ENVIRONMENT | asked)
    assert (process.returncode, process.stderr) == (0, "")
    return process.stdout.split()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("exactdyn che", ["check"]),
        ("exactdyn check emerging-", ["emerging-leader"]),
        ("exactdyn check --alp", ["--alpha"]),
        ("exactdyn hunt leaders-", ["leaders-persist", "leaders-extreme"]),
        ("exactdyn hunt norm-growth --example emerging-", ["emerging-leader"]),
        ("exactdyn lead triangle --class sym", ["symmetric"]),
        ("exactdyn statements single-", ["single-cluster"]),
        ("exactdyn new soft", ["softmax", "softmax-steps"]),
        ("exactdyn check ./no-such-", []),
    ],
)
def test_what_is_begun_is_completed(line, words):
    assert completed(line) == words


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_by_the_script_that_is_shown(tmp_path):
    command = tmp_path / "exactdyn"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m exactdyn "$@"\n')
    command.chmod(0o755)
    program = """
eval "$(exactdyn --show-completion bash)"
complete -p exactdyn
COMP_WORDS=(exactdyn check emerging-)
COMP_CWORD=2
_exactdyn_completion exactdyn
echo "${COMPREPLY[@]}"
"""
    environment = ENVIRONMENT | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    process = subprocess.run(
        ["bash", "-c", program], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert process.stderr == ""
    first, second = process.stdout.splitlines()
    assert first.endswith("-F _exactdyn_completion exactdyn")
    assert second == "emerging-leader"


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_it_is_installed_where_bash_looks(tmp_path):
    program = f'"{sys.executable}" -m exactdyn --install-completion'
    environment = ENVIRONMENT | {"HOME": str(tmp_path)}
    process = subprocess.run(
        ["bash", "-c", f"{program}; true"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=True,
    )
    assert "bash completion installed" in process.stdout
    assert ".bash_completions/exactdyn.sh" in (tmp_path / ".bashrc").read_text()
    assert "_EXACTDYN_COMPLETE" in (tmp_path / ".bash_completions" / "exactdyn.sh").read_text()


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_from_no_known_shell_it_is_refused(option, monkeypatch):
    monkeypatch.setattr("typer.completion._get_shell_name", lambda: None)
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: None)
    assert_refused(inside(option), f"{option}: requires to be called from bash, zsh, fish or PowerShell")
