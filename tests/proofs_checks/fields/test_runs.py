"""The checker's runs over number fields are those of the judge, ties and near ties included."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from proofs_checks.certificate import read
from proofs_checks.format.field_number import FieldNumber
from proofs_checks.format.number_field import NumberField
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from tests.amounts import amount
from tests.judges.oracle.world import World

FIELDS = [
    ([-2, 0, 1], "1", "2"),
    ([-2, 0, 0, 1], "1", "2"),
    ([-1, -2, 1, 1], "1", "3/2"),
    ([-7, 0, 14, 0, -7, 0, 1], "3/4", "1"),
    ([-2, 40, -200, 1], "193/2000", "197/2000"),
    ([-1, -1, 1], "-3/4", "-1/2"),
]
CLOSE = (3, 20, 63, 64, 65, 130, 300)
"""Bits to which a rational number is as the root."""


class Numbers:
    """Numbers of a field at random: small ones, many of them equal, and some that are close to each other."""

    def __init__(self, random: Random, polynomial: list[int], low: str, high: str) -> None:
        self.random, self.degree = random, len(polynomial) - 1
        self.field = NumberField(tuple(polynomial), Fraction(low), Fraction(high))

    def small(self) -> str:
        return str(Fraction(self.random.randint(-4, 4), self.random.randint(1, 3)))

    def near(self) -> Fraction:
        bits = self.random.choice(CLOSE)
        step = Fraction(self.random.randint(0, 1), 2**bits)
        value = Fraction(0)
        theta = FieldNumber(self.field, (0, 1, *[0] * (self.degree - 2)), 1)
        for place in range(-8, bits + 1):  # from below, bit after bit
            value += Fraction(2) ** -place if theta >= value + Fraction(2) ** -place else 0
        return (value if theta > 0 else -Fraction(1, 2**bits)) + step

    def next(self) -> Any:
        kind = self.random.randrange(10)
        if kind < 3:
            return self.small()
        if kind < 6:
            return [self.small() for _ in range(self.random.randint(1, self.degree))]
        if kind < 8:
            return ["0", "1"]
        near = self.near()
        if kind == 8:
            return str(near)
        large = 2 ** self.random.choice(CLOSE)
        return [str(-near * large + self.random.randint(0, 1)), str(large)]


def opposite(number: Any) -> Any:
    return [*map(opposite, number)] if isinstance(number, list) else str(-Fraction(number))


def random_system(seed: int) -> Any:
    """Two fifths have copies; some have one token, more dimensions than tokens, or tokens that meet."""
    random = Random(seed)
    polynomial, low, high = random.choice(FIELDS)
    make = Numbers(random, polynomial, low, high)
    d, n = random.choice([1, 1, 2, 2, 3]), random.randint(1, 5)

    def matrix() -> Any:
        return [[make.next() for _ in range(d)] for _ in range(d)]

    heads: list[Any] = [{"A": [matrix()]}]
    if random.random() < 0.3:
        other = {
            "mask": random.choice(["causal", "strict"]),
            "ties": random.choice(["mean", "first", "last"]),
        }
        heads.append({"A": [matrix()], **other})
    if random.random() < 0.3:
        heads[0]["V"] = [matrix()]
    tokens = [[make.next() for _ in range(d)] for _ in range(n)]
    tokens += [tokens[0]] if random.random() < 0.5 else []
    tau = random.choice(["1/2", "-1/3", "3/2", make.next()])
    if random.random() < 0.2:  # tokens 0 and 1 attend each other and meet halfway
        heads, tau = [{"A": [[["-1" if r == c else "0" for c in range(d)] for r in range(d)]]}], "1/2"
        first = [["0", "1"], *tokens[0][1:]]
        tokens = [first, [opposite(x) for x in first]]
    field = {"polynomial": polynomial, "interval": [low, high]}
    return {"field": field, "tokens": tokens, "tau": {"listed": [tau]}, "heads": heads}


def assert_runs_agree(seed: int) -> int:
    """Hold three layers against the judge's; return how many tokens are tied."""
    system = random_system(seed)
    claims = [{"claim": "symmetric", "verdict": "holds"}]
    document = {
        "format": "exactdyn certificate",
        "version": 3,
        "system": system,
        "layers": 2,
        "claims": claims,
    }
    world = World(json.loads(json.dumps(system)), 2, 3)
    if any(world.given.pulls(k) is None for k in range(2)):
        return 0
    run, judge = Run(read(Field(document, "certificate")).system, 2), world.field
    assert judge is not None
    for k in range(3):
        sets = [[set(own) for own in found] for found in run[k].by_head]
        points = [
            [judge.number(x.coefficients) if isinstance(x, FieldNumber) else x for x in point]
            for point in run[k].points()
        ]
        assert points == world.state(k)
        assert sets == world.by_head[k]
    return sum(len(own) > 1 for own in world.attention(0))


EDGES: dict[str, Callable[[World], bool]] = {
    "one token": lambda world: world.count == 1,
    "more dimensions than tokens": lambda world: world.dimension > world.count > 1,
    "copies": lambda world: places(world, 0) < world.count,
    "tokens that meet on the way": lambda world: places(world, 2) < places(world, 0),
    "tau beyond 1": lambda world: world.given.tau(0) > 1,
    "a negative tau": lambda world: world.given.tau(0) < 0,
}


def places(world: World, layer: int) -> int:
    state = world.state(layer)
    return sum(z not in state[:i] for i, z in enumerate(state))


@pytest.mark.parametrize("edge", EDGES)
def test_random_systems_over_fields_contain(edge: str) -> None:
    worlds = (World(json.loads(json.dumps(random_system(seed))), 2, 3) for seed in range(40))
    assert any(EDGES[edge](world) for world in worlds if world.given.pulls(0) and world.given.pulls(1))


def test_random_runs_over_fields_are_those_of_the_judge() -> None:
    assert sum(map(assert_runs_agree, range(40))) > 20


@pytest.mark.slow
def test_many_random_runs_over_fields_are_those_of_the_judge() -> None:
    assert sum(map(assert_runs_agree, range(100, 100 + amount(300, 3000)))) > 100
