"""Softmax systems in floating point, and their solutions far beyond the T of a certificate.

Nothing here is a proof. Equal tokens must be equal in floating point too, and different ones different.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

from tests.judges.oracle.reading import (
    Vector,
    entries,
    index,
    need,
)

LATER = 14
"""The limits are looked at this many doublings, times 1.44, after T."""

NEAR = 1e-4
"""How near a limit everything is by then."""

ROUNDING = 1e-9
"""How far the floating-point solution may be off before T."""

Key = tuple[tuple[float, ...], ...]


@lru_cache(maxsize=256)
def solution(V: Key, B: Key, start: Key, scale: float, end: float) -> Any:
    """Return t -> exp(-scale t) x(t) for 0 <= t <= end, tokens by rows."""
    drive, form, first = (np.array(own) for own in (V, B, start))

    def slope(time: float, flat: np.ndarray) -> np.ndarray:
        u = flat.reshape(first.shape)
        return np.ravel(shares(u @ form @ u.T * np.exp(2 * scale * time)) @ u @ drive.T - scale * u)

    found = solve_ivp(
        slope, (0, end), first.ravel(), method="DOP853", rtol=1e-11, atol=1e-12, dense_output=True
    )
    need(found.success)
    return lambda time: found.sol(time).reshape(first.shape)


def shares(logits: np.ndarray) -> np.ndarray:
    """Return the softmax of every row."""
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class World:
    """A system, from initial tokens that are within its radius of those of the certificate."""

    V: list[Vector]
    B: list[Vector]
    tokens: list[Vector]
    time: Fraction
    start: np.ndarray

    def at(self, times: list[float], scale: float) -> list[np.ndarray]:
        """Return exp(-scale t) x(t) at these times, the last one the largest."""
        key: list[Key] = [tuple(map(tuple, np.array(own, dtype=float))) for own in (self.V, self.B)]
        start = tuple(map(tuple, self.start))
        found = solution(key[0], key[1], start, scale, max(times[-1], 1e-9))
        return [found(time) for time in times]

    def attention(self, u: np.ndarray, scale: float, time: float) -> np.ndarray:
        """Return P for x = exp(scale time) u."""
        return shares(u @ np.array(self.B, dtype=float) @ u.T * np.exp(2 * scale * time))

    def token(self, value: Any) -> int:
        return index(value, len(self.tokens))

    def copies(self, token: int) -> list[int]:
        return [j for j, x in enumerate(self.tokens) if x == self.tokens[token]]

    def leaders(self, value: Any) -> dict[int, int]:
        """Return the leader, the first of its copies, of every token that has one."""
        named = [None if own is None else self.token(own) for own in entries(value, len(self.tokens))]
        found = {i: min(self.copies(k)) for i, k in enumerate(named) if k is not None}
        need(found and all(found.get(k) == k for k in found.values()))
        need(all(set(self.copies(i)) <= set(found) for i in found))
        return found

    @cached_property
    def several(self) -> bool:
        """Whether there are different tokens."""
        return any(x != self.tokens[0] for x in self.tokens)

    def multiple(self) -> Fraction:
        """Return a where V = a I."""
        size = range(len(self.V))
        need(all(self.V[a][b] == self.V[0][0] * (a == b) for a in size for b in size))
        return self.V[0][0]

    def end(self, scale: float) -> float:
        """Return a time at which the limits are all but reached."""
        return float(self.time) + LATER / scale


def eigenvector(matrix: np.ndarray, value: float) -> np.ndarray:
    found, vectors = np.linalg.eig(matrix)
    return vectors[:, np.argmin(np.abs(found - value))].real
