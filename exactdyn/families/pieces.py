"""A tree of cases in pieces, each at its place; put together they are the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from exactdyn.families.nodes import Node, Place


def grown(nodes: Mapping[Place, Node | None], root: Place = ()) -> Node | None:
    """Put nodes together to the tree below a place; None stands for what is open in it.

    ``nodes``: by their places, those at ``root`` and below. A node whose place is not there is left out. None
    of the nodes is changed.

    >>> grown({(3,): {"token": 0, "cases": [None, None]}, (3, 1): {"weights": []}}, root=(3,))
    {'token': 0, 'cases': [None, {'weights': []}]}
    """
    top: Node = {"cases": [None]}
    for place in sorted(nodes):
        node, slots = nodes[place], _slots(top, place[len(root) :])
        if node is not None and slots:
            slots[place[-1] if place != root else 0] = _copied(node)
    return _cases(top)[0]


def assembled(nodes: Mapping[Place, Node | None]) -> Node | None:
    """Put the pieces of a tree together; None if a case of it is open.

    ``nodes``: the pieces by their places in the tree, the root's at (), whether they were read back from JSON
    or not.

    >>> pieces = {(): {"token": 0, "cases": [None, {"weights": []}]}}
    >>> assembled(pieces) is None
    True
    >>> assembled({**pieces, (0,): {"weights": [[[0, 0, 0, 1], "1"]]}})["cases"][0]
    {'weights': [[[0, 0, 0, 1], '1']]}
    """
    tree = grown(nodes)
    return tree if tree is not None and all(node is not None for node in _walk(tree)) else None


def _cases(node: Node | None, name: str = "cases") -> list[Node | None]:
    return cast("list[Node | None]", (node or {}).get(name, []))


def _slots(top: Node, place: Place) -> list[Node | None]:
    # The list in which the node of this place belongs; empty if a node on the way is not there.
    node: Node | None = top
    for case in (0, *place)[:-1]:
        cases = _cases(node)
        node = cases[case] if cases else None
    return _cases(node)


def _walk(tree: Node) -> Iterator[Node | None]:
    # Without recursion: trees may be deeper than Python's stack.
    stack: list[Node | None] = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack += _cases(node, "growth") + _cases(node)


def _copied(node: Node) -> Node:
    # What grown() fills is new: the nodes with cases, and their lists.
    top: Node = {"cases": [node]}
    stack = [top]
    while stack:
        own = stack.pop()
        own["cases"] = cases = [dict(case) if case is not None else None for case in _cases(own)]
        stack += [case for case in cases if case is not None and "cases" in case]
    return cast("Node", _cases(top)[0])
