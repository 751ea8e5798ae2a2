"""Tables of what each check of the checker is for, and the checker with checks left out."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

import proofs_checks
from proofs_checks import RejectedError, verify
from proofs_checks.__main__ import read_text

CERTIFICATES = Path(__file__).parent / "certificates"
PACKAGE = Path(proofs_checks.__file__).parent


@dataclass(frozen=True)
class Hypothesis:
    """A row of a table: what modules check in which words, and what could be proved without.

    ``checks``: the module, the words of the check, the words without it; one for each place that sees to it.
    """

    lemma: str
    says: str
    checks: tuple[tuple[str, str, str], ...]
    certificate: Path


def read_table(name: str, folder: str = "invalid") -> list[Hypothesis]:
    text = (CERTIFICATES / name).read_text(encoding="utf-8")
    row = re.compile(r"^\| (.+?) \| (.+?) \| ([^`|\n]+) \| (`.+`) \| (`.*`) \| `(\S+)` \|$", re.MULTILINE)
    rows = row.findall(text)
    assert len(rows) == text.count("\n| ") - 2, "a row of the table cannot be read"
    return [
        Hypothesis(
            lemma,
            says,
            tuple(zip(modules.split(" and "), _words(checks), _words(left_out), strict=True)),
            CERTIFICATES / folder / f"{certificate}.json",
        )
        for lemma, says, modules, checks, left_out, certificate in rows
    ]


def _words(cell: str) -> list[str]:
    return cell[1:-1].split("` and `")


def lemmas_of(table: list[Hypothesis]) -> set[str]:
    return {name for row in table for name in row.lemma.split(", ")}


def assert_needed(row: Hypothesis) -> None:
    """The checker rejects the certificate, and accepts it when the check is left out."""
    text = read_text(row.certificate)
    with pytest.raises(RejectedError):
        verify(text)
    sources: dict[Path, str] = {}
    for module, check, left_out in row.checks:
        path = PACKAGE / module
        source = sources.get(path) or path.read_text(encoding="utf-8")
        assert check in source, "the words of the check have to be brought up to date"
        sources[path] = source.replace(check, left_out)
    with checker_with(sources) as other:
        other.verify(text)


@contextmanager
def checker_with(sources: dict[Path, str]) -> Iterator[ModuleType]:
    """Import the checker once more, some files of it with other words; the one in use stays as it is.

    Modules that import none of those files, nor others that do, are the same in both.
    """
    own = {name: module for name, module in sys.modules.items() if name.split(".")[0] == PACKAGE.name}
    finder = _Changed(sources)
    anew = set(finder.sources)
    while more := {name for name, imported in imports().items() if imported & anew} - anew:
        anew |= more
    # A package has what is in it among its names, so packages are made anew too.
    anew |= {name for name, module in own.items() if hasattr(module, "__path__")}
    sys.meta_path.insert(0, finder)
    for name in anew & own.keys():
        del sys.modules[name]
    try:
        yield importlib.import_module(PACKAGE.name)
    finally:
        sys.meta_path.remove(finder)
        for name in anew & sys.modules.keys():
            del sys.modules[name]
        sys.modules.update(own)


@cache
def imports() -> dict[str, set[str]]:
    """Which modules each module of the checker takes names from, or is given whole."""
    paths = {_name(path): path for path in PACKAGE.rglob("*.py")}
    found = {}
    for own, path in paths.items():
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        names = [
            (node.module, f"{node.module}.{alias.name}")
            for node in nodes
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        ]
        found[own] = {whole if whole in paths else module for module, whole in names}
    return found


def _name(path: Path) -> str:
    parts = [PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class _Changed(MetaPathFinder):
    def __init__(self, sources: dict[Path, str]) -> None:
        self.sources = {_name(path): (path, source) for path, source in sources.items()}

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname not in self.sources:
            return None
        file, source = self.sources[fullname]
        return spec_from_file_location(fullname, file, loader=_Loader(fullname, str(file), source))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self.source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.source, self.path, "exec")
