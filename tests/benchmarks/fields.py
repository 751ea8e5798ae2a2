"""What a field costs: ``python -m tests.benchmarks.fields [--rounds N]``, from the root of the repository.

The same kernel, the plain one, runs over the rationals and over fields of degree 2 to 10 in this one
process, in turn; times are medians of processor time, and ratios those of a field to the rationals at the
same size. Over the rationals it runs as it does for systems with masks or several heads, where floats decide
what they can, and also all exactly: a field is compared with the faster of the two. A coordinate is a number
with as many random coefficients as the degree; about half the tokens have a mirror image, so that a part of
the ties is exact. Asked for are all states and attention sets of 30 layers.

Then two more. Regular polygons with a rotation by half the angle of a side, all of whose attention sets are
ties that no float decides, beside as many random tokens over the rationals. And rational documents whose
numbers are written with roots of squares, "sqrt(4)/2*(1/3)", beside the same documents written plainly.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

THREADS = os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the same for all, before numpy is loaded

from exactdyn import load_example  # noqa: E402
from exactdyn.documents import example_document  # noqa: E402
from exactdyn.documents.example import read_document  # noqa: E402
from exactdyn.layer.attention import AttentionSets  # noqa: E402
from exactdyn.layer.head import LayerHead  # noqa: E402
from exactdyn.layer.step import Step  # noqa: E402
from exactdyn.numbers.fields.joining import number  # noqa: E402
from exactdyn.numbers.points import Points  # noqa: E402
from exactdyn.numbers.rationals import RATIONALS  # noqa: E402
from exactdyn.numbers.reading import Rows  # noqa: E402
from exactdyn.systems.plain import record_plainly  # noqa: E402

GENERATORS = {2: "sqrt(2)", 4: "cos(pi/10)", 6: "cos(pi/14)", 10: "cos(pi/22)"}
"""Numbers by degree: the last three span the fields of regular pentagons, heptagons and 11-gons."""

TOKENS, LAYERS, TAU = (8, 16, 32, 64), 30, Fraction(1, 3)

MATRICES = {"I": ((1, 0), (0, 1)), "-I": ((-1, 0), (0, -1)), "general": ((3, -2), (5, 1))}

Runner = Callable[[], object]


def medians(runners: Mapping[Any, Runner], rounds: int) -> dict[Any, float]:
    """Return the median processor time of each, run in turn."""
    times: dict[Any, list[float]] = {name: [] for name in runners}
    for _ in range(rounds):
        for name, runner in runners.items():
            start = time.process_time()
            runner()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(own) for name, own in times.items()}


def drawn(rng: random.Random, degree: int) -> Any:
    """Return a number with random coefficients."""
    coefficients = [Fraction(rng.randint(-30, 30), rng.choice([1, 7, 12])) for _ in range(degree)]
    if degree == 1:
        return coefficients[0]
    generator, total = number(GENERATORS[degree], "generator"), Fraction(0)
    for coefficient in coefficients:
        total = total * generator + coefficient
    return total


def tokens(count: int, degree: int) -> Points:
    """Return random tokens in the plane, about half of them with a mirror image."""
    rng = random.Random(10 * count + degree)
    rows: list[tuple[Any, ...]] = []
    while len(rows) < count:
        x, y = drawn(rng, degree), drawn(rng, degree)
        rows += [(x, y), (-x, y)] if rng.random() < 0.5 else [(x, y)]
    domain = RATIONALS if degree == 1 else number(GENERATORS[degree], "generator").domain
    return Points.of_numbers(tuple(rows[:count]), domain)


def matrix(name: str, degree: int) -> Rows:
    """Return a matrix of scores by its name; "irrational" has an entry of the field, 3/2 among rationals."""
    if name != "irrational":
        return tuple(tuple(map(Fraction, row)) for row in MATRICES[name])
    entry = Fraction(3, 2) if degree == 1 else number(GENERATORS[degree], "generator")
    return ((Fraction(1), entry), (-entry, Fraction(2)))


def run(A: Rows, start: Points) -> tuple[Points, AttentionSets]:
    """Run the plain kernel; return what it ends with."""
    head, step, state = LayerHead(A), Step(TAU), start
    sets = head.attention(state)
    for _ in range(LAYERS):
        state = step.moved(state, sets)
        sets = head.attention(state)
    return state, sets


def recorded(A: Rows, start: Points) -> object:
    """Run the plain kernel as a run of a system does."""
    head, step = LayerHead(A), Step(TAU)
    return record_plainly(lambda k: (head,), lambda k: step, start, LAYERS)


def against_rationals(
    rational: tuple[Rows, Points], fields: Mapping[Any, tuple[Rows, Points]], rounds: int
) -> tuple[float, dict[Any, float]]:
    """Return the seconds that the faster way takes over the rationals, and those of the fields."""
    runners: dict[Any, Runner] = {name: lambda own=own: recorded(*own) for name, own in fields.items()}
    ways = {run: lambda: run(*rational), recorded: lambda: recorded(*rational)}
    found = medians(runners | ways, rounds)
    return min(found.pop(way) for way in ways), found


def compare_degrees(rounds: int) -> None:
    """Print the table: milliseconds a layer over the rationals, and by how much fields are slower."""
    print("| A | n | rationals, ms a layer | " + " | ".join(f"degree {d}" for d in GENERATORS) + " |")
    print("| --- " * (3 + len(GENERATORS)) + "|")
    for name in (*MATRICES, "irrational"):
        for count in TOKENS:
            given = {d: (matrix(name, d), tokens(count, d)) for d in (1, *GENERATORS)}
            least, found = against_rationals(given.pop(1), given, rounds)
            ratios = " | ".join(f"{own / least:.1f}" for own in found.values())
            print(f"| {name} | {count} | {1000 * least / (LAYERS + 1):.2g} | {ratios} |", flush=True)


def compare_polygons(rounds: int) -> None:
    """Print what regular polygons cost, and by how much more than the rationals at the same size."""
    print("\nregular polygons, all sets ties: ms a layer, ratio to random tokens over the rationals")
    for count in (3, 5, 6, 7, 9, 11, 14, 18):
        turn = [[f"cos(pi/{count})", f"-sin(pi/{count})"], [f"sin(pi/{count})", f"cos(pi/{count})"]]
        corners = [[f"{f}(2*pi*{k}/{count})" for f in ("cos", "sin")] for k in range(count)]
        example = read_document({"tokens": corners, "A": turn, "alpha": "1/2"}, "polygon")
        polygon = example.system.matrix(2), example.run(0).start
        rational = matrix("general", 1), tokens(count, 1)
        least, found = against_rationals(rational, {"polygon": polygon}, rounds)
        degree, ratio = example.system.domain.degree, found["polygon"] / least
        print(
            f"n = {count:2d}, degree {degree:2d}  {1000 * found['polygon'] / (LAYERS + 1):.2f}  {ratio:.1f}"
        )


def with_roots(value: object) -> object:
    """Return numbers as expressions with roots of squares."""
    if isinstance(value, list):
        return [with_roots(own) for own in value]
    return f"sqrt(4)/2*({value})"


def compare_roots_of_squares(rounds: int) -> None:
    """Print what rational examples cost whose numbers are written with roots: to read, and to run."""
    print("\nseconds                 written plainly        with sqrt(4)/2*(...)    ratio")
    print("                         read       run           read       run      of runs")
    for name in ("emerging-leader", "three-dimensions", "sixty"):
        plain = example_document(load_example(name))
        roots = plain | {field: with_roots(plain[field]) for field in ("tokens", "A") if field in plain}
        documents = {"plain": plain, "roots": roots}
        examples = {way: read_document(own, name) for way, own in documents.items()}
        if examples["roots"] != examples["plain"]:
            raise SystemExit(f"{name}: the documents differ")
        reading = medians(
            {way: lambda own=own, name=name: read_document(own, name) for way, own in documents.items()},
            rounds,
        )
        running = medians(
            {way: lambda own=own: own.run().floats(30) for way, own in examples.items()}, rounds
        )
        cells = [f"{times[way]:10.4f}" for way in documents for times in (reading, running)]
        ratio = running["roots"] / running["plain"]
        print(f"{name:18s} {''.join(cells[:2])}     {''.join(cells[2:])}   {ratio:.2f}")


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    print(f"medians of {chosen.rounds}; OPENBLAS_NUM_THREADS={THREADS}")
    compare_degrees(chosen.rounds)
    compare_polygons(chosen.rounds)
    compare_roots_of_squares(3 * chosen.rounds)


if __name__ == "__main__":
    main()
