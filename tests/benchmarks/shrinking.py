"""How small counterexamples get beside the atlas.

    python -m tests.benchmarks.shrinking [SEEDS] [CELL...]

For every cell of the atlas of hypotheses in which a statement fails, so many (default 100) counterexamples
are shrunk, as a hunt for 8 tokens in dimension 4 finds them within 4 layers, seed by seed. Where such hunts
mostly find none, the example of the atlas itself is taken and disguised: in other coordinates, in one
dimension more, with tokens that play no part. CELL: such as limit-set-without-definite; else all.

Printed are how many end with as few hypotheses that fail, as regular an A, as few tokens and dimensions as
the atlas has, the other ends, and the seconds of processor time for one. Every result is verified.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from random import Random
from time import process_time

from flint import fmpq_mat

from exactdyn.certificates.envelope import certificate_text
from exactdyn.cli.words.atlas import read_atlas
from exactdyn.hunts.atlas import Cell, row_of
from exactdyn.hunts.effort import Effort, pursue
from exactdyn.hunts.examine import shrunk
from exactdyn.hunts.proof import counterexample
from exactdyn.hunts.request import Request
from exactdyn.hunts.shrinking.counterexample import Counterexample, Trial, failing
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import fraction_rows, rational_matrix
from proofs_checks import verify

ATLAS = Path("docs", "atlas", "atlas.json")
TOKENS, DIMENSION, LAYERS, SECONDS = 8, 4, 4, 30.0
LIMIT_LAYERS, LARGEST, MORE_TOKENS = 12, 2, 3
IN_HUNTS_RARE = {
    ("symmetric", "leader-vertex"),
    ("symmetric", "limit-set"),
    ("symmetric", "convergence"),
    ("symmetric", "attention-settles"),
    ("nonzero-tokens", "limit-set"),
    ("positive-definite", "convergence"),
    ("positive-definite", "attention-settles"),
}


@dataclass(frozen=True)
class Start:
    """A counterexample and the hunt that it belongs to."""

    request: Request
    found: Counterexample


def main(arguments: list[str]) -> None:
    """Print a line a cell."""
    count = int(arguments[0]) if arguments else 100
    for cell in read_atlas(json.loads(ATLAS.read_text())).cells:
        known = cell.counterexample
        if known is None or (arguments[1:] and cell.name not in arguments[1:]):
            continue
        goal = known.size[:4]
        sizes, seconds = Counter[tuple[int, ...]](), 0.0
        for start in _starts(cell, known, count):
            begun = process_time()
            small = shrunk(start.request, start.found)
            seconds += process_time() - begun
            verify(certificate_text(small.certificate))
            sizes[small.size[:4]] += 1
        reached = sum(times for size, times in sizes.items() if size <= goal)
        larger = ", ".join(f"{times} x {size}" for size, times in sorted(sizes.items()) if size > goal)
        total = sizes.total()
        print(
            f"{cell.name:48s}{goal[2]} tokens, d = {goal[3]}: {reached:3d} of {total:3d}, "
            f"{seconds / max(1, total):.2f} s each {larger}",
            flush=True,
        )


def _starts(cell: Cell, known: Counterexample, count: int) -> Iterator[Start]:
    row = row_of(cell)
    size = LAYERS if (row.name, cell.column) not in IN_HUNTS_RARE else LIMIT_LAYERS
    alpha = known.trial.alpha if known.trial.alpha == 0 else None
    request = Request(cell.column, row.kind, (), TOKENS, DIMENSION, size, alpha, dropped=row.freed)
    for seed in range(count):
        own = replace(request, seed=seed)
        if (row.name, cell.column) in IN_HUNTS_RARE:
            yield Start(own, disguised(known, seed))
        else:
            result = pursue(own, Effort(budget=SECONDS, workers=1)).counterexample
            if result is not None and result.began is not None:
                yield Start(own, counterexample(own, result.began))


def disguised(known: Counterexample, seed: int) -> Counterexample:
    """Return a counterexample with more tokens, in one dimension more and in other coordinates.

    Tokens Z become Z C with the rows of C independent, A becomes C^+ A (C^+)^T + P, C^+ the inverse of C on
    its rows and P the projection beside them: all scores are those of before, and A is as definite as it was.
    """
    rng, trial = Random(seed), known.trial
    dimension = len(trial.A)
    while True:
        more = tuple(_drawn(rng, dimension) for _ in range(rng.randint(0, MORE_TOKENS)))
        C = rational_matrix(tuple(_drawn(rng, dimension + 1) for _ in range(dimension)))
        if C.rank() < dimension:
            continue
        inverse = C.transpose() * (C * C.transpose()).inv()
        A = inverse * rational_matrix(trial.A) * inverse.transpose() + _beside(C)
        tokens = fraction_rows(rational_matrix((*trial.tokens, *more)) * C)
        found = failing(known.statement, Trial(fraction_rows(A), trial.around, tokens, LIMIT_LAYERS))
        if found is not None and found.violated <= known.violated:
            return found


def _beside(C: fmpq_mat) -> fmpq_mat:
    # The orthogonal projection to what all rows of C are orthogonal to.
    columns = C.ncols()
    identity = fmpq_mat(columns, columns, [int(i == j) for i in range(columns) for j in range(columns)])
    return identity - C.transpose() * (C * C.transpose()).inv() * C


def _drawn(rng: Random, count: int) -> Rows:
    return tuple(Fraction(rng.randint(-LARGEST, LARGEST)) for _ in range(count))


if __name__ == "__main__":
    main(sys.argv[1:])
