"""A run's verdicts: every hypothesis and statement of the clustering theorem, and their certificates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape

from exactdyn.certificates.envelope import certificate_data
from exactdyn.limits import Limit, limit
from exactdyn.presentation import Presentable
from exactdyn.statements.catalogue import HYPOTHESES, ON_THE_LIMIT, asked_of
from exactdyn.systems.facts import Facts
from exactdyn.systems.run import Run, Subject, run_of
from exactdyn.verdict import Verdict


@dataclass(frozen=True)
class Check(Presentable):
    """The verdict on every hypothesis and statement for one run, by name.

    ``hypotheses``: of the clustering theorem, each ``holds`` or ``fails``. ``statements``: those of the
    theorem and those about a kind of systems that this one is of, each ``holds``, ``fails`` or ``undecided``.
    """

    run: Run
    hypotheses: dict[str, Verdict]
    statements: dict[str, Verdict]

    @property
    def of_the_theorem(self) -> bool:
        """Whether the theorem is about such a system, see :func:`about_such_systems`.

        Source: arXiv 2407.01602, equations (1.1) and (1.2).
        """
        return about_such_systems(self.run.facts)

    @property
    def applies(self) -> bool:
        """Whether the theorem applies: it is about such a system, and all its hypotheses hold.

        Source: arXiv 2407.01602, Theorem 2.2.
        """
        holds = all(verdict.outcome == "holds" for verdict in self.hypotheses.values())
        return holds and self.of_the_theorem

    @property
    def leaders(self) -> dict[int, int]:
        """Every token that is a leader at some computed layer, with the first such layer."""
        return self.run.leaders

    @property
    def certificate(self) -> dict[str, object]:
        """The data of a certificate of all these verdicts; see ``proofs_checks/FORMAT.md``.

        Source: ``proofs_checks/FORMAT.md``, section "Envelope".
        """
        return certificate_data(self.run, self.hypotheses | self.statements)

    def __repr__(self) -> str:
        outcomes = Counter(verdict.outcome for verdict in self.statements.values())
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        return f"Check(the theorem {'applies' if self.applies else 'does not apply'}; statements: {counts})"

    def __str__(self) -> str:
        verdicts = [*self.hypotheses.items(), *self.statements.items()]
        width = max(len(name) for name, _ in verdicts)
        head = f"the theorem {'applies' if self.applies else 'does not apply'}; leaders {self.leaders}"
        return "\n".join([head, *(f"{name:<{width}}  {verdict.outcome}" for name, verdict in verdicts)])

    def _repr_html_(self) -> str:
        verdicts = self.hypotheses | self.statements
        rows = [(name, verdict.outcome, verdict.scope or "") for name, verdict in verdicts.items()]
        cells = ["".join(f"<td>{escape(text)}</td>" for text in row) for row in rows]
        head = "<tr><th></th><th>verdict</th><th>scope</th></tr>"
        return f"<table>{head}{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def about_such_systems(facts: Facts) -> bool:
    """Tell whether the theorem is about a system: one head, A and step, everybody seen, ties kept.

    A V = s I with s <= 0 undoes a positive alpha: the theorem is not about that.
    Source: arXiv 2407.01602, equations (1.1) and (1.2).

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> about_such_systems(Hardmax(V=[[2]]).facts(1)), about_such_systems(Hardmax(alpha=3, V=[[-1]]).facts(1))
    (True, False)
    """
    if not (facts.one_head and facts.all_visible and facts.ties_kept) or facts.matrix is None:
        return False
    turned = facts.stated is not None and facts.stated.positive and facts.step is not None
    return facts.step is not None and (not turned or 0 < facts.step.tau < 1)


def check(subject: Subject, layers: int | None = None, *, tokens: object = None) -> Check:
    """Decide every hypothesis and every statement for a run.

    ``subject``: a run, an example, or a system with ``tokens`` beside it; raises
    :class:`~exactdyn.errors.InputError` for anything else. ``layers``: how many layers are looked at for the
    statements on the limit, as in :func:`~exactdyn.limits.decision.limit`; None: as many as the run has, but
    at least 120. A statement that fails where the theorem does not apply is a counterexample to dropping a
    hypothesis; one that fails where it applies would be news.
    Source: arXiv 2407.01602, Theorem 2.2.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> result = check(Hardmax([[1, -4], [4, 1]], alpha=1).run([[1, 0], [0, 1], [-1, -1]], layers=2))
    >>> result.applies, result.statements["norm-growth"].witness["q_after"]
    (False, Fraction(1, 2))
    """
    run = run_of(subject, tokens)
    found = limit(run, layers)
    return Check(
        run,
        {name: hypothesis.decide(run) for name, hypothesis in HYPOTHESES.items()},
        {name: statement.decide(run, found) for name, statement in asked_of(run.facts).items()},
    )


def limit_certificate(run: Run, found: Limit) -> dict[str, object] | None:
    """Return a certificate of the statements on the limit that are decided, None if none is.

    ``found``: the limit of the run. The statements are those of the catalogue: whether tokens converge, and
    where to, whether graphs settle, what becomes of leaders, and the set S.
    Source: ``proofs_checks/FORMAT.md``, section "Envelope".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1], ["1/2"]], 0)
    >>> [claim["claim"] for claim in limit_certificate(run, limit(run))["claims"]]
    ['convergence', 'leader-vertex', 'limit-set', 'attention-settles']
    """
    verdicts = {name: statement.decide(run, found) for name, statement in ON_THE_LIMIT.items()}
    if all(verdict.outcome == "undecided" for verdict in verdicts.values()):
        return None
    return certificate_data(run, verdicts)
