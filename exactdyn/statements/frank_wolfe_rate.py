"""``frank-wolfe-rate``: J(z) = <Bx, x>/2 of B = -A falls to 0 at least as fast as 1/t."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from exactdyn.geometry.definiteness import Factorisation, factorise, null_direction, quadratic_form
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import inner
from exactdyn.statements.hypotheses import SEVERAL, factorisation_data
from exactdyn.statements.statement import About, Failure, OnLayers, Statement
from exactdyn.systems.facts import Facts
from exactdyn.systems.run import Run
from exactdyn.systems.schedule import Schedule
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import computed_layers


def computed(run: Run) -> Verdict:
    """Decide J(z_i^(t+1)) <= 2/(t+1) lambda_max(B) diam^2 on the layers of a run, without eigenvalues.

    B is minus the symmetric part of A, diam the diameter of the tokens at layer 0. With c = (t+1) J / (2
    diam^2) it is false exactly if c I - B is positive definite; else some x has <Bx, x> >= c <x, x>, and one
    x serves for all smaller c. Where diam = 0 there is nothing to say.
    Source: arXiv 2508.09628 v1, Theorem 3.1; ``proofs_checks/FORMAT.md``, section "frank-wolfe-rate".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax([[-1]], tau="2/(k+2)").run([[3], [-1]], 3)).evidence
    {'vector': [Fraction(1, 1)]}
    """
    A = run.facts.matrix
    if A is None:
        return Verdict("undecided", reason=SEVERAL)
    diameter = squared_diameter(run.start.rows())
    vector: Row = (Fraction(1), *(Fraction(0),) * (len(A) - 1))
    quotient = -quadratic_form(A, vector)
    for layer, token, value in _values(run, A):
        needed = value * (layer + 1) / (2 * diameter) if diameter else quotient
        if needed <= quotient:
            continue
        found = factorise(shifted(A, needed))
        if isinstance(found, Factorisation) and found.positive:
            numbers = {"value": value, "diameter": diameter, "coefficient": needed}
            witness = {"layer": layer, "token": token, **numbers}
            return Verdict("fails", witness={**witness, "factorisation": factorisation_data(found)})
        vector = (null_direction(found) if isinstance(found, Factorisation) else found).vector
        quotient = -quadratic_form(A, vector) / inner(vector, vector)
    return Verdict("holds", computed_layers(run.layers), evidence={"vector": list(vector)})


def _values(run: Run, A: Rows) -> Iterator[tuple[int, int, Fraction]]:
    # J of every token at layer t + 1, with t and the token.
    for layer in range(run.layers):
        for token, place in enumerate(run.state(layer + 1).rows()):
            yield layer, token, -quadratic_form(A, tuple(place)) / 2


def squared_diameter(rows: list[list[Fraction]]) -> Fraction:
    """Return the square of the largest distance between two of these points.

    Source: arXiv 2508.09628 v1, Theorem 3.1.

    >>> squared_diameter([[Fraction(3)], [Fraction(-1)]])
    Fraction(16, 1)
    """
    differences = ([a - b for a, b in zip(x, y, strict=True)] for x, y in combinations(rows, 2))
    return max((sum((a * a for a in own), Fraction(0)) for own in differences), default=Fraction(0))


def shifted(A: Rows, number: Fraction) -> Rows:
    """Return c I + A, whose symmetric part is c I - B.

    Source: arXiv 2508.09628 v1, Theorem 3.1, for B.

    >>> shifted(((Fraction(-1),),), Fraction(3))
    ((Fraction(2, 1),),)
    """
    return tuple(tuple(x + number * (r == c) for c, x in enumerate(row)) for r, row in enumerate(A))


def about_the_steps_of_frank_and_wolfe(facts: Facts) -> bool:
    """Tell whether a system is one head with one matrix, and the steps are 2/(k+2).

    Source: arXiv 2508.09628 v1, Theorem 3.1.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> about_the_steps_of_frank_and_wolfe(Hardmax(tau="2/(k+2)").facts(1))
    True
    """
    return facts.one_head and facts.matrix is not None and facts.schedule == Schedule.of_tau("2/(k+2)")


STATEMENT = Statement(
    "frank-wolfe-rate",
    "for B = -A, <Bz, z>/2 is at most 2/t lambda_max(B) diam^2 at every layer t > 0",
    OnLayers(computed, None, families=None),
    (
        Failure(
            r"token {token} has $\langle Bz, z\rangle/2 = {value}$ at layer {next}, more than $2/{next}$ "
            r"times the largest eigenvalue of $B$ times ${diameter}$, as $B$ is less than ${coefficient}$",
        ),
    ),
    role="kind",
    about=About("one head with one A and the steps tau = 2/(k+2)", about_the_steps_of_frank_and_wolfe),
)
"""Source: arXiv 2508.09628 v1, Theorem 3.1, as transcribed in a public Lean text."""
