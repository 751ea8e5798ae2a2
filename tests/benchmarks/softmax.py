"""What softmax conclusions cost: proving them, and checking the certificates again.

    python -m tests.benchmarks.softmax [--all]

Seeded random tokens, V = Q = K = I but for the good triple. Printed are the time T from which on the
conclusion holds, how many tokens it settles, and the seconds of processor time for proof and check. Without
--all only systems of at most ten tokens.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from time import process_time

from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from exactdyn.softmax.for_ever.statement import Conclusion
from proofs_checks import verify
from tests.softmax_systems import SHEAR, tokens

LATEST = Fraction(12)
SYSTEMS = [
    ("attention-limit", 3, 1, 1),
    ("attention-limit", 10, 1, 1),
    ("attention-limit", 20, 1, 1),
    ("attention-limit", 40, 1, 1),
    ("clusters", 10, 2, 1),
    ("clusters", 10, 3, 1),
    ("clusters", 20, 2, 1),
    ("clusters", 20, 3, 1),
    ("hyperplanes", 10, 2, 1),
    ("hyperplanes", 10, 2, 2),
]


def main(arguments: list[str]) -> None:
    """Prove, check and print one line a system."""
    for name, count, dimension, seed in SYSTEMS:
        if count <= 10 or "--all" in arguments:
            print(measure(name, count, dimension, seed), flush=True)


def measure(name: str, count: int, dimension: int, seed: int) -> str:
    """Return a line about one system; raises if the checker does not accept the certificate."""
    system = Softmax(SHEAR if name == "hyperplanes" else None)
    started = process_time()
    proof = prove(system, tokens(count, dimension, seed), LATEST)
    proved = process_time()
    text = certificate_text(certificate_data(proof))
    writing = process_time()
    verify(text)
    checked = process_time()
    conclusion = proof.statements[name]
    return (
        f"{name:16} n = {count:2}, d = {dimension}: {len(conclusion.settled)} tokens settled from "
        f"T = {float(proof.flow.time):.4g} on{figure(name, conclusion)}, {proof.flow.bits} bits, "
        f"proved in {proved - started:.1f} s, checked in {checked - writing:.1f} s, {len(text)} characters"
    )


def figure(name: str, conclusion: Conclusion) -> str:
    """Return the number that a reader of the paper asks for."""
    evidence, details = conclusion.evidence or {}, conclusion.details
    if name == "attention-limit":
        within, since = (float(evidence[name]) for name in ("within", "from"))
        return f", rank {details['rank']}, every entry within {within:g} of its limit from {since:.4g} on"
    if name == "clusters":
        leaders = len(details["vertices"])
        return f", {leaders} leaders that still move by at most {details['displacement']}"
    return f", {len(details['groups'])} hyperplanes"


if __name__ == "__main__":
    main(sys.argv[1:])
