"""The leaves of a tree of cases in SMT-LIB: contradictions, members, what holds of the states of a path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from exactdyn.certificates.translations.family_states import FamilyScene, groups
from exactdyn.certificates.translations.family_tree import Node, Walk, attending
from exactdyn.certificates.translations.scene import SystemScene, rationals, stated
from exactdyn.certificates.translations.smt_definite import definite
from exactdyn.certificates.translations.smt_layers import form, given_sets, literal, place, where
from exactdyn.certificates.translations.smt_statements import (
    distinctness_holds,
    extreme_holds,
    hull_holds,
    interval_holds,
    persist_holds,
    seen_holds,
)
from exactdyn.certificates.translations.smt_text import (
    ask,
    both,
    declare,
    denied,
    either,
    number,
    require,
    total,
)
from proofs_checks.families.family import DEFINITE, STRICT
from proofs_checks.format.claims import Claim
from proofs_checks.format.rationals import read_rational
from proofs_checks.format.reading import Field

AT_LEAVES = {
    "hull-shrinkage": hull_holds,
    "leaders-persist": persist_holds,
    "distinctness-preserved": distinctness_holds,
    "leaders-extreme": extreme_holds,
    "hull-of-the-seen": seen_holds,
    "interval-shrinkage": interval_holds,
}
"""What is asked of the states and sets of a path where a statement is to hold at its end."""


def leaf(walk: Walk, data: dict[str, Any], node: Node) -> Iterator[str]:
    """Go through the commands for a node without others below it.

    Source: ``proofs_checks/FORMAT.md``, section "Cases".
    """
    scene, name = walk.scene, walk.claim.name
    if data.keys() & {"at", "matrices"}:
        yield from _member(walk, data, node)
    elif "weights" in data:
        spoken_of = [weight[0][0] for weight in data["weights"]]
        at = scene.matrix_at(0, spoken_of[0] if spoken_of else node.layer)
        yield from ask(f"{name}: no matrix is left at a leaf", list(_cuts(scene, data, at)))
    elif "holds" not in data:
        yield from _too_few(walk, node)
    elif node.layer < walk.last:
        yield from _apart(walk, node)
    elif name in AT_LEAVES:
        decided = len(node.sets) == len(scene.tokens) and not node.open
        yield from given_sets(scene, node.layer, node.sets) if decided else ()
        yield from AT_LEAVES[name](scene, walk.claim)


def _cuts(scene: FamilyScene, data: dict[str, Any], at: int = 0) -> Iterator[str]:
    # What the class says of a matrix and the vectors that the leaf names.
    family = scene.members
    for _, vector in data.get("cuts", []):
        v = list(map(read_rational, vector))
        relation = ">" if family.kind in STRICT and any(v) else ">="
        value = form(scene, literal(v), literal(v), at)
        yield require(f"({relation} (* {number(family.sign)} {value}) 0.0)")


def growth(walk: Walk, data: dict[str, Any], k: int, moving: Sequence[int]) -> Iterator[str]:
    """Ask, for each token that moves, whether q may fail to grow at layer k.

    Source: ``proofs_checks/FORMAT.md``, section "Cases".
    """
    scene = walk.scene
    for i, leaf in zip(moving, data["growth"], strict=True):
        before, after = (form(scene, z, z) for z in (where(scene, k, i), where(scene, k + 1, i)))
        lines = [require(f"(>= {before} {after})"), *_cuts(scene, leaf)]
        yield from ask(f"norm-growth: q of token {i} grows at layer {k}", lines)


def _too_few(walk: Walk, node: Node) -> Iterator[str]:
    # Of the tokens at the last layer some are known not to lead.
    names = [f"may_lead_{i}" for i in walk.scene.tokens]
    lines = [declare(name, "Bool") for name in names]
    lines += [require(denied(names[i])) for i, own in node.sets.items() if own != {i}]
    enough = f"(>= {total(f'(ite {name} 1.0 0.0)' for name in names)} {number(walk.leaders)})"
    yield from ask(f"{walk.claim.name}: too few tokens can lead", [*lines, require(enough)])


def _member(walk: Walk, data: dict[str, Any], node: Node) -> Iterator[str]:
    # What is listed has the sets of the path: those of all layers are assumed already.
    scene, named = walk.scene, walk.scene.named(data)
    lines = [
        require(f"(= {scene.coordinate(at, p)} {number(read_rational(x))})")
        for at, member in enumerate(named)
        for p, x in enumerate(member["at"])
    ]
    lines += [require(attending(walk, node.layer, i, own)) for i, own in node.sets.items()]
    yield from ask(f"{walk.claim.name}: a matrix is listed", lines, expected="sat")
    for member in named:
        yield from admitted(scene, member)


def admitted(scene: FamilyScene, data: dict[str, Any]) -> Iterator[str]:
    """Ask whether a member, given by its coordinates, is of the class of the family.

    Source: ``proofs_checks/FORMAT.md``, section "All matrices".
    """
    family = scene.members
    if family.kind not in DEFINITE:
        return
    size, at = scene.coordinates, list(map(read_rational, data["at"]))
    entries = [
        [
            number(
                family.sign
                * sum(
                    (x * rationals([B[r][c]])[0] for x, B in zip(at, family.span, strict=True)),
                    rationals([family.base[r][c]])[0],
                )
            )
            for c in size
        ]
        for r in size
    ]
    factors = Field(data["factorisation"], "factorisation").fields(["lower", "diagonal"])
    lower, diagonal = factors["lower"].rational_matrix(), factors["diagonal"].rational_vector()
    yield from definite(f"a matrix is {family.kind}", entries, lower, diagonal, family.kind in STRICT)


def members(scene: FamilyScene, claim: Claim) -> Iterator[str]:
    """Ask whether the members that span a family are of its class.

    Source: lemma ``spanned`` in ``proofs_checks/FORMAT.md``.
    """
    for member in stated(claim).get("members", []):
        yield from admitted(scene, member)


def _apart(walk: Walk, node: Node) -> Iterator[str]:
    # Whatever the sets that are not decided, tokens at different places do not meet in the next step.
    scene, k = walk.scene, node.layer
    s, tau = scene.share(k), scene.tau(k)
    if s is None:
        raise ValueError(f"requires a scalar step at layer {k}")
    rate, lines = number(tau * s / (1 - tau + tau * s)), []
    for i in scene.tokens:
        lines += [declare(f"next_{i}_{r}") for r in scene.coordinates]
        lines.append(require(either(_goes(scene, k, i, own, rate) for own in _possible(walk, node, i))))
    meet = [
        both([denied(_here(scene, k, i, j)), *(f"(= next_{i}_{r} next_{j}_{r})" for r in scene.coordinates)])
        for i in scene.tokens
        for j in range(i)
    ]
    yield from ask("distinctness-preserved: no two tokens can meet", [*lines, require(either(meet))])


def _here(scene: SystemScene, k: int, i: int, j: int) -> str:
    return both(f"(= {place(k, i, r)} {place(k, j, r)})" for r in scene.coordinates)


def _goes(scene: SystemScene, k: int, i: int, own: frozenset[int], rate: str) -> str:
    parts = []
    for r in scene.coordinates:
        here, centre = place(k, i, r), total(place(k, j, r) for j in sorted(own))
        parts.append(f"(= next_{i}_{r} (+ {here} (* {rate} (- (/ {centre} {number(len(own))}) {here}))))")
    return both(parts)


def _possible(walk: Walk, node: Node, i: int) -> list[frozenset[int]]:
    # The sets that a token may have at the layer of a node.
    family, own = walk.scene.members, node.sets.get(i, frozenset())
    if own:
        added = [group for token, _, _, group in node.open if token == i]
    else:
        added = groups(walk.scene, node.state, i)
        if family.head.ties != "mean":
            return [family.chosen(group) for group in added]
    unions = [
        own.union(*(g for g, there in zip(added, chosen, strict=True) if there))
        for chosen in product((False, True), repeat=len(added))
    ]
    return [union for union in unions if union]
