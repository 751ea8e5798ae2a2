"""The catalogue: every hypothesis and statement, in the order of every table."""

from __future__ import annotations

from exactdyn.statements import (
    attention_settles,
    convergence,
    distinctness_preserved,
    hull_shrinkage,
    leader_vertex,
    leaders_extreme,
    leaders_persist,
    limit_set,
    norm_growth,
)
from exactdyn.statements import hypotheses as of_the_theorem
from exactdyn.statements.statement import Failure, Hypothesis, OnLayers, OnLimit, Statement
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
    )
}
"""All statements."""

STATEMENTS = {name: record for name, record in CATALOGUE.items() if record.role != "question"}
"""The statements that make up the theorem, or carry its proof."""

QUESTIONS = {name: record for name, record in CATALOGUE.items() if record.role == "question"}
"""Statements that the theorem does not make, for hunts."""

ON_LAYERS: dict[str, OnLayers] = {
    name: record.decided for name, record in CATALOGUE.items() if isinstance(record.decided, OnLayers)
}
"""How each statement about consecutive layers is decided."""

ON_THE_LIMIT: dict[str, OnLimit] = {
    name: record.decided for name, record in CATALOGUE.items() if isinstance(record.decided, OnLimit)
}
"""How each statement about the limit is decided."""


def failure(name: str, witness: Data) -> Failure:
    """Return the way to fail that a witness tells of.

    >>> failure("nonzero-tokens", {"token": 1}).text
    'token {token} is zero'
    """
    record = HYPOTHESES[name] if name in HYPOTHESES else CATALOGUE[name]
    return next(way for way in record.failures if way.told_by(witness))
