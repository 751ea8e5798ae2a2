"""For which V the limits of softmax attention are decided: random V by the kind of their spectrum.

    python -m tests.benchmarks.softmax_values [COUNT] [SEED]

COUNT random V (200 if not said), half of them 2 x 2 and half 3 x 3, the kinds in turn; three random tokens of
[-1, 1]^d, Q^T K = 16 I, up to T = 5/2 (a larger eigenvalue is faster) at the first precision. Printed
is for each kind and dimension how often limits of all tokens are proved, of some, or of none: by the lemmas
cluster- and hyperplane-trap alone, and with turning- and leading-trap.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from time import process_time

from exactdyn.numbers.vectors import fraction_rows, rational_matrix
from exactdyn.softmax import Flow, Softmax, flow
from exactdyn.softmax.flow.flow import BITS
from exactdyn.softmax.for_ever import clusters, hyperplanes, leading, turning
from exactdyn.softmax.for_ever.statement import box_of
from tests.softmax_systems import tokens

UNTIL = Fraction(5, 2)
"""How far runs are enclosed."""

Rows = list[list[Fraction]]
"""A matrix."""


def main(arguments: list[str]) -> None:
    """Print the table."""
    count, seed = (int(own) for own in [*arguments, *("200", "1")[len(arguments) :]])
    generator, table, started = random.Random(seed), Counter[tuple[str, int, str, str]](), process_time()
    kinds = list(KINDS)
    for number in range(count):
        dimension = 2 + number % 2
        kind = kinds[number // 2 % len(kinds)]
        if dimension == 2 and kind in SPACE_ONLY:
            kind = "several real, the largest positive"
        before, after = outcomes(KINDS[kind](generator, dimension), tokens(3, dimension, number))
        table[kind, dimension, "before", before] += 1
        table[kind, dimension, "after", after] += 1
    print(f"{'V':38} d  all some none before, after")
    for kind in kinds:
        for dimension in (2, 3):
            row = [
                table[kind, dimension, when, what]
                for when in ("before", "after")
                for what in ("decided", "partly", "undecided")
            ]
            if any(row):
                old, new = ("".join(f"{own:5}" for own in part) for part in (row[:3], row[3:]))
                print(f"{kind:38} {dimension} {old} {new}")
    print(f"{process_time() - started:.0f} s of processor time")


def outcomes(V: Rows, start: Rows) -> tuple[str, str]:
    """Return what is proved without and with the newer lemmas, at most up to UNTIL."""
    size = range(len(V))
    system = Softmax(V, [[16 * (a == b) for b in size] for a in size])
    best = {"before": 0, "after": 0}

    def settled(reached: Flow) -> bool:
        box = box_of(reached)
        old = max(len(decide(box).settled) for decide in (clusters.decide, hyperplanes.decide))
        new = max(old, *(len(decide(box).settled) for decide in (turning.decide, leading.decide)))
        best["before"], best["after"] = max(best["before"], old), max(best["after"], new)
        return best["before"] == len(start) or reached.bits > BITS

    flow(system, start, UNTIL, progress=settled)
    before, after = (_named(best[when], len(start)) for when in ("before", "after"))
    return before, after


def _named(found: int, count: int) -> str:
    return "decided" if found == count else "partly" if found else "undecided"


def _conjugated(generator: random.Random, inner: Rows) -> Rows:
    size = range(len(inner))
    while True:
        C = rational_matrix([[Fraction(generator.randint(-3, 3)) for _ in size] for _ in size])
        if C.det() != 0:
            return [list(row) for row in fraction_rows(C * rational_matrix(inner) * C.inv())]


def _diagonal(*values: Fraction) -> Rows:
    return [[own * (a == b) for b in range(len(values))] for a, own in enumerate(values)]


def _quarter(generator: random.Random, low: int, high: int) -> Fraction:
    return Fraction(generator.randint(low, high), 4)


def _multiple(generator: random.Random, dimension: int) -> Rows:
    return _diagonal(*[_quarter(generator, 2, 8)] * dimension)


def _spiral(generator: random.Random, dimension: int) -> Rows:
    V = _multiple(generator, dimension)
    for a in range(dimension):
        for b in range(a):
            V[a][b] = _quarter(generator, 1, 8)
            V[b][a] = -V[a][b]
    return V


def _simple(generator: random.Random, dimension: int) -> Rows:
    others = [_quarter(generator, -4, 4) for _ in range(dimension - 1)]
    return _conjugated(generator, _diagonal(_quarter(generator, 5, 8), *others))


def _any(generator: random.Random, dimension: int) -> Rows:
    return [[_quarter(generator, -8, 8) for _ in range(dimension)] for _ in range(dimension)]


def _double(generator: random.Random, dimension: int) -> Rows:
    value = _quarter(generator, 5, 8)
    return _conjugated(generator, _diagonal(value, value, *[_quarter(generator, -4, 4)] * (dimension - 2)))


def _jordan(generator: random.Random, dimension: int) -> Rows:
    inner = _diagonal(*[_quarter(generator, 4, 8)] * dimension)
    inner[0][1] = Fraction(1)
    return _conjugated(generator, inner)


def _complex(generator: random.Random, dimension: int) -> Rows:
    return _conjugated(generator, _spiral(generator, dimension))


KINDS: dict[str, Callable[[random.Random, int], Rows]] = {
    "a I, a > 0": _multiple,
    "a I + S, S skew, a > 0": _spiral,
    "several real, the largest positive": _simple,
    "double leading, with its plane": _double,
    "Jordan block, positive": _jordan,
    "complex leading, a > 0, conjugated": _complex,
    "entries at random": _any,
}
SPACE_ONLY = ("double leading, with its plane",)


if __name__ == "__main__":
    main(sys.argv[1:])
