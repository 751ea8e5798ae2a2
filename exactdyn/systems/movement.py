"""What is known of how a functional of a token goes towards those of what its heads attend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.layer.affine import normalised_numbers
from exactdyn.layer.step import Step
from exactdyn.numbers.formula import Quotient
from exactdyn.numbers.terms import TermSum
from exactdyn.systems.schedule import Schedule


@dataclass(frozen=True)
class Movement:
    """Where phi(z_i) becomes (1 - sigma) phi(z_i) + sum_h p_h phi(c_ih), sigma = sum_h p_h, at every layer.

    ``forward``: all p_h >= 0 at every layer. ``total``: sigma at every layer, None where it has no formula.
    ``agree_from``: the first layer from which on no p_h < 0 where sigma >= 0, for ever; None: not known.
    Each is so only where it is known.
    Source: arXiv 2508.09628 v1, for one head.

    >>> two = movement(Schedule.of_tau("1/2"), (0, 1), [(Fraction(1), Fraction(2))])
    >>> two.convex, two.total.at(0)
    (True, Fraction(3, 4))
    """

    forward: bool
    total: Schedule | None
    agree_from: int | None = 0

    @property
    def convex(self) -> bool:
        """Whether the new value is a convex combination of the old one and those of what is attended.

        Source: lemma ``convex-step`` in ``proofs_checks/FORMAT.md``.

        >>> movement(Schedule.of_tau(2), (0, 1), [(Fraction(1),)]).convex
        False
        """
        return self.forward and self.total is not None and self.total.convex

    @property
    def keeps_from(self) -> int | None:
        """The first layer from which on it is convex with a positive part of the old value, for ever.

        Source: lemmas ``leaders-persist`` and ``lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> movement(Schedule.of_tau("2/(k+2)"), None, [(Fraction(1),)]).keeps_from
        1
        """
        return None if self.total is None else self._with_all_parts(self.total.keeps_from)

    @property
    def convex_from(self) -> int | None:
        """The first layer from which on it is convex for ever.

        Source: lemma ``leader-exposed`` in ``proofs_checks/FORMAT.md``.

        >>> movement(Schedule.of_tau([-1, 1]), (1, 1), [(Fraction(1),)] * 2).convex_from
        1
        """
        return None if self.total is None else self._with_all_parts(self.total.convex_from)

    def _with_all_parts(self, start: int | None) -> int | None:
        return None if start is None or self.agree_from is None else max(start, self.agree_from)

    @property
    def moves(self) -> bool:
        """Whether 0 < sigma < 1 at every layer, and the product of all 1 - sigma is 0.

        Source: lemma ``consensus`` in ``proofs_checks/FORMAT.md``.

        >>> movement(Schedule.of_tau("1/2"), (0, 1), [(Fraction(1),)]).moves
        True
        """
        if self.keeps_from != 0 or self.total is None or self.total.listed is None:
            return False
        return all(self.total.listed)

    @property
    def step(self) -> Step | None:
        """The step that is the same at all layers, whatever it is; None if there is no such.

        >>> movement(Schedule.of_tau("1/2"), (0, 1), [(Fraction(-3),)]).step
        Step(tau=Fraction(3, 2))
        """
        constant = None if self.total is None else self.total.constant
        return None if constant is None else Step(constant)


UNKNOWN = Movement(forward=False, total=None)
"""Nothing is known."""


def movement(
    schedule: Schedule, repeats: tuple[int, int] | None, values: Sequence[tuple[Fraction, ...]]
) -> Movement:
    """Return what is known where V_h is the number s_h, and so p_h = tau s_h / (1 - tau + tau sum_h s_h).

    ``repeats``: the layer from which on layers repeat, and their period, if ``values`` has s_1, ..., s_H for
    each of them; None where tau is a formula, and ``values`` has all that there are.
    Source: arXiv 2508.09628 v1, for one head.

    >>> movement(Schedule.of_tau("1/(k+2)"), None, [(Fraction(2),)]).total.at(0)
    Fraction(2, 3)
    """
    if all(
        len(own) == 1 and own[0] == 1 for own in values
    ):  # one head, V = I: most systems, and tau is known to be in order
        return Movement(schedule.nonnegative, schedule)
    if repeats is not None:
        parts = [normalised_numbers(schedule.at(k), own) for k, own in enumerate(values)]
        sums = [sum(own, Fraction(0)) for own in parts]
        mixed = [k for k, own in enumerate(parts) if sums[k] >= 0 > min(own)]
        last = mixed[-1] if mixed else -1
        agree_from = None if last >= repeats[0] else last + 1
        forward = all(part >= 0 for own in parts for part in own)
        return Movement(forward, Schedule.of_tau(sums, repeats[1]), agree_from)
    if len(set(values)) > 1 or schedule.quotient is None:
        return UNKNOWN
    numbers = values[0]
    size = sum(numbers, Fraction(0))
    below = _below(schedule.quotient, size)
    if below is None or not (min(numbers) >= 0 or max(numbers) <= 0):
        return UNKNOWN
    if not any(numbers):
        return Movement(forward=True, total=Schedule.of_tau(0))
    total = Schedule(None, quotient=Quotient(schedule.quotient.numerator.scaled(size), below))
    # All p_h have the sign of their sum, which is sigma.
    return Movement(total.nonnegative, total)


def _below(tau: Quotient, size: Fraction) -> TermSum | None:
    """Return the denominator of tau s / (1 - tau + tau s), or None where it may be 0 at a layer.

    That layer has no step: it is named when it is reached.
    """
    below = tau.denominator - tau.numerator + tau.numerator.scaled(size)
    start = below.nonzero_from()
    return None if start is None or below.zero_before(start) is not None else below
