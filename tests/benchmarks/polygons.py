"""Regular polygons with A the rotation by pi/n: their ties proved for ever, checked, and lost by floats.

    python -m tests.benchmarks.polygons [LAYERS] [N...]

For every n (3 to 12 unless it is said) alpha = 1 and the tokens are the vertices of the regular n-gon. At
every layer each vertex attends itself and the next one, tied. Printed are the degree of the field, the ties
of layers 0..LAYERS (30), the processor seconds to run, to prove the itinerary for ever and to write the
certificate, those of ``python3 -I proofs_checks FILE`` from start to end, and beside them the same run in
float64: its first layer with a wrong attention set, and how many of all sets are wrong.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import process_time

import proofs_checks
from exactdyn import Hardmax, Run, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.floats.comparison import run_in_floats
from exactdyn.statements.theorem import limit_certificate
from tests.polygons import polygon, rotation

LAYERS = 30
CHECKER = Path(proofs_checks.__file__).parent


@dataclass(frozen=True)
class Row:
    """What is found of one polygon."""

    n: int
    degree: int
    layers: int
    ties: int
    proving: float
    checking: float
    first_wrong: int | None
    wrong: int

    def __str__(self) -> str:
        wrong = f"{self.wrong} of {self.n * (self.layers + 1)}"
        first = "none" if self.first_wrong is None else str(self.first_wrong)
        return (
            f"{self.n:>3} {self.degree:>7} {self.layers:>7} {self.ties:>6} {self.proving:>10.3f} "
            f"{self.checking:>9.2f} {first:>12} {wrong:>12}"
        )


def measured(n: int, layers: int) -> Row:
    """Prove one polygon's itinerary and have it checked; raises AssertionError if that does not come out."""
    started = process_time()
    run = Hardmax(rotation(n), alpha=1).run(polygon(n), layers)
    found = limit(run)
    data = limit_certificate(run, found)
    assert data is not None
    text = certificate_text(data)
    proving = process_time() - started
    assert found.itinerary == "constant" and found.limits == ((0, 0),) * n
    claims = {claim["claim"]: claim["verdict"] for claim in data["claims"]}  # type: ignore[attr-defined]
    assert claims["attention-settles"] == claims["convergence"] == "holds"
    wrong = wrong_sets(run)
    first = next((layer for layer, count in enumerate(wrong) if count), None)
    ties = sum(len(attended) > 1 for layer in range(layers + 1) for attended in run.attention(layer))
    return Row(n, run.start.domain.degree, layers, ties, proving, checked(text), first, sum(wrong))


def checked(text: str) -> float:
    """Have a certificate checked by a process of its own, with nothing but the standard library."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "polygon.json"
        file.write_text(text, encoding="utf-8")
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(["python3", "-I", CHECKER, file], check=True, capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wrong_sets(run: Run) -> list[int]:
    """How many attention sets of each layer are wrong in float64."""
    counts = []
    for layer, floats in enumerate(run_in_floats(run, "float64")):
        pairs = zip(floats.heads[0].sets(), run.attention(layer), strict=True)
        counts.append(sum(own != right for own, right in pairs))
    return counts


def main(arguments: list[str]) -> None:
    """Print a table, one polygon a line."""
    layers = int(arguments[0]) if arguments else LAYERS
    print("  n  degree  layers   ties  s proving  s checked  first wrong   wrong sets")
    for n in map(int, arguments[1:]) if len(arguments) > 1 else range(3, 13):
        print(measured(n, layers), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
