"""What softmax conclusions cost: proving them, and checking the certificates again.

    python -m tests.benchmarks.softmax [--all] [--beside FOLDER]
    python -m tests.benchmarks.softmax --late T

Seeded random tokens, V = Q = K = I but for the good triple; of "enclosure" uniform in [-5, 5]^d, to time 1/2
without any conclusion. Printed are the time T from which on the conclusion holds, how many tokens it settles,
and the seconds of processor time for proof and check, if need be a patient one. Without --all only systems of
at most ten tokens. --beside: each system is measured in another copy of the package, too, right after this
one. What takes more than SECONDS of processor time is stopped. With --late the examples LATE are enclosed up
to time T: printed are, for each precision and unit of time, the steps, how many bits growth has taken so far,
and the seconds.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
from collections.abc import Iterator
from fractions import Fraction
from math import log2
from pathlib import Path
from subprocess import run
from time import process_time

from exactdyn.documents import load_example
from exactdyn.softmax import Flow, Softmax, certificate_data, certificate_text, flow, prove
from exactdyn.softmax.for_ever.statement import Conclusion
from proofs_checks import TooMuchWorkError, verify
from tests.softmax_systems import SHEAR, tokens

SECONDS = 300
LATEST = Fraction(12)
SYSTEMS = [
    ("attention-limit", 3, 1, 1),
    ("attention-limit", 10, 1, 1),
    ("attention-limit", 20, 1, 1),
    ("attention-limit", 40, 1, 1),
    ("attention-limit", 100, 1, 1),
    ("clusters", 10, 2, 1),
    ("clusters", 10, 3, 1),
    ("clusters", 20, 2, 1),
    ("clusters", 20, 3, 1),
    ("hyperplanes", 10, 2, 1),
    ("hyperplanes", 10, 2, 2),
    ("enclosure", 20, 2, 1),
    ("enclosure", 40, 8, 1),
]


LATE = ("softmax-hyperplanes", "softmax-turning")


def main(arguments: list[str]) -> None:
    """Prove, check and print one line a system."""
    if arguments[:1] == ["--late"]:
        for name in LATE:
            print(name)
            for line in units(name, Fraction(arguments[1])):
                print(line, flush=True)
        return
    if arguments[:1] == ["--one"]:
        name, *numbers = arguments[1:]
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        for known in measured(name, *map(int, numbers)):
            print(known, end=" ", flush=True)
        print()
        return
    here = Path(__file__).parents[2]
    folders = [here] + [Path(folder) for folder in arguments[arguments.index("--beside") + 1 :][:1]] * (
        "--beside" in arguments
    )
    for name, *numbers in SYSTEMS:
        if numbers[0] <= 10 or "--all" in arguments:
            for folder in folders:
                given = [sys.executable, __file__, "--one", name, *map(str, numbers)]
                environment = os.environ | {"PYTHONPATH": str(folder)}
                print(f"{folder.name:20}", end=" ", flush=True)
                done = run(given, env=environment, cwd=folder, check=False)
                if done.returncode == -signal.SIGXCPU:
                    print(f"stopped after {SECONDS} s")


def units(name: str, until: Fraction) -> Iterator[str]:
    """Yield a line for each precision and unit of time that an enclosure takes."""
    lines: list[str] = []
    bits = unit = steps = 0
    started = process_time()

    def told(reached: Flow) -> bool:
        nonlocal bits, unit, steps, started
        if reached.bits != bits:
            bits, unit, steps = reached.bits, 0, 0
        if reached.time >= unit + 1 or reached.time == until:
            lost = bits + log2(reached.pieces[-1].after)
            seconds, unit = process_time() - started, int(reached.time)
            lines.append(
                f"  {bits} bits, order {bits // 3}, to time {float(reached.time):.2f}: "
                f"{reached.steps - steps} steps, {lost:.0f} bits lost so far, {seconds:.1f} s"
            )
            steps, started = reached.steps, process_time()
        return False

    example = load_example(name)
    flow(example.soft_attention, example.tokens, until, progress=told)
    yield from lines


def enclosed(count: int, dimension: int, seed: int) -> str:
    """Return a line about an enclosure alone, of tokens as far apart as in the paper's notebooks."""
    generator = random.Random(seed)
    start = [[Fraction(generator.randint(-5120, 5120), 1024) for _ in range(dimension)] for _ in range(count)]
    started = process_time()
    reached = flow(Softmax(), start, Fraction(1, 2))
    seconds, radius = process_time() - started, float(reached.enclosure(reached.time).radius)
    return (
        f"to T = {float(reached.time):.4g} within {radius:.1g}, "
        f"{reached.bits} bits, {len(reached.pieces)} steps, {seconds:.1f} s"
    )


def measured(name: str, count: int, dimension: int, seed: int) -> Iterator[str]:
    """Yield what is known of a system, bit by bit; raises if the checker does not accept the certificate."""
    yield f"{name:16} n = {count:2}, d = {dimension}:"
    if name == "enclosure":
        yield enclosed(count, dimension, seed)
        return
    system = Softmax(SHEAR if name == "hyperplanes" else None)
    started = process_time()
    proof = prove(system, tokens(count, dimension, seed), LATEST)
    seconds = process_time() - started
    conclusion = proof.statements[name]
    yield (
        f"{len(conclusion.settled)} tokens settled from T = {float(proof.flow.time):.4g} on"
        f"{figure(name, conclusion)}, {proof.flow.bits} bits, proved in {seconds:.1f} s,"
    )
    text = certificate_text(certificate_data(proof))
    yield f"{len(text)} characters,"
    started = process_time()
    try:
        verify(text)
    except TooMuchWorkError as error:
        yield f"{error},"
        started = process_time()
        verify(text, patient=True)
    yield f"checked in {process_time() - started:.1f} s"


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
