"""What the lemma on <Az, z> asks of a system, for all that rests on it; FORMAT.md, lemma "norm-growth"."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.run import Run

CONVERGES = "growth-converges"


def require_growth(claim: Claim, factorisation: Field, run: Run, lemma: str) -> None:
    """Raise RejectedError unless <Az, z> grows at every layer for every token that moves.

    Source: FORMAT.md, lemma ``norm-growth``.
    """
    require_symmetric(claim, run, lemma)
    definite = is_definite(factorisation, run.system.A, strictly=True)
    claim.require(definite, f"{lemma} requires A positive definite")
    claim.require(run.facts.forward, f"{lemma} requires steps towards what is attended")
    claim.require(run.facts.sees_itself, f"{lemma} requires that tokens see themselves")


def require_convergence(claim: Claim, factorisation: Field, run: Run, lemma: str = CONVERGES) -> None:
    """Raise RejectedError unless <Az, z> grows, and the hull of what each token sees shrinks.

    Source: FORMAT.md, lemma ``growth-converges``.
    """
    require_growth(claim, factorisation, run, lemma)
    claim.require(run.facts.convex, f"{lemma} requires convex steps")
    claim.require(run.facts.transitive, f"{lemma} requires transitive masks")


def require_symmetric(claim: Claim, run: Run, lemma: str) -> None:
    """Raise RejectedError unless there is one matrix of scores, and it is symmetric.

    Source: FORMAT.md, lemma ``norm-growth``.
    """
    A = run.system.A
    symmetric = all(A[i][j] == A[j][i] for i in range(len(A)) for j in range(i))
    claim.require(symmetric, f"{lemma} requires a symmetric A")
