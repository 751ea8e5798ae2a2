"""What is left of all ways to targets: the member ``product``, factor by factor in plain fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial
from typing import Any

from tests.judges.oracle.heads import Sum, added, value
from tests.judges.oracle.reading import entries, index, members, need, number
from tests.judges.oracle.targets import values
from tests.judges.oracle.world import World

AHEAD = 150
"""So many layers behind the first compared one are looked at."""


def need_product(data: Any, world: World, start: int) -> None:
    need(isinstance(data, dict) and world.given.listed_tau is None)
    powers = "inverse_powers" in data
    parts = members(data, f"layer low high {'inverse_powers power shift' if powers else 'ratios'}")
    layer = index(parts["layer"], 10_000_001)
    least, most = (number(x) for x in entries(parts["inverse_powers" if powers else "ratios"], 2))
    low, high = number(parts["low"]), number(parts["high"])
    factors: list[Fraction] = []
    if powers:
        power, shift = index(parts["power"], 101), number(parts["shift"])
        need(power >= 2 and layer + shift > 0)
        factors = [shift + j for j in range(power)]
    need(layer >= start and 0 <= least <= most and (powers or most < 1))
    late = range(layer, layer + AHEAD)
    taken = {k: part_taken(world, k) for k in range(start, layer + AHEAD + 1)}
    for k in late:
        before, after = (Fraction(1), at(factors, k) * taken[k]) if powers else (taken[k], taken[k + 1])
        need(least * before <= after <= most * before)
    need_proved(world, layer, factors, least, most)
    largest = most / at(factors, layer) if powers else taken[layer]
    need(largest < 1)
    s, S = (late_sum(factors, layer, taken[layer], x) for x in (least, most))
    U, product = S / (1 - largest), multiplied(taken, start, layer)
    need(low <= product * taylor(U, 3) and product * taylor(s, 2) <= high)
    # More factors leave less than the bound from above; at least what those behind them leave is still there.
    more, behind = multiplied(taken, start, layer + AHEAD), layer + AHEAD
    need(low <= more and more * (1 - late_sum(factors, behind, taken[behind], most)) <= high)


def at(factors: list[Fraction], layer: int) -> Fraction:
    """[l], the product of all l + h + j."""
    found = Fraction(1)
    for x in factors:
        found *= layer + x
    return found


def late_sum(factors: list[Fraction], layer: int, first: Fraction, bound: Fraction) -> Fraction:
    """What all parts from a layer on add up to if [l] t(l), or t(l+1)/t(l), is this number."""
    if not factors:
        return first / (1 - bound)
    return bound / (len(factors) - 1) / at(factors[:-1], layer)


def taylor(x: Fraction, last: int) -> Fraction:
    """The Taylor polynomial of exp(-x) of this degree."""
    return sum(((-x) ** n / factorial(n) for n in range(last + 1)), Fraction(0))


def need_proved(world: World, layer: int, factors: list[Fraction], least: Fraction, most: Fraction) -> None:
    """What is said of all late layers is proved from one of the first layers on, as the format asks."""
    given, size = world.given, sum(values(world) or [], Fraction(0))
    above, below = added({}, size, given.above), added(given.below, size - 1, given.above)
    if value(below, layer) < 0:
        above, below = added({}, Fraction(-1), above), added({}, Fraction(-1), below)
    one = Fraction(1)
    if factors:
        compared, part = below, above
        for x in factors:
            part = times(part, {(one, 1): one} | ({(one, 0): x} if x else {}))
    else:
        compared, part = times(above, following(below)), times(following(above), below)
    for terms in (added(added({}, most, compared), -one, part), added(part, -least, compared)):
        first = next((k for k in (0, *(2**e for e in range(13))) if stays(terms, k)), None)
        need(first is not None and all(value(terms, k) >= 0 for k in range(layer, first)))


def stays(terms: Sum, m: int) -> bool:
    """The criterion of the lemma for "not negative from m on"."""
    if not terms:
        return True
    largest = max(base for base, _ in terms)
    shifted = [Fraction(0)] * (1 + max(p for base, p in terms if base == largest))
    rest = Fraction(0)
    for (base, p), c in terms.items():
        if base == largest:
            for j in range(p + 1):
                shifted[j] += c * comb(p, j) * m ** (p - j)
        elif c < 0:
            if p > 0 and (m == 0 or Fraction(m + 1, m) ** p * base > largest):
                return False
            rest -= c * m**p * (base / largest) ** m
    return min(shifted) >= 0 and shifted[0] >= rest


def times(one: Sum, other: Sum) -> Sum:
    found: Sum = {}
    for (r, p), c in one.items():
        for (s, q), d in other.items():
            found = added(found, c * d, {(r * s, p + q): Fraction(1)})
    return found


def following(terms: Sum) -> Sum:
    """The sum one layer later."""
    found: Sum = {}
    for (r, p), c in terms.items():
        for j in range(p + 1):
            found = added(found, c * r * comb(p, j), {(r, j): Fraction(1)})
    return found


def part_taken(world: World, layer: int) -> Fraction:
    shares = world.given.shares(layer)
    need(shares is not None)
    return 1 - shares[0] if shares else Fraction(0)


def multiplied(taken: dict[int, Fraction], first: int, last: int) -> Fraction:
    above = below = 1
    for k in range(first, last):
        left = 1 - taken[k]
        above, below = above * left.numerator, below * left.denominator
    return Fraction(above, below)
