"""What a search over matrices looks for, and what becomes of a branch on the way."""

from __future__ import annotations

from dataclasses import dataclass

from exactdyn.families.tree.branch import Branch, Sets
from exactdyn.families.tree.nodes import Node


@dataclass(frozen=True)
class Goal:
    """What is sought: matrices with these attention sets at layers 0..N; where there is none, it may be any.

    ``only``: at layer N no token leads but those whose sets say so. ``leaders``: at least so many do.
    ``ties``: whether ties that only some matrices of the class have count. ``listed``: whether all
    itineraries are sought, rather than one matrix. ``statement``: the name of a statement that is to fail.
    """

    sets: tuple[Sets, ...]
    only: bool = False
    leaders: int = 0
    ties: bool = True
    listed: bool = False
    statement: str | None = None

    @property
    def complete(self) -> bool:
        """Whether every set of layer N is to be decided."""
        return self.listed or self.statement is not None


@dataclass(frozen=True)
class Expanded:
    """What became of a branch.

    ``node``: its node of the tree, with None for the branches below; None if the case stays open. ``below``:
    the branches below. ``found``: the branch itself, if its matrix is sought. ``reasons``: why cases, this
    one or some below it, stay open for good.
    """

    node: Node | None = None
    below: tuple[Branch, ...] = ()
    found: Branch | None = None
    reasons: tuple[str, ...] = ()
