"""One exact point as the kernel keeps it, and the three ways in which a point moves.

Denominators are not brought to lowest terms on the way, because the greatest common divisor costs more than
everything else together. They are kept in two parts instead, so that two points seldom need one to be
brought over a common denominator: ``base * q_0 q_1 ... q_(power-1)``, q_k being the denominator of the step
tau_k (:mod:`exactdyn.kernel.exact.sizes`). So ``power`` is the layer that a point has moved to.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from numbers import Rational
from typing import NamedTuple, cast

from flint import fmpz

from exactdyn.kernel.exact.sizes import StepSizes, power_of
from exactdyn.numbers.domain import Point
from exactdyn.numbers.points import lowest_terms
from exactdyn.numbers.reading import nearest_float

PEELS = 24
"""How often a common factor is divided out by small primes before the greatest common divisor is taken."""


class Value(NamedTuple):
    """The point ``numerators / (base * q_0 ... q_(power-1))``, both parts of the denominator positive."""

    numerators: tuple[fmpz, ...]
    base: fmpz
    power: int


def over_common(values: Sequence[Value], sizes: StepSizes) -> tuple[list[tuple[fmpz, ...]], fmpz, int]:
    """Bring values over one denominator: their numerators, its base and its power.

    >>> from exactdyn.kernel.exact.sizes import step_sizes
    >>> thirds = step_sizes(Fraction(1, 3))
    >>> over_common([Value((fmpz(1),), fmpz(2), 1), Value((fmpz(1),), fmpz(4), 0)], thirds)
    ([(2,), (3,)], 4, 1)
    """
    base, power = values[0].base, values[0].power
    for value in values:
        power = max(power, value.power)
        if value.base != base:
            base = base.lcm(value.base)
    rows = []
    for value in values:
        if value.power == power and value.base == base:
            rows.append(value.numerators)
            continue
        factor = base // value.base * sizes.denominator(value.power, power)
        rows.append(tuple(factor * x for x in value.numerators))
    return rows, base, power


def weighted_mean(values: Sequence[Value], weights: Sequence[int], sizes: StepSizes) -> Value:
    """Return the mean of values, each counted as often as its weight says: where a tied point steps to.

    Source: arXiv 2407.01602, equation (1.1).

    >>> from exactdyn.kernel.exact.sizes import step_sizes
    >>> places = [Value((fmpz(0),), fmpz(1), 0), Value((fmpz(1),), fmpz(1), 0)]
    >>> weighted_mean(places, [1, 2], step_sizes(Fraction(1, 3)))
    Value(numerators=(2,), base=3, power=0)
    """
    if len(values) == 1:
        return values[0]
    rows, base, power = over_common(values, sizes)
    scaled = ([weight * x for x in row] for weight, row in zip(weights, rows, strict=True))
    sums = tuple(sum(column, fmpz(0)) for column in zip(*scaled, strict=True))
    return Value(sums, base * sum(weights), power)


class StepsTowards:
    """The map that moves a point towards a target that stays, for any number of points.

    ``target + (1 - tau_a) (1 - tau_(a+1)) ... (1 - tau_(b-1)) * (point - target)`` from ``layer`` a to the
    later layer ``end`` b; no value has a power beyond a. With one step it is the step of the dynamics; with
    many it takes a locked point to any later layer at once.
    Source: arXiv 2407.01602, equation (1.1); lemma ``lock-in`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.kernel.exact.sizes import step_sizes
    >>> twice = StepsTowards(step_sizes(Fraction(1, 3)), 0, 2)
    >>> twice(Value((fmpz(0),), fmpz(1), 0), Value((fmpz(1),), fmpz(1), 0))
    Value(numerators=(5,), base=1, power=2)
    """

    def __init__(self, sizes: StepSizes, layer: int, end: int) -> None:
        self._sizes, self._layer, self._end = sizes, layer, end
        self._keep = sizes.kept(layer, end)
        self._take = sizes.denominator(layer, end) - self._keep

    def __call__(self, value: Value, target: Value) -> Value:
        """Move one point."""
        if value is target:
            return value
        numerators, base, power = value
        goal, goal_base, goal_power = target
        keep, take, layer = self._keep, self._take, self._layer
        if base != goal_base:
            common = base.lcm(goal_base)
            keep, take, base = keep * (common // base), take * (common // goal_base), common
        if power != layer:
            keep = keep * self._sizes.denominator(power, layer)
        if goal_power != layer:
            take = take * self._sizes.denominator(goal_power, layer)
        moved = tuple([keep * x + take * y for x, y in zip(numerators, goal, strict=True)])
        return Value(moved, base, self._end)


def as_point(value: Value, sizes: StepSizes) -> Point:
    """Return a value in lowest terms.

    >>> from exactdyn.kernel.exact.sizes import step_sizes
    >>> as_point(Value((fmpz(2), fmpz(6)), fmpz(2), 1), step_sizes(Fraction(1, 2)))
    ((1, 3), 2)
    """
    primes = None if sizes.primes is None else value.base * sizes.primes
    return _reduced(value.numerators, value.base * sizes.denominator(0, value.power), primes)


def as_fractions(value: Value, sizes: StepSizes, factor: Fraction, times: int) -> list[Fraction]:
    """Return the coordinates of a value multiplied by ``factor**times``, a factor other than 0.

    >>> from exactdyn.kernel.exact.sizes import step_sizes
    >>> halves = step_sizes(Fraction(1, 2))
    >>> as_fractions(Value((fmpz(2), fmpz(6)), fmpz(2), 1), halves, Fraction(3, 2), 1)
    [Fraction(3, 4), Fraction(9, 4)]
    """
    above, below = power_of(factor.numerator, times), power_of(factor.denominator, times)
    denominator = value.base * sizes.denominator(0, value.power) * below
    primes = None if sizes.primes is None else value.base * sizes.primes * factor.denominator
    reduced = (_reduced((above * x,), denominator, primes) for x in value.numerators)
    return [Fraction(cast("Rational", _LowestTerms(int(row[0]), int(own)))) for row, own in reduced]


def as_floats(value: Value, sizes: StepSizes, factor: Fraction, times: int) -> list[float]:
    """Return the coordinates of a value multiplied by ``factor**times``, each correctly rounded.

    Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

    >>> from exactdyn.kernel.exact.sizes import step_sizes
    >>> as_floats(Value((fmpz(2), fmpz(6)), fmpz(2), 1), step_sizes(Fraction(1, 2)), Fraction(3, 2), 1)
    [0.75, 2.25]
    """
    above, below = power_of(factor.numerator, times), power_of(factor.denominator, times)
    denominator = int(value.base * sizes.denominator(0, value.power) * below)
    return [nearest_float(int(above * x), denominator) for x in value.numerators]


class _LowestTerms(NamedTuple):
    # Fraction(a, b) takes the greatest common divisor again, in quadratic time; Fraction(rational) does not.
    numerator: int
    denominator: int


Rational.register(_LowestTerms)


def _reduced(numerators: tuple[fmpz, ...], denominator: fmpz, primes: fmpz | None) -> Point:
    """Bring to lowest terms a denominator each of whose primes divides ``primes``, a small number.

    None: there is no such small number. The denominators of a run with one step size are products of few
    primes, and mostly little is to be cancelled: a few greatest
    common divisors with the small number are much cheaper than one of two numbers of many thousand bits.
    """
    if not any(numerators):
        return numerators, fmpz(1)
    for _ in range(PEELS):
        if primes is None:
            break
        common = primes.gcd(denominator)
        for x in numerators:
            common = common.gcd(x)
        if common == 1:
            return numerators, denominator
        numerators, denominator = tuple([x // common for x in numerators]), denominator // common
    return lowest_terms(numerators, denominator)
