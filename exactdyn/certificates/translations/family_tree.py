"""The tree of cases of a family: its nodes, what they assume, and how it is split.

Source: FORMAT.md, section "Cases".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from exactdyn.certificates.translations.family_states import FamilyScene, State, groups
from exactdyn.certificates.translations.smt_layers import score
from exactdyn.certificates.translations.smt_text import both
from proofs_checks.format.claims import Claim

Sets: TypeAlias = Mapping[int, frozenset[int]]
"""Attention sets by token."""


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


def entering(walk: Walk, layer: int, state: State) -> Node:
    """Return the node at a layer, with what the description says of it.

    ``state``: its tokens, as numbers.
    """
    node = Node(layer, state)
    for i, own in walk.described[layer].items():
        node = replace(
            node, sets={**node.sets, i: own}, assumed=(*node.assumed, attending(walk, layer, i, own))
        )
    return node


def attending(walk: Walk, k: int, i: int, own: frozenset[int]) -> str:
    """Return what it says of the scores that a token attends this set at layer k."""
    family = walk.scene.members
    j, parts = family.foremost(own), []
    for other in walk.scene.seen(0, i):
        if other != j:
            relation = "=" if other in own else ">=" if family.passes(j, other) else ">"
            parts.append(compared(relation, k, i, j, other))
    return both(parts)


def compared(relation: str, k: int, i: int, j: int, other: int) -> str:
    """Return how the scores of two tokens j and ``other`` for a token i compare at layer k."""
    return f"({relation} {score(k, 0, i, j)} {score(k, 0, i, other)})"


def split(walk: Walk, node: Node, i: int) -> list[Node]:
    """Return the cases at a token, in order.

    Source: FORMAT.md, section "Cases", on splits.
    """
    scene, family, k = walk.scene, walk.scene.members, node.layer
    if node.open:
        (_, lead, other, group), *rest = node.open
        equal = _decided(node, i, node.sets[i] | group, compared("=", k, i, lead, other), rest)
        return [equal, _decided(node, i, node.sets[i], compared(">", k, i, lead, other), rest)]
    if k == walk.last and (walk.leaders or walk.only):
        return _leading_or_not(walk, node, i)
    found, cases = groups(scene, node.state, i), []
    foremost = [family.foremost(group) for group in found]
    for at, group in enumerate(found):
        lead, later = foremost[at], range(at + 1, len(found))
        before = [compared(">", k, i, lead, other) for other in foremost[:at]]
        after = [compared(">=" if walk.ties else ">", k, i, lead, foremost[b]) for b in later]
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
        return [_decided(node, i, own, attending(walk, k, i, own)), _decided(node, i, nobody, "true")]
    kept = family.head.ties == "mean"
    relations = [(j, ">=" if kept or family.passes(j, i) else ">") for j in seen if j != i]
    return [_decided(node, i, nobody, compared(relation, k, i, j, i)) for j, relation in relations]
