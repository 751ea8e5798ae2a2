"""The sizes tau_k of the steps of a run, and what exact values are divided by on their way.

A step of size p/q multiplies denominators by q. So a value of layer k has the denominator of its start times
q_0 q_1 ... q_(k-1), and two values are brought over one denominator by a factor that both know, without a
greatest common divisor. What a token keeps of its distance to a target that stays is a product too.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from flint import fmpz

PRODUCTS_HELD = 256
"""So many products are held at most, each with the layer that it starts from."""

FRACTIONS_HELD = 100_000
"""So many sizes are held at most for whoever asks again."""


class Sized(Protocol):
    """What has a step size for every layer: a :class:`~exactdyn.systems.schedule.Schedule`."""

    @property
    def constant(self) -> Fraction | None:
        """The size at all layers, None where they differ."""

    @property
    def keeps_from(self) -> int | None:
        """The layer from which on 0 <= tau_k < 1 for ever, None where none is known."""

    @property
    def repeats(self) -> tuple[int, int] | None:
        """The layer from which on sizes repeat, and their period, None where they do not."""

    def at(self, layer: int) -> Fraction:
        """Return tau_k."""


class StepSizes(ABC):
    """The step sizes of a run: tau_k = p_k / q_k in lowest terms, q_k > 0.

    ``keeps_from``: the layer from which on 0 <= tau_k < 1 for ever, None where none is known. ``primes``: a
    number that every prime of every q_k divides, None where there is no small one. ``rest``: whether all
    tau_k are 0, for certain.
    """

    keeps_from: int | None
    primes: int | None
    rest: bool = False

    @abstractmethod
    def at(self, layer: int) -> Fraction:
        """Return tau_k.

        >>> step_sizes(Fraction(1, 3)).at(5)
        Fraction(1, 3)
        """

    @abstractmethod
    def denominator(self, start: int, end: int) -> fmpz:
        """Return q_start ... q_(end-1), by which values of layer ``end`` have more than those of ``start``.

        >>> step_sizes(Fraction(1, 3)).denominator(2, 4)
        9
        """

    @abstractmethod
    def kept(self, start: int, end: int) -> fmpz:
        """Return the product of q_k - p_k over these layers: what is kept, times the denominator.

        >>> step_sizes(Fraction(1, 3)).kept(2, 4)
        4
        """

    def settled_from(self, layer: int) -> bool:
        """Tell whether this step and all later ones are known to keep a part of a token: 0 <= tau_k < 1.

        Source: lemmas ``leaders-persist`` and ``lock-in`` in ``proofs_checks/FORMAT.md``, which ask for it.

        >>> step_sizes(Fraction(1)).settled_from(9)
        False
        """
        return self.keeps_from is not None and layer >= self.keeps_from


@lru_cache(maxsize=PRODUCTS_HELD)
def power_of(number: int, exponent: int) -> fmpz:
    """Return a power, held for whoever asks again: all tokens of a layer need the same one.

    >>> power_of(3, 4)
    81
    """
    return fmpz(number) ** exponent


class ConstantSize(StepSizes):
    """One step size for all layers.

    >>> ConstantSize(Fraction(2, 3)).keeps_from
    0
    """

    def __init__(self, tau: Fraction) -> None:
        self._tau = tau
        self.primes = tau.denominator
        self.rest = tau == 0
        self.keeps_from = 0 if 0 <= tau < 1 else None

    def at(self, layer: int) -> Fraction:
        """Return tau."""
        del layer
        return self._tau

    def denominator(self, start: int, end: int) -> fmpz:
        """Return the power of q."""
        return power_of(self._tau.denominator, end - start)

    def kept(self, start: int, end: int) -> fmpz:
        """Return the power of q - p."""
        return fmpz(self._tau.denominator - self._tau.numerator) ** (end - start)


class VaryingSizes(StepSizes):
    """The step sizes of a schedule.

    >>> from exactdyn.systems.schedule import Schedule
    >>> sizes = VaryingSizes(Schedule.of_tau("2/(k+2)"))
    >>> sizes.keeps_from, sizes.denominator(1, 4), sizes.kept(1, 4)
    (1, 30, 3)
    """

    def __init__(self, schedule: Sized) -> None:
        self._schedule = schedule
        self._repeats = schedule.repeats
        self._known: dict[int, Fraction] = {}
        self._spans: dict[tuple[int, int], fmpz] = {}
        self._denominators: Products = {}
        self._kept: Products = {}
        self.primes = None
        self.keeps_from = schedule.keeps_from

    def at(self, layer: int) -> Fraction:
        """Return tau_k."""
        known = self._known.get(layer)
        if known is None:
            if len(self._known) >= FRACTIONS_HELD:
                self._known.clear()
            known = self._known[layer] = self._schedule.at(layer)
        return known

    def denominator(self, start: int, end: int) -> fmpz:
        """Return the product of the q_k, held: many tokens of a layer need the same."""
        known = self._spans.get((start, end))
        if known is None:
            known = self._continued(self._denominators, lambda k: self.at(k).denominator, start, end)
            if len(self._spans) >= PRODUCTS_HELD:
                self._spans.clear()
            self._spans[start, end] = known
        return known

    def kept(self, start: int, end: int) -> fmpz:
        """Return the product of the q_k - p_k."""
        return self._continued(self._kept, self._keep, start, end)

    def _keep(self, layer: int) -> int:
        tau = self.at(layer)
        return tau.denominator - tau.numerator

    def _continued(self, held: Products, factor: Callable[[int], int], start: int, end: int) -> fmpz:
        """Return a product, continued from the last one from the same layer: layers are read upwards."""
        if end == start:
            return fmpz(1)
        if end == start + 1:
            return fmpz(factor(start))
        reached, found = held.get(start, (start, fmpz(1)))
        if reached > end:
            reached, found = start, fmpz(1)
        if reached < end:
            found = found * self._product(factor, reached, end)
            if len(held) >= PRODUCTS_HELD:
                held.clear()
            held[start] = end, found
        return found

    def _product(self, factor: Callable[[int], int], start: int, end: int) -> fmpz:
        # Whole periods are a power; else halves first: long numbers are best multiplied by long ones.
        if self._repeats is not None:
            first, period = self._repeats
            times = (end - start) // period
            if start >= first and times > 1:
                middle = start + times * period
                return self._product(factor, start, start + period) ** times * self._product(
                    factor, middle, end
                )
        factors = [fmpz(factor(layer)) for layer in range(start, end)]
        while len(factors) > 1:
            odd = factors[-1:] if len(factors) % 2 else []
            factors = [a * b for a, b in zip(factors[::2], factors[1::2], strict=False)] + odd
        return factors[0] if factors else fmpz(1)


Products = dict[int, tuple[int, fmpz]]
"""Products by the layer that they start from: the layer before which they end, and the product."""


def step_sizes(tau: Fraction | Sized | StepSizes) -> StepSizes:
    """Return the step sizes of one number for all layers, or of a schedule.

    >>> from exactdyn.systems.schedule import Schedule
    >>> type(step_sizes(Schedule.of_tau("1/2"))).__name__
    'ConstantSize'
    """
    if isinstance(tau, StepSizes):
        return tau
    if isinstance(tau, Fraction):
        return ConstantSize(tau)
    return VaryingSizes(tau) if tau.constant is None else ConstantSize(tau.constant)
