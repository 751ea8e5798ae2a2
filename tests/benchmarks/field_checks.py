"""What the checker's runs over number fields cost: ``python -m tests.benchmarks.field_checks``.

Tokens a + b theta in d = 2 with small rational a and b, A of such numbers, alpha = 1/2, 30 layers; seconds of
processor time for ``leaders-persist`` on these layers, whose states and sets the checker computes.
"""

from __future__ import annotations

import time
from random import Random

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks import verify
from proofs_checks.format.claims import computed_layers

LAYERS = 30
ROOTS = {1: "1", 2: "sqrt(2)", 4: "2^(1/4)", 6: "cos(pi/7)", 10: "cos(pi/11)"}
"""By the degree of the field."""


def made(root: str, count: int) -> Run:
    """Return a run of so many tokens."""
    random = Random(count)

    def number() -> str:
        a, b = (f"{random.randint(-9, 9)}/{random.randint(1, 4)}" for _ in range(2))
        return f"{a}+({b})*{root}"

    matrix = [["2", f"{root}/3"], [f"-{root}", "3"]]
    return Hardmax(matrix, "1/2").run([[number(), number()] for _ in range(count)], LAYERS)


def main() -> None:
    """Print a line for each degree and number of tokens."""
    for degree, root in ROOTS.items():
        for count in (8, 16, 32, 64):
            run = made(root, count)
            verdict = Verdict("holds", scope=computed_layers(LAYERS))
            text = certificate_text(certificate_data(run, {"leaders-persist": verdict}))
            begun = time.process_time()
            verify(text, patient=True)
            taken = time.process_time() - begun
            print(f"degree {degree:2d}, {count:2d} tokens: {taken:.3f} s")


if __name__ == "__main__":
    main()
