"""A tree of cases in pieces, each at its place; put together they are the tree.

A piece, like the tree, is a list: its nodes depth first, each followed by those below it. So it may be of any
depth, where nested data would exhaust the stack of whoever reads or writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from exactdyn.families.tree.nodes import Node, Place

Piece: TypeAlias = list[Node | None]
"""Nodes depth first, as a certificate lists them; None for a case that is open."""


def grown(nodes: Mapping[Place, Node | None], root: Place = ()) -> Piece:
    """Put nodes together to the tree below a place.

    ``nodes``: by their places, those at ``root`` and below; each may hold nodes below it as its ``cases``.
    What is not there is open.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> grown({(3,): {"token": 0, "cases": [None, None]}, (3, 1): {"weights": []}}, root=(3,))
    [{'token': 0}, None, {'weights': []}]
    """
    piece: Piece = []
    waiting: list[tuple[Place, Node | None]] = [(root, None)]
    while waiting:
        place, held = waiting.pop()
        node = nodes.get(place, held)
        if node is None:
            piece.append(None)
            continue
        piece.append({name: value for name, value in node.items() if name != "cases"})
        below = cast("list[Node | None]", node.get("cases", []))
        waiting += reversed([((*place, case), held) for case, held in enumerate(below)])
    return piece


def assembled(pieces: Mapping[Place, Sequence[Node | None]]) -> list[Node] | None:
    """Put the pieces of a tree together; None if a case of it is open.

    ``pieces``: by their places in the tree, the root's at (), whether they were read back from JSON or not.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> pieces = {(): [{"token": 0}, None, {"weights": []}]}
    >>> assembled(pieces) is None
    True
    >>> assembled({**pieces, (0,): [{"weights": [[[0, 0, 0, 1], "1"]]}]})
    [{'token': 0}, {'weights': [[[0, 0, 0, 1], '1']]}, {'weights': []}]
    """
    # Sorted, the places come depth first as well: where one piece is open, the next one belongs.
    if sum(piece.count(None) for piece in pieces.values()) != len(pieces) - 1:
        return None
    tree, places = list[Node](), iter(sorted(pieces))
    reading: list[Iterator[Node | None]] = [iter(pieces[next(places)])]
    while reading:
        for node in reading[-1]:
            if node is None:
                reading.append(iter(pieces[next(places)]))
                break
            if None in cast("list[Node | None]", node.get("growth", [])):
                return None
            tree.append(node)
        else:
            reading.pop()
    return tree
