"""Outside of its class nobody looks at a number of a field but by operators: comparisons are signs.

Sets and dictionaries of such numbers are TypeErrors, as they have no hash (``test_number_field.py``).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import proofs_checks

PACKAGE = Path(proofs_checks.__file__).parent
OWN = {PACKAGE / "format" / "field_number.py", PACKAGE / "format" / "number_field.py"}
RULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path not in OWN]
OVER_A_FIELD = [*sorted((PACKAGE / "hardmax").rglob("*.py")), PACKAGE / "certificate.py"]

FORBIDDEN = {"hash", "id", "repr", "float", "int", "round", "divmod", "vars", "getattr", "pickle"}
"""What turns a number into something that is compared in another way."""


def named(path: Path) -> Iterator[tuple[int, str]]:
    """Go through the names of functions that are called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id


def attributes(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr


@pytest.mark.parametrize("path", OVER_A_FIELD, ids=lambda path: path.stem)
def test_no_rule_turns_numbers_into_something_else_to_compare_them(path: Path) -> None:
    assert [found for found in named(path) if found[1] in FORBIDDEN] == []


def test_no_rule_looks_at_the_coefficients_of_a_number() -> None:
    inner = {"_coefficients", "coefficients"}
    assert {path.name for path in RULES for _, name in attributes(path) if name in inner} == set()


@pytest.mark.parametrize("path", OVER_A_FIELD, ids=lambda path: path.stem)
def test_identity_is_asked_of_none_alone(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare) and any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
            assert all(isinstance(side, ast.Constant) for side in node.comparators), f"line {node.lineno}"


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
