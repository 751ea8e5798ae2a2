"""What stays undecided of 3,450 systems that lean on cycles, lattices and consensus, counted by reason.

    python -m tests.benchmarks.undecided

Besides these, systems made so that one graph stays although rates are irrational or complex. Each certificate
is checked. Of a decided limit the attention graphs of 40 later layers are computed and have to be those
foretold; of an undecided one they are computed, too, to see whether the graph still changes.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from time import process_time
from typing import Any

from exactdyn import Hardmax, Limit, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.statements.theorem import limit_certificate
from proofs_checks import verify
from tests.planted_graphs import planted_graph
from tests.random_systems import general_system

BEYOND = 40

PLANTED = 3000
"""How many seeds of planted graphs are gone through, for each of the two kinds; few have a matrix."""

Tokens = Sequence[Sequence[Any]]
System = tuple[Sequence[Sequence[Any]], Fraction, Tokens]


@dataclass
class Tally:
    """What was counted; ``constant``: undecided limits of systems whose graph stays for 40 layers more."""

    total: int = 0
    forms: int = 0
    basins: int = 0
    undecided: Counter[str] = field(default_factory=Counter)
    constant: int = 0
    slowest: float = 0.0


def general(seed: int) -> System:
    """Any matrix."""
    system = general_system(seed)
    return [list(row) for row in system.A], system.alpha, [list(row) for row in system.tokens]


def cycle_of_three(rng: random.Random) -> System:
    """Three tokens of sum 0 and a matrix that turns."""
    t = rng.choice([1, 2, 3, 4, 5])
    tokens = [[1, 0], [0, 1], [-1, -1]]
    if rng.random() < 0.5:
        first, second = ([rng.randint(-3, 3), rng.randint(-3, 3)] for _ in range(2))
        tokens = [first, second, [-x - y for x, y in zip(first, second, strict=True)]]
    return [[1, -t], [t, 1]], Fraction(rng.randint(1, 9), rng.randint(1, 7)), tokens


def cycle_of(rng: random.Random, count: int) -> System:
    """So many tokens of the plane, often of sum 0, and a matrix that turns."""
    a, b = rng.randint(-2, 3), rng.choice([-1, 1]) * rng.randint(1, 6)
    A = [[a, -b], [b, a + (rng.randint(-1, 1) if rng.random() < 0.3 else 0)]]
    tokens = [[rng.randint(-4, 4) for _ in range(2)] for _ in range(count)]
    if rng.random() < 0.6:
        tokens[-1] = [-sum(z[r] for z in tokens[:-1]) for r in range(2)]
    return A, Fraction(rng.randint(1, 7), rng.randint(1, 5)), tokens


def cycle_and_more(rng: random.Random) -> System:
    """A cycle of three in a plane, and other tokens."""
    t = rng.choice([2, 3, 4, 5])
    A = [[1, -t, 0], [t, 1, 0], [0, 0, rng.choice([1, -1, 2])]]
    h = rng.choice([0, 0, 1, 2])
    tokens: list[list[Any]] = [[1, 0, h], [0, 1, h], [-1, -1, h]]
    for _ in range(rng.randint(1, 4)):
        tokens.append([Fraction(rng.randint(-6, 6), rng.randint(1, 4)) for _ in range(3)])
    return A, Fraction(rng.randint(1, 9), rng.randint(1, 7)), tokens


def semidefinite_lattice(rng: random.Random) -> System:
    """A diagonal matrix of a few ones, and tokens of a small lattice."""
    d = rng.choice([2, 2, 3])
    rank = rng.randint(1, d)
    diagonal = [1] * rank + [0] * (d - rank)
    if rng.random() < 0.4:
        diagonal = [rng.choice([1, 1, 0, -1]) for _ in range(d)]
    A = [[diagonal[r] if r == c else 0 for c in range(d)] for r in range(d)]
    n, size = rng.randint(3, 9), rng.choice([1, 2])
    tokens = [[rng.randint(-size, size) for _ in range(d)] for _ in range(n)]
    return A, Fraction(rng.randint(1, 6), rng.randint(1, 4)), tokens


def any_lattice(rng: random.Random) -> System:
    """Any small matrix, and tokens of a small lattice."""
    d = rng.choice([1, 2, 2, 3])
    A = [[rng.randint(-2, 2) for _ in range(d)] for _ in range(d)]
    n, size = rng.randint(2, 8), rng.choice([1, 2, 3])
    tokens = [[rng.randint(-size, size) for _ in range(d)] for _ in range(n)]
    return A, Fraction(rng.randint(1, 6), rng.randint(1, 4)), tokens


def negative(rng: random.Random) -> System:
    """A negative diagonal and little beside it."""
    d = rng.choice([1, 2, 2, 3])
    A = [[-rng.randint(1, 3) if r == c else rng.choice([0, 0, 1, -1]) for c in range(d)] for r in range(d)]
    n = rng.randint(2, 7)
    tokens = [[Fraction(rng.randint(-6, 6), rng.randint(1, 3)) for _ in range(d)] for _ in range(n)]
    return A, Fraction(rng.randint(1, 6), rng.randint(1, 4)), tokens


_MADE: dict[str, tuple[str, Callable[[random.Random], System]]] = {
    "cycle of three": ("cyc3", cycle_of_three),
    "cycle of four": ("cyc4", lambda rng: cycle_of(rng, 4)),
    "cycle of five": ("cyc5", lambda rng: cycle_of(rng, 5)),
    "cycle": ("cycN", lambda rng: cycle_of(rng, rng.randint(3, 8))),
    "cycle and more": ("cycmore", cycle_and_more),
    "semidefinite lattice": ("selfatt", semidefinite_lattice),
    "any lattice": ("skewlat", any_lattice),
    "negative": ("negdef", negative),
}

SURVEY = {
    "general": 600,
    "cycle of three": 150,
    "cycle of four": 300,
    "cycle of five": 300,
    "cycle": 300,
    "cycle and more": 300,
    "semidefinite lattice": 600,
    "any lattice": 600,
    "negative": 300,
}
"""How many systems of each kind."""

NEGATIVE_ALPHA = {"alpha < 0": 600}
"""How many systems with alpha < 0, of all kinds."""


def survey_system(kind: str, seed: int) -> System:
    """Return a system of a kind."""
    if kind in NEGATIVE_ALPHA:
        rng = random.Random(f"alpha below zero {seed}")
        A, _, tokens = survey_system(rng.choice(list(SURVEY)), seed)
        below = rng.randint(1, 7)
        alpha = -Fraction(rng.randint(1, 9), below)
        return A, alpha if alpha != -1 else Fraction(-3, 2), tokens
    if kind == "general":
        return general(seed)
    name, make = _MADE[kind]
    return make(random.Random(f"{name} {seed}"))


def survey(counts: dict[str, int]) -> Tally:
    """Decide so many systems of each kind; raises AssertionError where what is decided is not true."""
    return _counted(survey_system(kind, seed) for kind, count in counts.items() for seed in range(count))


def planted(seeds: Iterable[int], full: bool) -> Tally:
    """Decide the planted graphs of some seeds; raises AssertionError where what is decided is not true."""
    systems = (planted_graph(seed, full) for seed in seeds)
    return _counted((system.A, system.alpha, system.tokens) for system in systems if system is not None)


def _counted(systems: Iterable[System]) -> Tally:
    tally = Tally()
    for A, alpha, tokens in systems:
        run = Hardmax(A, alpha).run(tokens, 0)
        started = process_time()
        found = limit(run)
        tally.slowest = max(tally.slowest, process_time() - started)
        tally.total += 1
        if found.status == "undecided":
            tally.undecided[re.sub(r"\d+", "K", found.reason or "")] += 1
            tally.constant += _stays(found, Hardmax(A, alpha), tokens)
            continue
        tally.forms += found.lock is not None and found.lock.forms is not None
        tally.basins += found.lock is None and found.basin is not None
        verify(certificate_text(limit_certificate(run, found)))
        _require_true(found, Hardmax(A, alpha), tokens)
    return tally


def _stays(found: Limit, hardmax: Hardmax, tokens: Tokens) -> bool:
    run = hardmax.run(tokens, found.layer + BEYOND)
    return len({run.attention(found.layer + k) for k in range(BEYOND + 1)}) == 1


def _require_true(found: Limit, hardmax: Hardmax, tokens: Tokens) -> None:
    if found.lock is None or found.lock.forms is None:
        return
    period, last = found.lock.period, found.layer + BEYOND
    run = hardmax.run(tokens, last)
    for layer in range(found.layer, last + 1 - period):
        assert run.attention(layer) == run.attention(layer + period)
    assert found.tokens(last) == tuple(map(tuple, run.tokens(last)))


def main() -> None:
    """Print what came out."""
    print_tally("survey", survey(SURVEY))
    print_tally("alpha < 0", survey(NEGATIVE_ALPHA))
    for full in (False, True):
        print_tally(
            "planted, as many dimensions as tokens" if full else "planted", planted(range(PLANTED), full)
        )


def print_tally(name: str, tally: Tally) -> None:
    """Print what was counted."""
    print(f"{name}: {tally.total} systems, slowest {tally.slowest:.2f} s")
    print(f"  {tally.forms} by forms, {tally.basins} by basins without an itinerary")
    print(f"  undecided {tally.undecided.total()}, {tally.constant} of them with a graph that stays")
    for reason, number in tally.undecided.most_common():
        print(f"  {number}: {reason}")


if __name__ == "__main__":
    main()
