"""From a certificate about all matrices of a class to the types of ``formal/Family.v`` and ``Cases.v``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proofs_checks.verified import checker
from proofs_checks.verified.claims import Data, Sizes, read_claim, read_lemma
from proofs_checks.verified.document import (
    LAYERS_LIMIT,
    BeyondError,
    integer,
    listed,
    members,
    numbers,
    rational,
    refuse,
    rows,
    text,
    truth,
)

CLASSES = {
    "general": "General",
    "symmetric": "Symmetric",
    "positive-semidefinite": "Semidefinite",
    "positive-definite": "Definite",
    "positive-semidefinite-part": "SemidefinitePart",
    "positive-definite-part": "DefinitePart",
}
SYMMETRIC = ("Symmetric", "Semidefinite", "Definite")

STATEMENTS = {
    "hull-shrinkage": ("AllHull", "convex-step"),
    "norm-growth": ("AllNorm", "norm-growth"),
    "leaders-persist": ("AllPersist", "leaders-persist"),
    "distinctness-preserved": ("AllApart", "no-collision"),
    "leaders-extreme": ("AllExtreme", "leader-exposed"),
}
"""The statements: their names in ``formal/Family.v``, and the lemmas that prove them for every layer."""

DEPTH_LIMIT = 100
"""How deep a tree of cases may be that is read: checking it takes Python a few calls for every level."""


@dataclass(frozen=True)
class Family:
    """A class of matrices, maybe with tokens: then ``data`` is a ``family`` of the development."""

    kind: str
    data: Data | None
    sizes: Sizes
    named: bool


def read_family(value: Any, layers: int) -> Family:
    """Read the member ``family``.

    >>> read_family({"class": "general"}, 3).kind
    'General'
    """
    given = value if isinstance(value, dict) else refuse("an object")
    kind = CLASSES.get(text(given.get("class")))
    if kind is None:
        raise BeyondError(f"the class {given['class'][:40]!r}")
    if "tokens" not in given:
        members(given, ["class"])
        return Family(kind, None, Sizes(0, 0, layers), True)
    own = members(given, ["class", "alpha", "tokens"], ["base", "span"])
    alpha, tokens = rational(own["alpha"]), rows(own["tokens"])
    d = len(tokens[0]) if tokens else refuse("at least one token")
    if d == 0 or alpha == (-1, 1) or any(len(token) != d for token in tokens):
        refuse("tokens of one dimension, and an alpha other than -1")
    zero = (((0, 1),) * d,) * d
    base = rows(own["base"], d, d) if "base" in own else zero
    units = _units(d, kind in SYMMETRIC)
    span = listed(own["span"], lambda B: rows(B, d, d)) if "span" in own else units
    if kind in SYMMETRIC and any(tuple(zip(*B, strict=True)) != B for B in (base, *span)):
        refuse("symmetric matrices in this class")
    named = base == zero and span == units
    return Family(kind, ((kind,), base, span, alpha, tokens), Sizes(len(tokens), d, layers), named)


def _units(size: int, symmetric: bool) -> tuple[tuple[Data, ...], ...]:
    # A matrix for every entry; of symmetric ones, for every entry on or above the diagonal.
    places = [(r, c) for r in range(size) for c in range(size) if r <= c or not symmetric]
    ones = [{(r, c), (c, r) if symmetric else (r, c)} for r, c in places]
    return tuple(
        tuple(tuple((int((r, c) in own), 1) for c in range(size)) for r in range(size)) for own in ones
    )


def shows(value: Any, family: Family) -> bool:
    """Tell whether a claim about all matrices of the family is established, by the generated checker.

    Raises :class:`BeyondError` where no rule for it is proved.

    >>> claim = {"claim": "hull-shrinkage", "verdict": "holds"}
    >>> shows({**claim, "scope": "every layer", "lemma": "convex-step"}, read_family({"class": "general"}, 3))
    True
    """
    own = members(value, ["claim", "verdict"], ["scope", "lemma", "evidence"])
    name = text(own["claim"])
    if own["verdict"] != "holds" or name not in (*STATEMENTS, "unrealised"):
        raise BeyondError(f"{name} for all matrices")
    data = own.get("evidence", {})
    if name == "unrealised":
        return family.data is not None and _unrealised(own, data, family)
    lemma = read_lemma(own, name, "holds", family.sizes.layers)
    rule, proof = STATEMENTS[name]
    if lemma is not None:
        if lemma != proof:
            raise BeyondError(f"{name} for all matrices, lemma {lemma}")
        members(data, [])
        sign = family.data[3][0] if family.data else 1
        return bool(checker.by_lemma((rule,), (family.kind,))) and sign >= 0
    if family.data is None:
        return False
    if rule == "AllNorm":
        raise BeyondError("norm-growth for all matrices, by cases")
    parts = members(data, ["ties", "cases"], ["members"])
    ties = truth(parts["ties"])
    if "members" in parts or not (ties or family.named or family.kind in ("General", "Symmetric")):
        raise BeyondError("avoidable ties of a class that is not named")
    goal = (((),) * (family.sizes.layers + 1), ties, ((rule,),))
    return bool(checker.check_family(family.data, goal, _tree(parts["cases"], name, family)))


def _unrealised(own: Mapping[str, Any], data: Any, family: Family) -> bool:
    if {"scope", "lemma"} & {*own}:
        refuse("neither scope nor lemma")
    parts, n = members(data, ["attention", "cases"], ["only", "leaders"]), family.sizes.tokens
    if {"only", "leaders"} & {*parts}:
        raise BeyondError("unrealised, with only or leaders")

    def attended(entry: Any) -> tuple[tuple[bool, ...]] | None:
        if entry is None:
            return None
        own = listed(entry, lambda token: integer(token, 0, n - 1)) or refuse("at least one token")
        return (tuple(token in own for token in range(n)),)

    sets = listed(parts["attention"], lambda layer: listed(layer, attended, n), family.sizes.layers + 1)
    return bool(checker.check_family(family.data, (sets, True, None), _tree(parts["cases"], "", family)))


def _tree(value: Any, name: str, family: Family, depth: int = 0) -> Data:
    sizes = family.sizes
    if isinstance(value, list) or depth > DEPTH_LIMIT:
        raise BeyondError("a tree of cases in a list, or a deep one")
    given = value if isinstance(value, dict) else refuse("an object")
    if "token" in given:
        own = members(given, ["token", "cases"])
        token = integer(own["token"], 0, sizes.tokens - 1)
        return "Split", token, listed(own["cases"], lambda node: _tree(node, name, family, depth + 1))
    if "holds" in given:
        scope = f"layers 0..{sizes.layers}"
        claim = {
            "claim": name,
            "verdict": "holds",
            "scope": scope,
            "evidence": members(given, ["holds"])["holds"],
        }
        return "Holds", read_claim(claim, sizes) if name else refuse("no holds where nothing is to hold")
    if "at" in given or "growth" in given or not given:
        raise BeyondError("leaves that are members, growth, or no leaders")
    own = members(given, ["weights"], ["cuts"] if family.kind not in ("General", "Symmetric") else [])
    weights, cuts = listed(own["weights"], _weight), listed(own.get("cuts", []), lambda cut: _cut(cut, sizes))
    return "Contradiction", weights, cuts


def _weight(value: Any) -> Data:
    comparison, weight = listed(value, lambda part: part, 2)
    numbered = listed(comparison, lambda part: integer(part, 0, LAYERS_LIMIT))
    if len(numbered) != 4:
        raise BeyondError("comparisons of one token with itself")
    layer, token, first, second = numbered
    return (((layer, token), first), second), rational(weight)


def _cut(value: Any, sizes: Sizes) -> Data:
    weight, vector = listed(value, lambda part: part, 2)
    return rational(weight), numbers(vector, sizes.dimension)
