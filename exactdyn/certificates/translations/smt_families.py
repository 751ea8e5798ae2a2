"""Claims about all matrices of a family in SMT-LIB: the tree of cases, node by node.

The coordinates x_p of the matrix are unknown. Going down the tree the script assumes what each case says of
the scores, defines the states that follow, and asks at every split whether a matrix may escape all of its
cases, at every other leaf whether one may be left.
Source: FORMAT.md, section "Cases".
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from exactdyn.certificates.translations.family_states import FamilyScene, groups, moved, start
from exactdyn.certificates.translations.family_tree import Node, Walk, attending, compared, entering, split
from exactdyn.certificates.translations.scene import rationals, stated
from exactdyn.certificates.translations.smt_layers import (
    attends,
    computed_sets,
    entry_name,
    given_sets,
    leads,
    literal,
    scores,
    step,
    tokens,
)
from exactdyn.certificates.translations.smt_leaves import admitted, growth, leaf
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
from proofs_checks.format.claims import Claim
from proofs_checks.format.rationals import read_rational


def tree(scene: FamilyScene, claim: Claim) -> Iterator[str]:
    """Go through the commands for a claim that a tree of cases proves.

    Source: ``proofs_checks/FORMAT.md``, section "Cases".
    """
    data = stated(claim)
    count = len(scene.tokens)
    sets = data.get("attention", [[None] * count] * (scene.layers + 1))
    described = tuple({i: frozenset(own) for i, own in enumerate(layer) if own is not None} for layer in sets)
    walk = Walk(
        scene, claim, described, data.get("only", False), data.get("leaders", 0), data.get("ties", True)
    )
    yield from within(_tree(walk, _flat(data["cases"])))


def unknown_matrix(scene: FamilyScene) -> Iterator[str]:
    """Declare the coordinates of a matrix of the family, or of one for every layer, and define its entries.

    Source: ``proofs_checks/FORMAT.md``, section "All matrices".
    """
    for at in scene.unknown:
        names = [scene.coordinate(at, p) for p in range(len(scene.members.span))]
        yield from map(declare, names)
        yield from _entries(scene, at, names)


def _entries(scene: FamilyScene, at: int, names: Sequence[str]) -> Iterator[str]:
    family = scene.members
    for r in scene.coordinates:
        for c in scene.coordinates:
            spanned = weighted(rationals(B[r][c] for B in family.span), names)
            base = number(rationals([family.base[r][c]])[0])
            yield define(entry_name(0, at, r, c), f"(+ {base} {spanned})")


def _tree(walk: Walk, nodes: Sequence[dict[str, Any]]) -> Iterator[str]:
    scene = walk.scene
    yield from unknown_matrix(scene)
    yield from tokens(scene)
    waiting: list[Node | None] = [entering(walk, 0, start(scene))]
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


def _node(walk: Walk, data: dict[str, Any], node: Node) -> Generator[str, None, list[Node]]:
    # Layers that are decided are passed through until a token splits them or a leaf ends the path; what is
    # returned are the nodes below, whose commands come next.
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
        node = entering(walk, k + 1, later)
        if walk.claim.name == "norm-growth" and "weights" not in data:
            yield from growth(walk, data, k, [i for i in scene.tokens if i not in still])
            return [node]
        yield from _scores(scene, node.layer)
        yield from map(require, node.assumed)
        node = replace(node, assumed=(), entered=True)
    if "token" in data:
        below = split(walk, node, data["token"])
        yield from _covered(walk, node, data["token"], below)
        return below
    yield from leaf(walk, data, node)
    return []


def _scores(scene: FamilyScene, layer: int) -> Iterator[str]:
    for i in scene.tokens:
        yield from scores(scene, layer, 0, i, scene.seen(0, i))


def _covered(walk: Walk, node: Node, i: int, below: Sequence[Node]) -> Iterator[str]:
    # No matrix that is sought escapes all cases of a split.
    k, seen = node.layer, walk.scene.seen(0, i)
    lines = [require(denied(either(both(case.assumed) for case in below)))]
    if k == walk.last and walk.only and not walk.leaders and i in seen:
        lines.append(require(denied(attending(walk, k, i, frozenset({i})))))
    elif not walk.ties and not node.open:
        foremost = [walk.scene.members.foremost(group) for group in groups(walk.scene, node.state, i)]
        for a, b in combinations(foremost, 2):
            top = both(compared(">=", k, i, a, other) for other in foremost if other != a)
            lines.append(require(denied(both([compared("=", k, i, a, b), top]))))
    yield from ask(f"no other case of token {i} at layer {k}", lines)


def realised(scene: FamilyScene, claim: Claim) -> Iterator[str]:
    """Ask whether the run of a member may be other than described."""
    data = stated(claim)
    for member in scene.named(data):
        yield from admitted(scene, member)
    yield from within(_realised(scene, claim, data.get("only", False), data.get("leaders", 0)))


def _realised(scene: FamilyScene, claim: Claim, only: bool, least: int) -> Iterator[str]:
    # The run is defined from the matrix of the member, and that it does all that is described is denied.
    for at, member in enumerate(scene.named(stated(claim))):
        yield from _entries(scene, at, literal(map(read_rational, member["at"])))
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
