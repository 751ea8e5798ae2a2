"""From the claims of a certificate about one system to the type ``claim`` of ``formal/Certificates.v``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from proofs_checks.verified.document import (
    LAYERS_LIMIT,
    BeyondError,
    NotShownError,
    factorisation,
    integer,
    listed,
    members,
    numbers,
    rational,
    refuse,
    rows,
    text,
)

Data: TypeAlias = tuple[Any, ...]
"""A value as the generated checker has it: a constructor's name and its arguments, or arguments alone."""


@dataclass(frozen=True)
class Sizes:
    """The number of tokens, of coordinates, and the last layer N."""

    tokens: int
    dimension: int
    layers: int


@dataclass(frozen=True)
class Rule:
    """When a constructor is meant: the claim, its verdict and lemma; and its arguments, members by name."""

    claim: str
    verdict: str
    lemma: str | None
    members: Mapping[str, str]


_FACTORISATION = {"lower": "square", "diagonal": "point"}
_LIMIT = {"itinerary": "itinerary", "coefficients": "numbers"}
_BASIN = {"basin": "basin"}
_DIVERGES = {**_LIMIT, "factor": "number", "token": "token", "phase": "phase"}
_SPREADS = {
    "semidefinite": "factorisation",
    "layer": "any layer",
    "token": "token",
    "tokens": "two tokens",
}
_LEADING = {"token": "token", "leads": "layer", "layer": "layer"}

RULES: dict[str, Rule] = {
    "SymmetricHolds": Rule("symmetric", "holds", None, {}),
    "SymmetricFails": Rule(
        "symmetric", "fails", None, {"row": "coordinate", "column": "coordinate", "entries": "two numbers"}
    ),
    "DefiniteHolds": Rule("positive-definite", "holds", None, _FACTORISATION),
    "DefiniteFails": Rule("positive-definite", "fails", None, {"vector": "point", "value": "number"}),
    "AlphaHolds": Rule("positive-alpha", "holds", None, {}),
    "AlphaFails": Rule("positive-alpha", "fails", None, {"alpha": "number"}),
    "NonzeroHolds": Rule("nonzero-tokens", "holds", None, {}),
    "NonzeroFails": Rule("nonzero-tokens", "fails", None, {"token": "token"}),
    "DistinctHolds": Rule("distinct-tokens", "holds", None, {}),
    "DistinctFails": Rule("distinct-tokens", "fails", None, {"tokens": "two tokens"}),
    "HullEvery": Rule("hull-shrinkage", "holds", "convex-step", {}),
    "HullLayers": Rule("hull-shrinkage", "holds", None, {"weights": "weights of layers"}),
    "HullFails": Rule(
        "hull-shrinkage",
        "fails",
        None,
        {
            "layer": "earlier layer",
            "token": "token",
            "functional": "point",
            "largest_before": "number",
            "after": "number",
        },
    ),
    "NormEvery": Rule("norm-growth", "holds", "norm-growth", _FACTORISATION),
    "NormLayers": Rule("norm-growth", "holds", None, {}),
    "NormFails": Rule(
        "norm-growth",
        "fails",
        None,
        {"layer": "earlier layer", "token": "token", "q_before": "number", "q_after": "number"},
    ),
    "PersistEvery": Rule("leaders-persist", "holds", "leaders-persist", {}),
    "PersistLayers": Rule("leaders-persist", "holds", None, {}),
    "PersistFails": Rule("leaders-persist", "fails", None, {**_LEADING, "rival": "token"}),
    "PersistMoves": Rule("leaders-persist", "fails", None, {**_LEADING, "point": "point"}),
    "ApartEvery": Rule("distinctness-preserved", "holds", "no-collision", _FACTORISATION),
    "ApartLayers": Rule("distinctness-preserved", "holds", None, {}),
    "ApartFails": Rule(
        "distinctness-preserved",
        "fails",
        None,
        {"layer": "earlier layer", "tokens": "two tokens", "point": "point"},
    ),
    "ExtremeEvery": Rule("leaders-extreme", "holds", "leader-exposed", {"leaders": "leaders once"}),
    "ExtremeLayers": Rule("leaders-extreme", "holds", None, {"leaders": "leaders"}),
    "ExtremeFails": Rule("leaders-extreme", "fails", None, {**_LEADING, "weights": "weights"}),
    "ConvergenceConsensus": Rule("convergence", "holds", "consensus", _FACTORISATION),
    "ConvergenceHolds": Rule("convergence", "holds", "locked-limit", {**_LIMIT, "limits": "places"}),
    "ConvergenceBasin": Rule("convergence", "holds", "basin", {**_BASIN, "limits": "places"}),
    "ConvergenceFails": Rule("convergence", "fails", None, _DIVERGES),
    "ConvergenceSpreads": Rule("convergence", "fails", None, _SPREADS),
    "VertexHolds": Rule(
        "leader-vertex",
        "holds",
        "locked-limit",
        {**_LIMIT, "functionals": "points", "combinations": "weights of tokens"},
    ),
    "VertexFails": Rule("leader-vertex", "fails", None, {**_LIMIT, "token": "token", "functional": "point"}),
    "VertexBasin": Rule(
        "leader-vertex",
        "holds",
        "basin",
        {**_BASIN, "functionals": "points", "combinations": "weights of tokens"},
    ),
    "VertexBasinFails": Rule(
        "leader-vertex", "fails", None, {**_BASIN, "token": "token", "functional": "point"}
    ),
    "LimitSetHolds": Rule("limit-set", "holds", "locked-limit", {**_LIMIT, "factorisation": "factorisation"}),
    "LimitSetRigid": Rule("limit-set", "holds", "locked-limit", _LIMIT),
    "LimitSetFails": Rule("limit-set", "fails", None, {**_LIMIT, "token": "token", "limit": "point"}),
    "LimitSetBasin": Rule("limit-set", "holds", "basin", {**_BASIN, "factorisation": "factorisation"}),
    "LimitSetBasinRigid": Rule("limit-set", "holds", "basin", _BASIN),
    "LimitSetBasinFails": Rule("limit-set", "fails", None, {**_BASIN, "token": "token", "limit": "point"}),
    "LimitSetDiverges": Rule("limit-set", "fails", None, _DIVERGES),
    "LimitSetSpreads": Rule("limit-set", "fails", None, _SPREADS),
    "SettlesHolds": Rule("attention-settles", "holds", "locked-itinerary", {"itinerary": "itinerary"}),
    "SettlesFails": Rule(
        "attention-settles", "fails", None, {"itinerary": "itinerary", "token": "token", "phase": "phase"}
    ),
}
"""The constructors in their order, and what a certificate has for the arguments of each, in their order."""

HYPOTHESES = {"symmetric", "positive-definite", "positive-alpha", "nonzero-tokens", "distinct-tokens"}

NOT_PROVED = {"locked", "leaders", "weights", "tau", "recurrence", "mirror", "segment"}
"""Members of rules that are not proved, where the proved rules for the same claim have no such members."""

EVERY_LAYER = "every layer"


def read_claim(value: Any, sizes: Sizes) -> Data:
    """Read a claim.

    Raises :class:`BeyondError` where no rule for it is proved, :class:`NotShownError` where its scope and
    lemma are those of none.

    >>> read_claim({"claim": "symmetric", "verdict": "holds"}, Sizes(1, 1, 3))
    ('SymmetricHolds',)
    """
    own = members(value, ["claim", "verdict"], ["scope", "lemma", "evidence", "witness"])
    name, verdict = text(own["claim"]), text(own["verdict"])
    if verdict not in ("holds", "fails"):
        refuse("holds or fails")
    if {*own} & ({"witness"} if verdict == "holds" else {"evidence", "scope", "lemma"}):
        refuse("what belongs to the verdict")
    if all(rule.claim != name for rule in RULES.values()):
        raise BeyondError(name)
    lemma = read_lemma(own, name, verdict, sizes.layers)
    data = own.get("evidence", own.get("witness", {}))
    names = {*data} if isinstance(data, dict) else refuse("an object")
    rules = {made: rule for made, rule in RULES.items() if (rule.claim, rule.verdict) == (name, verdict)}
    rules = {made: rule for made, rule in rules.items() if rule.lemma == lemma}
    if not rules:
        raise BeyondError(f"{name} {verdict}" + (f", lemma {lemma}" if lemma else ""))
    for made, rule in rules.items():
        if rule.members.keys() == names:
            parts = (_argument(kind, data[member], sizes) for member, kind in rule.members.items())
            return (made, *(argument for part in parts for argument in part))
    if more := NOT_PROVED & names.difference(*(rule.members for rule in rules.values())):
        raise BeyondError(f"{name} {verdict}, by {', '.join(sorted(more))}")
    return refuse("the members of a rule")


def read_lemma(own: Mapping[str, Any], name: str, verdict: str, layers: int) -> str | None:
    """Read which lemma proves a claim for every layer; None for layers 0..N and where there is no scope.

    >>> read_lemma({"scope": "every layer", "lemma": "convex-step"}, "hull-shrinkage", "holds", 3)
    'convex-step'
    """
    scope, lemma = (text(own[part]) if part in own else None for part in ("scope", "lemma"))
    if verdict == "fails" or name in HYPOTHESES:
        return lemma if scope == lemma else refuse("neither scope nor lemma")
    if (scope, lemma) != (f"layers 0..{layers}", None) and (scope != EVERY_LAYER or lemma is None):
        raise NotShownError(f"{name}: another scope")
    return lemma


def _argument(kind: str, value: Any, sizes: Sizes) -> Data:
    n, d, last = sizes.tokens, sizes.dimension, sizes.layers
    match kind:
        case "token":
            return (integer(value, 0, n - 1),)
        case "two tokens":
            return listed(value, lambda token: integer(token, 0, n - 1), 2)
        case "coordinate":
            return (integer(value, 0, d - 1),)
        case "layer" | "earlier layer":
            return (integer(value, 0, last if kind == "layer" else last - 1),)
        case "phase" | "any layer":
            return (integer(value, 0, LAYERS_LIMIT),)
        case "number":
            return (rational(value),)
        case "two numbers":
            return numbers(value, 2)
        case "numbers" | "point":
            return (numbers(value, d if kind == "point" else None),)
        case "places":
            return (rows(value, n, d),)
        case "points" | "square":
            return (rows(value, d if kind == "square" else None, d),)
        case "factorisation":
            return factorisation(value, d)
        case "weights":
            return (_weights(value, n),)
        case "weights of tokens":
            return (listed(value, lambda own: _weights(own, n), n),)
        case "weights of layers":
            return (listed(value, lambda layer: listed(layer, lambda own: _weights(own, n), n), last),)
        case "leaders" | "leaders once":
            return (listed(value, lambda leader: _leader(leader, kind == "leaders once", sizes)),)
        case "itinerary":
            return (_itinerary(value),)
        case "basin":
            return (_basin(value, sizes),)
    raise KeyError(kind)


def _weights(value: Any, tokens: int) -> Data:
    pairs = listed(value, lambda pair: listed(pair, lambda part: part, 2))
    return tuple((integer(token, 0, tokens - 1), rational(weight)) for token, weight in pairs)


def _leader(value: Any, once: bool, sizes: Sizes) -> Data:
    own = members(value, ["token", "layer", "functionals"])
    token, first = integer(own["token"], 0, sizes.tokens - 1), integer(own["layer"], 0, sizes.layers)
    count = 1 if once else sizes.layers - first + 1
    return (token, first), rows(own["functionals"], count, sizes.dimension)


def _basin(value: Any, sizes: Sizes) -> Data:
    own = members(value, ["layer", "targets", "semidefinite"])
    targets = listed(own["targets"], lambda token: integer(token, 0, sizes.tokens - 1), sizes.tokens)
    shown = factorisation(own["semidefinite"], sizes.dimension)
    return integer(own["layer"], 0, LAYERS_LIMIT), targets, *shown


def _itinerary(value: Any) -> Data:
    forms = ["recurrence", "cones", "proofs"]
    by_forms = isinstance(value, dict) and "recurrence" in value
    own = members(value, ["layer", "period", *(forms if by_forms else ["nodes"])])
    layer, period = integer(own["layer"], 0, LAYERS_LIMIT), integer(own["period"], 1, LAYERS_LIMIT)
    if not by_forms:
        return layer, period, numbers(own["nodes"]), None
    recurrence = numbers(own["recurrence"])
    cones = listed(own["cones"], lambda cone: _cone(cone, len(recurrence)))
    proofs = listed(own["proofs"], lambda proof: _proof(proof, len(cones)))
    return layer, period, (), ((recurrence, cones, proofs),)


def _cone(value: Any, size: int) -> Data:
    own = members(value, ["form", "factor"])
    return rows(own["form"], size, size), rational(own["factor"])


def _proof(value: Any, cones: int) -> Data:
    inside = isinstance(value, dict) and "cone" in value
    own = members(value, ["nodes", "cone", "weight"] if inside else ["nodes"])
    cone = (integer(own["cone"], 0, max(cones - 1, 0)), rational(own["weight"])) if inside else None
    return listed(own["nodes"], numbers), None if cone is None else (cone,)


def needed(claim: Data, value: Any, last: int) -> int:
    """Return up to which layer a claim that was read speaks of the run: no proof depends on it.

    The rules refuse what lies beyond the layers that are run.

    >>> needed(("SettlesHolds", (4, 2, (), None)), {"evidence": {"itinerary": {}}}, 30)
    6
    """
    rule = RULES[claim[0]]
    data = value.get("evidence", value.get("witness", {}))
    if "itinerary" in data:
        layer, period, nodes, forms = claim[1]
        order = len(forms[0][0]) if forms else 1 + len(nodes)
        return int(layer + period * max(order, 1 + len(data.get("coefficients", ()))))
    if "basin" in data:
        return int(claim[1][0])
    if rule.verdict == "fails":
        return int(data["layer"]) + 1 if "layer" in data else 0
    computed = rule.lemma is None and rule.claim not in HYPOTHESES
    return last if computed or "leaders" in data else 0
