"""The line of systems that a certificate is about: all is given but one parameter."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from proofs_checks.format.errors import MalformedError
from proofs_checks.format.rationals import write_rational
from proofs_checks.format.reading import Field
from proofs_checks.parameters.polynomials import Polynomial, trimmed
from proofs_checks.parameters.states import Rows, Sets, State

Linear = list[list[list[Fraction]]]
"""Rows of numbers that depend on the parameter x, each as the coefficients of 1 and, perhaps, x."""


@dataclass(frozen=True)
class Line:
    """The systems of one parameter x.

    ``alpha``: that of all layers; None where x is tau = alpha/(1+alpha) itself. Source: parameters/FORMAT.md,
    section "The line".
    """

    name: str
    alpha: Fraction | None
    matrix: Linear
    tokens: Linear

    @property
    def A(self) -> Rows:  # noqa: N802 - its name in the papers
        """A positive multiple of the matrix of scores, with integer polynomials for entries."""
        return _integers(self.matrix)[0]

    @property
    def start(self) -> State:
        """The tokens of layer 0."""
        return State(*_integers(self.tokens))

    def step(self, state: State, sets: Sets) -> State:
        """Return z + tau (c - z)."""
        if self.alpha is None:
            return state.combined(state.averaged(sets), [1, -1], [0, 1], 1)
        keep, whole = self.alpha.denominator, self.alpha.numerator + self.alpha.denominator
        return state.combined(state.averaged(sets), [keep], trimmed([whole - keep]), whole)

    @property
    def tau(self) -> tuple[Polynomial, int]:
        """The step as an integer polynomial, and what to divide it by."""
        if self.alpha is None:
            return [0, 1], 1
        return [self.alpha.numerator], self.alpha.numerator + self.alpha.denominator

    def shown(self, x: Fraction) -> str:
        """Write the parameter as users mean it where the computation has x."""
        if self.alpha is not None:
            return write_rational(x)
        return "infinity" if x == 1 else write_rational(x / (1 - x))


def constant(rows: Linear) -> tuple[tuple[Fraction, ...], ...] | None:
    """Return rows of numbers; None where some depend on the parameter.

    >>> constant([[[Fraction(1)]]]), constant([[[Fraction(1), Fraction(2)]]])
    (((Fraction(1, 1),),), None)
    """
    if any(len(entry) != 1 for row in rows for entry in row):
        return None
    return tuple(tuple(entry[0] for entry in row) for row in rows)


def read_line(field: Field) -> Line:
    """Read the line; Source: parameters/FORMAT.md, section "The line"."""
    members = field.fields(["parameter", "A", "tokens"], ["alpha"])
    name = members["parameter"].text()
    if not name.isidentifier() or not name.isascii() or len(name) > 20:
        members["parameter"].refuse("a name of at most 20 letters")
    tokens = _linear(members["tokens"])
    if not tokens or not tokens[0]:
        members["tokens"].refuse("at least one token, of at least one coordinate")
    dimension = len(tokens[0])
    A = _linear(members["A"], dimension, dimension)
    if any(len(row) != dimension for row in tokens):
        members["tokens"].refuse("rows of one length")
    if ("alpha" in members) == (name == "alpha"):
        raise MalformedError(f"{field.path}: requires 'alpha' exactly where the parameter is another one")
    if "alpha" not in members:
        if any(len(x) > 1 for row in (*A, *tokens) for x in row):
            raise MalformedError(f"{field.path}: requires A and tokens without the parameter alpha")
        return Line(name, None, A, tokens)
    alpha = members["alpha"].rational()
    if alpha <= 0:
        members["alpha"].refuse("a number greater than 0")
    return Line(name, alpha, A, tokens)


def _linear(field: Field, rows: int | None = None, columns: int | None = None) -> Linear:
    return [[_entry(x) for x in row.items(columns)] for row in field.items(rows)]


def _entry(field: Field) -> list[Fraction]:
    return list(field.rational_vector(2)) if isinstance(field.value, list) else [field.rational()]


def _integers(rows: Linear) -> tuple[Rows, int]:
    common = lcm(*(c.denominator for row in rows for x in row for c in x))
    return [[trimmed(int(c * common) for c in x) for x in row] for row in rows], common
