"""Runs over real number fields against intervals of 200 digits and exact ties, none of it the library's."""

import random
from fractions import Fraction

import pytest
from flint import arb, fmpq, fmpq_poly

from exactdyn import Hardmax
from tests.judges.real_fields import JudgedField, JudgedLayer, run

FIELDS = {
    "sqrt(2)": JudgedField((-2, 0, 1), lambda: arb(2).sqrt()),
    "2^(1/3)": JudgedField((-2, 0, 0, 1), lambda: arb(2).root(3)),
    "2*cos(2*pi/7)": JudgedField((-1, -2, 1, 1), lambda: 2 * arb.cos_pi_fmpq(fmpq(2, 7))),
}
"""By how the generator is written."""

KINDS = ("definite A, mirror images", "indefinite A, mirror images", "any A, copies, irrational step")


class Drawn:
    """A system over a field, as text for the library and as polynomials for the judge."""

    def __init__(self, generator: str, kind: str, n: int) -> None:
        self.field, self._generator = FIELDS[generator], generator
        self._source = random.Random(f"{generator} {kind} {n}")
        if "mirror" in kind:
            sign, theta, G = -1 if "indefinite" in kind else 1, fmpq_poly([0, 1]), self.field.modulus
            # diag(sign, theta), and all sheared by theta, so that floats of what is tied are rounded.
            self.A = [[fmpq_poly([sign]), -sign * theta], [-sign * theta, (sign * theta * theta + theta) % G]]
            self.tau = fmpq_poly([1], 3)
            self.tokens = [[(x + theta * y) % G, y] for x, y in self._mirrored(n)]
        else:
            self.A = [[self.drawn(), self.drawn()], [self.drawn(), self.drawn()]]
            self.tau = fmpq_poly([1, 1], 5)
            points = [[self.drawn(), self.drawn()] for _ in range((n + 1) // 2)]
            self.tokens = points + [self._source.choice(points) for _ in range(n - len(points))]

    def drawn(self) -> fmpq_poly:
        degree = len(self.field.polynomial) - 1
        return fmpq_poly([self._source.randint(-9, 9) for _ in range(degree)], self._source.choice([1, 2, 7]))

    def _mirrored(self, n: int) -> list[list[fmpq_poly]]:
        """Pairs (x, y), (-x, y), and tokens on the axis between them, which are tied while they are there."""
        tokens = []
        while len(tokens) < n:
            x, y = self.drawn(), self.drawn()
            tokens += [[x, y], [-x, y], [fmpq_poly([0]), y]]
        return tokens[:n]

    def text(self, number: fmpq_poly) -> str:
        terms = [f"({c})*({self._generator})^{k}" for k, c in enumerate(number.coeffs())]
        return "+".join(terms) or "0"

    def rows(self, rows: list[list[fmpq_poly]]) -> list[list[str]]:
        return [[self.text(x) for x in row] for row in rows]


def coefficients(number) -> list[Fraction]:
    """A number of the library as it writes it in JSON."""
    text = number.domain.text(number) if hasattr(number, "domain") else str(number)
    return [Fraction(x) for x in ([text] if isinstance(text, str) else text)]


def expected(number: fmpq_poly) -> list[Fraction]:
    return [Fraction(int(x.p), int(x.q)) for x in number.coeffs()] or [Fraction(0)]


def agree(generator: str, kind: str, n: int, layers: int) -> int:
    """Run both, compare all attention sets and the numbers of three layers, return how many ties."""
    drawn = Drawn(generator, kind, n)
    system = Hardmax(drawn.rows(drawn.A), tau=drawn.text(drawn.tau))
    found = system.run(drawn.rows(drawn.tokens), layers=layers)
    field = found.start.domain.to_dict()
    assert tuple(field["polynomial"]) == drawn.field.polynomial
    low, high = (Fraction(end) for end in field["interval"])
    theta = drawn.field.theta()
    assert theta > arb(fmpq(low.numerator, low.denominator))
    assert theta < arb(fmpq(high.numerator, high.denominator))
    judged: list[JudgedLayer] = list(run(drawn.field, drawn.A, drawn.tau, drawn.tokens, layers))
    for k, layer in enumerate(judged):
        assert found.attention(k) == layer.sets
    for k in (0, layers // 2, layers):
        got = [[coefficients(x) for x in row] for row in found.tokens(k)]
        assert got == [[expected(x) for x in row] for row in judged[k].tokens]
    return sum(layer.ties for layer in judged)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("generator", FIELDS)
def test_every_attention_set_is_that_of_intervals_and_exact_ties(generator, kind):
    ties = agree(generator, kind, 10, 6)
    assert (ties > 0) == ("mirror" in kind)


@pytest.mark.slow
@pytest.mark.parametrize("n", [8, 16, 32, 64])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("generator", FIELDS)
def test_thirty_layers_of_up_to_64_tokens_are_those_of_intervals_and_exact_ties(generator, kind, n):
    ties = agree(generator, kind, n, 30)
    assert (ties > 0) == ("mirror" in kind)
