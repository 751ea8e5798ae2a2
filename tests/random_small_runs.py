"""Seeded random runs of a few tokens over a few layers, of every kind of system."""

from __future__ import annotations

from random import Random
from typing import Any

from exactdyn.layer.relu import Relu
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from exactdyn.systems.run import Run

ALPHAS = ("1", "1/2", "2", "1/3", "-1/2", "-2", "-3", "0")
STEPS: tuple[Any, ...] = ("2/(k+2)", "2^-(k+1)", ["1", "1/3"], "1/2", "3/2", "1")


def random_run(seed: object) -> Run:
    """A run of one to five tokens in one to three dimensions; most have parts beside A and alpha."""
    random = Random(f"small {seed}")
    dimension, count = random.choice([1, 1, 2, 2, 3]), random.randint(1, 5)
    tokens = [_integers(random, dimension) for _ in range(count)]
    layers = random.randint(1, 3)
    if random.random() < 0.4:
        return Hardmax(_matrix(random, dimension), random.choice(ALPHAS)).run(tokens, layers)
    return _of_heads(random, dimension, count).run(tokens, layers)


def _of_heads(random: Random, dimension: int, count: int) -> HardAttention:
    rows = [[int(i == j or random.random() < 0.5) for j in range(count)] for i in range(count)]
    scalar = random.random() < 0.6
    heads = []
    for _ in range(random.choice([1, 1, 2])):
        V = None if scalar else _matrix(random, dimension)
        if scalar and random.random() < 0.3:
            V = [[2 * int(r == c) for c in range(dimension)] for r in range(dimension)]
        mask: Any = random.choice([None, None, "causal", "strict", rows])
        heads.append(
            Head(_matrix(random, dimension), V, mask, random.choice(["mean", "mean", "first", "last"]))
        )
    block = None
    if random.random() < 0.2:
        sizes = [dimension] * dimension
        block = Relu(
            [_integers(random, dimension) for _ in sizes],
            _integers(random, dimension),
            [_integers(random, dimension) for _ in sizes],
            _integers(random, dimension),
        )
    return HardAttention(heads, tau=random.choice(STEPS), relu=block)


def _matrix(random: Random, dimension: int) -> list[list[int]]:
    rows = [_integers(random, dimension) for _ in range(dimension)]
    if random.random() < 0.5:
        return [
            [rows[max(r, c)][min(r, c)] + 3 * (r == c) for c in range(dimension)] for r in range(dimension)
        ]
    return rows


def _integers(random: Random, count: int) -> list[int]:
    return [random.randint(-2, 2) for _ in range(count)]
