"""What exactness costs: ``python -m tests.benchmarks.kernel [--quick]``, from the root of the repository.

Every workload runs in this one process by the kernel and by its rivals in turn, conversion of the input
included; times are medians of processor time. Two things are asked for: the last state in floats with who
attended whom at every layer (of numpy a boolean matrix a layer, of the kernel its itinerary); and all
attention sets as sets. A rival that would take more than 60 seconds or 4 GB, by its operation count or by
what a fraction of the layers took, is skipped and marked. Exact kernels are compared set by set with the
first result. At the end the rows for docs/speed.md are printed.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections.abc import Callable

THREADS = os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the same for all, before numpy is loaded

from exactdyn.numbers.reading import from_floats  # noqa: E402
from exactdyn.systems.hardmax import Hardmax  # noqa: E402
from tests.benchmarks import rivals  # noqa: E402
from tests.benchmarks.workloads import Workload, workloads  # noqa: E402

SECONDS, BYTES = 60.0, 4e9
ENOUGH = 5.0
"""Seconds after which a rival is not run once more."""

PROBED = 2
"""Layers that a rival runs first, to see what all of them would take."""

Runner = Callable[..., object]

SHOWN = ("normal", "digits")
"""The workloads in docs/speed.md."""

HEAD = (
    "| n | d | K | A | exactdyn, last state and itinerary | numpy, last state and masks | ratio "
    "| exactdyn, sets | numpy, sets | ratio | plain exact (flint) | `Fraction` |",
    "|" + " --- |" * 12,
)

RIVALS: dict[str, tuple[Runner, float, bool]] = {
    # name: the loop, bytes per pair of tokens, whether it is exact
    "masks": (rivals.float_masks, 25.0, False),
    "numpy": (rivals.vectorised_floats, 25.0, False),
    "rows": (rivals.floats_token_by_token, 0.0, False),
    "plain": (rivals.plain_exact, 100.0, True),
    "Fraction": (rivals.plain_fractions, 0.0, True),
}
SECONDS_PER_PRODUCT = {"masks": 1e-10, "numpy": 1e-10, "rows": 1e-10, "plain": 2e-8, "Fraction": 2e-6}
"""A cautious guess from below: what is hopeless by it is not even tried."""


def timed(runner: Runner, load: Workload, layers: int) -> tuple[float, object]:
    start = time.process_time()
    found = runner(load.tokens, load.matrix, load.alpha, layers)
    return time.process_time() - start, found


def skipped(name: str, load: Workload) -> str | None:
    """Say why a rival does not take part, if it does not."""
    runner, bytes_per_pair, _ = RIVALS[name]
    n, d = load.shape
    if bytes_per_pair * n * n > BYTES:
        return "> 4 GB"
    if SECONDS_PER_PRODUCT[name] * n * n * d * PROBED > SECONDS:
        return "> 60 s"
    probe = min(PROBED, load.layers)
    seconds, _ = timed(runner, load, probe)
    return "> 60 s" if seconds / probe * load.layers > SECONDS else None


def compare(load: Workload, repeats: int) -> str:
    """Run one workload by everybody in turn, print its line and return its row for docs/speed.md."""
    reasons = {name: skipped(name, load) for name in RIVALS}
    taking_part = [name for name, reason in reasons.items() if reason is None]
    times: dict[str, list[float]] = {name: [] for name in ("ours", "state", *taking_part)}
    for _ in range(repeats):
        seconds, ours = timed(rivals.filtered, load, load.layers)
        times["ours"].append(seconds)
        times["state"].append(timed(rivals.filtered_masks, load, load.layers)[0])
        for name in taking_part:
            if sum(times[name]) > ENOUGH:
                continue
            seconds, theirs = timed(RIVALS[name][0], load, load.layers)
            times[name].append(seconds)
            if RIVALS[name][2] and theirs != ours:
                raise SystemExit(f"{load.name}: the kernel and {name} disagree")
    medians = {name: statistics.median(own) for name, own in times.items()}
    print(line(load, reasons, medians), flush=True)
    return markdown(load, reasons, medians)


def line(load: Workload, reasons: dict[str, str | None], medians: dict[str, float]) -> str:
    n, d = load.shape
    cells = [f"{load.name:9s}", f"{n:6d}", f"{d:3d}", f"{load.layers:5d}", f"{load.A:6s}"]
    cells += [f"{medians['state']:9.4f}", f"{medians['ours']:9.4f}"]
    for name, reason in reasons.items():
        cells.append(f"{reason:>9s}" if reason else f"{medians[name]:9.4f}")
    cells += [f"{ratio:>7s}" for ratio in ratios(medians)]
    return "  ".join([*cells, *what_it_took(load)])


def ratios(medians: dict[str, float]) -> list[str]:
    """Return kernel / numpy for states and masks, and for sets."""
    pairs = (("state", "masks"), ("ours", "numpy"))
    return [f"{medians[own] / medians[rival]:.2g}" if rival in medians else "" for own, rival in pairs]


def markdown(load: Workload, reasons: dict[str, str | None], medians: dict[str, float]) -> str:
    """Return the row of the table in docs/speed.md."""
    n, d = load.shape
    seconds = {name: reasons.get(name) or f"{medians[name]:.2g}" for name in ("state", "ours", *reasons)}
    first, second = ratios(medians)
    name = f"{n:,}" if load.name == "normal" else f"{n:,} ({load.name})"
    cells = [name, str(d), f"{load.layers:,}", load.A, seconds["state"], seconds["masks"], first]
    cells += [seconds["ours"], seconds["numpy"], second, seconds["plain"], seconds["Fraction"]]
    return f"| {' | '.join(cells)} |"


def what_it_took(load: Workload) -> list[str]:
    """Return the share of rows the filter settled, layers until all is locked, largest bit length, memory."""
    matrix = None if load.matrix is None else from_floats(load.matrix)
    run = Hardmax(matrix, load.alpha).run(rivals.as_exact(load.tokens), load.layers - 1)
    work, recorded = run.recording.work, len(run.itinerary.layers)
    share = 1 - work.settled_exactly / work.rows
    last = run.state(load.layers - 1).points
    bits = max(x.bit_length() for numerators, denominator in last for x in (*numerators, denominator))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    locked = str(recorded) if recorded < load.layers else "-"
    return [f"{share:8.4%}", f"{locked:>6s}", f"{bits:7d}", f"{peak:6d}"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three rounds, and no 100000 tokens")
    parser.add_argument("--only", help="workloads of this name")
    chosen = parser.parse_args()
    print(f"seconds, medians; OPENBLAS_NUM_THREADS={THREADS}; ratio = kernel / numpy")
    head = ["tokens   ", "     n", "  d", "    K", "A     ", "    state", "     sets"]
    head += [f"{name:>9s}" for name in RIVALS]
    print("  ".join([*head, "  ratio", "  ratio", "filtered", "locked", "   bits", "MB"]))
    rows = []
    for load in workloads():
        if chosen.only not in (None, load.name) or (chosen.quick and len(load.tokens) > 10_000):
            continue
        rows.append((load.name, compare(load, 3 if chosen.quick else 5)))
    print(
        "\nThe rows for docs/speed.md:\n" + "\n".join([*HEAD, *(row for name, row in rows if name in SHOWN)])
    )


if __name__ == "__main__":
    main()
