"""What exactdyn needs, how it is installed, and how a run of all tests says which package has moved."""

import re
import runpy
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
VERSIONS = runpy.run_path(str(ROOT / ".ci" / "versions.py"))


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_readme_installs_every_extra_from_the_clone(extra):
    # What builds the site is for those who change it: their page is CONTRIBUTING.md.
    page = ROOT / ("CONTRIBUTING.md" if extra == "docs" else "README.md")
    commands = re.findall(r"\.venv/bin/pip install --quiet (?:-e )?'\.\[(\w+)\]'", page.read_text())
    assert extra in commands
    assert set(commands) <= set(EXTRAS)


def test_no_message_sends_a_user_to_an_index_that_does_not_have_exactdyn():
    files = [ROOT / "README.md", *(ROOT / "exactdyn").rglob("*.py")]
    assert [
        file for file in files if re.search(r"install[^\n]*\bexactdyn\[", file.read_text(encoding="utf-8"))
    ] == []


def test_every_dependency_has_a_lowest_version_and_no_other_bound():
    names = [pin.split("==")[0] for pin in VERSIONS["lowest"]()]
    wanted = [*PROJECT["dependencies"], *EXTRAS["cluster"], *EXTRAS["test"]]
    assert len(names) == len(set(names)) == len([one for one in wanted if not one.startswith("exactdyn")])


def test_the_newest_set_known_to_pass_names_every_dependency():
    known = VERSIONS["known"]()
    assert [pin for pin in VERSIONS["lowest"]() if pin.split("==")[0] not in known] == []


def test_the_newest_set_known_to_pass_names_what_its_packages_need():
    known = VERSIONS["known"]()
    recorded = {
        "python_version": known["python"].rpartition(".")[0],
        "python_full_version": known["python"],
        "sys_platform": "linux",
        "platform_system": "Linux",
    }
    needed = {
        canonicalize_name(one.name)
        for distribution in distributions()
        if known.get(canonicalize_name(distribution.metadata["Name"])) == distribution.version
        for one in map(Requirement, distribution.requires or ())
        if one.marker is None or one.marker.evaluate(recorded)
    }
    assert needed - known.keys() <= {"pip", "setuptools"}  # which are recorded of nobody


def test_what_has_moved_is_said_package_by_package():
    before = {"highspy": "1.15.1", "numpy": "2.4.6", "gone": "1"}
    now = {"highspy": "1.16.0", "numpy": "2.4.6", "new": "2"}
    assert VERSIONS["moved"](now, before) == [
        "gone: 1 -> absent",
        "highspy: 1.15.1 -> 1.16.0",
        "new: absent -> 2",
    ]


def test_the_versions_of_an_environment_are_read_from_it():
    found = VERSIONS["installed"](sys.executable)
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert "numpy" in found
    assert "exactdyn" not in found
