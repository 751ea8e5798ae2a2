"""Versions of the packages that exactdyn uses: the lowest it allows, and the newest it is known to pass with.

``lowest`` prints the lowest of each as constraints for pip; ``moved PYTHON`` what the environment of a Python
has otherwise than newest_known.txt; ``record PYTHON`` makes that the newest set known to pass.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KNOWN = ROOT / ".ci" / "newest_known.txt"
TESTED = ("cluster", "test")
"""The extras of the tests; what training needs is in none of them."""

HEAD = "# The newest versions that passed; `python .ci/versions.py record PYTHON` writes them.\n"

LISTING = """
import importlib.metadata, json, platform
found = [(one.metadata["Name"], one.version) for one in importlib.metadata.distributions()]
print(json.dumps([("python", platform.python_version()), *found]))
"""
"""What Python runs to say what it has; without pip, which need not be there."""


def lowest() -> list[str]:
    """Return the lowest version of every direct dependency, the tests' own among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + [one for extra in TESTED for one in extras[extra]]
    found = []
    for requirement in wanted:
        if requirement.startswith(project["name"]):  # an extra that names another
            continue
        parts = re.fullmatch(r"([\w.-]+)(\[[\w,-]+\])?>=([\w.]+)", requirement)
        if parts is None:
            raise SystemExit(f"pyproject.toml: requires NAME>=VERSION and nothing more, got {requirement}")
        found.append(f"{parts[1]}=={parts[3]}")
    return found


def installed(python: str) -> dict[str, str]:
    """Return the versions of what an environment has, Python's among them."""
    listed = subprocess.run([python, "-c", LISTING], capture_output=True, check=True, text=True).stdout
    found = {name.lower().replace("_", "-"): version for name, version in json.loads(listed)}
    return {name: found[name] for name in sorted(found) if name not in ("exactdyn", "pip", "setuptools")}


def known() -> dict[str, str]:
    """Return the newest set known to pass."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==", 1) for line in lines if line and not line.startswith("#"))


def moved(now: dict[str, str], before: dict[str, str]) -> list[str]:
    """Return one line for every package that came, went or has another version."""
    return [
        f"{name}: {before.get(name, 'absent')} -> {now.get(name, 'absent')}"
        for name in sorted(now.keys() | before.keys())
        if now.get(name) != before.get(name)
    ]


def main(arguments: list[str]) -> int:
    """Do what the arguments ask; moving is no failure."""
    match arguments:
        case ["lowest"]:
            print(*lowest(), sep="\n")
        case ["moved", python]:
            changes = moved(installed(python), known())
            print("since the newest set known to pass:", *changes or ["nothing has moved"], sep="\n  ")
        case ["record", python]:
            lines = [f"{name}=={version}\n" for name, version in installed(python).items()]
            KNOWN.write_text(HEAD + "".join(lines), encoding="utf-8")
        case _:
            print(__doc__, end="")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
