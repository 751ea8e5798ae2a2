"""How small counterexamples get: random ones to norm growth, shrunk.

    python -m tests.benchmarks.shrinking [COUNT]

COUNT (default 100) random systems of 8 tokens in dimension 3 on which ``norm-growth`` fails: A, tokens and
alpha (1/2, 1 or 2) are drawn, the numbers being integers from -9 to 9. Every result is verified.
"""

from __future__ import annotations

import sys
from collections import Counter
from fractions import Fraction
from random import Random
from time import process_time

from exactdyn.certificates.envelope import certificate_text
from exactdyn.hunts.shrinking.counterexample import Counterexample, Trial, failing
from exactdyn.hunts.shrinking.shrink import shrink
from exactdyn.numbers.reading import Rows
from proofs_checks import verify

TOKENS, DIMENSION, LAYERS, LARGEST = 8, 3, 3, 9


def main(arguments: list[str]) -> None:
    """Shrink the counterexamples and print how large they are then."""
    count = int(arguments[0]) if arguments else 100
    found, systems = drawn(count)
    started = process_time()
    small = [shrink(counterexample, LAYERS) for counterexample in found]
    seconds = process_time() - started
    for counterexample in small:
        verify(certificate_text(counterexample.certificate))
    print(f"{count} counterexamples among {systems} random systems, shrunk in {seconds:.1f} s")
    tokens = Counter(len(counterexample.trial.tokens) for counterexample in small)
    print("tokens left:", ", ".join(f"{n}: {times}" for n, times in sorted(tokens.items())))
    print("what fails with it, tokens, dimension, layers, sum of heights, negative numbers:")
    sizes = Counter((", ".join(sorted(c.violated)), *c.size[1:]) for c in small)
    for size, times in sizes.most_common():
        print(f"{times:4}  {size}")


def drawn(count: int) -> tuple[list[Counterexample], int]:
    """Draw so many counterexamples; also return how many systems were drawn for them."""
    found: list[Counterexample] = []
    systems = 0
    while len(found) < count:
        rng = Random(systems)
        systems += 1
        A, tokens = rows(rng, DIMENSION), rows(rng, TOKENS)
        alpha = rng.choice([Fraction(1, 2), Fraction(1), Fraction(2)])
        counterexample = failing("norm-growth", Trial(A, alpha, tokens, LAYERS))
        if counterexample is not None:
            found.append(counterexample)
    return found, systems


def rows(rng: Random, count: int) -> Rows:
    """Draw rows of integers."""
    return tuple(
        tuple(Fraction(rng.randint(-LARGEST, LARGEST)) for _ in range(DIMENSION)) for _ in range(count)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
