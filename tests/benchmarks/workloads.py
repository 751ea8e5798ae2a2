"""The inputs of the kernel's benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

SIZES = ((128, 2, 8), (512, 64, 20), (2000, 8, 50), (100_000, 2, 50))
"""Tokens n, dimension d, layers K."""

ALPHA = Fraction(1, 2)  # the step tau = 1/3


Tokens = np.ndarray | list[list[Fraction]]


@dataclass(frozen=True)
class Workload:
    """Tokens (an array taken at its exact values, or fractions), A as floats or None for the identity."""

    name: str
    tokens: Tokens
    A: str
    matrix: np.ndarray | None
    alpha: Fraction
    layers: int

    @property
    def shape(self) -> tuple[int, int]:
        """Tokens and dimension."""
        return len(self.tokens), len(self.tokens[0])


def workloads() -> Iterator[Workload]:
    """Random tokens, tokens with structure, a lattice full of ties, attention that spells digits."""
    rng = np.random.default_rng(2407_01602)
    for n, d, layers in SIZES:
        yield from _three_matrices("normal", rng.standard_normal((n, d)), layers, rng)
    for name, tokens in _structured(rng):
        yield from _three_matrices(name, tokens, 20, rng)
    side = np.arange(-10.0, 10.0)
    lattice = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    yield from list(_three_matrices("lattice", lattice, 20, rng))[::2]
    half, x = Fraction(1, 2), Fraction(314159, 1000003) - Fraction(1, 2)
    yield Workload("digits", [[half], [-half], [x]], "-I", -np.eye(1), ALPHA, 2000)
    plane = [[half, half / 2], [-half, -half / 2], [x, x / 2]]
    yield Workload("digits", plane, "-I", -np.eye(2), ALPHA, 2000)


def _three_matrices(
    name: str, tokens: np.ndarray, layers: int, rng: np.random.Generator
) -> Iterator[Workload]:
    d = tokens.shape[1]
    for label, matrix in (("I", None), ("random", rng.standard_normal((d, d))), ("-I", -np.eye(d))):
        yield Workload(name, tokens, label, matrix, ALPHA, layers)


def _structured(rng: np.random.Generator) -> Iterator[tuple[str, np.ndarray]]:
    centres = rng.standard_normal((12, 8))
    yield "clusters", centres[rng.integers(12, size=1000)] + 0.01 * rng.standard_normal((1000, 8))
    normal = rng.standard_normal((1000, 8))
    yield "sphere", normal / np.linalg.norm(normal, axis=1, keepdims=True)
    words = rng.standard_normal((300, 16))
    frequency = 1 / np.arange(1, 301)  # words repeat as in a text: Zipf's law
    yield "words", words[rng.choice(300, size=1000, p=frequency / frequency.sum())]
