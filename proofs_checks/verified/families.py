"""From a certificate about all matrices of a class to the types of ``formal/Families.v``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from proofs_checks.verified import checker
from proofs_checks.verified.claims import Data, Sizes, read_claim, read_lemma
from proofs_checks.verified.constructors import require_constructors
from proofs_checks.verified.document import (
    BeyondError,
    factorisation,
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
from proofs_checks.verified.trees import Leaves, read_nodes, read_tree

CLASSES: dict[str, Data] = {
    "general": ("General",),
    "symmetric": ("SymmetricOnly",),
    **{
        f"{word}-{'definite' if strict else 'semidefinite'}{'-part' if part else ''}": (
            *("Signed", word == "negative", strict, part),
        )
        for word in ("positive", "negative")
        for strict in (False, True)
        for part in (False, True)
    },
}

STATEMENTS = {
    "hull-shrinkage": ("AllHull", "convex-step"),
    "norm-growth": ("AllNorm", "norm-growth"),
    "leaders-persist": ("AllPersist", "leaders-persist"),
    "distinctness-preserved": ("AllApart", "no-collision"),
    "leaders-extreme": ("AllExtreme", "leader-exposed"),
    "convergence": ("AllConverge", "consensus"),
}
"""The statements: their names in ``formal/Families.v``, and the lemmas that prove them for every layer."""

PLACES_LIMIT = 12
"""Beyond so many tokens the hand-written kernel may not go through all that can meet."""


@dataclass(frozen=True)
class Family:
    """A class of matrices, maybe with tokens: then ``data`` is a ``family`` of the development."""

    kind: Data
    data: Data | None
    sizes: Sizes
    named: bool

    @property
    def signed(self) -> bool:
        """Whether the class is a (semi)definite one."""
        return bool(self.kind[0] == "Signed")


def dimension(value: Any) -> int:
    """Return the dimension of the tokens of a family, as far as one is stated.

    >>> dimension({"class": "general", "tokens": [["1", "2"]]})
    2
    """
    match value:
        case {"tokens": [[*entries], *_]}:
            return len(entries)
    return 0


def read_family(value: Any, layers: int) -> Family:
    """Read the member ``family``; raises :class:`BeyondError` for one that states a rank or hypotheses.

    >>> read_family({"class": "negative-definite"}, 3).kind
    ('Signed', True, True, False)
    """
    given = value if isinstance(value, dict) else refuse("an object")
    kind = CLASSES.get(text(given.get("class"))) or refuse("a class")
    if "tokens" not in given:
        if {*members(given, ["class"], ["rank", "hypotheses"])} > {"class"}:
            raise BeyondError("matrices of some rank, or tokens for which hypotheses hold")
        return Family(kind, None, Sizes(0, 0, layers), True)
    own = members(given, ["class", "alpha", "tokens"], ["base", "span"])
    alpha, tokens = rational(own["alpha"]), rows(own["tokens"])
    d = len(tokens[0]) if tokens else refuse("at least one token")
    if d == 0 or alpha == (-1, 1) or any(len(token) != d for token in tokens):
        refuse("tokens of one dimension, and an alpha other than -1")
    symmetric = kind[0] == "SymmetricOnly" or (kind[0] == "Signed" and not kind[3])
    zero, units = (((0, 1),) * d,) * d, _units(d, symmetric)
    base = rows(own["base"], d, d) if "base" in own else zero
    span = listed(own["span"], lambda B: rows(B, d, d)) if "span" in own else units
    if symmetric and any(tuple(zip(*B, strict=True)) != B for B in (base, *span)):
        refuse("symmetric matrices in this class")
    named = base == zero and span == units
    return Family(kind, (kind, base, span, alpha, tokens), Sizes(len(tokens), d, layers), named)


def _places(size: int, symmetric: bool) -> list[tuple[int, int]]:
    return [(r, c) for r in range(size) for c in range(size) if r <= c or not symmetric]


def _units(size: int, symmetric: bool) -> tuple[tuple[Data, ...], ...]:
    # A matrix for every entry; of symmetric ones, for every entry on or above the diagonal.
    ones = [{(r, c), (c, r) if symmetric else (r, c)} for r, c in _places(size, symmetric)]
    one, zero = (1, 1), (0, 1)
    return tuple(
        tuple(tuple(one if (r, c) in own else zero for c in range(size)) for r in range(size)) for own in ones
    )


def shows(value: Any, family: Family) -> bool:
    """Tell whether a claim about all matrices of the family is established, by the generated checker.

    Raises :class:`BeyondError` where no rule for it is proved.

    >>> claim = {"claim": "hull-shrinkage", "verdict": "holds"}
    >>> shows({**claim, "scope": "every layer", "lemma": "convex-step"}, read_family({"class": "general"}, 3))
    True
    """
    own = members(value, ["claim", "verdict"], ["scope", "lemma", "evidence", "witness"])
    name, verdict = text(own["claim"]), text(own["verdict"])
    if verdict not in ("holds", "fails") or ("evidence" if verdict == "fails" else "witness") in own:
        refuse("holds with evidence, or fails with a witness")
    if name not in (*STATEMENTS, "unrealised", "itineraries"):
        raise BeyondError(f"{name} for all matrices")
    if name not in STATEMENTS and {"scope", "lemma"} & {*own}:
        refuse("neither scope nor lemma")
    if name in STATEMENTS and verdict == "holds" and own.get("scope") == "every layer":
        return _by_lemma(own, name, family)
    if family.data is None or (verdict == "fails" and name != "unrealised"):
        return False
    claim = _claim(own, name, verdict, family)
    require_constructors([family.kind, claim])
    return bool(checker.check_family(family.data, claim))


def _by_lemma(own: Mapping[str, Any], name: str, family: Family) -> bool:
    statement, lemma = STATEMENTS[name]
    if (given := read_lemma(own, name, "holds", family.sizes.layers)) != lemma:
        raise BeyondError(f"{name} for all matrices, lemma {given}")
    members(own.get("evidence", {}), [])
    require_constructors([family.kind, (statement,)])
    if family.data is None:
        return bool(checker.by_lemma((statement,), family.kind))
    return bool(checker.check_family(family.data, ("AllByLemma", (statement,))))


def _claim(own: Mapping[str, Any], name: str, verdict: str, family: Family) -> Data:
    # The constructor of the development for a claim, with its arguments in their order.
    sizes = family.sizes
    if verdict == "fails":
        witness = members(own.get("witness", {}), ["attention", *_of_member(family)], ["only", "leaders"])
        return "Realised", _description(witness, sizes), _member(witness, family)
    data = own.get("evidence", {})
    if name == "unrealised":
        parts = members(data, ["attention", "cases"], ["only", "leaders"])
        described = _description(parts, sizes)
        return "Unrealised", described, _tree(parts["cases"], "", family, (described, True, ("Nobody",)))
    parts = members(data, ["ties", "cases"], ["members"])
    ties, statement = truth(parts["ties"]), STATEMENTS.get(name, ("",))[0]
    aim: Data = ("Statement", (statement,)) if statement else ("Itinerary",)
    tree = _tree(parts["cases"], name, family, checker.layers_goal(sizes.layers, ties, aim))
    if "members" in parts and (ties or not family.signed):
        refuse("no members")
    shown = () if ties or not family.signed else _made_members(family) if family.named else ()
    if "members" in parts:
        shown = listed(parts["members"], lambda entry: _member(members(entry, _of_member(family)), family))
    if name == "itineraries":
        return "Itineraries", sizes.layers, ties, shown, tree
    read_lemma(own, name, "holds", sizes.layers)
    if name == "distinctness-preserved" and sizes.tokens > PLACES_LIMIT:
        raise BeyondError(f"{name} by cases, of more than {PLACES_LIMIT} tokens")
    return "AllOnLayers", (statement,), sizes.layers, ties, shown, tree


def _description(parts: Mapping[str, Any], sizes: Sizes) -> Data:
    def attended(entry: Any) -> tuple[tuple[bool, ...]] | None:
        if entry is None:
            return None
        own = listed(entry, lambda token: integer(token, 0, sizes.tokens - 1)) or refuse("a token")
        return (tuple(token in own for token in range(sizes.tokens)),)

    sets = listed(parts["attention"], lambda layer: listed(layer, attended, sizes.tokens), sizes.layers + 1)
    return sets, truth(parts.get("only", False)), integer(parts.get("leaders", 0), 0, sizes.tokens)


def _of_member(family: Family) -> list[str]:
    return ["at", "factorisation"] if family.signed else ["at"]


def _member(parts: Mapping[str, Any], family: Family) -> Data:
    at = numbers(parts["at"], len(family.data[2]) if family.data else 0)
    if not family.signed:
        return at, (), ()
    return at, *factorisation(parts["factorisation"], family.sizes.dimension)


def _made_members(family: Family) -> tuple[Data, ...]:
    # All of a class has members in general position: s I, and others with another x_p each.
    _, negative, _, part = family.kind
    d, sign = family.sizes.dimension, -1 if negative else 1
    places = _places(d, not part)
    start = [(sign * (r == c), 1) for r, c in places]
    made = [(tuple(start), _lower(d, 0, 0, (0, 1)), ((1, 1),) * d)]
    for p, (r, c) in enumerate(places):
        at = (*start[:p], (2 * start[p][0] + 1, 2), *start[p + 1 :])
        beside = (sign, 4 if part else 2)  # off the diagonal of the symmetric part, times s
        pivot = (2 + sign, 2) if r == c else (beside[1] ** 2 - 1, beside[1] ** 2)
        diagonal = tuple(pivot if k == max(r, c) else (1, 1) for k in range(d))
        made.append((at, _lower(d, max(r, c), min(r, c), beside), diagonal))
    return tuple(made)


def _lower(size: int, row: int, column: int, entry: Data) -> tuple[Data, ...]:
    return tuple(
        tuple((1, 1) if r == c else entry if (r, c) == (row, column) else (0, 1) for c in range(size))
        for r in range(size)
    )


def _tree(value: Any, name: str, family: Family, goal: Data) -> Data:
    def evidence(held: Any) -> Data:
        scope = f"layers 0..{family.sizes.layers}"
        if name in ("", "itineraries"):
            refuse("no holds where nothing is to hold")
        return read_claim({"claim": name, "verdict": "holds", "scope": scope, "evidence": held}, family.sizes)

    def member(node: Any) -> Data:
        return _member(members(node, _of_member(family)), family)

    leaves = Leaves(family.sizes, family.signed, evidence, member)
    if isinstance(value, list) and family.data:
        return read_nodes(value, leaves, family.data, goal)
    return read_tree(value, leaves)
