"""The README: short, and true of the tool as it stands."""

import re
import shlex
from pathlib import Path

import pytest

from tests.command import exactdyn

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_output_in_the_readme_is_what_the_command_prints():
    command, output = re.search(r"^    \$ exactdyn (.*)\n((?:    .*\n)+)", TEXT, re.MULTILINE).groups()
    process = exactdyn(*shlex.split(command))
    assert process.stdout == re.sub("^    ", "", output, flags=re.MULTILINE)


def test_the_python_of_the_readme_runs():
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert sum(map(bool, code.splitlines())) <= 6
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.stem
)
def test_every_link_within_the_repository_leads_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    inside = [target for target in targets if not target.startswith("https://")]
    assert [target for target in inside if not (page.parent / target).exists()] == []
