"""The five hypotheses of the clustering theorem, each decided for a system and the tokens it starts from."""

from __future__ import annotations

from exactdyn.geometry.definiteness import Direction, Factorisation, null_direction
from exactdyn.numbers.vectors import asymmetry
from exactdyn.statements.statement import Beginning, Failure, Hypothesis
from exactdyn.systems.run import Run
from exactdyn.systems.schedule import Schedule
from exactdyn.verdict import Data, Verdict

SEVERAL = "the heads or layers have several matrices of scores"


def symmetric(run: Beginning) -> Verdict:
    """Decide whether A equals its transpose (arXiv 2407.01602, Theorem 2.2).

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> symmetric(Hardmax([[1, -4], [4, 1]]).run([[1, 0]], 0)).witness
    {'row': 0, 'column': 1, 'entries': [Fraction(-4, 1), Fraction(4, 1)]}
    """
    A = run.facts.matrix
    if A is None:
        return Verdict("undecided", reason=SEVERAL)
    place = asymmetry(A)
    if place is None:
        return Verdict("holds")
    i, j = place
    return Verdict("fails", witness={"row": i, "column": j, "entries": [A[i][j], A[j][i]]})


def positive_definite(run: Beginning) -> Verdict:
    """Decide whether <Ax, x> > 0 for every x != 0, a condition on the symmetric part of A.

    Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> positive_definite(Hardmax([[1, 0], [0, 0]]).run([[1, 0]], 0)).witness
    {'vector': [Fraction(0, 1), Fraction(1, 1)], 'value': Fraction(0, 1)}
    """
    found = run.facts.factorisation
    if found is None:
        return Verdict("undecided", reason=SEVERAL)
    if isinstance(found, Factorisation):
        if found.positive:
            return Verdict("holds", evidence=factorisation_data(found))
        found = null_direction(found)
    return Verdict("fails", witness=_direction_data(found))


def positive_alpha(run: Beginning) -> Verdict:
    """Decide whether alpha > 0, that is 0 < tau < 1, at every layer, by what was stated.

    Source: arXiv 2407.01602, Theorem 2.2, a hypothesis.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> positive_alpha(Hardmax(alpha="1/2").run([[1]], 0)).outcome
    'holds'
    >>> positive_alpha(Hardmax(tau="2/(k+2)").run([[1]], 0)).witness
    {'layer': 0, 'tau': Fraction(1, 1)}
    """
    facts = run.facts
    stated = facts.stated
    if stated is None and facts.step is not None:
        stated = Schedule.of_tau(facts.step.tau)
    if stated is None:
        return Verdict("undecided", reason="the steps of the layers differ")
    if stated.positive is None:
        return Verdict("undecided", reason="the sign of alpha at late layers is not known")
    if stated.outside is None:
        return Verdict("holds")
    tau = stated.at(stated.outside)
    one = stated.constant is not None and tau != 1
    return Verdict(
        "fails", witness={"alpha": tau / (1 - tau)} if one else {"layer": stated.outside, "tau": tau}
    )


def nonzero_tokens(run: Beginning) -> Verdict:
    """Decide whether no token is zero at layer 0.

    Source: arXiv 2407.01602, Theorem 2.2, a hypothesis.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> nonzero_tokens(Hardmax().run([[-1], [0], [1]], 0)).witness
    {'token': 1}
    """
    zero = next((i for i, (row, _) in enumerate(run.start.points) if not any(row)), None)
    return Verdict("holds") if zero is None else Verdict("fails", witness={"token": zero})


def distinct_tokens(run: Beginning) -> Verdict:
    """Decide whether no two tokens are equal at layer 0.

    Source: arXiv 2407.01602, Theorem 2.2, a hypothesis.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> distinct_tokens(Hardmax().run([[1], [1]], 0)).witness
    {'tokens': [0, 1]}
    """
    copies = next((sorted(copies) for copies in run.start.copies if len(copies) > 1), None)
    return Verdict("holds") if copies is None else Verdict("fails", witness={"tokens": copies[:2]})


def definiteness(run: Run) -> Data:
    """Return the factorisation that proves A semidefinite or definite, as a certificate carries it.

    Raises ValueError where A is not even semidefinite.
    Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> definiteness(Hardmax([[2]]).run([[1]], 0))["diagonal"]
    [Fraction(2, 1)]
    """
    found = run.facts.semidefinite
    if found is None:
        raise ValueError("definiteness: requires a matrix that is positive semidefinite")
    return factorisation_data(found)


def factorisation_data(factorisation: Factorisation) -> Data:
    """Return a factorisation as a certificate carries it.

    Source: ``proofs_checks/FORMAT.md``, section "positive-definite".

    >>> from fractions import Fraction
    >>> factorisation_data(Factorisation(((Fraction(1),),), (Fraction(2),)))
    {'lower': [[Fraction(1, 1)]], 'diagonal': [Fraction(2, 1)]}
    """
    return {"lower": [list(row) for row in factorisation.lower], "diagonal": list(factorisation.diagonal)}


def _direction_data(direction: Direction) -> Data:
    return {"vector": list(direction.vector), "value": direction.value}


HYPOTHESES = (
    Hypothesis(
        "symmetric",
        "A is symmetric",
        symmetric,
        (
            Failure(
                "entry ({row}, {column}) of $A$ is ${entries_0}$, ({column}, {row}) is ${entries_1}$",
                "A[{row}][{column}] = {entries_0}, but A[{column}][{row}] = {entries_1}",
            ),
        ),
    ),
    Hypothesis(
        "positive-definite",
        "<Ax, x> > 0 for every x != 0",
        positive_definite,
        (Failure(r"$\langle Ax, x\rangle = {value}$ at $x = {vector}$"),),
    ),
    Hypothesis(
        "positive-alpha",
        "alpha > 0",
        positive_alpha,
        (
            Failure(r"$\alpha = {alpha}$", told_by=lambda witness: "alpha" in witness),
            Failure(r"$\tau = {tau}$ at layer {layer}", "tau = {tau} at layer {layer}"),
        ),
    ),
    Hypothesis("nonzero-tokens", "no token is zero", nonzero_tokens, (Failure("token {token} is zero"),)),
    Hypothesis(
        "distinct-tokens",
        "no two tokens are equal",
        distinct_tokens,
        (Failure("tokens {tokens_0} and {tokens_1} are equal"),),
    ),
)
"""The hypotheses of the clustering theorem. Source: arXiv 2407.01602, Theorem 2.2."""
