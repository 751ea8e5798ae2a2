"""What checking takes with each kernel: ``python -m tests.benchmarks.kernels NAME...``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time

from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents import load_example
from exactdyn.statements.theorem import check
from tests.both_kernels import verified, written


def seconds(kernel: Callable[[str], str], text: str) -> float:
    """The least of three."""
    times = []
    for _ in range(3):
        start = process_time()
        kernel(text)
        times.append(process_time() - start)
    return min(times)


def main(names: list[str]) -> None:
    print("| example | hand-written | verified | ratio |", "| --- | --- | --- | --- |", sep="\n")
    for name in names:
        text = certificate_text(check(load_example(name).run()).certificate)
        first, second = seconds(written, text), seconds(verified, text)
        print(f"| `{name}` | {first:.3g} | {second:.3g} | {second / first:.2g} |")


if __name__ == "__main__":
    main(sys.argv[1:] or ["emerging-leader", "three-dimensions", "sixty"])
