"""A system and its run, layer after layer as the definition has it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.judges.oracle.reading import Vector, entries, members, need, number, vector


class World:
    """The system, its states and attention sets, layer after layer as the definition has it."""

    def __init__(self, system: Any, layers: int) -> None:
        parts = members(system, "A alpha tokens")
        self.dimension, self.layers = len(entries(parts["A"])), layers
        self.A = [vector(row, self.dimension) for row in entries(parts["A"])]
        self.alpha = number(parts["alpha"])
        self.tokens = [vector(row, self.dimension) for row in entries(parts["tokens"])]
        need(self.dimension > 0 and self.tokens and self.alpha != -1)
        self.count = len(self.tokens)
        self.states, self.sets = [self.tokens], [self.attend(self.tokens)]

    def attend(self, state: list[Vector]) -> list[set[int]]:
        sets = []
        for z in state:
            direction = self.image(z)
            scores = [dot(direction, other) for other in state]
            largest = max(scores)
            sets.append({j for j, score in enumerate(scores) if score == largest})
        return sets

    def compute(self, layer: int) -> None:
        tau = self.alpha / (1 + self.alpha)
        while len(self.states) <= layer:
            before, sets = self.states[-1], self.sets[-1]
            means = [
                [sum((before[j][r] for j in C), Fraction(0)) / len(C) for r in range(self.dimension)]
                for C in sets
            ]
            moves = [list(zip(z, c, strict=True)) for z, c in zip(before, means, strict=True)]
            self.states.append([[x + tau * (y - x) for x, y in move] for move in moves])
            self.sets.append(self.attend(self.states[-1]))

    def state(self, layer: int) -> list[Vector]:
        self.compute(layer)
        return self.states[layer]

    def attention(self, layer: int) -> list[set[int]]:
        self.compute(layer)
        return self.sets[layer]

    def image(self, x: Vector) -> Vector:
        return [dot(row, x) for row in self.A]

    def q(self, x: Vector) -> Fraction:
        return dot(self.image(x), x)

    def symmetric_part(self) -> list[Vector]:
        pairs = zip(self.A, transposed(self.A), strict=True)
        return [[(x + y) / 2 for x, y in zip(*rows, strict=True)] for rows in pairs]

    def leaders(self) -> dict[int, int]:
        layers = range(self.layers + 1)
        leading = {i: [k for k in layers if self.attention(k)[i] == {i}] for i in range(self.count)}
        return {i: found[0] for i, found in leading.items() if found}


def dot(x: Vector, y: Vector) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def transposed(rows: list[Vector]) -> list[Vector]:
    return [list(column) for column in zip(*rows, strict=True)]
