"""A simple real eigenvalue of V with its two eigenvectors, enclosed; FORMAT.md, lemma ``eigenpair``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import RationalMatrix, RationalVector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.vectors import dot
from proofs_checks.softmax.balls import Arithmetic, Ball, between
from proofs_checks.softmax.now import Now


@dataclass(frozen=True)
class Eigenpair:
    """Balls for l with V phi = l phi, phi* V = l phi*, phi* phi = 1."""

    value: Ball
    right: list[Ball]
    left: list[Ball]


def read_eigenpair(claim: Claim, now: Now, field: Field) -> Eigenpair:
    """Read and check ``interval`` [low, high], ``column`` j, ``row`` i, ``unit`` k.

    The characteristic polynomial changes sign on the interval, so it has a root l there; column j and row i
    of adj(l I - V) are eigenvectors wherever they are not 0, which their product, proved positive or
    negative, excludes. phi is the column divided by its k-th entry.

    Source: FORMAT.md here, lemma ``eigenpair``.
    """
    members = field.fields(["interval", "column", "row", "unit"])
    low, high = members["interval"].rational_vector(2)
    last = now.system.dimension - 1
    j, i, k = (members[name].integer(0, last) for name in ("column", "row", "unit"))
    coefficients, adjoints = faddeev(now.system.V)
    claim.require(low <= high, "the interval is empty")
    signs = _value(coefficients, low) * _value(coefficients, high)
    claim.require(signs <= 0, "no eigenvalue is proved in the interval")
    context = now.context
    value = between(context.below(low), context.above(high))
    size = range(last + 1)
    column = [_evaluate(context, [N[a][j] for N in adjoints], value) for a in size]
    row = [_evaluate(context, [N[i][b] for N in adjoints], value) for b in size]
    right = [_quotient(context, x, column[k]) for x in column]
    product = context.dot(row, right)
    return Eigenpair(value, right, [_quotient(context, x, product) for x in row])


def faddeev(V: RationalMatrix) -> tuple[RationalVector, list[RationalMatrix]]:
    """Return the coefficients of det(l I - V) and the matrices of adj(l I - V), highest power first.

    N_0 = I, c_k = -trace(V N_(k-1)) / k, N_k = V N_(k-1) + c_k I (Faddeev and LeVerrier).

    Source: FORMAT.md here, lemma ``eigenpair``.

    >>> faddeev(((Fraction(2), Fraction(0)), (Fraction(0), Fraction(1))))[0]  # l^2 - 3 l + 2
    (Fraction(1, 1), Fraction(-3, 1), Fraction(2, 1))
    """
    size = range(len(V))
    work.count_fractions(len(V) ** 3, 0)
    identity = tuple(tuple(Fraction(int(a == b)) for b in size) for a in size)
    coefficients, adjoints = [Fraction(1)], [identity]
    for k in range(1, len(V) + 1):
        columns = list(zip(*adjoints[-1], strict=True))
        product = [[dot(row, column) for column in columns] for row in V]
        coefficient = -sum((product[a][a] for a in size), Fraction(0)) / k
        coefficients.append(coefficient)
        if k < len(V):
            adjoints.append(tuple(tuple(product[a][b] + coefficient * (a == b) for b in size) for a in size))
    return tuple(coefficients), adjoints


def _value(coefficients: Sequence[Fraction], x: Fraction) -> Fraction:
    total = Fraction(0)
    for coefficient in coefficients:
        total = total * x + coefficient
        work.count_fractions(2, work.longest((total, x)))
    return total


def _evaluate(context: Arithmetic, coefficients: Sequence[Fraction], x: Ball) -> Ball:
    total = Ball(0, 0)
    for coefficient in coefficients:
        total = context.times(total, x) + context.ball(coefficient)
    return total


def _quotient(context: Arithmetic, x: Ball, y: Ball) -> Ball:
    return context.divide(x, y) if y.middle > 0 else context.divide(-x, -y)
