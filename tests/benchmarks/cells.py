"""How many cells all alpha fall into, how many are closed for ever, at what cost for prover and checker.

    python -m tests.benchmarks.cells                        the table of docs/cells.md
    python -m tests.benchmarks.cells random [SYSTEMS]       random systems, alpha >= 1/19

Every certificate has to be accepted by the checker.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from random import Random
from time import process_time

from exactdyn import Hardmax, InputError, ParameterCells, cells, load_example
from exactdyn.documents import example_names
from exactdyn.parameters.certificate import parameter_certificate
from proofs_checks import verify

LAYERS = {"sixty": 8}
"""Looked at for these; for all others as many as the command does."""


def main(arguments: list[str]) -> None:
    """Print a table."""
    if arguments[:1] == ["random"]:
        _random(int(arguments[1]) if len(arguments) > 1 else 24)
        return
    print(
        "| example | alpha | cells | closed | prover, s | checker, s |\n| --- | --- | --- | --- | --- | --- |"
    )
    for name in example_names():
        row = _row(name)
        if row is not None:
            print(f"| `{name}` | {row} |", flush=True)


def _row(name: str) -> str | None:
    """Return a row of the table; None for an example that is no system of the paper in rational numbers."""
    example = load_example(name)
    if example.hardmax is None:
        return None
    started = process_time()
    try:
        found = cells(example, layers=LAYERS[name]) if name in LAYERS else cells(example)
    except InputError:
        return None
    proved, checked = process_time() - started, _checked(found)
    closed = sum(cell.closed for cell in found.cells)
    return f"{_decided(found)} | {len(found.cells)} | {closed} | {proved:.2f} | {checked:.2f}"


def _decided(found: ParameterCells) -> str:
    """Say from where on alpha is decided."""
    if found.complete:
        return "all"
    open_cells = [cell for cell in found.cells if not cell.closed]
    return "open" if open_cells[-1].high.infinite else f"from {open_cells[-1].high.decimal(4)} on"


def _checked(found: ParameterCells) -> float:
    """Return how long the checker takes."""
    text = parameter_certificate(found)
    started = process_time()
    verify(text, patient=True)
    return process_time() - started


def _random(systems: int) -> None:
    print(
        "| A | n | closed for alpha >= 1/19 | prover, s | the slowest, s | checker, s |\n"
        + "| --- " * 6
        + "|"
    )
    for kind in ("identity", "definite", "lattice"):
        for count in (8, 12, 20):
            proved, checked, complete = [], 0.0, 0
            for seed in range(systems):
                A, tokens = _system(kind, count, Random(f"{kind} {count} {seed}"))
                started = process_time()
                found = cells(Hardmax(A), tokens=tokens, low="1/19", layers=80)
                proved.append(process_time() - started)
                checked += _checked(found)
                complete += found.complete
            times = f"{sum(proved):.2f} | {max(proved):.2f} | {checked:.2f}"
            print(f"| {kind} | {count} | {complete} of {systems} | {times} |", flush=True)


def _system(kind: str, count: int, random: Random) -> tuple[list[list[int]], list[list[Fraction]]]:
    """Return A = I or A = B^T B + I, and tokens in the plane: hundredths, or points of a lattice."""
    size, unit = (2, 1) if kind == "lattice" else (100, 100)
    tokens = [[Fraction(random.randint(-size, size), unit) for _ in range(2)] for _ in range(count)]
    B = [[random.randint(-3, 3) for _ in range(2)] for _ in range(2)]
    form = [[sum(B[k][i] * B[k][j] for k in range(2)) + (i == j) for j in range(2)] for i in range(2)]
    return (form if kind == "definite" else [[1, 0], [0, 1]]), tokens


if __name__ == "__main__":
    main(sys.argv[1:])
