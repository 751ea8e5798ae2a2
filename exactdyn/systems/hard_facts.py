"""What lemmas may use of hard-attention layers: derived from heads, schedule and ReLU blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import cast

from exactdyn.geometry.eigenspaces import common_left_eigenspaces
from exactdyn.layer.affine import Multiplier, numbers_of
from exactdyn.layer.mask import masks_compose
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import identity
from exactdyn.systems.facts import Facts
from exactdyn.systems.head import Head
from exactdyn.systems.heads_as_one import same_scores
from exactdyn.systems.movement import UNKNOWN, Movement, movement
from exactdyn.systems.schedule import Schedule


@dataclass(frozen=True)
class Steps:
    """The linear part of the steps of all layers.

    ``repeats``: the layer from which on layers repeat, and their period; None where tau is a formula.
    ``values``: V_h of every head, for the layers up to there, or all that there are where tau is a formula.
    ``bent``: whether there are ReLU blocks, of which nothing is known here.
    """

    schedule: Schedule
    repeats: tuple[int, int] | None
    values: tuple[tuple[Multiplier, ...], ...]
    bent: bool

    @property
    def scalar(self) -> bool:
        """Whether every V_h is a multiple of the identity at every layer, and there is no ReLU block.

        >>> Steps(Schedule.of_tau("1/2"), (0, 1), ((Fraction(2),),), bent=False).scalar
        True
        """
        return not self.bent and all(not isinstance(value, tuple) for own in self.values for value in own)

    @cached_property
    def movement(self) -> Movement:
        """What is known of the step of whole tokens: something only where it is scalar.

        >>> Steps(Schedule.of_tau("1/2"), (0, 1), ((Fraction(3),),), bent=False).movement.step
        Step(tau=Fraction(3, 4))
        """
        if not self.scalar:
            return UNKNOWN
        return movement(self.schedule, self.repeats, cast("tuple[tuple[Fraction, ...], ...]", self.values))

    @property
    def weights(self) -> Row | None:
        """The shares of the heads in the step, where they are the same at all layers, else None.

        >>> Steps(Schedule.of_tau("1/2"), (0, 1), ((Fraction(1), Fraction(3)),), bent=False).weights
        (Fraction(1, 4), Fraction(3, 4))
        """
        if not self.scalar or len(set(self.values)) > 1:
            return None
        numbers = cast("tuple[Fraction, ...]", self.values[0])
        whole = sum(numbers, Fraction(0))
        return tuple(number / whole for number in numbers) if whole else None

    def directions(self, dimension: int) -> tuple[Row, ...]:
        """Return functionals phi whose values phi(z_i) move by convex steps among themselves.

        These are common left eigenvectors of all V_h, then of all P_h: phi P_h = p_h phi, with p_h >= 0 and
        sum at most 1 at every layer. A basis of each common eigenspace is given; for multiples of the
        identity it is that of the coordinates.
        Source: F. R. Gantmacher, The Theory of Matrices 1, chapter III, for eigenspaces.

        >>> V = ((Fraction(3, 2), Fraction(0)), (Fraction(0), Fraction(7, 3)))
        >>> Steps(Schedule.of_tau("1/2"), (0, 1), ((V,),), bent=False).directions(2)
        ((Fraction(1, 1), Fraction(0, 1)), (Fraction(0, 1), Fraction(1, 1)))
        """
        if self.bent:
            return ()
        if self.scalar:
            return identity(dimension) if self.movement.convex else ()
        matrices = dict.fromkeys(value for own in self.values for value in own if isinstance(value, tuple))
        if domain_of(numbers_of(matrices)) != RATIONALS:
            return ()  # nothing is known of eigenvectors over a field
        found: list[Row] = []
        for space in common_left_eigenspaces(list(matrices), dimension):
            known = dict(zip(matrices, space.eigenvalues, strict=True))
            numbers = [
                tuple(known[value] if isinstance(value, tuple) else value for value in own)
                for own in self.values
            ]
            if movement(self.schedule, self.repeats, numbers).convex:
                found.extend(space.functionals)
        return tuple(found)


def one_matrix(heads: Sequence[Head], dimension: int) -> Rows | None:
    """Return the A of all heads and layers, up to a positive factor each, or None if there are several.

    >>> one_matrix([Head([[2]]), Head([[3]])], 1), one_matrix([Head([[2]]), Head([[-2]])], 1)
    (((Fraction(2, 1),),), None)
    """
    given = [matrix for head in heads for matrix in head.A or (identity(dimension),)]
    return given[0] if same_scores(given) else None


def facts_of(heads: Sequence[Head], steps: Steps, dimension: int) -> Facts:
    """Return what lemmas may use of a system for tokens of a dimension that its matrices fit.

    Masks are the same at all layers, and what is said of them holds for any number of tokens that they fit.
    Source: the lemmas of ``proofs_checks/FORMAT.md`` that ask for the facts.

    >>> steps = Steps(Schedule.of_tau("2/(k+2)"), None, ((Fraction(1),),), bent=False)
    >>> facts = facts_of([Head(mask="strict")], steps, 1)
    >>> facts.convex_step, facts.keeps, facts.keeps_from, facts.transitive_masks, facts.reflexive_masks
    (True, False, 1, True, False)
    """
    masks = [head.mask for head in heads]
    moving = steps.movement
    return Facts(
        convex_step=moving.convex,
        keeps=moving.keeps_from == 0,
        forward=moving.forward,
        moves=moving.moves,
        same_attention=all(same_scores(head.A or ()) for head in heads),
        ties_kept=all(head.ties == "mean" for head in heads),
        transitive_masks=masks_compose(masks),
        all_visible=all(mask is None or mask.everybody for mask in masks),
        one_head=len(heads) == 1,
        matrix=one_matrix(heads, dimension),
        step=moving.step if len(heads) == 1 else None,
        keeps_from=moving.keeps_from,
        convex_from=moving.convex_from,
        reflexive_masks=all(mask is None or mask.reflexive for mask in masks),
        scalar_step=steps.scalar,
        directions=steps.directions(dimension),
        schedule=moving.total,
        weights=steps.weights,
        repeating=None if steps.bent else steps.repeats,
        stated=steps.schedule,
        linear=not steps.bent,
        one_view=all(mask is None or mask.one_view for mask in masks),
        exposing_head=next((h for h, head in enumerate(heads) if _exposes(head)), None),
    )


def _exposes(head: Head) -> bool:
    return head.ties == "mean" and (head.mask is None or head.mask.everybody)
