"""Seeded random systems over real number fields, A symmetric positive definite."""

from fractions import Fraction
from random import Random

from exactdyn.numbers.fields.joining import number
from tests.judges.reference import product, transpose

GENERATORS = ("sqrt(2)", "2^(1/3)", "cos(2*pi/7)", "sqrt(2)+sqrt(3)")


def field_system(text, seed):
    """A over the field of a number, a rational or irrational alpha, tokens; for odd seeds ties that last."""
    random = Random(f"{text} {seed}")
    generator = number(text, "generator")
    powers = [generator**k for k in range(generator.domain.degree)]

    def entry(odds):
        rational = Fraction(random.randint(-3, 3), random.randint(1, 3))
        return sum((random.randint(-2, 2) * p for p in powers[1:] if random.random() < odds), rational)

    d, n = random.choice((1, 2, 2, 3)), random.randint(3, 6)
    entries = [[entry(0.4) for _ in range(d)] for _ in range(d)]
    gram = product(transpose(entries), entries)
    A = tuple(tuple(x + Fraction(i == j) for j, x in enumerate(row)) for i, row in enumerate(gram))
    tokens = [tuple(entry(0.6) for _ in range(d)) for _ in range(n)]
    if seed % 2:  # between two others: ties that last
        tokens[-1] = tuple((x + y) / 2 for x, y in zip(tokens[0], tokens[1], strict=True))
    alpha = Fraction(1, 2) if seed % 3 else 1 + generator * generator
    return A, alpha, tuple(tokens)
