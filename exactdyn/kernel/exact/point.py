"""One exact point as the kernel keeps it, and the three ways in which a point moves.

Denominators are not brought to lowest terms on the way, because the greatest common divisor costs more than
everything else together. They are kept in two parts instead, so that two points seldom need one to be
brought over a common denominator: ``base * q**power``, q being the denominator of the step tau = p/q.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from numbers import Rational
from typing import NamedTuple, cast

from flint import fmpz

from exactdyn.numbers.domain import Point
from exactdyn.numbers.points import lowest_terms
from exactdyn.numbers.reading import nearest_float

PEELS = 24
"""How often a common factor is divided out by small primes before the greatest common divisor is taken."""


class Value(NamedTuple):
    """The point ``numerators / (base * q**power)``, both parts of the denominator positive."""

    numerators: tuple[fmpz, ...]
    base: fmpz
    power: int


@lru_cache(maxsize=256)
def _power(number: int, exponent: int) -> fmpz:
    return fmpz(number) ** exponent


def over_common(values: Sequence[Value], q: int) -> tuple[list[tuple[fmpz, ...]], fmpz, int]:
    """Bring values over one denominator: their numerators, its base and its power of q.

    >>> over_common([Value((fmpz(1),), fmpz(2), 1), Value((fmpz(1),), fmpz(4), 0)], 3)
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
        factor = base // value.base * _power(q, power - value.power)
        rows.append(tuple(factor * x for x in value.numerators))
    return rows, base, power


def weighted_mean(values: Sequence[Value], weights: Sequence[int], q: int) -> Value:
    """Return the mean of values, each counted as often as its weight says: where a tied point steps to.

    Source: arXiv 2407.01602, equation (1.1).

    >>> weighted_mean([Value((fmpz(0),), fmpz(1), 0), Value((fmpz(1),), fmpz(1), 0)], [1, 2], 3)
    Value(numerators=(2,), base=3, power=0)
    """
    if len(values) == 1:
        return values[0]
    rows, base, power = over_common(values, q)
    scaled = ([weight * x for x in row] for weight, row in zip(weights, rows, strict=True))
    sums = tuple(sum(column, fmpz(0)) for column in zip(*scaled, strict=True))
    return Value(sums, base * sum(weights), power)


class StepsTowards:
    """The map that moves a point towards a target that stays, for any number of points.

    ``target + (1 - tau)**steps * (point - target)``; ``steps`` is positive. With one step it is the step of
    the dynamics; with many it takes a locked point to any later layer at once.
    Source: arXiv 2407.01602, equation (1.1); lemma ``lock-in`` in ``proofs_checks/FORMAT.md``.

    >>> StepsTowards(Fraction(1, 3), 2)(Value((fmpz(0),), fmpz(1), 0), Value((fmpz(1),), fmpz(1), 0))
    Value(numerators=(5,), base=1, power=2)
    """

    def __init__(self, tau: Fraction, steps: int) -> None:
        self._q, self._steps = tau.denominator, steps
        self._keep = fmpz(tau.denominator - tau.numerator) ** steps
        self._take = fmpz(tau.denominator) ** steps - self._keep

    def __call__(self, value: Value, target: Value) -> Value:
        """Move one point."""
        if value is target:
            return value
        numerators, base, power = value
        goal, goal_base, goal_power = target
        keep, take = self._keep, self._take
        if base != goal_base or power != goal_power:
            common, most = base, max(power, goal_power)
            if base != goal_base:
                common = base.lcm(goal_base)
            keep = keep * (common // base) * _power(self._q, most - power)
            take = take * (common // goal_base) * _power(self._q, most - goal_power)
            base, power = common, most
        moved = tuple([keep * x + take * y for x, y in zip(numerators, goal, strict=True)])
        return Value(moved, base, power + self._steps)


def as_point(value: Value, q: int) -> Point:
    """Return a value in lowest terms.

    >>> as_point(Value((fmpz(2), fmpz(6)), fmpz(2), 1), 2)
    ((1, 3), 2)
    """
    return _reduced(value.numerators, value.base * _power(q, value.power), value.base * q)


def as_fractions(value: Value, q: int, factor: Fraction, times: int) -> list[Fraction]:
    """Return the coordinates of a value multiplied by ``factor**times``, a factor other than 0.

    >>> as_fractions(Value((fmpz(2), fmpz(6)), fmpz(2), 1), 2, Fraction(3, 2), 1)
    [Fraction(3, 4), Fraction(9, 4)]
    """
    above, below = _power(factor.numerator, times), _power(factor.denominator, times)
    denominator = value.base * _power(q, value.power) * below
    primes = value.base * q * factor.denominator
    reduced = (_reduced((above * x,), denominator, primes) for x in value.numerators)
    return [Fraction(cast("Rational", _LowestTerms(int(row[0]), int(own)))) for row, own in reduced]


def as_floats(value: Value, q: int, factor: Fraction, times: int) -> list[float]:
    """Return the coordinates of a value multiplied by ``factor**times``, each correctly rounded.

    Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

    >>> as_floats(Value((fmpz(2), fmpz(6)), fmpz(2), 1), 2, Fraction(3, 2), 1)
    [0.75, 2.25]
    """
    above, below = _power(factor.numerator, times), _power(factor.denominator, times)
    denominator = int(value.base * _power(q, value.power) * below)
    return [nearest_float(int(above * x), denominator) for x in value.numerators]


class _LowestTerms(NamedTuple):
    # Fraction(a, b) takes the greatest common divisor again, in quadratic time; Fraction(rational) does not.
    numerator: int
    denominator: int


Rational.register(_LowestTerms)


def _reduced(numerators: tuple[fmpz, ...], denominator: fmpz, primes: fmpz) -> Point:
    """Bring to lowest terms a denominator each of whose primes divides ``primes``, a small number.

    The denominators of a run are products of few primes, and mostly little is to be cancelled: a few greatest
    common divisors with the small number are much cheaper than one of two numbers of many thousand bits.
    """
    if not any(numerators):
        return numerators, fmpz(1)
    for _ in range(PEELS):
        common = primes.gcd(denominator)
        for x in numerators:
            common = common.gcd(x)
        if common == 1:
            return numerators, denominator
        numerators, denominator = tuple([x // common for x in numerators]), denominator // common
    return lowest_terms(numerators, denominator)
