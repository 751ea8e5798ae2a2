"""The house: rooms on floors, and every arrow points down."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from importlib.util import find_spec
from pathlib import Path

import pytest

import exactdyn

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("exactdyn", "proofs_checks")
FLOORS = [
    ["proofs_checks", "exactdyn.errors", "exactdyn.verdict"],
    ["exactdyn.numbers", "exactdyn.work"],
    ["exactdyn.geometry", "exactdyn.layer"],
    ["exactdyn.kernel"],
    ["exactdyn.systems"],
    ["exactdyn.limits", "exactdyn.certificates", "exactdyn.graph", "exactdyn.documents", "exactdyn.floats"],
    ["exactdyn.statements", "exactdyn.softmax", "exactdyn.sentiment"],
    ["exactdyn.families"],
    ["exactdyn.hunts", "exactdyn.pictures"],
    ["exactdyn.cli", "exactdyn.__main__"],
    ["exactdyn"],  # the door: it names what users import, and no room looks out of it
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


class Imports(ast.NodeVisitor):
    """What a module imports when it runs, in functions too; what only type checkers read is left out."""

    def __init__(self, modules):
        self.modules = modules
        self.found = set()

    def visit_If(self, node):
        checked_only = "TYPE_CHECKING" in (getattr(node.test, "id", None), getattr(node.test, "attr", None))
        for statement in node.orelse if checked_only else [*node.body, *node.orelse]:
            self.visit(statement)

    def visit_Import(self, node):
        self.found |= {alias.name for alias in node.names}

    def visit_ImportFrom(self, node):
        names = {f"{node.module}.{alias.name}" for alias in node.names}
        self.found |= {name if name in self.modules else node.module for name in names}


def module_name(file):
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def read_imports():
    files = {module_name(file): file for package in PACKAGES for file in (ROOT / package).rglob("*.py")}
    imports = {}
    for module, file in files.items():
        visitor = Imports(set(files))
        visitor.visit(ast.parse(file.read_text(encoding="utf-8")))
        imports[module] = visitor.found
    return imports


def room_of(module):
    package, *rest = module.split(".")
    return package if package == "proofs_checks" or not rest else f"{package}.{rest[0]}"


IMPORTS = read_imports()
OWN_IMPORTS = {module: {name for name in found if name in IMPORTS} for module, found in IMPORTS.items()}


def test_every_room_has_a_floor():
    unknown = {room_of(module) for module in IMPORTS} - set(FLOOR_OF)
    assert not unknown, f"place {sorted(unknown)} on a floor in FLOORS"


def test_imports_only_point_down():
    upwards = [
        f"{module} (floor {FLOOR_OF[room_of(module)]}) imports {name} (floor {FLOOR_OF[room_of(name)]})"
        for module, names in OWN_IMPORTS.items()
        for name in names
        if FLOOR_OF[room_of(name)] > FLOOR_OF[room_of(module)]
    ]
    assert not upwards


@pytest.mark.parametrize("unit", [str, room_of], ids=["modules", "rooms"])
def test_no_imports_run_in_circles(unit):
    graph = {unit(module): set() for module in OWN_IMPORTS}
    for module, names in OWN_IMPORTS.items():
        graph[unit(module)] |= {unit(name) for name in names} - {unit(module)}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


def test_the_reader_of_imports_sees_what_runs_and_nothing_else():
    source = """
import a
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from hidden import x
else:
    import b
if a:
    from p import q, other
def f():
    import c
"""
    visitor = Imports({"p.q"})
    visitor.visit(ast.parse(source))
    assert visitor.found == {"a", "typing", "b", "p.q", "p", "c"}


@pytest.mark.parametrize("name", exactdyn.__all__)
def test_an_exported_name_is_there_and_is_no_module(name):
    assert getattr(exactdyn, name).__name__ == name
    assert find_spec(f"exactdyn.{name}") is None


def test_names_that_are_not_exported_are_missing():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        exactdyn.nothing  # noqa: B018 - the access is the test


def test_the_door_opens_without_the_heavy_libraries():
    heavy = {"numpy", "flint", "networkx", "sympy", "matplotlib", "highspy", "typer", "rich"}
    program = "import sys, exactdyn; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "exactdyn" in loaded.stdout.split()
    assert not heavy & set(loaded.stdout.split())
