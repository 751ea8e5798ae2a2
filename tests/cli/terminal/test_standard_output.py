"""What stands on stdout is what exactdyn says, whatever libraries print there."""

import json
import os
import pty
import re
import subprocess
import sys

import numpy as np
import pytest

from exactdyn.cli.app import app
from proofs_checks import verify
from tests.command import ENVIRONMENT, everything, exactdyn, inside, python
from tests.example_files import archive_bytes
from tests.printing_library import PRINTED, with_printing_libraries

# Ways to write that differ; the other commands write as these do, and are asked with the slow tests.
AS_JSON = [
    "check emerging-leader",
    "graph square-plain --all",
    "plot square-plain -o picture.svg",
    "hunt norm-growth --class symmetric --tokens 3 --dim 2 --layers 1 --workers 2",
    "softmax softmax-line --until 1",
    "audit --model handmade",
    "verify certificate.json",
    "inspect heads.npz",
]
OTHERS = [
    "run square",
    "limit square-plain",
    "compare square",
    "compare emerging-leader --softmax 1/100",
    "graph square-plain --layer 1",
    "itineraries collision-on-a-line --layers 1",
    "lead emerging-leader --leaders 0,3",
    "hunt norm-growth --class symmetric --example emerging-leader --layers 1",
    "atlas -o atlas --statement hull-shrinkage",
    "explain --model handmade --review praise",
    "explain --model handmade -o picture.svg --html page.html --graphs graphs --example review.toml",
    "plot square-plain --animate film.html",
    "plot --weights weights.csv -o picture.svg",
    "graph --weights weights.csv --all",
    "page square-plain -o page.html",
    "cells collision-on-a-line --statements --plot picture.svg",
    "lead emerging-leader --largest",
    "check cyclic --coq theorem.v --certificate mine.json",
    "hunt convergence --tokens 2 --dim 1 --layers 1 --configurations 2 --store hunt.sqlite --workers 2",
    "hunt norm-growth --tokens 2 --dim 2 --layers 1 --mask causal --alpha 1 --output found.toml --workers 1",
    "softmax softmax-line --until 1 --spectrum 0,1 --plot picture.svg --certificate mine.json",
    "inspect heads.npz --plot picture.svg",
    "verify certificate.json --kernel both --input emerging-leader",
    "verify certificate.json --coq theorem.v",
    "audit --model handmade --processes 2",
    "examples",
    "examples square --show",
    "statements",
    "statements single-cluster",
    "new heads",
    "new heads -o heads.toml",
]
LIBRARY = """
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy
from exactdyn import check, limit, load_example
from exactdyn.geometry.programs.floating import guess_separation

def work(rows):
    return guess_separation(numpy.array(rows)).point.tolist()

def use():
    limit(load_example("square-plain").run())
    check(load_example("emerging-leader").run())
    work([[1.0, 0.0], [0.0, 1.0]])

if __name__ == "__main__":
    use()
    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(work, [[[1.0]], [[2.0]]]))
"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    path = tmp_path_factory.mktemp("certificate") / "certificate.json"
    inside("check", "emerging-leader", "--certificate", path)
    return path.read_text()


@pytest.mark.parametrize(
    "arguments", [*AS_JSON, *(pytest.param(each, marks=pytest.mark.slow) for each in OTHERS)]
)
def test_json_is_the_only_thing_on_stdout_although_libraries_print_there(tmp_path, certificate, arguments):
    (tmp_path / "certificate.json").write_text(certificate)
    (tmp_path / "weights.csv").write_text("1,0\n1/2,1/2\n")
    (tmp_path / "heads.npz").write_bytes(archive_bytes(Q=np.eye(2), K=np.eye(2), V=np.eye(2)))
    environment = with_printing_libraries(tmp_path)
    process = exactdyn(*arguments.split(), "--json", folder=tmp_path, env=environment)
    assert process.returncode in (0, 1, 3)
    json.loads(process.stdout)
    assert [line for line in PRINTED if line not in process.stderr] == []


def test_every_command_is_asked_for_json():
    asked = {arguments.split()[0] for arguments in (*AS_JSON, *OTHERS)}
    assert {command.name for command in app().registered_commands} - asked == {"train"}  # which takes torch


@pytest.mark.parametrize("module", ["exactdyn", "proofs_checks"])
def test_help_is_on_stdout_although_libraries_print_there(tmp_path, module):
    process = python("-m", module, "--help", env=with_printing_libraries(tmp_path))
    assert process.stdout.lower().startswith("usage: ")
    assert process.returncode == 0


def test_version_and_help_of_a_command_are_on_stdout_alone(tmp_path, monkeypatch):
    environment = with_printing_libraries(tmp_path)
    monkeypatch.setenv("COLUMNS", environment["COLUMNS"])
    for arguments in (["--version"], ["check", "--help"], ["hunt", "--help"]):
        process = exactdyn(*arguments, env=environment)
        assert process.stdout == inside(*arguments).stdout != ""


def test_a_message_about_bad_input_leaves_stdout_empty_although_libraries_print_there(tmp_path):
    process = exactdyn("check", "nothing", env=with_printing_libraries(tmp_path))
    assert (process.returncode, process.stdout) == (2, "")
    assert "exactdyn: nothing: " in process.stderr


def test_what_libraries_print_gets_into_no_file_where_stdout_and_stderr_are_closed(tmp_path):
    # The first file that is opened would become descriptor 1 otherwise, or 2.
    environment = with_printing_libraries(tmp_path)
    command = f"{sys.executable} -m exactdyn check emerging-leader --certificate certificate.json"
    for closed in (">&-", ">&- 2>&-", "2>&-"):
        subprocess.run(f"{command} {closed}", shell=True, cwd=tmp_path, env=environment, capture_output=True)
        verify((tmp_path / "certificate.json").read_text())
        (tmp_path / "certificate.json").unlink()


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_file_that_is_stdout_by_name_is_our_stdout(tmp_path, name):
    environment = with_printing_libraries(tmp_path)
    arguments = ("graph", "square-plain", "--layer", "0", "--format", "dot", "-o", name)
    process = exactdyn(*arguments, env=environment)
    assert process.returncode == 0
    assert process.stdout == inside(*arguments[:-2]).stdout != ""


def test_a_table_is_as_wide_and_coloured_as_the_terminal_that_stdout_is_whatever_the_others_are():
    environment = {name: value for name, value in ENVIRONMENT.items() if name != "COLUMNS"}
    ours, theirs = pty.openpty()
    os.set_inheritable(theirs, True)
    subprocess.run(["stty", "cols", "61"], stdin=theirs, check=True)
    arguments = [sys.executable, "-m", "exactdyn", "check", "emerging-leader"]
    subprocess.run(
        arguments, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, env=environment
    )
    os.close(theirs)
    shown = everything(ours)
    assert b"\x1b[32mholds" in shown
    plain = [re.sub(rb"\x1b\[[0-9;]*m", b"", line).decode().rstrip() for line in shown.splitlines()]
    assert max(map(len, plain)) <= 61 < max(map(len, inside("check", "emerging-leader").stdout.splitlines()))


def test_the_library_prints_nothing_in_threads_and_processes_either(tmp_path):
    (tmp_path / "use.py").write_text(LIBRARY)
    process = python("use.py", folder=tmp_path)
    assert (process.returncode, process.stdout, process.stderr) == (0, "", "")


def test_the_command_line_called_from_python_leaves_the_callers_stdout_alone():
    code = (
        "import os; from exactdyn.cli import main; before = os.fstat(1); main(['examples']); "
        "assert os.path.samestat(before, os.fstat(1)); print('mine')"
    )
    process = python("-c", code)
    assert process.stdout.endswith("mine\n")
    assert "emerging-leader" in process.stdout
