"""What a certificate about all matrices claims, tried on sampled matrices of its family, by definition.

It shares no code with ``proofs_checks`` and ``exactdyn``: members are sampled, run in plain
fractions and looked at. Where it finds nothing the claim may still be false; where it finds a matrix the
claim is false. A tie counts as avoidable if a sampled member does not have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise, product
from typing import Any

from tests.judges import reference, truth
from tests.judges.oracle import each_layer, kinds, limits_of_families
from tests.judges.oracle.each_layer import Matrices
from tests.judges.oracle.family_members import admits, combined, does, generators, largest, seen_by
from tests.judges.oracle.reading import UnconfirmedError
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.oracle.world import World
from tests.judges.reference import (
    Computed,
    Layer,
    Matrix,
    System,
    Vector,
    dot,
    rational_rows,
    times,
)

ToldApart = Callable[[Vector, Vector, Vector], bool]

VALUES = tuple(map(Fraction, ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "1/3")))
SAMPLES = 700
"""So many coordinate vectors are tried at most."""


ANY_TOKENS = ([["3"], ["4"], ["2"]], [["1"], ["-1"], ["0"]], [["1", "0"], ["0", "1"], ["-1", "-1"]])
"""Tokens that are tried where all are meant."""

GROWS_FOR = 8
"""Tokens that go apart at each of so many layers are taken to have no limit."""


def contradiction(document: Any) -> Matrix | tuple[Matrices, Any] | None:
    """Return a matrix that contradicts a claim of a well-formed certificate about a family.

    Where every layer has a matrix of its own: those of the layers, and the claim.
    """
    family, layers = document["family"], document["layers"]
    if "tokens" not in family:
        steps = {} if "tau" in family or document["version"] == 1 else {"tau": {"listed": ["1/2"]}}
        steps |= {"alpha": "1"} if document["version"] == 1 else {}
        tried = (
            {**document, "family": {**family, **steps, "tokens": own}, "layers": 3}
            for own in _tokens(document)
            if _meant(family.get("hypotheses", []), own)
        )
        return next(filter(None, map(contradiction, tried)), None)
    if any(claim["claim"] == "convergence" for claim in document["claims"]):
        layers = max(layers, GROWS_FOR)
    admitted = [A for A in members(family) if has_rank(A, family.get("rank"))]
    if family.get("each_layer", False):
        return each_layer.contradiction(document, admitted, _telling_apart(admitted))
    runs = [run_of(family, A, layers) for A in admitted]
    told_apart = _telling_apart(admitted)
    for claim in document["claims"]:
        if claim["claim"] in limits_of_families.STATEMENTS:
            against = limits_of_families.contradiction(claim["claim"], family, admitted)
            if against is not None:
                return against
            continue
        listed = _itineraries(claim, family, layers)
        for A, states in zip(admitted, runs, strict=True):
            if states is not None and not _true_of(claim, family, A, states, told_apart, listed):
                return A
    return None


def _tokens(document: Any) -> Iterator[list[list[str]]]:
    yield from ANY_TOKENS
    if any(claim["claim"] in limits_of_families.STATEMENTS for claim in document["claims"]):
        yield from limits_of_families.TOKENS


def _meant(hypotheses: Sequence[str], tokens: Sequence[Sequence[str]]) -> bool:
    holding = {"distinct-tokens": len({*map(tuple, tokens)}) == len(tokens)}
    holding["nonzero-tokens"] = all(any(x != "0" for x in z) for z in tokens)
    return all(holding[name] for name in hypotheses)


def has_rank(A: Matrix, largest: int | None) -> bool:
    """Whether the rank of a matrix is at most so much: minors of one size more vanish."""
    if largest is None or largest >= len(A):
        return True
    chosen = list(combinations(range(len(A)), largest + 1))
    return not any(
        truth.determinant([tuple(A[i][j] for j in columns) for i in rows])
        for rows in chosen
        for columns in chosen
    )


def run_of(family: Any, A: Matrix, layers: int) -> list[Layer] | None:
    """Run a member of a family, of either version; None where a layer has no step."""
    tokens = rational_rows(family["tokens"])
    if "alpha" in family:
        return reference.run(System(A, Fraction(family["alpha"]), tokens), layers)
    beside = {name: family[name] for name in ("V", "mask", "ties") if name in family}
    head = {"A": [[[str(x) for x in row] for row in A]], **beside}
    system = {"tokens": family["tokens"], "tau": family["tau"], "heads": [head]}
    system |= {"period": family["period"]} if "period" in family else {}
    try:
        world = World(system, layers, 2)
        return [
            Layer(tuple(map(tuple, world.state(k))), tuple(map(frozenset, world.attention(k))))
            for k in range(layers + 1)
        ]
    except UnconfirmedError:
        return None


def members(family: Any) -> Iterator[Matrix]:
    """Go through sampled matrices of a family."""
    base, span = generators(family)
    for x in _coordinates(len(span)):
        A = combined(base, span, x)
        if admits(family["class"], A):
            yield A


def has_avoidable_ties(states: Sequence[Layer], told_apart: ToldApart, family: Any, A: Matrix) -> bool:
    """Whether two tokens that a token sees have its largest score, and another matrix tells them apart."""
    return any(
        told_apart(z, layer.tokens[min(own)], layer.tokens[j])
        for layer in states
        for i, z in enumerate(layer.tokens)
        for own in [largest(layer.tokens, times(A, z), seen_by(family, i))]
        for j in own
    )


def _telling_apart(admitted: Sequence[Matrix]) -> ToldApart:
    # Whether a matrix gives two points different scores from z: the same for all members that have the tie.
    @cache
    def told_apart(z: Vector, x: Vector, y: Vector) -> bool:
        difference = tuple(a - b for a, b in zip(x, y, strict=True))
        return any(difference) and any(dot(times(B, z), difference) != 0 for B in admitted)

    return told_apart


def _true_of(
    claim: Any,
    family: Any,
    A: Matrix,
    states: Sequence[Layer],
    told_apart: ToldApart,
    listed: list[list[Any]],
) -> bool:
    evidence = claim.get("evidence", {})
    if claim["verdict"] == "fails":
        witness = claim["witness"]
        named = combined(*generators(family), [Fraction(x) for x in witness["at"]])
        run = run_of(family, named, len(states) - 1)
        return run is not None and admits(family["class"], named) and does(witness, run)
    name = claim["claim"]
    if name == "convergence":
        widths = [max(x) - min(x) for layer in states for x in [[z[0] for z in layer.tokens]]]
        return any(after <= before for before, after in pairwise(widths))
    if name == "unrealised":
        return not does(evidence, states)
    # Layers at which ties are looked at: all whose sets the statement is about.
    decided = states if name == "itineraries" or name.startswith("leaders") else states[:-1]
    if not evidence.get("ties", True) and has_avoidable_ties(decided, told_apart, family, A):
        return True
    if name == "itineraries":
        return [layer.attention for layer in states] in listed
    found = Computed(A, states)
    if name == "hull-of-the-seen":
        seen = [frozenset(seen_by(family, token)) for token in range(found.count)]
        return kinds.hull_of_those(found, seen)
    return BY_DEFINITION[name](found)


def _itineraries(claim: Any, family: Any, layers: int) -> list[list[Any]]:
    # Those of the members that a list of itineraries names.
    if claim["claim"] != "itineraries" or claim["verdict"] == "fails":
        return []
    named = [combined(*generators(family), x) for x in _listed(claim["evidence"]["cases"])]
    runs = [run_of(family, A, layers) for A in named]
    return [[layer.attention for layer in run] for run in runs if run is not None]


def _listed(node: Any) -> Iterator[list[Fraction]]:
    # The members at the leaves, nested or not.
    waiting = [node]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict) and "at" in value:
            yield [Fraction(x) for x in value["at"]]
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _coordinates(count: int) -> Iterator[tuple[Fraction, ...]]:
    # As many values for each coordinate as stay within the limit; then single coordinates beside zeros.
    sizes = [size for size in range(1, len(VALUES) + 1) if size**count <= SAMPLES]
    yield from product(VALUES[: max(sizes, default=1)], repeat=count)
    for p, value in product(range(count), VALUES):
        yield tuple(value if r == p else Fraction(0) for r in range(count))
        yield tuple(value if r == p else Fraction(1) for r in range(count))
