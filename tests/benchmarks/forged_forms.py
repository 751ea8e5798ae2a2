"""Forged proofs by forms that a graph stays, of systems whose graph changes at a layer from 15 to 2,000.

    python -m tests.benchmarks.forged_forms [COUNT] [FIRST]

COUNT (default 10,000) itineraries are made up, from number FIRST (default 0) on, each a function of its
number. The recurrence is mostly the true one; nodes are drawn around the squares of the rates, cones are
drawn or made of differences of scores; or all is taken from a system close by whose graph does stay, and a
number of it changed. Each says that a graph stays that does not, so the checker has to reject every one.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import isqrt
from random import Random
from typing import Any

import numpy as np

from exactdyn import Hardmax, limit
from exactdyn.certificates.envelope import encode
from exactdyn.limits.recurrence import coefficients_of, minimal_polynomial
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.systems.run import Run
from proofs_checks import MalformedError, RejectedError, verify

EARLIEST, LATEST = 15, 2000
"""Between these layers the graph changes, counted from that from which on it is said to stay."""

CHASE = ((1, 0), (0, 1), (-1, -1))
_SCALE = 10**14
THRESHOLD = 2 + Fraction(isqrt(4 * _SCALE**2 // 3), _SCALE)
"""These three tokens chase each other for ever under [[1, -t], [t, 1]] if t is beyond 2 + 2/sqrt(3)."""

BESIDE = ((0, 0, 1), (0, 0, Fraction(1, 2)))
"""A leader and who follows it, in every second system: more rates, and more differences of scores."""

SYSTEMS = 100
"""So many systems below the threshold are drawn."""

Document = dict[str, Any]
Rows = list[list[Fraction]]


@dataclass(frozen=True)
class Late:
    """A run whose graph is that of layer 0 up to the one before ``change``, and another one there."""

    run: Run
    change: int


def attack(numbers: Iterable[int]) -> Counter[str]:
    """Count what the checker makes of forged certificates: why it rejects them, or that it does not."""
    return Counter(_fate(forged(number)) for number in numbers)


def forged(number: int) -> Document:
    """Return the forged certificate of a number."""
    rng = Random(f"forged {number}")
    late = late_system(rng.randrange(SYSTEMS))
    itinerary = _borrowed(rng, late) if rng.random() < 0.3 else _made_up(rng, late)
    A, alpha = late.run.facts.matrix, late.run.system.alpha
    claim = {"claim": "attention-settles", "verdict": "holds", "scope": "every layer"}
    claim |= {"lemma": "locked-itinerary", "evidence": {"itinerary": itinerary}}
    document = {
        "format": "exactdyn certificate",
        "version": 1,
        "system": {"A": A, "alpha": alpha, "tokens": late.run.start.rows()},
        "layers": 0,
        "claims": [claim],
    }
    return json.loads(json.dumps(document, default=str))


@cache
def late_system(seed: int) -> Late:
    """Return a chase just below the threshold, in every second system beside a leader and a follower."""
    rng = Random(f"late {seed}")
    while True:
        alpha = Fraction(rng.randint(1, 20), rng.randint(1, 12))
        run = _chase(1 - Fraction(rng.randint(1, 99), 10 ** rng.randint(4, 9)), alpha, seed % 2 == 1, LATEST)
        changes = (k for k in range(1, LATEST + 1) if run.attention(k) != run.attention(0))
        change = next(changes, None)
        if change is not None and change >= EARLIEST:
            return Late(run, change)


def _chase(part: Fraction, alpha: Fraction, beside: bool, layers: int) -> Run:
    # With such a part of the threshold.
    t = (THRESHOLD * part).limit_denominator(10**10)
    if not beside:
        return Hardmax([[1, -t], [t, 1]], alpha).run(CHASE, layers)
    tokens = [*((*z, 0) for z in CHASE), *BESIDE]
    return Hardmax([[1, -t, 0], [t, 1, 0], [0, 0, 1]], alpha).run(tokens, layers)


def _borrowed(rng: Random, late: Late) -> Document:
    # The proof of a system beyond the threshold; the rates are the same, as they do not depend on t.
    beside, alpha = late.run.start.count > len(CHASE), late.run.system.alpha
    itinerary: Document = json.loads(_true_proof(alpha, beside))
    itinerary["layer"] = rng.randint(0, EARLIEST - 2)
    rows = [row for proof in itinerary.get("proofs", []) for row in proof["nodes"]]
    if rows and rng.random() < 0.8:
        row = rng.choice(rows)
        place = rng.randrange(len(row))
        row[place] = str(Fraction(row[place]) * Fraction(rng.randint(1, 80), 40))
    return itinerary


@cache
def _true_proof(alpha: Fraction, beside: bool) -> str:
    found = limit(_chase(Fraction(1001, 1000), alpha, beside, 0))
    assert found.lock is not None, f"the chase beyond the threshold is undecided, alpha = {alpha}"
    return json.dumps(encode(found.lock.data))


def _made_up(rng: Random, late: Late) -> Document:
    period, layer = rng.choice([1, 1, 1, 2, 3]), rng.randint(0, 6)
    states = [late.run.state(layer + period * j) for j in range(1 + late.run.start.count * 3)]
    polynomial = minimal_polynomial([state.coefficients for state in states], RATIONALS)
    assert polynomial is not None
    recurrence = [Fraction(x) for x in coefficients_of(polynomial)[:-1]]
    squares = [abs(rate) ** 2 for rate in np.roots([1.0, *map(float, reversed(recurrence))])]
    if rng.random() < 0.05:
        recurrence[rng.randrange(len(recurrence))] += Fraction(1, 10 ** rng.randint(1, 9))
    size = len(recurrence)
    cones = [_cone(rng, late, layer, period, size) for _ in range(rng.choice([0, 0, 1, 2]))]
    proofs = [_proof(rng, squares, len(cones)) for _ in range(rng.randint(1, 4))]
    return {
        "layer": layer, "period": period, "recurrence": recurrence, "cones": cones, "proofs": proofs,
    }  # fmt: skip


def _proof(rng: Random, squares: list[float], cones: int) -> Document:
    def node() -> Fraction:
        return Fraction(rng.choice(squares) * rng.choice([0.01, 0.5, 0.9, 0.99, 1, 1.1])).limit_denominator(
            10**4
        )

    count = rng.choice([1, 1, 2, 3, 4])
    rows = [
        [node() if g == h or rng.random() < 0.3 else Fraction(0) for g in range(h + 1)] for h in range(count)
    ]
    proof: Document = {"nodes": rows}
    if cones and rng.random() < 0.7:
        weight = Fraction(rng.randint(0, 20), 10 ** rng.randint(0, 4))
        proof |= {"cone": rng.randrange(cones), "weight": weight}
    return proof


def _cone(rng: Random, late: Late, layer: int, period: int, size: int) -> Document:
    if rng.random() < 0.4:
        form = _difference(rng, late, layer, period, size)
    else:
        M = [[Fraction(rng.randint(-5, 5)) for _ in range(size)] for _ in range(size)]
        square = rng.random() < 0.5
        form = [[_inner(a, b) if square else a[c] + b[r] for c, b in enumerate(M)] for r, a in enumerate(M)]
    return {"form": form, "factor": Fraction(rng.choice([0, 0, 1, 3, 9]), 10 ** rng.randint(1, 4))}


def _difference(rng: Random, late: Late, layer: int, period: int, size: int) -> Rows:
    # The symmetric part of a difference of scores, with a little added on the diagonal.
    A = late.run.facts.matrix
    states = [late.run.tokens(layer + period * j) for j in range(size)]
    i, (a, b) = rng.randrange(late.run.start.count), rng.sample(range(late.run.start.count), 2)

    def score(k: int, m: int) -> Fraction:
        gap = [x - y for x, y in zip(states[m][a], states[m][b], strict=True)]
        return _inner(gap, [_inner(row, states[k][i]) for row in A])

    more = Fraction(rng.randint(0, 9), 10 ** rng.randint(1, 6))
    return [[(score(k, m) + score(m, k)) / 2 + more * (k == m) for m in range(size)] for k in range(size)]


def _inner(x: Iterable[Fraction], y: Iterable[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def _fate(document: Document) -> str:
    try:
        verify(json.dumps(document))
    except (RejectedError, MalformedError) as error:
        return re.sub(r"\d+", "K", str(error))
    return "accepted"


def main(arguments: list[str]) -> None:
    """Print what came out."""
    count, first = (int(text) for text in (*arguments, "10000", "0")[:2])
    for why, number in attack(range(first, first + count)).most_common():
        print(f"  {number}: {why}")


if __name__ == "__main__":
    main(sys.argv[1:])
