"""A certificate of what is proved of a run for k -> infinity."""

from __future__ import annotations

from exactdyn.certificates.envelope import certificate_data
from exactdyn.limits import Limit
from exactdyn.statements.catalogue import ON_THE_LIMIT
from exactdyn.systems.run import Run


def limit_certificate(run: Run, found: Limit) -> dict[str, object] | None:
    """Return a certificate of the statements on the limit that are decided, None if none is.

    ``found``: the limit of the run. The statements are those of the catalogue: whether tokens converge, and
    where to, whether graphs settle, what becomes of leaders, and the set S.
    Source: ``proofs_checks/FORMAT.md``, section "Envelope".

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1], ["1/2"]], 0)
    >>> [claim["claim"] for claim in limit_certificate(run, limit(run))["claims"]]
    ['convergence', 'leader-vertex', 'limit-set', 'attention-settles']
    """
    verdicts = {name: statement.decide(run, found) for name, statement in ON_THE_LIMIT.items()}
    if all(verdict.outcome == "undecided" for verdict in verdicts.values()):
        return None
    return certificate_data(run, verdicts)
