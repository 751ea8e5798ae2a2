"""Fingerprints of the tokens of a run: tokens at one point have one, so different ones are different points.

A fingerprint is a fixed linear combination of the coordinates, modulo two primes. A step is linear once it is
known who attends whom, so fingerprints take it as tokens do, one number a token and no exact state. Equal
fingerprints prove nothing: whoever finds two asks the exact states.

Source: R. Freivalds, Fast probabilistic algorithms, Mathematical Foundations of Computer Science (1979), for
the idea; here only what is certain is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from exactdyn.kernel.exact.itinerary import LayerRecord
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.numbers.points import Points

PRIMES = (2_147_483_647, 2_147_483_629)
"""Products of two remainders fit into 64 bits, and so do two remainders side by side."""

_SEED = 20_240_701


def fingerprints(states: ExactStates, layers: int) -> Iterator[np.ndarray] | None:
    """Return the fingerprints of the layers 0..``layers``, n integers each.

    None where a prime divides a denominator, so that there are none.

    >>> from exactdyn.kernel.exact.start import Source
    >>> from exactdyn.kernel.recorder import record
    >>> run = record(((Fraction(-1),),), Fraction(1, 2), Source([[1], [-1], [3]]), 1)
    >>> [len(set(own.tolist())) for own in fingerprints(run.states, 1)]  # then two meet
    [3, 2]
    """
    if any(states.sizes.at(k).denominator % prime == 0 for k in range(layers) for prime in PRIMES):
        return None
    points = states.source.points
    first = [found for prime in PRIMES if (found := _first(points, prime)) is not None]
    return _followed(states, first, layers) if len(first) == len(PRIMES) else None


def _followed(states: ExactStates, own: list[np.ndarray], layers: int) -> Iterator[np.ndarray]:
    yield _joined(own)
    for layer in range(layers):
        record, tau = states.itinerary.layer(layer), states.sizes.at(layer)
        own = [_stepped(one, record, tau, prime) for one, prime in zip(own, PRIMES, strict=True)]
        yield _joined(own)


def _joined(own: list[np.ndarray]) -> np.ndarray:
    joined: np.ndarray = (own[0] << 31) | own[1]
    return joined


def _first(points: Points, prime: int) -> np.ndarray | None:
    # One linear combination of the coordinates, modulo the prime; None where it divides a denominator.
    weights = np.random.default_rng(_SEED).integers(1, prime, points.dimension).tolist()
    inverses: dict[int, int] = {}
    found = []
    for row, denominator in points.points:
        below = int(denominator % prime)
        if below == 0:
            return None
        if below not in inverses:
            inverses[below] = pow(below, -1, prime)
        total = sum([weight * int(x % prime) for weight, x in zip(weights, row, strict=True)])
        found.append(total * inverses[below] % prime)
    return np.array(found, dtype=np.int64)


def _stepped(own: np.ndarray, record: LayerRecord, tau: Fraction, prime: int) -> np.ndarray:
    # Who attends whom is known, so the step is affine and acts on combinations of coordinates as on tokens.
    attended = own[record.targets]
    means: dict[int, int] = {}
    for token, tie in record.ties.items():
        if id(tie) not in means:
            total = sum(weight * int(own[j]) for j, weight in zip(tie.points, tie.weights, strict=True))
            means[id(tie)] = total * pow(sum(tie.weights), -1, prime) % prime
        attended[token] = means[id(tie)]
    step = tau.numerator * pow(tau.denominator, -1, prime) % prime
    moved: np.ndarray = (own + (attended - own) % prime * step) % prime
    representative = record.partition.representative
    return moved if representative is None else moved[representative]
