"""The parameter of a document: every alpha, or a number t in tokens or in A."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.errors import InputError
from exactdyn.numbers.linear import read_linear
from exactdyn.numbers.reading import Rows, exact, listed_rows, require_rows
from proofs_checks.format.rationals import shorten

EVERY_ALPHA = "all"
"""What ``alpha`` says where all alpha > 0 are meant."""

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,19}", re.ASCII)
"""What a parameter may be called."""

TAKEN = frozenset({"alpha", "tau", "k", "pi", "e", "E", "sqrt", "cbrt", "root", "cos", "sin", "tan"})
"""Names that mean something else."""


@dataclass(frozen=True)
class Parameter:
    """What moves: ``name`` from ``low`` to ``high``, by ``slope`` times it in ``where``, "tokens" or "A".

    For "alpha" there is no more than the name. ``every_alpha``: whether all alpha > 0 are meant beside it,
    which is for a picture only.
    Source: ``proofs_checks/parameters/FORMAT.md``, "The line".

    >>> Parameter("alpha").slope is None
    True
    """

    name: str
    low: Fraction | None = None
    high: Fraction | None = None
    where: str = "alpha"
    slope: Rows | None = None
    every_alpha: bool = False


def read_parameter(document: Mapping[str, object]) -> tuple[Parameter | None, Mapping[str, object]]:
    """Return the parameter of a document, and the document at 0, or at alpha = 1, in its place.

    Raises :class:`~exactdyn.errors.InputError` for a parameter that is no table of name, from, to, that
    stands in both or neither of tokens and A, or is of a degree above 1.

    >>> stated = {"tokens": [["1/3 + 2*t"]], "alpha": 1, "parameter": {"name": "t", "from": -2, "to": 2}}
    >>> parameter, rest = read_parameter(stated)
    >>> parameter.where, parameter.slope, rest
    ('tokens', ((Fraction(2, 1),),), {'tokens': ((Fraction(1, 3),),), 'alpha': 1})
    """
    every = document.get("alpha") == EVERY_ALPHA
    if "parameter" not in document:
        return (Parameter("alpha"), {**document, "alpha": 1}) if every else (None, document)
    name, low, high = _table(document["parameter"])
    found: dict[str, tuple[Rows, Rows]] = {}
    for field in ("tokens", "A"):
        if field in document and (split := _split(document[field], name, field)) is not None:
            found[field] = split
    if len(found) != 1:
        got = "both" if found else "neither"
        raise InputError(f"parameter: requires {name} in tokens or in A, got it in {got}")
    ((where, (constant, slope)),) = found.items()
    rest = {field: value for field, value in document.items() if field != "parameter"}
    alpha: dict[str, object] = {"alpha": 1} if every else {}
    return Parameter(name, low, high, where, slope, every), {**rest, where: constant, **alpha}


def _table(value: object) -> tuple[str, Fraction, Fraction]:
    if not isinstance(value, Mapping) or set(value) != {"name", "from", "to"}:
        raise InputError(f"parameter: requires one table of name, from, to, got {shorten(value)}")
    name = value["name"]
    if isinstance(name, str) and name in TAKEN:
        raise InputError(f"parameter.name: requires a name that means nothing else, such as t, got {name!r}")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise InputError(f"parameter.name: requires a name such as t, got {shorten(name)}")
    low, high = exact(value["from"], "parameter.from"), exact(value["to"], "parameter.to")
    if not low < high:
        raise InputError(f"parameter.to: requires more than from = {low}, got {high}")
    return name, low, high


def _split(value: object, name: str, field: str) -> tuple[Rows, Rows] | None:
    """Return the rows at 0 and how much they grow with the parameter; None where it does not occur."""
    if not isinstance(value, list | tuple):
        return None
    texts = [str(x) for row in value if isinstance(row, list | tuple) for x in row]
    if not any(re.search(rf"(?<![A-Za-z_]){name}(?!\w)", text) for text in texts):
        return None
    rows = listed_rows(value, field)
    require_rows(rows, field)
    numbers = [
        [read_linear(x, name, f"{field}[{i}][{j}]") for j, x in enumerate(row)] for i, row in enumerate(rows)
    ]
    constant, slope = (tuple(tuple(x[part] for x in row) for row in numbers) for part in (0, 1))
    return constant, slope
