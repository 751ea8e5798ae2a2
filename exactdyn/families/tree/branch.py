"""A branch of the tree of cases: what is assumed of A, how far that decides the run, and what is sought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from exactdyn.families.classes.conditions import Comparison, Condition, Preferences
from exactdyn.families.classes.member import Member, Vector, directions
from exactdyn.layer.attention import AttentionSets, leading_points
from exactdyn.numbers.points import Points

Sets: TypeAlias = Mapping[int, frozenset[int]]
"""Attention sets at a layer, by token; the empty one says only that the token does not lead."""


@dataclass(frozen=True)
class Goal:
    """What is sought: matrices with these attention sets at layers 0..N; where there is none, it may be any.

    ``only``: at layer N no token leads but those whose sets say so. ``leaders``: at least so many do.
    ``ties``: whether ties that only some matrices of the class have count. ``listed``: whether all
    itineraries are sought, rather than one matrix. ``statement``: the name of a statement that is to fail.

    >>> Goal(({0: frozenset({0})},)).complete, Goal(({},), listed=True).complete
    (False, True)
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
class BranchLayer:
    """One layer of a branch: its state, the scores there for all A, and the sets decided so far."""

    preferences: Preferences
    sets: Sets

    @property
    def state(self) -> Points:
        """The state of this layer.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> layer = BranchLayer(Preferences(matrix_class("general", 1), 0, start), {0: frozenset({0})})
        >>> layer.state.rows()
        [[Fraction(1, 1)], [Fraction(-1, 1)]]
        """
        return self.preferences.state

    @cached_property
    def directions(self) -> list[Vector]:
        """The tokens and their differences, for proofs about definite matrices.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> BranchLayer(Preferences(matrix_class("positive-definite", 1), 0, start), {}).directions
        [(1,), (-1,)]
        """
        return directions(self.state) if self.preferences.matrices.definite else []

    @property
    def complete(self) -> bool:
        """Whether every token's set is decided.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> layer = BranchLayer(Preferences(matrix_class("general", 1), 0, start), {0: frozenset({0})})
        >>> layer.complete
        False
        """
        return len(self.sets) == self.state.count

    @cached_property
    def locked(self) -> Sets:
        """The tokens whose set stays the same at every later layer, for every A, if 0 <= tau < 1.

        They attend one leading point alone, which leads already. (The copies of a leading point attend
        exactly each other.)

        Source: lemma ``lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> layer = BranchLayer(Preferences(matrix_class("general", 1), 0, start), {0: frozenset({0})})
        >>> layer.locked
        {0: frozenset({0})}
        """
        leading = frozenset(leading_points(self.state, self.sets))
        return {i: own for i, own in self.sets.items() if own in leading}


@dataclass(frozen=True)
class Branch:
    """Conditions on A, a matrix that satisfies them, and the layers that they decide.

    ``open``: conditions >= that are still to be told apart into = and >, each with the tokens that = adds.
    ``place``: the cases taken from the root on. ``grown``: at so many layers <Az, z> is known to grow.
    ``before``: where a matrix is sought for every layer, those of the layers before the one reached; the
    conditions and the matrix at hand are then those of the layer reached.
    """

    layers: tuple[BranchLayer, ...]
    conditions: Mapping[Comparison, Condition]
    member: Member
    place: tuple[int, ...] = ()
    share: float = 1.0
    open: tuple[tuple[Condition, frozenset[int]], ...] = ()
    grown: int = 0
    before: tuple[Member, ...] = ()

    @property
    def members(self) -> tuple[Member, ...]:
        """The one matrix of all layers, or those of the layers 0, 1, ... up to the one reached.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> layer = BranchLayer(Preferences(matrix_class("general", 1), 0, Points.from_rows([[1]])), {})
        >>> len(Branch((layer,), {}, Member(())).members)
        1
        """
        return (*self.before, self.member)

    @property
    def layer(self) -> BranchLayer:
        """The layer reached.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> layer = BranchLayer(Preferences(matrix_class("general", 1), 0, start), {0: frozenset({0})})
        >>> branch = Branch((layer,), {}, Member(()))
        >>> branch.layer is layer
        True
        """
        return self.layers[-1]

    @property
    def directions(self) -> list[Vector]:
        """The vectors with which a proof that no semidefinite matrix is left may begin.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> layer = BranchLayer(Preferences(matrix_class("positive-definite", 1), 0, start), {})
        >>> Branch((layer,), {}, Member(())).directions
        [(1,), (-1,)]
        """
        return [v for layer in self.layers[len(self.before) :] for v in layer.directions]

    @property
    def decided(self) -> bool:
        """Whether every set at the layer reached is decided.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> layer = BranchLayer(Preferences(matrix_class("general", 1), 0, start), {0: frozenset({0})})
        >>> branch = Branch((layer,), {}, Member(()))
        >>> branch.decided, branch.deciding(1, frozenset({1})).decided
        (False, True)
        """
        return self.layer.complete and not self.open

    @property
    def attention(self) -> tuple[AttentionSets, ...]:
        """The attention sets of all layers that are decided completely.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> layer = BranchLayer(Preferences(matrix_class("general", 1), 0, start), {0: frozenset({0})})
        >>> branch = Branch((layer,), {}, Member(()))
        >>> branch.attention, branch.deciding(1, frozenset({1})).attention
        ((), ((frozenset({0}), frozenset({1})),))
        """
        complete = [layer for layer in self.layers if layer.complete]
        return tuple(tuple(layer.sets[i] for i in range(len(layer.sets))) for layer in complete)

    def deciding(self, token: int, own: frozenset[int]) -> Branch:
        """Return the branch with a token's set at the layer reached.

        >>> from exactdyn.families.classes.matrix_class import matrix_class
        >>> start = Points.from_rows([[1], [-1]])
        >>> layer = BranchLayer(Preferences(matrix_class("general", 1), 0, start), {0: frozenset({0})})
        >>> branch = Branch((layer,), {}, Member(()))
        >>> branch.deciding(1, frozenset({1})).layer.sets
        {0: frozenset({0}), 1: frozenset({1})}
        """
        layer = replace(self.layer, sets={**self.layer.sets, token: own})
        return replace(self, layers=(*self.layers[:-1], layer))


def locked_weights(before: BranchLayer, token: int, rival: int, tau: Fraction) -> dict[Comparison, Fraction]:
    """Return positive weights that add comparisons at one layer up to one at the next.

    ``token`` is locked at the layer ``before`` on p, ``rival`` is another token; at the next layer, where p
    has not moved, <A z_token, z_p - z_rival> is this sum: write both tokens there as the combinations that
    the step makes of them. All terms are positive, so the rival is beaten again.

    Source: lemma ``lock-in`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[2], [1]]))
    >>> before = BranchLayer(line, {0: frozenset({0}), 1: frozenset({0})})
    >>> locked_weights(before, 1, 1, Fraction(1, 2))
    {(0, 1, 0, 1): Fraction(1, 4), (0, 0, 0, 1): Fraction(1, 4)}
    """
    own = before.sets[token]
    p = min(own)
    attended = before.sets[rival]
    targets = [(1 - tau, rival), *((tau / len(attended), m) for m in attended)]
    weights: dict[Comparison, Fraction] = {}
    for factor, source in ((1 - tau, token), (tau, p)):
        lowest = {j: min(group) for group in before.preferences.groups(source) for j in group}
        for share, target in targets:
            if target not in own and factor * share:
                comparison = (before.preferences.layer, source, p, lowest[target])
                weights[comparison] = weights.get(comparison, Fraction(0)) + factor * share
    return weights
