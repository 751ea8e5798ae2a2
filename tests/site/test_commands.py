"""Every command in the pages of docs/ is run: here, in the order of its page, or where a table says."""

import doctest
import json
import re
import shlex

import pytest

from tests.command import inside
from tests.site.transcripts import CONSOLE, PAGES, ROOT, Shown, files, run, shell, shown

TEXTS = {
    page.relative_to(PAGES).as_posix(): page.read_text(encoding="utf-8")
    for page in sorted(PAGES.rglob("*.md"))
}
WITH_COMMANDS = [name for name, text in TEXTS.items() if shown(text)]
ELSEWHERE = {
    "cells.md": "tests/parameters/test_page.py",
    "inspect.md": "tests/transformer/test_published.py",
    "sentiment.md": "tests/cli/commands/test_train.py",
    "verified.md": "tests/proofs_checks/verified/test_kernels.py",
}
"""Pages whose commands another test runs."""


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_the_commands_of_a_page_print_what_it_shows(name, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for file, text in files(TEXTS[name]).items():
        (folder / file).write_text(text, encoding="utf-8")
    assert run(shown(TEXTS[name]), folder, shell(tmp_path)) == []


def test_no_page_shows_a_command_that_no_test_runs():
    lost = {}
    for name, text in TEXTS.items():
        outside = CONSOLE.sub("", text)
        found = re.findall(
            r"^(?: {4}|\$ )(?:\$ )?(?:\.venv/bin/)?(?:exactdyn|python3? -m|pip install) .*$",
            outside,
            re.MULTILINE,
        )
        if found and name not in ELSEWHERE:
            lost[name] = found
    assert lost == {}
    assert [test for test in ELSEWHERE.values() if not (ROOT / test).is_file()] == []


def test_three_dots_stand_for_lines_left_out_and_for_nothing_else():
    shown = Shown("", "one\n...\nfour\n")
    assert shown.allows("one\ntwo\nthree\nfour\n")
    assert shown.allows("one\nfour\n")
    assert not shown.allows("one\ntwo\nfour\nfive\n")
    assert not Shown("", "one.\n").allows("one!\n")


PYTHON = [name for name, text in TEXTS.items() if ">>> " in text and name not in ELSEWHERE]


@pytest.mark.parametrize("name", PYTHON)
def test_the_python_of_a_page_says_what_it_shows(name):
    assert doctest.testfile(str(PAGES / name), module_relative=False).failed == 0


def members_of_formats():
    """Every command in the table of formats.md, its exit status, and the members that the page lists."""
    found = []
    for line in re.findall(r"^\| `exactdyn .*", TEXTS["formats.md"], re.MULTILINE):
        command, status, listed = (cell.strip() for cell in line.strip("|").split("|"))
        names = re.findall(r"`(\w+)`", listed)
        if listed.startswith("the same"):
            names = found[-1][2] + names
        found.append((command.strip("`"), int(status), [] if listed == "as without" else names))
    return found


@pytest.mark.slow
def test_json_has_the_members_that_the_page_about_formats_lists(tmp_path):
    for command, status, names in members_of_formats():
        done = inside(*shlex.split(command)[1:], "--json", folder=tmp_path)
        assert (done.returncode, done.stderr) == (status, ""), command
        assert not names or list(json.loads(done.stdout)) == names, command
