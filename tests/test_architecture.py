"""The house: rooms on floors, and every arrow points down."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

import exactdyn

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("exactdyn", "proofs_checks")
FLOORS = [
    ["proofs_checks", "exactdyn.errors", "exactdyn.verdict", "exactdyn.presentation"],
    ["exactdyn.numbers", "exactdyn.work"],
    ["exactdyn.geometry", "exactdyn.layer"],
    ["exactdyn.kernel"],
    ["exactdyn.systems"],
    ["exactdyn.limits", "exactdyn.certificates", "exactdyn.graph", "exactdyn.documents", "exactdyn.floats"],
    ["exactdyn.statements", "exactdyn.softmax", "exactdyn.sentiment"],
    ["exactdyn.families", "exactdyn.parameters", "exactdyn.transformer"],
    ["exactdyn.hunts", "exactdyn.pictures"],
    ["exactdyn.cli", "exactdyn.__main__"],
    ["exactdyn.notebook"],  # the face in Python: it says what the command line says
    ["exactdyn"],  # the door: it names what users import, and no room looks out of it
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


class Imports(ast.NodeVisitor):
    """What a module imports: at its head, in functions, and for type checkers alone."""

    def __init__(self, modules):
        self.modules = modules
        self.found = set()

    def visit_Import(self, node):
        self.found |= {alias.name for alias in node.names}

    def visit_ImportFrom(self, node):
        names = {f"{node.module}.{alias.name}" for alias in node.names}
        self.found |= {name if name in self.modules else node.module for name in names}


def module_name(file):
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(file): file for package in PACKAGES for file in (ROOT / package).rglob("*.py")}


def read_imports():
    imports = {}
    for module, file in MODULES.items():
        visitor = Imports(set(MODULES))
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


def test_no_two_classes_of_the_library_have_one_name():
    homes = {}
    for module, file in MODULES.items():
        if module.split(".")[0] == "exactdyn":
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    homes.setdefault(node.name, []).append(module)
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


def test_no_module_has_the_name_of_a_room():
    """The face is left out: what it has for a room or a command bears that name."""
    rooms = {room.removeprefix("exactdyn.") for room in FLOOR_OF}
    named = [module for module in MODULES if module.count(".") > 1 and module.split(".")[-1] in rooms]
    named = [module for module in named if module.startswith("exactdyn.")]
    packages = {module.rpartition(".")[0] for module in MODULES}
    assert [name for name in named if name not in packages and not name.startswith("exactdyn.cli.")] == []


def test_what_judges_the_checker_shares_no_code_with_either_package():
    files = {module_name(file): file for file in (ROOT / "tests" / "judges").rglob("*.py")}
    alone = ("oracle", "parameter", "parameter_statements", "every_matrix", "hard_attention", "reference")
    todo = [name for name in files if name.startswith(tuple(f"tests.judges.{own}" for own in alone))]
    reached = set()
    while todo:
        visitor = Imports(set(files))
        visitor.visit(ast.parse(files[todo.pop()].read_text(encoding="utf-8")))
        todo += [name for name in visitor.found - reached if name in files]
        reached |= visitor.found
    assert "tests.judges.oracle.softmax_world" in reached
    others = {name.split(".")[0] for name in reached - files.keys()}
    assert not others & {*PACKAGES, "tests"}


def test_the_reader_of_imports_sees_those_in_functions_and_those_for_type_checkers():
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
    assert visitor.found == {"a", "typing", "hidden", "b", "p.q", "p", "c"}


@pytest.mark.parametrize("name", exactdyn.__all__)
def test_an_exported_name_is_there_and_is_no_module(name):
    room = find_spec(f"exactdyn.{name}")
    if room is not None:
        import_module(f"exactdyn.{name}")  # Python would set it in the place of what is exported
    assert callable(getattr(exactdyn, name))


def test_what_is_exported_is_what_completion_and_help_show():
    shown = [name for name in dir(exactdyn) if not name.startswith("__")]
    assert shown == sorted(exactdyn.__all__)
    assert exactdyn.__version__ == version("exactdyn")


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


def called(node):
    """The last part of the name of what is called, or of a name."""
    function = node.func if isinstance(node, ast.Call) else node
    return getattr(function, "attr", None) or getattr(function, "id", None) or ""


def names_in(node):
    return {called(part) for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)}


def asks_for_truth_values(tree):
    """Lines that ask whether something is a truth value, and so decide for themselves what an integer is."""
    for node in ast.walk(tree):
        is_asked = isinstance(node, ast.Call) and called(node) == "isinstance" and len(node.args) == 2
        if is_asked and names_in(node.args[1]) & {"bool", "bool_"}:
            yield node.lineno
        if isinstance(node, ast.Compare) and {"type"} & names_in(node) and names_in(node) & {"bool", "bool_"}:
            yield node.lineno


def is_product(node):
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)


def makes_fraction(node):
    return isinstance(node, ast.Call) and called(node) in {"Fraction", "fmpq", "to_fmpq"}


def forms_scores(tree):
    """Lines that multiply out scores, or make fractions of them: the product X A X^T, ``Fraction(score)``."""
    for node in ast.walk(tree):
        if is_product(node) and is_product(node.left) and called(node.right) == "transpose":
            yield node.lineno
        if makes_fraction(node) and any("score" in name for part in node.args for name in names_in(part)):
            yield node.lineno
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = any("score" in name for target in targets for name in names_in(target))
            yield from (part.lineno for part in ast.walk(node.value) if named and makes_fraction(part))
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            named = any("score" in name for loop in node.generators for name in names_in(loop))
            yield from (part.lineno for part in ast.walk(node) if named and makes_fraction(part))


def lines_where(rule, allowed):
    """Every place of the library, outside what is allowed, that a rule finds."""
    return [
        f"{file.relative_to(ROOT)}:{line}"
        for file in sorted((ROOT / "exactdyn").rglob("*.py"))
        if not any(module_name(file).startswith(room) for room in allowed)
        for line in rule(ast.parse(file.read_text(encoding="utf-8")))
    ]


def test_what_an_integer_is_is_decided_in_one_place():
    assert not lines_where(asks_for_truth_values, ["exactdyn.numbers.reading"])


OTHER_PRODUCTS = [
    "exactdyn.limits.polytope",  # the Gram matrix of the edges of a face, for its determinant
    "exactdyn.hunts.shrinking.reductions",  # A in another basis
]


def test_scores_are_formed_in_the_room_of_the_layer():
    assert not lines_where(forms_scores, ["exactdyn.layer.", "exactdyn.numbers.", *OTHER_PRODUCTS])


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (asks_for_truth_values, "isinstance(x, bool)"),
        (asks_for_truth_values, "isinstance(x, int | np.bool_)"),
        (asks_for_truth_values, "type(x) is bool"),
        (forms_scores, "rows = X * A.transpose() * X.transpose()"),
        (forms_scores, "exact = Fraction(int(score), 3)"),
        (forms_scores, "self.scores = [Fraction(x) for x in row]"),
        (forms_scores, "rows = [Fraction(x, 3) for row in scores for x in row]"),
    ],
)
def test_the_rules_find_what_they_forbid(rule, source):
    assert list(rule(ast.parse(source)))


@pytest.mark.parametrize("source", ["isinstance(x, int)", "gap = Fraction(1, 2)", "scores = X * A"])
def test_the_rules_leave_the_rest_alone(source):
    assert not [*asks_for_truth_values(ast.parse(source)), *forms_scores(ast.parse(source))]


def test_the_readme_has_at_most_8_kilobytes():
    assert len((ROOT / "README.md").read_bytes()) <= 8000
