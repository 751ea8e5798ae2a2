"""For which V the limits of softmax attention are decided: random V by the kind of their spectrum.

    python -m tests.benchmarks.softmax_values [COUNT] [SEED]

COUNT random V (200 if not said), half of them 2 x 2 and half 3 x 3, the kinds in turn; three random tokens of
[-1, 1]^d, Q^T K = 16 I, up to T = 5/2 (a larger eigenvalue is faster) at the first precision. Printed
is for each kind and dimension how often limits of all tokens are proved, of some, or of none: by the lemmas
cluster- and hyperplane-trap alone, with turning- and leading-trap, with loose tokens, pairs that V turns and
the lemma energy.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from time import process_time

from exactdyn.numbers.vectors import fraction_rows, rational_matrix
from exactdyn.softmax import Flow, Softmax, flow
from exactdyn.softmax.flow.flow import BITS
from exactdyn.softmax.for_ever import clusters, collapse, hyperplanes, leading, turning
from exactdyn.softmax.for_ever.statement import Box, Conclusion, box_of
from tests.softmax_systems import tokens

UNTIL = Fraction(5, 2)
"""How far runs are enclosed."""

Rows = list[list[Fraction]]
"""A matrix."""

STAGES: dict[str, tuple[Callable[[Box], Conclusion], ...]] = {
    "at first": (partial(clusters.decide, whole=True), hyperplanes.decide),
    "with turning- and leading-trap": (
        partial(turning.decide, whole=True),
        partial(leading.decide, whole=True),
    ),
    "with loose tokens, pairs and energy": (
        clusters.decide,
        leading.decide,
        turning.decide,
        collapse.decide,
    ),
}
"""What decides, each stage with what those before it have."""


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
        found = outcomes(KINDS[kind](generator, dimension), tokens(3, dimension, number))
        table.update((kind, dimension, stage, outcome) for stage, outcome in found.items())
    print(f"{'V':38} d  all some none at first, with turning- and leading-trap, then with all")
    for kind in kinds:
        for dimension in (2, 3):
            row = [
                [table[kind, dimension, stage, what] for what in ("decided", "partly", "undecided")]
                for stage in STAGES
            ]
            if any(map(any, row)):
                shown = ("".join(f"{own:5}" for own in part) for part in row)
                print(f"{kind:38} {dimension} {' '.join(shown)}")
    print(f"{process_time() - started:.0f} s of processor time")


def outcomes(V: Rows, start: Rows) -> dict[str, str]:
    """Return for each stage what is proved with its lemmas, at most up to UNTIL."""
    size = range(len(V))
    system = Softmax(V, [[16 * (a == b) for b in size] for a in size])
    best = dict.fromkeys(STAGES, 0)

    def settled(reached: Flow) -> bool:
        box, so_far = box_of(reached), 0
        for stage, decisions in STAGES.items():
            so_far = max(so_far, *(len(decide(box).settled) for decide in decisions))
            best[stage] = max(best[stage], so_far)
        return min(best.values()) == len(start) or reached.bits > BITS

    flow(system, start, UNTIL, progress=settled)
    return {stage: _named(found, len(start)) for stage, found in best.items()}


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


def _negative(generator: random.Random, dimension: int) -> Rows:
    return _diagonal(*[-_quarter(generator, 2, 8)] * dimension)


def _repelling(generator: random.Random, dimension: int) -> Rows:
    # -M M^T - I/4.
    M = rational_matrix([[_quarter(generator, -4, 4) for _ in range(dimension)] for _ in range(dimension)])
    square = fraction_rows(M * M.transpose())
    return [[-x - Fraction(a == b, 4) for b, x in enumerate(row)] for a, row in enumerate(square)]


def _sinking(generator: random.Random, dimension: int) -> Rows:
    return _conjugated(generator, _diagonal(*[-_quarter(generator, 1, 8) for _ in range(dimension)]))


def _complex(generator: random.Random, dimension: int) -> Rows:
    return _conjugated(generator, _spiral(generator, dimension))


KINDS: dict[str, Callable[[random.Random, int], Rows]] = {
    "a I, a > 0": _multiple,
    "a I + S, S skew, a > 0": _spiral,
    "several real, the largest positive": _simple,
    "double leading, with its plane": _double,
    "Jordan block, positive": _jordan,
    "complex leading, a > 0, conjugated": _complex,
    "a I, a < 0": _negative,
    "symmetric, negative definite": _repelling,
    "several real, all negative": _sinking,
    "entries at random": _any,
}
SPACE_ONLY = ("double leading, with its plane",)


if __name__ == "__main__":
    main(sys.argv[1:])
