"""Seeded random hard-attention layers of every kind as data of a temperature certificate of version 2."""

from __future__ import annotations

from random import Random
from typing import Any

KINDS = ("mask", "heads", "values", "schedule", "blocks", "ties", "copies", "everything")
"""What a system has beyond one A and one step, in turn."""


def general_case(seed: int) -> Any:
    """A certificate that claims nothing but that both runs start alike; two to five tokens, d = 1 or 2."""
    random, kind = Random(f"layers {seed}"), KINDS[seed % len(KINDS)]
    d, has = random.randint(1, 2), {kind} if kind != "everything" else set(KINDS)
    rows = [_row(random, d) for _ in range(random.randint(2, 4))]
    tokens = [*rows, *random.choices(rows, k=random.randint(0, 2) if "copies" not in has else 2)]
    random.shuffle(tokens)
    count = random.randint(2, 3) if "heads" in has else 1
    system: dict[str, Any] = {
        "tokens": tokens,
        "tau": {"listed": [_step(random) for _ in range(3 if "schedule" in has else 1)]},
        "heads": [_head(random, d, len(tokens), has) for _ in range(count)],
    }
    if "schedule" in has:
        system["period"] = random.choice([1, 2])
    if "blocks" in has:
        system["relu"] = [_block(random, d)]
    return {
        "format": "exactdyn temperature certificate",
        "version": 2,
        "system": system,
        "temperature": random.choice(["1/1000", "1/50", "1/5", "1", "5"]),
        "errors": [["0"] * len(tokens)],
    }


def _head(random: Random, d: int, count: int, has: set[str]) -> dict[str, Any]:
    A = [_row(random, d) for _ in range(d)]
    if "heads" in has and random.random() < 0.5:  # some heads have the scores of others, up to a factor
        A = [[str(random.choice([1, 2])) if r == c else "0" for c in range(d)] for r in range(d)]
    head: dict[str, Any] = {"A": [A]}
    if "values" in has or ("heads" in has and random.random() < 0.3):
        head["V"] = [[_row(random, d, 2) for _ in range(d)]]
    if "mask" in has or ("copies" in has and random.random() < 0.7):
        rows = [[random.randint(0, 1) for _ in range(count)] for _ in range(count)]
        for row in rows:
            row[random.randrange(count)] = 1
        head["mask"] = random.choice(["causal", "strict", rows])
    if "ties" in has:
        head["ties"] = random.choice(["first", "last"])
        head["A"] = random.choice([head["A"], [[["0"] * d for _ in range(d)]]])
    return head


def _block(random: Random, d: int) -> dict[str, Any]:
    m = random.randint(1, 3)
    return {
        "W1": [_row(random, d, 2) for _ in range(m)],
        "b1": _row(random, m, 1),
        "W2": [_row(random, m, 1) for _ in range(d)],
        "b2": _row(random, d, 1),
        "eta": random.choice(["1", "0", "1/2", "-1"]),
    }


def _row(random: Random, size: int, reach: int = 3) -> list[str]:
    return [f"{random.randint(-reach, reach)}/{random.choice([1, 1, 2])}" for _ in range(size)]


def _step(random: Random) -> str:
    return random.choice(["1/2", "1/2", "1/3", "9/10", "1", "0", "-1/2", "3/2"])
