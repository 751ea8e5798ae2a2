"""Schedules: a step tau_k for every layer k, a list that repeats or a formula, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import cast

from exactdyn.errors import InputError
from exactdyn.numbers.fields.written import number_text
from exactdyn.numbers.formula import Quotient
from exactdyn.numbers.infinite_product import product_from
from exactdyn.numbers.terms import TermSum
from exactdyn.systems.stated import Parameter, entry_at, read_steps
from proofs_checks.format.rationals import write_rational


@dataclass(frozen=True)
class Schedule:
    """The steps tau_k of the layers k = 0, 1, ...: a list whose end repeats, or a quotient of sums of terms.

    ``listed``: the steps of the first layers, of which the last ``period`` repeat for ever; None for a
    ``quotient``, which has a value at every layer. ``formula``: the text that was read, to be shown.
    ``parameter``: whether alpha or tau was stated. Made by :meth:`of_alpha` and :meth:`of_tau`.
    Source: arXiv 2508.09628 v1, where steps 2/(k+2) are those of Frank and Wolfe.

    >>> steps = Schedule.of_tau("2/(k+2)")
    >>> steps.at(2), steps.keeps_from, steps.diverges
    (Fraction(1, 2), 1, True)
    """

    listed: tuple[Fraction, ...] | None
    period: int = 1
    quotient: Quotient | None = None
    formula: str | None = field(default=None, compare=False)
    parameter: Parameter = field(default="tau", compare=False)

    @classmethod
    def of_tau(cls, value: object, period: object = 1) -> Schedule:
        """Return the schedule of a step, a list of steps, or a formula in the layer k.

        ``value``: any exact number, a list of them of which the last ``period`` repeat for ever, or a text
        such as "2/(k+2)" (see :func:`~exactdyn.numbers.formula.read_formula`). Raises
        :class:`~exactdyn.errors.InputError` for what is none of these, and for a pole at a layer.

        >>> [str(Schedule.of_tau(["1", "1/2", "1/3"], period=2).at(k)) for k in range(6)]
        ['1', '1/2', '1/3', '1/2', '1/3', '1/2']
        """
        return cls(*read_steps(value, period, "tau"), parameter="tau")

    @classmethod
    def of_alpha(cls, value: object, period: object = 1) -> Schedule:
        """Return the schedule tau_k = alpha_k/(1+alpha_k) of a coefficient, a list of them, or a formula.

        Raises :class:`~exactdyn.errors.InputError` as :meth:`of_tau`, and where alpha is -1 at a layer.
        Source: arXiv 2407.01602, equation (1.1).

        >>> Schedule.of_alpha("2/(k+2)") == Schedule.of_tau("2/(k+4)")
        True
        """
        return cls(*read_steps(value, period, "alpha"), parameter="alpha")

    def times(self, count: int) -> Schedule:
        """Return the schedule with alpha_k times a number: that of so many heads that attend alike.

        That is ``count`` tau / (1 + (``count`` - 1) tau). Raises :class:`~exactdyn.errors.InputError` where
        it has a pole.

        >>> Schedule.of_alpha("2/(k+2)").times(2), Schedule.of_tau(["1", "1/2"]).times(2)
        (Schedule(alpha = 2*(2/(k+2))), Schedule(tau = 1, 2/3, the last for ever))
        """
        of = Schedule.of_alpha if self.parameter == "alpha" else Schedule.of_tau
        if self.formula is None:
            more = (x * count if self.parameter == "alpha" else _times(x, count) for x in self.stated)
            return of(list(more), self.period)
        text = f"{count}*({self.formula})"
        return of(text if self.parameter == "alpha" else f"{text}/(1+{count - 1}*({self.formula}))")

    def at(self, layer: int) -> Fraction:
        """Return tau_k.

        >>> Schedule.of_alpha(1).at(7)
        Fraction(1, 2)
        """
        if self.quotient is not None:
            return self.quotient.at(layer)
        steps = cast("tuple[Fraction, ...]", self.listed)
        return steps[entry_at(layer, len(steps), self.period)]

    @property
    def constant(self) -> Fraction | None:
        """The step of all layers; None where they differ.

        >>> Schedule.of_tau(["1/2", "1/2"]).constant, Schedule.of_tau("1/(k+2)").constant
        (Fraction(1, 2), None)
        """
        return self.listed[0] if self.listed is not None and len(set(self.listed)) == 1 else None

    @property
    def repeats(self) -> tuple[int, int] | None:
        """The layer from which on the steps repeat, and their period; None for a formula that varies.

        >>> Schedule.of_tau(["1", "1/2", "1/3"], period=2).repeats
        (1, 2)
        """
        if self.listed is None:
            return None
        return (0, 1) if self.constant is not None else (len(self.listed) - self.period, self.period)

    @cached_property
    def nonnegative(self) -> bool:
        """Whether 0 <= tau_k is known for every layer.

        >>> Schedule.of_tau("1/(k+1)").nonnegative, Schedule.of_tau("(k-1)/(k+1)").nonnegative
        (True, False)
        """
        since = self._since(
            lambda tau: tau >= 0,
            lambda numerator, denominator: (denominator.positive_from(), numerator.never_negative_from()),
        )
        return since == 0

    @cached_property
    def convex(self) -> bool:
        """Whether 0 <= tau_k <= 1 is known for every layer.

        Source: lemma ``convex-step`` in ``proofs_checks/FORMAT.md``.

        >>> Schedule.of_tau("1/(k+1)").convex, Schedule.of_tau("2/(k+1)").convex
        (True, False)
        """
        return self.convex_from == 0

    @cached_property
    def positive(self) -> bool | None:
        """Whether 0 < tau_k < 1, that is alpha_k > 0, at every layer; None: not known.

        Source: section "positive-alpha" in ``proofs_checks/FORMAT.md``.

        >>> [Schedule.of_tau(text).positive for text in ("1/(k+2)", "2/(k+2)", "(8-k)/(k+9)")]
        [True, False, False]
        """
        return None if self._settled is None else self.outside is None

    @cached_property
    def outside(self) -> int | None:
        """The first layer at which 0 < tau_k < 1 is not so; None where none is known.

        >>> [Schedule.of_tau(text).outside for text in ("1/(k+2)", "2/(k+2)", "(8-k)/(k+9)")]
        [None, 0, 8]
        """
        return next((k for k in range(self._settled or 0) if not 0 < self.at(k) < 1), None)

    @cached_property
    def keeps_from(self) -> int | None:
        """The first layer from which on 0 <= tau_k < 1 is known for ever; None where none is known.

        >>> Schedule.of_tau("2/(k+1)").keeps_from, Schedule.of_tau(2).keeps_from
        (2, None)
        """
        return self._since(
            lambda tau: 0 <= tau < 1,
            lambda numerator, denominator: (
                numerator.never_negative_from(),
                (denominator - numerator).positive_from(),
            ),
        )

    @cached_property
    def convex_from(self) -> int | None:
        """The first layer from which on 0 <= tau_k <= 1 is known for ever; None where none is known.

        Source: lemma ``leader-exposed`` in ``proofs_checks/FORMAT.md``.

        >>> Schedule.of_tau("2/(k+1)").convex_from, Schedule.of_tau([2, 1]).convex_from
        (1, 1)
        """
        return self._since(
            lambda tau: 0 <= tau <= 1,
            lambda numerator, denominator: (
                denominator.positive_from(),
                numerator.never_negative_from(),
                (denominator - numerator).never_negative_from(),
            ),
        )

    @cached_property
    def diverges(self) -> bool | None:
        """Whether the sum of tau_k is infinite, so that the product of 1 - tau_k is 0; None: not known.

        It is known where ``keeps_from`` is. A quotient behaves as that of its terms that grow fastest,
        c k^p r^k: it has an infinite sum if and only if r = 1 and p >= -1.
        Source: lemmas ``infinite-products`` and ``dominant-terms`` in ``proofs_checks/FORMAT.md``.

        >>> Schedule.of_tau("2/(k+2)").diverges, Schedule.of_tau("2^-(k+1)").diverges
        (True, False)
        """
        if self.keeps_from is None:
            return None
        if self.listed is not None:
            return any(self.listed[-self.period :])
        numerator, denominator = (part.terms[0] for part in self.parts)
        return numerator.base == denominator.base and numerator.power - denominator.power >= -1

    def remaining(self, layer: int, precision: int = 40) -> tuple[Fraction, Fraction] | None:
        """Return rational numbers between which the product of 1 - tau_m over all m >= ``layer`` lies.

        A token that steps towards a fixed point from this layer on keeps this part of its distance in the
        limit. The enclosure is at most 2^-``precision`` wide where that takes no more than
        :data:`~exactdyn.numbers.infinite_product.FACTORS_LIMIT` factors; it is one number where the product
        is known exactly. None where ``keeps_from`` is None.
        Source: lemmas ``infinite-products`` and ``enclosed-products`` in ``proofs_checks/FORMAT.md``.

        >>> Schedule.of_tau("2/(k+2)").remaining(0)
        (Fraction(0, 1), Fraction(0, 1))
        >>> lower, upper = Schedule.of_tau("2^-(k+1)").remaining(0)
        >>> lower < upper, float(lower)
        (True, 0.2887880950866024)
        """
        start = self.keeps_from
        if start is None:
            return None
        start = max(start, layer)
        if self.diverges:
            lower = upper = Fraction(0)
        elif self.quotient is None:
            lower = upper = Fraction(1)
            start = max(start, len(self.listed or ()))
        else:
            lower, upper = product_from(*self.parts, start, precision)
        before = prod((1 - self.at(m) for m in range(layer, start)), start=Fraction(1))
        ends = sorted((before * lower, before * upper))
        return ends[0], ends[1]

    @property
    def text(self) -> str:
        """The schedule in words: what was stated.

        >>> Schedule.of_alpha("2/(k+2)").text, Schedule.of_tau(["1", "1/2", "1/3"], period=2).text
        ('alpha = 2/(k+2)', 'tau = 1, 1/2, 1/3, the last 2 for ever')
        >>> Schedule(None, quotient=Schedule.of_tau("2/(k+2)").quotient)
        Schedule(tau = 1, 2/3, 1/2, ...)
        """
        if self.formula is not None:
            return f"{self.parameter} = {self.formula}"
        if self.quotient is not None:
            first = ", ".join(write_rational(self.at(k)) for k in range(3))
            return f"tau = {first}, ..."
        numbers = self.stated
        shown = ", ".join(map(number_text, numbers))
        if len(numbers) == 1:
            return f"{self.parameter} = {shown}"
        return f"{self.parameter} = {shown}, the last {'' if self.period == 1 else f'{self.period} '}for ever"

    def __repr__(self) -> str:
        return f"Schedule({self.text})"

    @property
    def stated(self) -> tuple[Fraction, ...]:
        """The numbers of ``parameter`` that were listed; none for a formula.

        >>> Schedule.of_alpha([1, 2]).stated
        (Fraction(1, 1), Fraction(2, 1))
        """
        steps = self.listed or ()
        return steps if self.parameter == "tau" else tuple(tau / (1 - tau) for tau in steps)

    def to_dict(self) -> dict[str, object]:
        """Return the data of a certificate: numbers, or the terms (c, p, r) of a quotient, yet to be written.

        Source: section "System" in ``proofs_checks/FORMAT.md``.

        >>> Schedule.of_tau("2/(k+2)").to_dict()["numerator"]
        [(Fraction(2, 1), 0, Fraction(1, 1))]
        """
        if self.quotient is None:
            return {"listed": list(self.listed or ())}
        parts = {"numerator": self.quotient.numerator, "denominator": self.quotient.denominator}
        return {name: [(c, power, base) for c, power, base in part.terms] for name, part in parts.items()}

    @cached_property
    def parts(self) -> tuple[TermSum, TermSum]:
        """Numerator and denominator of a formula that varies; the denominator is positive from some layer on.

        >>> [part.at(1) for part in Schedule.of_tau("-2/(-k-2)").parts]
        [Fraction(2, 1), Fraction(3, 1)]
        """
        quotient = cast("Quotient", self.quotient)
        return (
            (quotient.numerator, quotient.denominator)
            if quotient.denominator.positive_from() is not None
            else (quotient.numerator.scaled(Fraction(-1)), quotient.denominator.scaled(Fraction(-1)))
        )

    def _since(
        self,
        test: Callable[[Fraction], bool],
        starts: Callable[[TermSum, TermSum], Sequence[int | None]],
    ) -> int | None:
        """Return the first layer from which on all steps pass a test; None where none is known.

        ``starts``: layers from which on numerator and denominator of a formula have signs that, together,
        pass it; None for one that is not known.
        """
        settled = _latest(starts(*self.parts)) if self.listed is None else len(self.listed)
        if settled is None:
            return None
        last = next((k for k in reversed(range(settled)) if not test(self.at(k))), -1)
        return None if self.listed is not None and last >= settled - self.period else last + 1

    @cached_property
    def _settled(self) -> int | None:
        """Return how many first layers tell whether 0 < tau_k < 1 at all; None: no such number is known.

        In the layers after them the signs of tau_k and 1 - tau_k stay, or the steps repeat.
        """
        if self.listed is not None:
            return len(self.listed)
        numerator, denominator = self.parts
        starts = [denominator.positive_from()]
        for part in (numerator, denominator - numerator):
            start = part.positive_from()
            starts.append(part.scaled(Fraction(-1)).never_negative_from() if start is None else start)
        return None if None in starts else 1 + max(cast("list[int]", starts))


def _latest(starts: Sequence[int | None]) -> int | None:
    known = [start for start in starts if start is not None]
    return max(known) if len(known) == len(starts) else None


def _times(tau: Fraction, count: int) -> Fraction:
    below = 1 + (count - 1) * tau
    if below == 0:
        raise InputError(f"tau: requires a step for {count} heads that attend alike, got {tau}, a pole")
    return count * tau / below
