"""The catalogue: every hypothesis and statement, in the order of every table."""

from __future__ import annotations

from exactdyn.statements import (
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
from exactdyn.statements import hypotheses as of_the_theorem
from exactdyn.statements.statement import Failure, Hypothesis, OnLayers, OnLimit, Statement
from exactdyn.systems.facts import Facts
from exactdyn.verdict import Data

HYPOTHESES: dict[str, Hypothesis] = {hypothesis.name: hypothesis for hypothesis in of_the_theorem.HYPOTHESES}
"""The hypotheses of the clustering theorem."""

CATALOGUE: dict[str, Statement] = {
    module.STATEMENT.name: module.STATEMENT
    for module in (
        hull_shrinkage,
        norm_growth,
        leaders_persist,
        distinctness_preserved,
        leaders_extreme,
        convergence,
        attention_settles,
        leader_vertex,
        limit_set,
        hull_of_the_seen,
        interval_shrinkage,
        frank_wolfe_clusters,
        frank_wolfe_exponential,
        frank_wolfe_rate,
    )
}
"""All statements."""

STATEMENTS = {name: record for name, record in CATALOGUE.items() if record.role in ("proof", "theorem")}
"""The statements that make up the theorem, or carry its proof."""

QUESTIONS = {name: record for name, record in CATALOGUE.items() if record.role == "question"}
"""Statements that the theorem does not make, for hunts."""

OF_KINDS = {name: record for name, record in CATALOGUE.items() if record.role == "kind"}
"""Statements about kinds of systems of which the theorem does not speak."""

ON_LAYERS: dict[str, OnLayers] = {
    name: record.decided
    for name, record in (STATEMENTS | QUESTIONS).items()
    if isinstance(record.decided, OnLayers)
}
"""How each statement about consecutive layers is decided; of the statements about kinds see the records."""

BY_CASES: dict[str, OnLayers] = {
    name: record.decided
    for name, record in CATALOGUE.items()
    if isinstance(record.decided, OnLayers) and record.decided.families is not None
}
"""How each statement is decided that a tree of cases can prove for all matrices of a class."""

ON_THE_LIMIT: dict[str, OnLimit] = {
    name: record.decided
    for name, record in (STATEMENTS | QUESTIONS).items()
    if isinstance(record.decided, OnLimit)
}
"""How each statement about the limit is decided."""


def asked_of(facts: Facts) -> dict[str, Statement]:
    """Return the statements that a check asks of a system: those of the theorem, and those about its kind.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> list(asked_of(Hardmax(mask="causal").facts(2)).keys() - asked_of(Hardmax().facts(2)).keys())
    ['hull-of-the-seen']
    """
    own = {name: record for name, record in OF_KINDS.items() if record.about and record.about.test(facts)}
    return STATEMENTS | own


def said_of(name: str) -> str:
    """Return what the hypothesis or statement of this name says.

    >>> said_of("nonzero-tokens")
    'no token is zero'
    """
    return (HYPOTHESES[name] if name in HYPOTHESES else CATALOGUE[name]).says


def failure(name: str, witness: Data) -> Failure:
    """Return the way to fail that a witness tells of.

    >>> failure("nonzero-tokens", {"token": 1}).text
    'token {token} is zero'
    """
    record = HYPOTHESES[name] if name in HYPOTHESES else CATALOGUE[name]
    return next(way for way in record.failures if way.told_by(witness))
