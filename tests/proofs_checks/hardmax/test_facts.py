"""Facts about systems, against the oracle's way of looking at layers, and edge cases by hand."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from proofs_checks.format.reading import Field
from proofs_checks.hardmax.facts import Facts
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import read_general_system
from tests.judges.oracle.world import World

CONSTANT: list[Any] = [["0"], ["1/2"], ["1"], ["2"], ["-1/3"], ["1", "1/2"], ["1/2", "2"], ["2", "0", "1/3"]]
FORMULAS: list[Any] = [
    ([["2", 0, "1"]], [["1", 1, "1"], ["2", 0, "1"]]),
    ([["1/2", 0, "1/2"]], [["1", 0, "1"]]),
    ([["1", 1, "1/2"]], [["1", 0, "1"]]),
    ([["-1", 0, "1"]], [["-1", 1, "1"], ["-3", 0, "1"]]),
    ([["1", 1, "1"]], [["1", 1, "1"], ["1", 0, "1"]]),
    ([["1", 1, "1"], ["2", 0, "1"]], [["1", 1, "1"], ["1", 0, "1"]]),
    ([], [["1", 0, "1"]]),
]


def drawn(random: Random) -> dict[str, Any]:
    """A system of any kind."""
    d, n, period = random.choice([1, 1, 2]), random.randint(1, 5), random.choice([1, 1, 2])
    small = [str(x) for x in (-2, -1, 0, 0, 1, 1, 2)] + ["1/2", "-1/3"]

    def rows(count: int, size: int) -> list[list[str]]:
        return [[random.choice(small) for _ in range(size)] for _ in range(count)]

    def listed(make: Any) -> list[Any]:
        return [make() for _ in range(random.choice([1, 1, period + 1]))]

    def scalar() -> list[list[str]]:
        s = random.choice(["1", "1", "2", "1/2", "0", "-1", "3/4"])
        return [[s if r == c else "0" for c in range(d)] for r in range(d)]

    def head() -> dict[str, Any]:
        found: dict[str, Any] = {"A": listed(lambda: rows(d, d))}
        if random.random() < 0.5:
            found["V"] = listed(scalar if random.random() < 0.7 else lambda: rows(d, d))
        if random.random() < 0.6:
            kinds = [[random.randint(0, 1) if i != j else 1 for j in range(n)] for i in range(n)]
            found["mask"] = random.choice(["causal", "strict", kinds])
        if random.random() < 0.4:
            found["ties"] = random.choice(["first", "last"])
        return found

    def block() -> dict[str, Any]:
        found: dict[str, Any] = {"W1": rows(2, d), "b1": rows(1, 2)[0], "W2": rows(d, 2), "b2": rows(1, d)[0]}
        return found | ({"eta": "1/2"} if random.random() < 0.5 else {})

    above, below = random.choice(FORMULAS)
    steps = {"listed": random.choice([one for one in CONSTANT if len(one) == 1 or len(one) >= period])}
    system: dict[str, Any] = {"tokens": rows(n, d), "period": period}
    system["tau"] = steps if random.random() < 0.6 else {"numerator": above, "denominator": below}
    system["heads"] = [head() for _ in range(random.choice([1, 1, 2, 3]))]
    if random.random() < 0.15:
        system["relu"] = listed(block)
    return system


@pytest.mark.parametrize("part", range(4))
def test_runs_and_facts_are_those_of_the_oracle(part: int) -> None:
    random = Random(part)
    for _ in range(12):
        system = drawn(random)
        given = read_general_system(Field(system, "system"))
        world, facts = World(system, 4, 2), Facts(given)
        assert facts.keeps_from == world.given.first_layer("keeps"), system
        assert facts.convex == (world.given.first_layer("convex") == 0), system
        assert facts.forward == (world.given.first_layer("forward") == 0), system
        assert facts.transitive == world.given.transitive(), system
        assert facts.plain == world.given.plain(), system
        layers = range(5)
        last = next((k for k in layers if world.given.pulls(k) is None), 4)
        run = Run(given, last)
        for k in range(last + 1):
            assert [list(point) for point in run[k].points()] == world.state(k), system
            assert [list(map(set, sets)) for sets in run[k].by_head] == world.by_head[k], system


def test_random_systems_are_of_all_kinds() -> None:
    random = Random(0)
    facts = [Facts(read_general_system(Field(drawn(random), "system"))) for _ in range(300)]
    assert {fact.keeps_from for fact in facts} >= {None, 0, 1}
    for name in ("convex", "forward", "transitive", "sees_itself", "one_view", "plain", "same_scores"):
        assert {getattr(fact, name) for fact in facts} == {True, False}


def rests(system: dict[str, Any]) -> int | None:
    run = Run(read_general_system(Field(system, "system")), 50)
    *_, (last, _) = run.walk(0, 50)
    return last if run.rests(last) else None


def at_rest(**members: Any) -> dict[str, Any]:
    head = {"A": [[["1"]]]}
    return {"tokens": [["3"], ["-1"]], "tau": {"listed": ["1/2"]}, "heads": [head]} | members


FORMULA = {"numerator": [["1", 1, "1"]], "denominator": [["1", 1, "1"], ["1", 0, "1"]]}
"""k / (k+1): at layer 0 no step is taken, whoever is attended."""


def test_a_state_rests_for_ever_only_where_that_is_proved() -> None:
    assert rests(at_rest()) == 0
    assert rests(at_rest(tau=FORMULA)) == 1  # layer 0 says nothing, as its step is 0
    assert rests(at_rest(tau={"listed": ["1/2", "1/3"]})) == 0
    assert rests(at_rest(heads=[{"A": [[["1"]], [["-1"]]]}])) == 2  # both are at 1 then
    turning = at_rest(heads=[{"A": [[["1"]], [["1"]], [["-1"]]]}])
    assert [point[0] for point in Run(read_general_system(Field(turning, "system")), 3)[3].points()] == [
        Fraction(1),
        Fraction(1),
    ]
