"""A hunt for graphs that never settle although A is semidefinite, where one would have to be: from rank 3 on.

    python -m tests.benchmarks.settling [SECONDS] [FIRST]

By the proof of lemma rank-two-settles a token that goes on changing what it attends tends to a point s
inside of a face of the limit polytope that is neither a vertex nor all of K, with tokens locked onto the
face's corners from beyond it, at a distance of about r^k at layer k, r = 1 - tau, and is itself off the plane
of s and of the face by about r^(k/2): there it may attend others that tend to s. Two searches, half of
SECONDS (default 120) each, from seed FIRST (default 0) on:

exact: A = I in three dimensions, everything a mirror image of itself, so that ties stay; tau with a rational
root of r, and others. Each limit is decided; counted is how long tokens that may tend to s attend each other.

leading order: of a token that tends to s only its place off the plane, in units of r^(k/2), and behind the
face, in units of r^k, are kept, as floats: one dimension off the plane is rank 3, two are rank 4. It proves
nothing; a run that goes on for long would be one to look at.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from random import Random
from time import process_time

import numpy as np

from exactdyn import Hardmax, Limit, limit

TAUS = tuple(map(Fraction, ("3/4", "5/9", "8/9", "1/2", "1/3", "1/10")))
EXACT_LAYERS = 1000
"""So many layers are looked at for an exact limit: with tau = 1/10 graphs change late."""

ROWS, LAYERS = 20_000, 200
"""So many runs at a time, and so many layers at most, in leading order."""

Tokens = list[tuple[Fraction, Fraction, Fraction]]


def mirrored(number: int) -> tuple[Fraction, Tokens, int]:
    """Return tau, tokens, and how many of these, the first ones, tend to s or may.

    s = (0, 0, 1) is in the middle of the corners (a, 0, 1) and (-a, 0, 1), which lead.
    """
    rng = Random(f"settling {number}")
    tau, a = rng.choice(TAUS), Fraction(rng.randint(1, 6), 2)
    beyond = Fraction(1, rng.choice([4, 9, 16, 64, 100]))
    back, aside = Fraction(rng.randint(1, 8), 4) * beyond / a, Fraction(rng.randint(-2, 2), 4) * beyond
    tokens: Tokens = []
    for _ in range(rng.randint(2, 4)):
        y = Fraction(rng.randint(1, 24), 8) * Fraction(rng.choice([1, -1]), rng.choice([1, 2, 3, 4, 8]))
        depth = y * y / 2 * (1 + Fraction(rng.randint(0, 12), rng.choice([4, 16, 64])))
        tokens.append((Fraction(0), y, 1 - min(depth, Fraction(1, 2))))
    behind = len(tokens)
    for side in (1, -1):
        tokens += [(side * a, Fraction(0), Fraction(1)), (side * (a - back), aside, 1 + beyond)]
    return tau, tokens, behind


def exact(number: int) -> tuple[Limit, int]:
    """Decide a mirrored system; return its limit, and how many layers the first tokens attend each other."""
    tau, tokens, behind = mirrored(number)
    found = limit(Hardmax(alpha=tau / (1 - tau)).run(tokens, 0), EXACT_LAYERS)
    last = max(
        (
            k
            for k in range(found.layer + 1)
            for i in range(behind)
            if any(j < behind and j != i for j in found.trajectory.attention(k)[i])
        ),
        default=-1,
    )
    return found, last + 1


def leading_order(seed: int, count: int, dimensions: int, tau: float) -> int:
    """Return after how many layers the last token attends another that tends to s, of :data:`ROWS` runs.

    ``count``: how many tend to s; ``dimensions``: how many there are off the plane.
    """
    rng, r = np.random.default_rng(seed), 1 - tau
    behind = -(10 ** rng.uniform(-1, 1.5, (ROWS, count)))
    off = rng.normal(size=(ROWS, count, dimensions))
    off /= np.linalg.norm(off, axis=2, keepdims=True)
    off *= np.sqrt(-2 * behind * rng.uniform(0.3, 1, (ROWS, count)))[:, :, None]
    alive, last = np.ones(ROWS, dtype=bool), 0
    for layer in range(1, LAYERS + 1):
        scores = behind[:, None, :] + np.einsum("nid,njd->nij", off, off)
        chosen = scores.argmax(axis=2)
        attends = (
            np.take_along_axis(scores, chosen[:, :, None], 2)[:, :, 0] > 1
        )  # more than the face's corners
        alive &= ~(attends & (chosen == np.arange(count))).any(axis=1) & (behind < 0).all(axis=1)
        if not alive.any():
            break
        if (attends.any(axis=1) & alive).any():
            last = layer
        drawn = np.take_along_axis(behind, chosen, 1), np.take_along_axis(off, chosen[:, :, None], 1)
        behind = behind + tau / r * np.where(attends, drawn[0], 1)
        off = np.where(attends[:, :, None], r * off + tau * drawn[1], r * off) / np.sqrt(r)
    return last


def main(arguments: list[str]) -> None:
    """Search, and print what was found."""
    seconds, first = (int(text) for text in (*arguments, "120", "0")[:2])
    statuses, longest, number = Counter[str](), 0, first
    clock = _clock(seconds / 2)
    while clock():
        found, layers = exact(number)
        settled = "graphs alternate" if (found.period or 1) > 1 else found.status
        statuses[settled] += 1
        longest = max(longest, layers)
        if settled != "proved":
            print(f"  exact, number {number}: {settled}, {found.reason}", flush=True)
        number += 1
    print(
        f"exact: {number - first} systems, {dict(statuses)}; attended one another up to layer {longest - 1}"
    )
    clock, seed, runs = _clock(seconds / 2), first, Counter[tuple[int, str]]()
    most: dict[tuple[int, str], int] = {}
    while clock():
        for dimensions in (1, 2, 3):
            for tau in TAUS:
                key = dimensions, str(tau)
                for count in (2, 3, 4, 5):
                    layers = leading_order(seed, count, dimensions, float(tau))
                    most[key] = max(most.get(key, 0), layers)
                    runs[key] += ROWS
        seed += 1
    for (dimensions, tau), layers in most.items():
        number = runs[dimensions, tau]
        print(f"leading order, rank {dimensions + 2}, tau {tau}: {number} runs, at most {layers} layers")


def _clock(seconds: float) -> Callable[[], bool]:
    end = process_time() + seconds
    return lambda: process_time() < end


if __name__ == "__main__":
    main(sys.argv[1:])
