"""The catalogue: every hypothesis and statement by name, what it says, and the rule that checks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from proofs_checks.families import claims as matrices
from proofs_checks.families.family import POSITIVE, Family
from proofs_checks.families.rules import (
    ALL_VISIBLE,
    CONVEX,
    COORDINATES,
    DISTINCT,
    ENDLESS,
    EXPOSES,
    FORWARD,
    KEEPS,
    LOW_RANK,
    NONZERO,
    ONE_VIEW,
    PLAIN,
    POSITIVE_ALPHA,
    SEES_ITSELF,
    STEADY,
    TRANSITIVE,
    Guarantee,
    Rule,
    shown_on_the_way,
)
from proofs_checks.format.claims import Claim
from proofs_checks.format.envelope import Entry
from proofs_checks.hardmax import hypotheses
from proofs_checks.hardmax.growth import CONVERGES, LEADING, SETTLES
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.statements import (
    attention_settles,
    convergence,
    distinctness_preserved,
    frank_wolfe_clusters,
    frank_wolfe_exponential,
    frank_wolfe_rate,
    hull_of_the_seen,
    hull_shrinkage,
    interval_shrinkage,
    leader_vertex,
    leaders_extreme,
    leaders_persist,
    limit_set,
    norm_growth,
)

DEFINITE = ("positive-definite",)
"""The classes of the lemmas on <Az, z>: for others it need not grow."""

_LOW_RANK = Guarantee(SETTLES, (STEADY, LOW_RANK), ("positive-semidefinite", "positive-definite"))

HYPOTHESES: dict[str, Entry[Run]] = {
    "symmetric": Entry("A is symmetric", hypotheses.check_symmetric),
    "positive-definite": Entry("<Ax, x> > 0 for every x != 0", hypotheses.check_positive_definite),
    "positive-alpha": Entry("alpha > 0", hypotheses.check_positive_alpha),
    "nonzero-tokens": Entry("no token is zero", hypotheses.check_nonzero_tokens),
    "distinct-tokens": Entry("no two tokens are equal", hypotheses.check_distinct_tokens),
}
"""The hypotheses of the clustering theorem (arXiv 2407.01602, Theorem 2.2)."""


@dataclass(frozen=True)
class StatementEntry(Entry[Run]):
    """The entry of a statement; ``rule``: how it is checked for all matrices of a family, if it can be."""

    rule: Rule | None = None


STATEMENTS: dict[str, StatementEntry] = {
    "hull-shrinkage": StatementEntry(
        "the hull of the tokens never grows",
        hull_shrinkage.check,
        Rule(hull_shrinkage.check, (Guarantee(hull_shrinkage.LEMMA, (CONVEX,)),)),
    ),
    "norm-growth": StatementEntry(
        "<Az, z> never falls, and grows for every token that moves",
        norm_growth.check,
        Rule(
            shown_on_the_way,
            (Guarantee(norm_growth.LEMMA, (FORWARD, SEES_ITSELF), DEFINITE),),
            growth=True,
        ),
    ),
    "leaders-persist": StatementEntry(
        "once a leader, always a leader, and at rest",
        leaders_persist.check,
        Rule(leaders_persist.check, (Guarantee(leaders_persist.LEMMA, (KEEPS, TRANSITIVE)),), final=True),
    ),
    "distinctness-preserved": StatementEntry(
        "distinct tokens never meet",
        distinctness_preserved.check,
        Rule(
            distinctness_preserved.check,
            (Guarantee(distinctness_preserved.LEMMA, (KEEPS, ONE_VIEW), POSITIVE),),
            apart=True,
        ),
    ),
    "leaders-extreme": StatementEntry(
        "every leader is an extreme point of the hull",
        leaders_extreme.check,
        Rule(
            leaders_extreme.check,
            (Guarantee(leaders_extreme.LEMMA, (CONVEX, EXPOSES)),),
            final=True,
        ),
    ),
    "convergence": StatementEntry(
        "every token has a limit",
        convergence.check,
        Rule(
            convergence.check,
            (
                Guarantee(
                    convergence.CONSENSUS,
                    (PLAIN, POSITIVE_ALPHA),
                    ("negative-definite", "negative-definite-part"),
                ),
                Guarantee(CONVERGES, (CONVEX, SEES_ITSELF, TRANSITIVE), DEFINITE),
                _LOW_RANK,
            ),
            limit=True,
        ),
    ),
    "leader-vertex": StatementEntry(
        "the leaders are the vertices of the limit polytope",
        leader_vertex.check,
        Rule(leader_vertex.check, (Guarantee(LEADING, (STEADY, DISTINCT), DEFINITE),), limit=True),
    ),
    "limit-set": StatementEntry(
        "tokens converge to a finite set in the boundary of the limit polytope",
        limit_set.check,
        Rule(
            limit_set.check,
            (Guarantee(CONVERGES, (CONVEX, ALL_VISIBLE, ENDLESS, NONZERO), DEFINITE),),
            limit=True,
        ),
    ),
    "attention-settles": StatementEntry(
        "from some layer on the graphs stay the same",
        attention_settles.check,
        Rule(attention_settles.check, (_LOW_RANK,), limit=True),
    ),
    "hull-of-the-seen": StatementEntry(
        "for every token the hull of itself and of what it sees never grows",
        hull_of_the_seen.check,
        Rule(hull_of_the_seen.check, (Guarantee(hull_of_the_seen.LEMMA, (CONVEX, TRANSITIVE)),)),
    ),
    "interval-shrinkage": StatementEntry(
        "no coordinate's interval, from its lowest to its highest value, ever grows",
        interval_shrinkage.check,
        Rule(interval_shrinkage.check, (Guarantee(interval_shrinkage.LEMMA, (COORDINATES,)),)),
    ),
    "frank-wolfe-clusters": StatementEntry(
        "every token goes straight to the one point that it attends at layer 0", frank_wolfe_clusters.check
    ),
    "frank-wolfe-exponential": StatementEntry(
        "every token tends to the one point that it attends at layer 0, exponentially fast",
        frank_wolfe_exponential.check,
    ),
    "frank-wolfe-rate": StatementEntry(
        "for B = -A, <Bz, z>/2 is at most 2/t lambda_max(B) diam^2 at every layer t > 0",
        frank_wolfe_rate.check,
    ),
}
"""The statements about a run that can be claimed."""

RULES: dict[str, Rule] = {name: entry.rule for name, entry in STATEMENTS.items() if entry.rule}
"""The statements that can be claimed for all matrices of a family."""


@dataclass(frozen=True)
class FamilyEntry:
    """The same for a claim about all matrices of a family; the rule is also told the last layer."""

    says: str
    check: Callable[[Claim, Family, int], None]


FAMILY: dict[str, FamilyEntry] = {
    "unrealised": FamilyEntry("no matrix of the family does this", matrices.check_unrealised),
    "itineraries": FamilyEntry(
        "the matrices of the family have these itineraries", matrices.check_itineraries
    ),
    **{
        name: FamilyEntry(STATEMENTS[name].says, partial(matrices.check_statement, rule))
        for name, rule in RULES.items()
    },
}
"""What can be claimed about all matrices of a family."""
