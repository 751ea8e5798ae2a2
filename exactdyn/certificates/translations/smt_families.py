"""Claims about all matrices of a family in SMT-LIB: the tree of cases, node by node.

The coordinates x_p of the matrix are unknown. Going down the tree the script assumes what each case says of
the scores, defines the states that follow, and asks at every split whether a matrix may escape all of its
cases, at every other leaf whether one may be left. Source: FORMAT.md, section "Cases".
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import Any

from exactdyn.certificates.translations.family_states import FamilyScene, State, groups, moved, start
from exactdyn.certificates.translations.scene import SystemScene, rationals, stated
from exactdyn.certificates.translations.smt_definite import definite
from exactdyn.certificates.translations.smt_layers import (
    attends,
    computed_sets,
    entry_name,
    form,
    given_sets,
    leads,
    literal,
    place,
    score,
    scores,
    step,
    tokens,
    where,
)
from exactdyn.certificates.translations.smt_statements import (
    distinctness_holds,
    extreme_holds,
    hull_holds,
    persist_holds,
)
from exactdyn.certificates.translations.smt_text import (
    ask,
    both,
    declare,
    define,
    denied,
    either,
    number,
    require,
    total,
    weighted,
    within,
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
}
"""What is asked of the states and sets of a path where a statement is to hold at its end."""

Sets = Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Node:
    """A node that waits to be written: the path to it, and what is assumed on entering it.

    ``sets``: the sets decided at its layer, an empty one where a token only does not lead. ``open``: of the
    token that is split, the foremost token, and of each group whether it is as high, not yet decided, the
    foremost and the whole.
    """

    layer: int
    state: State
    sets: Sets = field(default_factory=dict)
    open: tuple[tuple[int, int, int, frozenset[int]], ...] = ()
    assumed: tuple[str, ...] = ()
    entered: bool = False


@dataclass(frozen=True)
class Walk:
    """What a tree is walked for: its claim, and the parts of its description."""

    scene: FamilyScene
    claim: Claim
    described: tuple[Sets, ...]
    only: bool
    leaders: int
    ties: bool

    @property
    def last(self) -> int:
        """The last layer."""
        return self.scene.layers


def tree(scene: FamilyScene, claim: Claim) -> Iterator[str]:
    """Go through the commands for a claim that a tree of cases proves."""
    data = stated(claim)
    count = len(scene.tokens)
    sets = data.get("attention", [[None] * count] * (scene.layers + 1))
    described = tuple({i: frozenset(own) for i, own in enumerate(layer) if own is not None} for layer in sets)
    walk = Walk(
        scene, claim, described, data.get("only", False), data.get("leaders", 0), data.get("ties", True)
    )
    yield from within(_tree(walk, _flat(data["cases"])))


def unknown_matrix(scene: FamilyScene) -> Iterator[str]:
    """Declare the coordinates of a matrix of the family, and define its entries."""
    names = [f"x_{p}" for p in range(len(scene.members.span))]
    yield from map(declare, names)
    yield from _entries(scene, names)


def _entries(scene: FamilyScene, names: Sequence[str]) -> Iterator[str]:
    family = scene.members
    for r in scene.coordinates:
        for c in scene.coordinates:
            spanned = weighted(rationals(B[r][c] for B in family.span), names)
            base = number(rationals([family.base[r][c]])[0])
            yield define(entry_name(0, 0, r, c), f"(+ {base} {spanned})")


def _tree(walk: Walk, nodes: Sequence[dict[str, Any]]) -> Iterator[str]:
    scene = walk.scene
    yield from unknown_matrix(scene)
    yield from tokens(scene)
    waiting: list[Node | None] = [_entering(walk, 0, start(scene))]
    for data in nodes:
        while waiting[-1] is None:  # all below a node is written
            waiting.pop()
            yield "(pop 1)"
        found = waiting.pop()
        yield "(push 1)"
        waiting.append(None)
        if found is not None:
            below = yield from _node(walk, data, found)
            waiting += reversed(below)
    yield from ("(pop 1)" for _ in waiting)


def _flat(cases: Any) -> list[dict[str, Any]]:
    # The nodes depth first, whether they hold those below them or not.
    waiting, found = list(reversed(cases)) if isinstance(cases, list) else [cases], []
    while waiting:
        node = waiting.pop()
        found.append({name: value for name, value in node.items() if name != "cases"})
        waiting += reversed(node.get("cases", []))
    return found


def _entering(walk: Walk, layer: int, state: State) -> Node:
    node = Node(layer, state)
    for i, own in walk.described[layer].items():
        node = replace(
            node, sets={**node.sets, i: own}, assumed=(*node.assumed, _attending(walk, layer, i, own))
        )
    return node


def _attending(walk: Walk, k: int, i: int, own: frozenset[int]) -> str:
    # What it says of the scores that a token attends this set.
    family = walk.scene.members
    j, parts = family.foremost(own), []
    for other in walk.scene.seen(0, i):
        if other != j:
            relation = "=" if other in own else ">=" if family.passes(j, other) else ">"
            parts.append(_compared(relation, k, i, j, other))
    return both(parts)


def _compared(relation: str, k: int, i: int, j: int, other: int) -> str:
    return f"({relation} {score(k, 0, i, j)} {score(k, 0, i, other)})"


def _node(walk: Walk, data: dict[str, Any], node: Node) -> Generator[str, None, list[Node]]:
    scene, count = walk.scene, len(walk.scene.tokens)
    if not node.entered:
        yield from _scores(scene, node.layer)
        node = replace(node, entered=True)
    yield from map(require, node.assumed)
    node = replace(node, assumed=())
    while len(node.sets) == count and not node.open and node.layer < walk.last:
        k = node.layer
        yield from given_sets(scene, k, node.sets)
        yield from step(scene, k)
        later = moved(scene, k, node.state, node.sets)
        still = [i for i in scene.tokens if node.state[i] == later[i]]
        node = _entering(walk, k + 1, later)
        if walk.claim.name == "norm-growth" and "weights" not in data:
            yield from _growth(walk, data, k, [i for i in scene.tokens if i not in still])
            return [node]
        yield from _scores(scene, node.layer)
        yield from map(require, node.assumed)
        node = replace(node, assumed=(), entered=True)
    if "token" in data:
        below = _split(walk, node, data["token"])
        yield from _covered(walk, node, data["token"], below)
        return below
    yield from _leaf(walk, data, node)
    return []


def _scores(scene: FamilyScene, layer: int) -> Iterator[str]:
    for i in scene.tokens:
        yield from scores(scene, layer, 0, i, scene.seen(0, i))


def _split(walk: Walk, node: Node, i: int) -> list[Node]:
    # The cases at a token, in order.
    scene, family, k = walk.scene, walk.scene.members, node.layer
    if node.open:
        (_, lead, other, group), *rest = node.open
        equal = _decided(node, i, node.sets[i] | group, _compared("=", k, i, lead, other), rest)
        return [equal, _decided(node, i, node.sets[i], _compared(">", k, i, lead, other), rest)]
    if k == walk.last and (walk.leaders or walk.only):
        return _leading_or_not(walk, node, i)
    found, cases = groups(scene, node.state, i), []
    foremost = [family.foremost(group) for group in found]
    for at, group in enumerate(found):
        lead, later = foremost[at], range(at + 1, len(found))
        before = [_compared(">", k, i, lead, other) for other in foremost[:at]]
        after = [_compared(">=" if walk.ties else ">", k, i, lead, foremost[b]) for b in later]
        unsure = walk.ties and family.head.ties == "mean"
        open_ones = [(i, lead, foremost[b], found[b]) for b in later] if unsure else []
        cases.append(_decided(node, i, family.chosen(group), both([*before, *after]), open_ones))
    return cases


def _decided(
    node: Node,
    i: int,
    own: frozenset[int],
    assumed: str,
    open_ones: Sequence[tuple[int, int, int, frozenset[int]]] = (),
) -> Node:
    return replace(node, sets={**node.sets, i: own}, open=tuple(open_ones), assumed=(assumed,))


def _leading_or_not(walk: Walk, node: Node, i: int) -> list[Node]:
    nobody, k, seen = frozenset[int](), node.layer, walk.scene.seen(0, i)
    family = walk.scene.members
    if i not in seen:
        return [_decided(node, i, nobody, "true")]
    if walk.leaders:
        own = frozenset({i})
        return [_decided(node, i, own, _attending(walk, k, i, own)), _decided(node, i, nobody, "true")]
    kept = family.head.ties == "mean"
    relations = [(j, ">=" if kept or family.passes(j, i) else ">") for j in seen if j != i]
    return [_decided(node, i, nobody, _compared(relation, k, i, j, i)) for j, relation in relations]


def _covered(walk: Walk, node: Node, i: int, below: Sequence[Node]) -> Iterator[str]:
    # No matrix that is sought escapes all cases of a split.
    k, seen = node.layer, walk.scene.seen(0, i)
    lines = [require(denied(either(both(case.assumed) for case in below)))]
    if k == walk.last and walk.only and not walk.leaders and i in seen:
        lines.append(require(denied(_attending(walk, k, i, frozenset({i})))))
    elif not walk.ties and not node.open:
        foremost = [walk.scene.members.foremost(group) for group in groups(walk.scene, node.state, i)]
        for a, b in combinations(foremost, 2):
            top = both(_compared(">=", k, i, a, other) for other in foremost if other != a)
            lines.append(require(denied(both([_compared("=", k, i, a, b), top]))))
    yield from ask(f"no other case of token {i} at layer {k}", lines)


def _leaf(walk: Walk, data: dict[str, Any], node: Node) -> Iterator[str]:
    scene, name = walk.scene, walk.claim.name
    if "at" in data:
        yield from _member(walk, data, node)
    elif "weights" in data:
        yield from ask(f"{name}: no matrix is left at a leaf", list(_cuts(scene, data)))
    elif "holds" not in data:
        yield from _too_few(walk, node)
    elif node.layer < walk.last:
        yield from _apart(walk, node)
    elif name in AT_LEAVES:
        decided = len(node.sets) == len(scene.tokens) and not node.open
        yield from given_sets(scene, node.layer, node.sets) if decided else ()
        yield from AT_LEAVES[name](scene, walk.claim)


def _cuts(scene: FamilyScene, data: dict[str, Any]) -> Iterator[str]:
    # What the class says of the vectors that the leaf names.
    family = scene.members
    for _, vector in data.get("cuts", []):
        v = list(map(read_rational, vector))
        relation = ">" if family.kind in STRICT and any(v) else ">="
        value = form(scene, literal(v), literal(v))
        yield require(f"({relation} (* {number(family.sign)} {value}) 0.0)")


def _growth(walk: Walk, data: dict[str, Any], k: int, moving: Sequence[int]) -> Iterator[str]:
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
    # The matrix has the sets of the path: those of all layers are assumed already.
    scene, at = walk.scene, list(map(read_rational, data["at"]))
    lines = [require(f"(= x_{p} {number(x)})") for p, x in enumerate(at)]
    lines += [require(_attending(walk, node.layer, i, own)) for i, own in node.sets.items()]
    yield from ask(f"{walk.claim.name}: a matrix is listed", lines, expected="sat")
    yield from _admitted(scene, at, data)


def _admitted(scene: FamilyScene, at: Sequence[Any], data: dict[str, Any]) -> Iterator[str]:
    family = scene.members
    if family.kind not in DEFINITE:
        return
    size = scene.coordinates
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
    """Ask whether the members that span a family are of its class."""
    for member in stated(claim).get("members", []):
        yield from _admitted(scene, list(map(read_rational, member["at"])), member)


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


def realised(scene: FamilyScene, claim: Claim) -> Iterator[str]:
    """Ask whether the run of a member may be other than described."""
    data = stated(claim)
    at = list(map(read_rational, data["at"]))
    yield from _admitted(scene, at, data)
    yield from within(_realised(scene, claim, at, data.get("only", False), data.get("leaders", 0)))


def _realised(scene: FamilyScene, claim: Claim, at: Sequence[Any], only: bool, least: int) -> Iterator[str]:
    yield from _entries(scene, literal(at))
    yield from tokens(scene)
    for k in range(scene.layers + 1):
        yield from computed_sets(scene, k)
        if k < scene.layers:
            yield from step(scene, k)
    described, last = stated(claim)["attention"], scene.layers
    says = [
        attends(k, 0, i, j) if j in own else denied(attends(k, 0, i, j))
        for k, layer in enumerate(described)
        for i, own in enumerate(layer)
        if own is not None
        for j in scene.seen(0, i)
    ]
    if only:
        says += [denied(leads(last, i)) for i, own in enumerate(described[last]) if own != [i]]
    leading = total(f"(ite {leads(last, i)} 1.0 0.0)" for i in scene.tokens)
    says.append(f"(>= {leading} {number(least)})")
    yield from ask("unrealised fails", [require(denied(both(says)))])
