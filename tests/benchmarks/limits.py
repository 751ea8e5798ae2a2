"""How many limits of random systems are proved, at which layer, at what cost, and whether they are true.

    python -m tests.benchmarks.limits [SYSTEMS]

SYSTEMS (default 2000) random systems with A symmetric positive definite are decided, and as many with any A.
The checker has to accept each certificate. Each proved limit is compared with an exact run of 200 more
layers: its states and graphs have to be those foretold, and with three nodes (rates 1 and 1 - tau alone) each
token's way to its limit has to be (1 - tau)^200 times what it was.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from time import process_time

from exactdyn import Hardmax, Limit, check, limit
from exactdyn.certificates.envelope import certificate_text
from proofs_checks import verify
from tests.judges.reference import System
from tests.random_systems import definite_system, general_system

BEYOND = 200


@dataclass
class Tally:
    """What was counted over many systems."""

    statuses: Counter[str] = field(default_factory=Counter)
    layers: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    deciding: float = 0.0
    running: float = 0.0
    verifying: float = 0.0


def main(arguments: list[str]) -> None:
    """Decide the systems and print what came out."""
    count = int(arguments[0]) if arguments else 2000
    for name, make in (("symmetric positive definite A", definite_system), ("any A", general_system)):
        print_tally(name, survey(make, count))


def survey(make: Callable[[int], System], count: int) -> Tally:
    """Decide so many systems; raises AssertionError if a proved limit is not true."""
    tally = Tally()
    for seed in range(count):
        system = make(seed)
        hardmax = Hardmax(system.A, system.alpha)
        started = process_time()
        found = limit(hardmax.run(system.tokens, 0))
        decided = process_time()
        run = hardmax.run(system.tokens, found.layer)
        tally.deciding += decided - started
        tally.running += process_time() - decided
        result = check(run)
        started = process_time()
        verify(certificate_text(result.certificate))
        tally.verifying += process_time() - started
        _count(tally, found)
        for name in ("convergence", "leader-vertex", "limit-set"):
            verdict = result.statements[name]
            tally.verdicts[f"{name} {verdict.outcome}"] += 1
            if verdict.reason:
                tally.reasons[f"{name}: {verdict.reason}"] += 1
        if found.lock is not None:
            require_true(found, hardmax, system)
    return tally


def require_true(found: Limit, hardmax: Hardmax, system: System) -> None:
    """Compare a proved limit with the exact run 200 layers later; raises AssertionError if it is not true."""
    last = found.layer + BEYOND
    run = hardmax.run(system.tokens, last)
    assert found.tokens(last) == tuple(map(tuple, run.tokens(last)))
    assert found.period is not None
    for layer in range(found.layer, last + 1 - found.period):
        assert run.attention(layer) == run.attention(layer + found.period)
    if found.status != "proved" or not one_rate(found, hardmax):
        return
    rate = (1 - hardmax.tau) ** (2 * BEYOND)
    for token in range(len(system.tokens)):
        before = squared_distance(found, token, found.layer)
        assert squared_distance(found, token, last) == rate * before


def squared_distance(found: Limit, token: int, layer: int) -> Fraction:
    """The square of the Euclidean distance of a token at a layer to its limit."""
    place = found.limits[token] if found.limits else None
    if place is None:
        raise AssertionError(f"token {token} has no limit")
    here = found.tokens(layer)[token]
    return sum(((x - y) ** 2 for x, y in zip(here, place, strict=True)), Fraction(0))


def one_rate(found: Limit, hardmax: Hardmax) -> bool:
    """Whether a period of one layer shrinks every token's way to its limit by 1 - tau."""
    keep = 1 - hardmax.tau
    return found.lock is not None and found.lock.period == 1 and found.lock.nodes == (keep**2, keep, 1)


def print_tally(name: str, tally: Tally) -> None:
    """Print shares, the histogram of layers, what is undecided and why, and the cost."""
    total = tally.statuses.total()
    print(f"{name}: {total} systems")
    for status, number in tally.statuses.most_common():
        print(f"  {status}: {number} ({100 * number / total:.2f} %)")
    print("  decided at layer:", ", ".join(f"{layer}: {n}" for layer, n in sorted(tally.layers.items())))
    for verdict, number in sorted(tally.verdicts.items()):
        print(f"  {verdict}: {number}")
    for reason, number in tally.reasons.most_common():
        print(f"  undecided, {number} times: {reason}")
    more = (tally.deciding - tally.running) / tally.running
    print(
        f"  {tally.running:.2f} s running to the layers of decision, {tally.deciding:.2f} s with the proof "
        f"({more:.2f} times more), {tally.verifying:.2f} s in the checker"
    )


def _count(tally: Tally, found: Limit) -> None:
    tally.statuses[f"{found.status}, itinerary {found.itinerary}"] += 1
    if found.lock is not None:
        tally.layers[found.layer] += 1


if __name__ == "__main__":
    main(sys.argv[1:])
