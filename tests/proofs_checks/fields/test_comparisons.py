"""Outside of its class nobody looks at a number of a field but by operators: comparisons are signs.

Sets and dictionaries of such numbers are TypeErrors, as they have no hash (``test_number_field.py``).
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import proofs_checks

PACKAGE = Path(proofs_checks.__file__).parent


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


OWN = {PACKAGE / "format" / name for name in ("field_number.py", "number_field.py")}
RULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path not in OWN]
RATIONAL = ("families", "parameters", "softmax", "temperature", "verified")
"""Rooms whose certificates state no field, so that all their numbers are rational."""
OUTSIDE = {
    PACKAGE / name
    for name in ("__init__.py", "__main__.py", "kernels.py", "format/rationals.py", "format/reading.py")
}
"""What deals with text, before there is a number, loads the rules, or chooses who checks."""
OVER_A_FIELD = [path for path in RULES if path not in OUTSIDE and room(path) not in RATIONAL]
WORDS = {path for path in OVER_A_FIELD if path.name == "words.py"}
"""What writes numbers for a reader."""

FORBIDDEN = {"hash", "id", "repr", "str", "format", "ascii", "float", "int", "round", "divmod", "vars"}
FORBIDDEN |= {"getattr", "pickle", "attrgetter", "write_number"}
"""What turns a number into something that is compared in another way."""
INNER = {"_coefficients", "coefficients", "__dict__", "__slots__", "__getattribute__", "__hash__"}
"""Where the vector of a number would be seen, of which equal numbers may have different ones."""


def offences(source: str) -> list[str]:
    """Return what in a rule looks at a number otherwise than by the operators."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in ("isinstance", "cast"):
            used = [node.func, *node.args, *(keyword.value for keyword in node.keywords)]
            names = [own.id for own in used if isinstance(own, ast.Name) and own.id in FORBIDDEN]
            found += [f"line {node.lineno}: {name}" for name in names]
        if isinstance(node, ast.Attribute) and node.attr in INNER:
            found.append(f"line {node.lineno}: {node.attr}")
        if isinstance(node, ast.Compare):
            for operator, side in zip(node.ops, node.comparators, strict=True):
                if isinstance(operator, ast.Is | ast.IsNot) and not isinstance(side, ast.Constant):
                    found.append(f"line {node.lineno}: is")
    return found


@pytest.mark.parametrize("path", OVER_A_FIELD, ids=lambda path: f"{room(path)}-{path.stem}")
def test_a_rule_looks_at_numbers_by_operators_alone(path: Path) -> None:
    found = offences(path.read_text(encoding="utf-8"))
    shown = ("str", "write_number") if path in WORDS else ()
    assert [own for own in found if not own.endswith(shown)] == []


@pytest.mark.parametrize(
    "broken",
    [
        "same = len({repr(x) for x in row}) == 1",
        "same = set(map(str, row))",
        "first = {hash(x): x for x in row}",
        "row.sort(key=id)",
        "row.sort(key=write_number)",
        "least = min(row, key=float)",
        "tied = x is y",
        "tied = x._coefficients == y._coefficients",
        "tied = x.coefficients == y.coefficients",
        "tied = getattr(x, hidden) == getattr(y, hidden)",
        "tied = vars(x) == vars(y)",
        "tied = int(x - y) == 0",
        "tied = object.__hash__(x) == object.__hash__(y)",
    ],
)
def test_a_rule_that_looks_at_numbers_in_another_way_is_found(broken: str) -> None:
    path = PACKAGE / "hardmax" / "forms.py"
    assert len(offences(path.read_text(encoding="utf-8") + f"\n{broken}\n")) >= 1


def test_files_that_came_later_are_looked_at_too() -> None:
    names = {f"{room(path)}/{path.stem}" for path in OVER_A_FIELD}
    assert names >= {f"hardmax/{name}" for name in ("packed_scores", "run", "moves", "forms", "largest")}


def test_one_file_alone_gives_a_certificate_its_field() -> None:
    """So rooms whose certificates are of another kind than this one reads have rational numbers."""
    givers = set()
    for path in RULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and any(own.arg == "over" for own in node.keywords):
                givers.add(path.relative_to(PACKAGE).as_posix())
            if isinstance(node, ast.Name) and node.id == "read_number_field":
                givers.add(path.relative_to(PACKAGE).as_posix())
    assert givers == {"certificate.py"}


def test_the_class_compares_by_the_sign_alone() -> None:
    tree = ast.parse((PACKAGE / "format" / "field_number.py").read_text(encoding="utf-8"))
    (number,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    methods = {
        node.name: ast.unparse(node.body[-1]) for node in number.body if isinstance(node, ast.FunctionDef)
    }
    for name, relation in (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="), ("eq", "==")):
        assert methods[f"__{name}__"] == f"return (self - other).sign() {relation} 0"
    assert methods["__bool__"] == "return self.sign() != 0"
    assert methods["sign"] == "return self.field.sign(self._coefficients)"
    assert "__hash__" not in methods and "__ne__" not in methods
