"""What the lemma on <Az, z> asks of a system, for all that rests on it; FORMAT.md, lemma "norm-growth"."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.facts import Facts
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import firsts

CONVERGES, LEADING, SETTLES = "growth-converges", "leading-points", "rank-two-settles"


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


def require_leading_points(claim: Claim, run: Run) -> None:
    """Raise RejectedError unless leading points come to the vertices, and each is one token.

    Source: FORMAT.md, lemma ``leading-points``.
    """
    require_growth(claim, claim.data, run, LEADING)
    _require_steady(claim, run, LEADING)
    tokens = run.system.tokens
    distinct = firsts(tokens) == list(range(len(tokens)))
    claim.require(distinct, f"{LEADING} requires distinct tokens")


def require_rank_two(claim: Claim, run: Run) -> None:
    """Raise RejectedError unless A is symmetric, positive semidefinite and of rank at most 2.

    Source: FORMAT.md, lemma ``rank-two-settles``.
    """
    require_symmetric(claim, run, SETTLES)
    semidefinite = is_definite(claim.data, run.system.A, strictly=False)
    claim.require(semidefinite, f"{SETTLES} requires A positive semidefinite")
    diagonal = claim.data.fields(["lower", "diagonal"])["diagonal"].vector(run.system.dimension)
    claim.require(sum(d != 0 for d in diagonal) <= 2, f"{SETTLES} requires a rank of at most 2")
    _require_steady(claim, run, SETTLES)


def is_steady(facts: Facts) -> bool:
    """Tell whether one head sees all tokens and keeps ties, and there is one step, 0 < tau < 1.

    Source: FORMAT.md, lemmas ``leading-points`` and ``rank-two-settles``.
    """
    share = facts.one_share
    return share is not None and 0 < share < 1 and facts.all_visible and facts.ties_kept


def _require_steady(claim: Claim, run: Run, lemma: str) -> None:
    share = run.facts.one_share
    claim.require(share is not None and 0 < share < 1, f"{lemma} requires one head and 0 < tau < 1")
    claim.require(run.facts.all_visible, f"{lemma} requires that all tokens are seen")
    claim.require(run.facts.ties_kept, f"{lemma} requires that all of a tie are attended")


def require_symmetric(claim: Claim, run: Run, lemma: str) -> None:
    """Raise RejectedError unless there is one matrix of scores, and it is symmetric.

    Source: FORMAT.md, lemma ``norm-growth``.
    """
    A = run.system.A
    symmetric = all(A[i][j] == A[j][i] for i in range(len(A)) for j in range(i))
    claim.require(symmetric, f"{lemma} requires a symmetric A")
