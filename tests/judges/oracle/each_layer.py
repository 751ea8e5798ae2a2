"""What is claimed of matrices for every layer, tried on sampled matrices, layer after layer, by definition.

States depend on the attention sets alone, so of the members that let tokens attend alike at a layer one is
followed. It shares no code with ``proofs_checks`` and ``exactdyn``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from tests.judges.oracle.family_members import admits, combined, does, generators, largest, seen_by
from tests.judges.oracle.reading import UnconfirmedError
from tests.judges.oracle.world import World
from tests.judges.reference import Layer, Matrix, Vector, rational_rows, times

FOLLOWED = 200
"""So many choices of matrices for the first layers are gone on with at most."""

ToldApart = Callable[[Vector, Vector, Vector], bool]
Matrices = tuple[Matrix, ...]


@dataclass(frozen=True)
class Choice:
    """Matrices of the layers 0, 1, ..., the layers they make, whether some tie there is avoidable."""

    matrices: Matrices = ()
    layers: tuple[Layer, ...] = ()
    avoidable: bool = False


def contradiction(
    document: Any, admitted: Sequence[Matrix], told_apart: ToldApart
) -> tuple[Matrices, Any] | None:
    """Return matrices that contradict a claim, with the claim; the matrices of a false witness themselves."""
    family, last = document["family"], document["layers"]
    choices = list(followed(family, last, admitted, told_apart))
    for claim in document["claims"]:
        evidence = claim.get("evidence", {})
        if claim["verdict"] == "fails":
            if not witnessed(family, claim["witness"], last):
                return stated(family, claim["witness"]), claim
            continue
        listed = [stated(family, leaf) for leaf in leaves(evidence["cases"])]
        runs = [run_of(family, matrices) for matrices in listed]
        for matrices, run in zip(listed, runs, strict=True):
            if run is None or len(run) != last + 1 or not all(admits(family["class"], A) for A in matrices):
                return matrices, claim
        itineraries = [[layer.attention for layer in run] for run in runs if run is not None]
        for choice in choices:
            if not _true_of(claim, evidence, choice, itineraries):
                return choice.matrices, claim
    return None


def _true_of(claim: Any, evidence: Any, choice: Choice, itineraries: list[list[Any]]) -> bool:
    if claim["claim"] == "unrealised":
        return not does(evidence, choice.layers)
    if choice.avoidable and not evidence["ties"]:
        return True
    return [layer.attention for layer in choice.layers] in itineraries


def followed(family: Any, last: int, admitted: Sequence[Matrix], told_apart: ToldApart) -> Iterator[Choice]:
    """Go through choices of sampled matrices for the layers 0..last, no two of them with the same sets."""
    choices = [Choice()]
    for k in range(last + 1):
        choices = [longer for choice in choices for longer in _one_more(family, choice, admitted, told_apart)]
        choices = Random(k).sample(choices, min(len(choices), FOLLOWED))
    yield from choices


def _one_more(
    family: Any, choice: Choice, admitted: Sequence[Matrix], told_apart: ToldApart
) -> Iterator[Choice]:
    # The choices of one more matrix that differ in the sets, or in whether ties are avoidable.
    tokens, found = _reached(family, choice), set()
    if tokens is None:
        return
    seen = [seen_by(family, i) for i in range(len(tokens))]
    for A in admitted:
        ties = [largest(tokens, times(A, z), own) for z, own in zip(tokens, seen, strict=True)]
        avoidable = choice.avoidable or any(
            told_apart(z, tokens[own[0]], tokens[j])
            for z, own in zip(tokens, ties, strict=True)
            for j in own[1:]
        )
        sets = tuple(frozenset(_attended(family, own)) for own in ties)
        if (sets, avoidable) not in found:
            found.add((sets, avoidable))
            yield Choice((*choice.matrices, A), (*choice.layers, Layer(tokens, sets)), avoidable)


def _attended(family: Any, tie: list[int]) -> list[int]:
    return {"mean": tie, "first": [min(tie)], "last": [max(tie)]}[family.get("ties", "mean")]


def _reached(family: Any, choice: Choice) -> Matrix | None:
    # The state after the layers of a choice; None where one of them has no step.
    if not choice.matrices:
        return rational_rows(family["tokens"])
    try:
        world = _world(family, choice.matrices)
        state = world.state(len(choice.matrices))
    except UnconfirmedError:
        return None
    before = len(choice.matrices) - 1
    assert tuple(map(frozenset, world.attention(before))) == choice.layers[before].attention
    return tuple(map(tuple, state))


def run_of(family: Any, matrices: Matrices) -> list[Layer] | None:
    """Run matrices of the layers 0, 1, ... as a system of one head; None where a layer has no step."""
    try:
        world = _world(family, matrices)
        return [
            Layer(tuple(map(tuple, world.state(k))), tuple(map(frozenset, world.attention(k))))
            for k in range(len(matrices))
        ]
    except UnconfirmedError:
        return None


def _world(family: Any, matrices: Matrices) -> World:
    # What comes after the last matrix is not looked at, but a list must have what is to repeat.
    written = [[[str(x) for x in row] for row in A] for A in matrices]
    written += written[-1:] * (family.get("period", 1) - len(written))
    head = {name: family[name] for name in ("V", "mask", "ties") if name in family}
    system = {"tokens": family["tokens"], "tau": family["tau"], "heads": [{"A": written, **head}]}
    system |= {"period": family["period"]} if "period" in family else {}
    return World(system, len(matrices), 2)


def witnessed(family: Any, witness: Any, last: int) -> bool:
    """Whether the matrices of a witness belong to the class, and do what is described."""
    matrices = stated(family, witness)
    run = run_of(family, matrices) if len(matrices) == last + 1 else None
    return run is not None and all(admits(family["class"], A) for A in matrices) and does(witness, run)


def stated(family: Any, node: Any) -> Matrices:
    """Return the matrices that a witness or a leaf names."""
    base, span = generators(family)
    return tuple(combined(base, span, [Fraction(x) for x in member["at"]]) for member in node["matrices"])


def leaves(node: Any) -> Iterator[Any]:
    """Go through the leaves that name matrices, nested or not."""
    waiting = [node]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict) and "matrices" in value:
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
