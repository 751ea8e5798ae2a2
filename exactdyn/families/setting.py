"""All of a system but its matrix of scores: what stays the same for all matrices of a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeAlias, cast

from exactdyn.errors import InputError
from exactdyn.layer.affine import AffineStep
from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import Ties
from exactdyn.layer.mask import Mask
from exactdyn.layer.step import LayerStep, Step
from exactdyn.numbers.reading import Rows
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.schedule import Schedule

Around: TypeAlias = HardAttention | Fraction
"""All of a system but A: one whose A plays no part, or the coefficient alpha of the system of the paper."""


@dataclass(frozen=True)
class Setting:
    """One head whose matrix is sought: its steps, value matrices, mask and rule for ties.

    ``system``: a :class:`~exactdyn.systems.hardmax.Hardmax` whose A plays no part. For given attention sets
    the states do not depend on A, and each score is linear in it: so the matrices with these sets are the
    solutions of a linear program, whatever the steps, values, masks and ties are. ``each_layer``: a matrix is
    sought for every layer; else one for all of them.

    >>> Setting.of(Fraction(1)).rate(7), Setting.of(Hardmax(tau="2/(k+2)")).rate(2)
    (Fraction(1, 2), Fraction(1, 2))
    """

    system: Hardmax
    each_layer: bool = False

    @classmethod
    def of(cls, around: Around, each_layer: bool = False) -> Setting:
        """Return the setting of a system, whatever its A is, or of a coefficient alpha.

        ``each_layer``: as above. Raises :class:`~exactdyn.errors.InputError` for heads that differ in more
        than their values, ReLU blocks, and a list of matrices A where one is sought for all layers. Raises
        :class:`~exactdyn.errors.LackingError` where another number than those of A is irrational.

        >>> Setting.of(Hardmax([[2]], alpha=1)) == Setting.of(Fraction(1))
        True
        """
        if not isinstance(around, HardAttention):
            return cls(Hardmax(alpha=around), each_layer)
        around = with_one_head(around)
        given = around.parts[0].A
        if given is not None and len(given) > 1 and not each_layer:
            raise InputError(
                f"A: requires one matrix, as one for all layers is sought, got a list of {len(given)}"
            )
        system = _with_matrices(around, None)
        system.domain.require("linear programs")
        return cls(system, each_layer)

    @property
    def alpha(self) -> Fraction | None:
        """The coefficient, if this is the system of the paper.

        >>> Setting.of(Fraction(2)).alpha
        Fraction(2, 1)
        """
        return self.system.alpha if self.system.plain else None

    @property
    def around(self) -> Hardmax | Fraction:
        """All of the system but A as :meth:`of` takes it: alpha, if that is all there is.

        >>> Setting.of(Hardmax(alpha=2, mask=[[1]])).around
        Fraction(2, 1)
        """
        return self.system if self.alpha is None else self.alpha

    @property
    def ties(self) -> Ties:
        """What a tie means.

        >>> Setting.of(Hardmax(ties="first")).ties
        'first'
        """
        return self.system.ties

    def with_matrices(self, *matrices: Rows) -> Hardmax:
        """Return the system of one matrix for all layers, in the normalised form, or of the first layers'.

        >>> one, two = (((Fraction(x),),) for x in (1, 2))
        >>> Setting.of(Fraction(1)).with_matrices(two).alpha
        Fraction(1, 1)
        >>> Setting.of(Fraction(1), each_layer=True).with_matrices(one, two).heads(1, 1)[0].matrix
        ((Fraction(2, 1),),)
        """
        if self.system.plain and len(matrices) == 1:
            return Hardmax(*matrices, self.system.alpha)
        return _with_matrices(self.system, matrices)

    def with_mask(self, mask: object) -> Setting:
        """Return the same with another mask, see :meth:`exactdyn.layer.mask.Mask.of`.

        Raises :class:`~exactdyn.errors.InputError` for what is no mask.

        >>> Setting.of(Hardmax(alpha=2, mask="causal")).with_mask([[1, 1], [1, 1]]).alpha
        Fraction(2, 1)
        """
        return Setting.of(_with_matrices(self.system, None, Mask.of(mask)), self.each_layer)

    def step(self, layer: int) -> LayerStep:
        """Return the step of a layer.

        Source: arXiv 2407.01602, equation (1.1), for one alpha and V = I.

        >>> Setting.of(Fraction(1)).step(3)
        Step(tau=Fraction(1, 2))
        """
        return self.system.step(layer)

    def rate(self, layer: int) -> Fraction | None:
        """Return the v for which z becomes z + v (c - z); None with a V that is no multiple of the identity.

        >>> Setting.of(Hardmax(alpha=1, V=[[1, 0], [0, 2]])).rate(0) is None
        True
        """
        step = self.step(layer)
        return step.tau if isinstance(step, Step) else _number(cast("AffineStep", step))

    @cached_property
    def attends_plainly(self) -> bool:
        """Whether everybody is seen, and all of a tie is attended.

        >>> Setting.of(Hardmax(mask="causal")).attends_plainly
        False
        """
        return self.system.mask is None and self.ties == "mean"

    @property
    def for_all_tokens(self) -> bool:
        """Whether it suits tokens of any number and dimension: no value matrix, no rows of a mask.

        >>> Setting.of(Hardmax(mask="causal")).for_all_tokens, Setting.of(Hardmax(V=[[2]])).for_all_tokens
        (True, False)
        """
        return self.system.V is None and (self.system.mask is None or self.system.mask.rows is None)

    def seen(self, count: int) -> AttentionSets | None:
        """Return what every token sees, of so many; None for everybody.

        >>> Setting.of(Hardmax(mask="causal")).seen(2)
        (frozenset({0}), frozenset({0, 1}))
        """
        mask = self.system.mask
        return None if mask is None else mask.seen(count)


def the_one_matrix(matrices: Sequence[Rows]) -> Rows:
    """Return the matrix that all layers have; raises InputError where each layer has one of its own.

    >>> the_one_matrix([((Fraction(2),),)])
    ((Fraction(2, 1),),)
    """
    if len(matrices) > 1:
        raise InputError(f"A: requires one matrix for all layers, got {len(matrices)}: see matrices")
    return matrices[0]


def one_or_list(matrices: Sequence[Rows]) -> Rows | list[Rows] | None:
    """Return the one matrix, or the list of those of the layers 0, 1, ..., as documents have them, if any.

    >>> one_or_list([((Fraction(2),),)])
    ((Fraction(2, 1),),)
    """
    return None if not matrices else matrices[0] if len(matrices) == 1 else list(matrices)


def with_one_head(system: HardAttention) -> Hardmax:
    """Return the same dynamics with one head in place of all, whose values add up.

    Raises :class:`~exactdyn.errors.InputError` for heads that differ in more, and ReLU blocks.
    Source: lemma ``heads-as-one`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.head import Head
    >>> with_one_head(HardAttention([Head(), Head()], alpha=1)).alpha
    Fraction(2, 1)
    """
    if system.relu is not None:
        raise InputError("relu: requires no ReLU block where a matrix is sought, got one")
    if isinstance(system, Hardmax):
        return system
    matrices = [matrix for head in system.parts for matrix in (*(head.A or ()), *(head.V or ()))]
    one, _ = system.as_one(len(matrices[0]) if matrices else 1)
    head, *others = one.parts
    if others:
        raise InputError(
            "heads: requires heads that differ in V alone, as one matrix of scores is sought for all, got "
            f"{len(one.parts)} that differ in A, mask or ties"
        )
    count = len(system.parts)
    plain = all(part.V is None for part in system.parts)
    schedule = system.schedule.times(count) if plain else system.schedule
    return _one_headed(schedule, head.A, None if plain else head.V, head.mask, head.ties, system.period)


def _number(step: AffineStep) -> Fraction | None:
    (part,) = step.parts
    return part if isinstance(part, Fraction) else None


@lru_cache(maxsize=256)
def _with_matrices(system: Hardmax, matrices: tuple[Rows, ...] | None, mask: Mask | None = None) -> Hardmax:
    # A mask that hides nobody is none. Without another one it stays as it is.
    mask = system.mask if mask is None else mask
    mask = None if mask is not None and mask.everybody else mask
    if matrices is not None and 1 < len(matrices) < system.period:  # a list has what is to repeat
        matrices += (matrices[-1],) * (system.period - len(matrices))
    return _one_headed(system.schedule, matrices, system.V, mask, system.ties, system.period)


def _one_headed(
    schedule: Schedule,
    A: Sequence[Rows] | None,
    V: Sequence[Rows] | None,
    mask: Mask | None,
    ties: Ties,
    period: int,
) -> Hardmax:
    stated = schedule.formula if schedule.formula is not None else list(schedule.stated)
    step = {schedule.parameter: stated}
    return Hardmax(A, **step, V=V, mask=mask, ties=ties, period=period)
