"""``frank-wolfe-rate``: J(z) = <Bx, x>/2 of B = -A falls to 0 at least as fast as 1/t."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix, Number
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import dot
from proofs_checks.work import longest


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "frank-wolfe-rate".

    Source: FORMAT.md, section "frank-wolfe-rate".
    """
    if claim.verdict == "fails":
        _check_witness(claim, run)
        return
    claim.computed(run.layers)
    vector = claim.data.fields(["vector"])["vector"].vector(run.system.dimension)
    claim.require(any(vector), "the vector is zero")
    diameter = squared_diameter(run.system.tokens)
    largest = -2 * diameter * run.system.form(vector, vector)
    scale = dot(vector, vector)
    for t in range(run.layers if diameter else 0):
        for i in range(len(run.system.tokens)):
            work.count_fractions(3, longest((_value(run, t, i), scale)))
            within = (t + 1) * _value(run, t, i) * scale <= largest
            claim.require(within, f"the vector does not show it for token {i} after layer {t}")


def _check_witness(claim: Claim, run: Run) -> None:
    names = ["layer", "token", "value", "diameter", "coefficient", "factorisation"]
    witness = claim.data.fields(names)
    t = witness["layer"].integer(0, run.layers - 1)
    i = witness["token"].integer(0, len(run.system.tokens) - 1)
    value, diameter, coefficient = (witness[name].number() for name in names[2:5])
    claim.require(value == _value(run, t, i), "the value is another")
    claim.require(diameter == squared_diameter(run.system.tokens), "the squared diameter is another")
    claim.require(diameter > 0, "all tokens are at one place")
    claim.require(2 * diameter * coefficient == (t + 1) * value, "the coefficient is another")
    rest = _shifted(run.system.A, coefficient)
    definite = is_definite(witness["factorisation"], rest, strictly=True)
    claim.require(definite, "the factorisation does not prove that B is less than the coefficient")


def _value(run: Run, t: int, i: int) -> Number:
    place = run[t + 1].point(i)
    return -run.system.form(place, place) / 2


def squared_diameter(places: Matrix) -> Number:
    """Return the square of the largest distance between two of these points.

    >>> squared_diameter(((Fraction(3),), (Fraction(-1),)))
    Fraction(16, 1)
    """
    found: Number = Fraction(0)
    for x, y in combinations(places, 2):
        work.count_fractions(len(x), longest((*x, *y)))
        difference = tuple(a - b for a, b in zip(x, y, strict=True))
        found = max(found, dot(difference, difference))
    return found


def _shifted(A: Matrix, number: Number) -> Matrix:
    # c I + A, whose symmetric part is c I - B.
    work.count_fractions(len(A), longest((number, *(x for row in A for x in row))))
    return tuple(tuple(x + number * (r == c) for c, x in enumerate(row)) for r, row in enumerate(A))
