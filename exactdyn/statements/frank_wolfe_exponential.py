"""``frank-wolfe-exponential``: every token tends to what it attends at layer 0, exponentially fast."""

from __future__ import annotations

from exactdyn.statements.frank_wolfe_clusters import LEMMA, about_schedules
from exactdyn.statements.statement import About, Failure, ForEver, Statement
from exactdyn.systems.run import Run
from exactdyn.systems.schedule import Schedule
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import EVERY_LAYER

NAME = "frank-wolfe-exponential"


def fades(steps: Schedule) -> bool:
    """Tell whether steps between 0 and 1 tend to 0, by the terms that grow fastest; if not, some recur.

    Source: lemma ``frank-wolfe-exponential`` in ``proofs_checks/FORMAT.md``.

    >>> fades(Schedule.of_tau("2/(k+3)")), fades(Schedule.of_tau("k/(k+3)")), fades(Schedule.of_tau([1, 0]))
    (True, False, True)
    """
    if steps.quotient is None:
        return not any((steps.listed or ())[-steps.period :])
    above, below = steps.quotient.numerator.terms, steps.quotient.denominator.terms
    return not above or (above[0].base, above[0].power) < (below[0].base, below[0].power)


def decide(run: Run) -> Verdict:
    """Decide it where every token is proved to go straight to what it attends at layer 0.

    Source: lemma ``frank-wolfe-exponential`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> decide(Hardmax(tau="2/(k+3)").run([[1], ["1/2"]], 0)).witness
    {'token': 1, 'target': 0}
    """
    pulls = run.facts.schedule
    if pulls is None or not LEMMA.holds_for(run):
        return Verdict(
            "undecided", reason=f"it is proved or refuted by lemma {LEMMA.name}, which does not apply"
        )
    points, sets = run.start.points, run.attention(0)
    moving = next((i for i, own in enumerate(sets) if points[i] != points[min(own)]), None)
    if moving is None or pulls.at(0) == 1 or not fades(pulls):
        return Verdict("holds", EVERY_LAYER, NAME)
    if not run.facts.keeps:
        return Verdict("undecided", reason="a later step goes all the way, or may do so")
    return Verdict("fails", witness={"token": moving, "target": min(sets[moving])})


STATEMENT = Statement(
    NAME,
    "every token tends to the one point that it attends at layer 0, exponentially fast",
    ForEver(decide, (NAME,)),
    (
        Failure(
            "token {token} goes straight towards token {target}, but its steps tend to 0: "
            "what is left of the distance exceeds every exponential in the end"
        ),
    ),
    role="kind",
    about=About("one head and steps that depend on the layer", about_schedules),
)
"""Source: arXiv 2508.09628 v1, Theorem 4.2; lemma ``frank-wolfe-exponential`` in FORMAT.md."""
