"""What a hunt looks for: everything that its result depends on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from exactdyn.families.setting import Around
from exactdyn.numbers.reading import Rows
from exactdyn.systems.hardmax import Hardmax

Place: TypeAlias = tuple[int, ...]
"""A place in the tree of cases of one configuration: the cases taken from the root on."""


@dataclass(frozen=True)
class Request:
    """A question about all matrices of a class; equal requests have equal results, whoever computes them.

    ``statement``: the name of a statement that is to fail within ``layers`` layers (or in the limit).
    ``kind``, ``pattern``: the class of matrices, see
    :func:`~exactdyn.families.classes.matrix_class.matrix_class`. ``given``: tokens that every configuration
    begins with, possibly none. ``count``, ``dimension``: how many tokens a configuration has, and their
    dimension; further tokens are generated from ``seed``. ``alpha``: the coefficient; None lets it vary over
    positive numbers (negative ones and 0, if "positive-alpha" is dropped). ``dropped``: hypotheses on alpha
    and tokens that generated configurations need not satisfy: "positive-alpha", "nonzero-tokens",
    "distinct-tokens". ``ties``: whether matrices with avoidable ties are searched, too. ``bound``: for
    statements about the limit, the largest entry of the integer matrices tried. ``system``: in place of
    ``alpha``, all of a system but A that is more than one alpha, see
    :class:`~exactdyn.families.setting.Setting`; None for the system of the paper.
    """

    statement: str
    kind: str
    given: Rows
    count: int
    dimension: int
    layers: int
    alpha: Fraction | None = None
    pattern: str | None = None
    seed: int = 0
    dropped: frozenset[str] = frozenset()
    ties: bool = True
    bound: int = 3
    system: Hardmax | None = None

    @property
    def complete(self) -> bool:
        """Whether there is nothing to generate: one configuration, all of it given.

        >>> Request("norm-growth", "general", ((Fraction(1),),), 1, 1, 1, alpha=Fraction(1)).complete
        True
        """
        return len(self.given) == self.count and self.around is not None

    @property
    def around(self) -> Around | None:
        """All of the system but A; None where alpha varies.

        >>> Request("norm-growth", "general", (), 1, 1, 1, alpha=Fraction(1)).around
        Fraction(1, 1)
        """
        return self.alpha if self.system is None else self.system


@dataclass(frozen=True, order=True, slots=True)
class Task:
    """A part of a hunt: one configuration from a place in its tree of cases on."""

    index: int
    place: Place = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task; everything in it can be written as JSON.

    ``counterexample``: an EXAMPLE document on which the statement fails, already shrunk; ``size``: what it is
    small in, smallest first, see :func:`~exactdyn.hunts.shrinking.counterexample.size`. ``began``: the
    document it was shrunk from. ``piece``: if the request gives the configuration, what there is of the tree
    of cases, see :data:`~exactdyn.families.tree.assembly.Piece`. ``below``: the places in the tree that are
    tasks of their own, in the order of the search. ``reason``: why something stays open for good; None if
    the task is decided, but for what is below. ``programs``, ``runs``: linear programs solved and limits
    looked at. ``origin``: of which kind the tokens are, see
    :class:`~exactdyn.hunts.tokens.configurations.Configuration`; None where nobody has said so.
    """

    counterexample: dict[str, object] | None = None
    size: tuple[int, ...] | None = None
    began: dict[str, object] | None = None
    piece: list[dict[str, object] | None] | None = None
    below: tuple[Place, ...] = ()
    reason: str | None = None
    programs: int = 0
    runs: int = 0
    origin: str | None = None
