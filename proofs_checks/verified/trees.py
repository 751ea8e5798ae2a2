"""Trees of cases: from JSON to the type ``tree`` of ``formal/Families.v``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from proofs_checks.verified import checker
from proofs_checks.verified.claims import Data, Sizes
from proofs_checks.verified.document import (
    LAYERS_LIMIT,
    BeyondError,
    NotShownError,
    integer,
    listed,
    members,
    numbers,
    rational,
    refuse,
)

DEPTH_LIMIT = 100
"""How deep a tree may be that is read: checking it takes Python a few calls for every level."""


@dataclass(frozen=True)
class Leaves:
    """What is read at the nodes of a tree: the sizes, whether a class has cuts, and what may be at leaves."""

    sizes: Sizes
    cuts: bool
    evidence: Callable[[Any], Data]
    member: Callable[[Any], Data]


def read_tree(value: Any, leaves: Leaves, depth: int = 0) -> Data:
    """Read a tree whose nodes hold those below them.

    >>> read_tree({"weights": [[[0, 1, 0, 1], "2"]]}, Leaves(Sizes(2, 1, 0), False, tuple, tuple))
    ('Contradiction', (((('Compare', 0, 1, 0, 1), (2, 1)),), ()))
    """
    given = value if isinstance(value, dict) else refuse("a node")
    if not {*given} & {"token", "growth"}:
        return _leaf(given, leaves)
    own = members(given, ["cases", "token" if "token" in given else "growth"])
    below = listed(_not_deep(own.pop("cases"), depth), lambda node: read_tree(node, leaves, depth + 1))
    if "token" in own:
        return *_inner(own, leaves), below
    return *_inner(own, leaves), *(below if len(below) == 1 else refuse("one case"))


def read_nodes(value: Any, leaves: Leaves, family: Data, goal: Data) -> Data:
    """Read a tree that is a list of its nodes, depth first: how many are below each is computed.

    Nothing depends on its being right: what is checked is the tree that comes out. Raises
    :class:`NotShownError` where no tree comes out.
    """
    nodes = iter(listed(value, lambda node: node))

    def subtree(path: Data, depth: int) -> Data:
        node = next(nodes, None)
        if node is None:
            raise NotShownError("a case has no node")
        given = _not_deep(node if isinstance(node, dict) else refuse("a node"), depth)
        if not {*given} & {"token", "growth"}:
            return _leaf(given, leaves)
        made = _inner(given, leaves)
        if made[0] == "Growth":
            if not checker.moves_on(goal, path):
                _no_case()
            return *made, subtree(checker.advance(family, goal, path), depth + 1)
        (paths,) = checker.split(family, goal, checker.arrived(family, goal, path), made[1]) or _no_case()
        return *made, tuple([subtree(below, depth + 1) for below in paths])

    tree = subtree(checker.root(family, goal), 0)
    if next(nodes, None) is not None:
        raise NotShownError("a node has no case")
    return tree


def _no_case() -> NoReturn:
    raise NotShownError("nothing is left to decide at a node")


def _not_deep(value: Any, depth: int) -> Any:
    if depth > DEPTH_LIMIT:
        raise BeyondError(f"a tree of cases of more than {DEPTH_LIMIT} levels")
    return value


def _inner(given: Any, leaves: Leaves) -> Data:
    if "token" in given:
        return "Split", integer(members(given, ["token"])["token"], 0, leaves.sizes.tokens - 1)
    return "Growth", listed(members(given, ["growth"])["growth"], lambda leaf: _weights(leaf, leaves))


def _leaf(given: Any, leaves: Leaves) -> Data:
    if not given:
        return ("TooFew",)
    if "at" in given:
        return "Member", leaves.member(given)
    if "holds" in given:
        return "Holds", leaves.evidence(members(given, ["holds"])["holds"])
    return "Contradiction", _weights(given, leaves)


def _weights(value: Any, leaves: Leaves) -> Data:
    own = members(value, ["weights"], ["cuts"] if leaves.cuts else [])
    return listed(own["weights"], _weight), listed(own.get("cuts", []), lambda cut: _cut(cut, leaves.sizes))


def _weight(value: Any) -> Data:
    comparison, weight = listed(value, lambda part: part, 2)
    numbered = listed(comparison, lambda part: integer(part, 0, LAYERS_LIMIT))
    if len(numbered) not in (2, 4):
        refuse("a comparison")
    return ("Grown" if len(numbered) == 2 else "Compare", *numbered), rational(weight)


def _cut(value: Any, sizes: Sizes) -> Data:
    weight, vector = listed(value, lambda part: part, 2)
    return rational(weight), numbers(vector, sizes.dimension)
