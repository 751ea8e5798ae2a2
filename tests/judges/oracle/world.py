"""A system and its run, layer after layer as the definition has it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.judges.oracle.heads import Given
from tests.judges.oracle.reading import (
    UnconfirmedError,
    Vector,
    entries,
    field_of,
    members,
    need,
    number,
    over,
)
from tests.judges.reference import dot


class World:
    """The system, its states and attention sets, layer after layer as the definition has it."""

    def __init__(self, system: Any, layers: int, version: int = 1) -> None:
        self.field = None
        if version == 3:
            system = dict(members(system, "field tokens tau heads", "relu period"))
            self.field = field_of(system.pop("field"))
        with over(self.field):
            self.given = Given(system if version > 1 else simple(system))
        self.dimension, self.layers = self.given.dimension, layers
        self.tokens = self.given.tokens
        self.count = len(self.tokens)
        self.states = [self.tokens]
        self.by_head = [self.given.attend(self.tokens, 0)]

    @property
    def A(self) -> list[Vector]:  # noqa: N802  (the letter of the papers)
        found = self.given.one_matrix(self.given.heads)
        if found is None:
            raise UnconfirmedError
        return found

    @property
    def alpha(self) -> Fraction:
        """The one coefficient; not confirmed where there is none."""
        taus = set(self.given.listed_tau or [])
        need(len(taus) == 1 and 1 not in taus)
        return min(taus) / (1 - min(taus))

    @property
    def plain_tau(self) -> Fraction:
        """The step of a system that is as simple as one of version 1."""
        need(self.given.plain())
        return self.given.tau(0)

    def compute(self, layer: int) -> None:
        while len(self.states) <= layer:
            k = len(self.states)
            self.states.append(self.given.next_state(self.states[-1], self.by_head[-1], k - 1))
            self.by_head.append(self.given.attend(self.states[-1], k))

    def state(self, layer: int) -> list[Vector]:
        self.compute(layer)
        return self.states[layer]

    def attention(self, layer: int) -> list[set[int]]:
        """Whom the tokens attend, in whatever head."""
        self.compute(layer)
        return [set().union(*sets) for sets in zip(*self.by_head[layer], strict=True)]

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


def simple(system: Any) -> Any:
    """A system of version 1 as one of version 2."""
    parts = members(system, "A alpha tokens")
    alpha = number(parts["alpha"])
    need(alpha != -1 and entries(parts["A"]))
    return {
        "tokens": parts["tokens"],
        "tau": {"listed": [str(alpha / (1 + alpha))]},
        "heads": [{"A": [parts["A"]]}],
    }


def transposed(rows: list[Vector]) -> list[Vector]:
    return [list(column) for column in zip(*rows, strict=True)]
