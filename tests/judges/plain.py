"""The plain kernel as a run: every layer exactly, every set from the full product."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exactdyn.layer.attention import AttentionSets, sole_attention
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax


@dataclass(frozen=True)
class PlainRun:
    """States 0..N, their attention sets, the first layer of every leader."""

    states: tuple[Points, ...]
    itinerary: tuple[AttentionSets, ...]

    @property
    def leaders(self) -> dict[int, int]:
        first: dict[int, int] = {}
        for layer, sets in enumerate(self.itinerary):
            for token in sorted(sole_attention(sets)):
                first.setdefault(token, layer)
        return first


def plain_run(system: Hardmax, tokens: object, layers: int) -> PlainRun:
    state = Points.from_rows(tokens)
    states, itinerary = [state], [*system.attention(0, state)]
    for k in range(layers):
        state = system.step(k).moved(state, itinerary[-1])
        states.append(state)
        itinerary += system.attention(k + 1, state)
    return PlainRun(tuple(states), tuple(itinerary))


def assert_same_run(system: Hardmax, tokens: object, layers: int) -> int:
    """Compare a run with the plain one: all sets, the leaders, some states; return the number of sets."""
    run, expected = system.run(tokens, layers), plain_run(system, tokens, layers)
    assert run.itinerary == expected.itinerary
    assert run.leaders == expected.leaders
    for layer in (layers, layers // 2, 0, layers // 3):
        assert run.state(layer) == expected.states[layer]
        rows = expected.states[layer].rows()
        assert run.tokens(layer) == rows
        assert run.floats(layer).tolist() == expected.states[layer].floats().tolist()
    return len(expected.itinerary) * len(expected.itinerary[0])


def hostile_tokens(kind: str, rng: np.random.Generator, n: int, d: int) -> np.ndarray:
    """Floats of a kind that floats get wrong."""
    normal = rng.standard_normal((n, d))
    if kind == "small integers":
        return rng.integers(-3, 4, (n, d)).astype(float)
    if kind == "lattice with one-ulp faults":
        lattice = rng.integers(-2, 3, (n, d)).astype(float)
        return np.where(rng.random((n, d)) < 0.3, np.nextafter(lattice, 10), lattice)
    if kind == "symmetric":
        return np.concatenate([normal[: n // 2], -normal[: n - n // 2]])
    if kind == "1e-300 to 1e300":
        return normal * 10.0 ** rng.integers(-300, 300, (n, 1))
    if kind == "subnormal":
        return rng.integers(-50, 51, (n, d)) * 5e-324
    if kind == "one tiny, one zero":
        normal[0] = 5e-324 * rng.integers(-5, 6, d)
        normal[-1] = 0
        return normal
    if kind == "cube corners":
        return rng.choice([-1.0, 1.0], (n, d)) * rng.choice([1, 1 / 3, 0.1], (n, 1))
    if kind == "clusters":
        return np.round(normal * 2) / 2 + 1e-9 * rng.standard_normal((n, 1))
    if kind == "sphere":
        return normal / np.linalg.norm(normal, axis=1, keepdims=True)
    if kind == "many integers":
        return rng.integers(-9, 10, (n + 50, d)).astype(float)
    return normal


HOSTILE = [
    *("small integers", "lattice with one-ulp faults", "symmetric", "1e-300 to 1e300", "subnormal"),
    *("one tiny, one zero", "cube corners", "clusters", "sphere", "many integers", "normal"),
]


def hostile_matrix(kind: str, rng: np.random.Generator, d: int) -> object:
    """A matrix for those tokens, None for the identity."""
    if kind == "identity":
        return None
    entries = {
        "negative": -np.eye(d),
        "normal": rng.standard_normal((d, d)),
        "integers": rng.integers(-1, 2, (d, d)).astype(float),
        "huge": rng.standard_normal((d, d)) * 2.0**900,
        "tiny": rng.standard_normal((d, d)) * 2.0**-1000,
    }
    return from_floats(entries[kind])


MATRICES = ["identity", "negative", "normal", "integers", "huge", "tiny"]
