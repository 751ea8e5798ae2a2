"""No hypothesis of a lemma is superfluous: with its check left out, the checker proves a false theorem.

The table is ``certificates/hypotheses.md``. A fact for which the rule of a statement asks needs no row where
a claim that is valid of one system is false of another: FORMAT.md and ``certificates/valid`` have both.
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from proofs_checks import STATEMENTS
from tests.judges.oracle import world_of
from tests.judges.oracle.statements import BY_DEFINITION
from tests.lemma_hypotheses import PACKAGE, Hypothesis, assert_needed, checker_with, lemmas_of, read_table
from tests.mutations import fate
from tests.proofs_checks.test_certificate import LEMMAS
from tests.proofs_checks.test_claims_elsewhere import elsewhere

TABLE = read_table("hypotheses.md")

RULES = {name: f"hardmax/statements/{name.replace('-', '_')}.py" for name in STATEMENTS}
"""The file of the rule of every statement."""

FACTS = {
    name: re.findall(r"require\((run\.facts\.\w+),", (PACKAGE / file).read_text(encoding="utf-8"))
    for name, file in RULES.items()
}
"""For which facts it asks."""

FAR = 12
"""Within so many layers a claim by a lemma whose hypothesis is not there is seen to be false."""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.lemma}: {row.says}")
def test_without_the_check_a_false_theorem_would_be_proved(row: Hypothesis) -> None:
    assert_needed(row)


@pytest.mark.parametrize(("name", "fact"), [(name, fact) for name, facts in FACTS.items() for fact in facts])
def test_a_fact_that_a_rule_asks_for_has_a_row_or_is_needed_for_what_is_shown(name: str, fact: str) -> None:
    checks = ((module, check) for row in TABLE for module, check, _ in row.checks)
    assert any(module == RULES[name] and fact in check for module, check in checks) or is_needed(name, fact)


@pytest.mark.parametrize("name", ["hull-shrinkage", "distinctness-preserved", "interval-shrinkage"])
def test_a_fact_is_found_to_be_needed_without_its_row(name: str) -> None:
    assert all(is_needed(name, fact) for fact in FACTS[name])


def is_needed(name: str, fact: str) -> bool:
    """Tell whether without a fact a claim that is valid of one system would be accepted where it is false."""
    path = PACKAGE / RULES[name]
    with checker_with({path: path.read_text(encoding="utf-8").replace(fact, "True")}) as other:
        return any(is_wrong(document, name, other) for document in elsewhere(name))


def is_wrong(document: Any, name: str, other: ModuleType) -> bool:
    """Tell whether a claim by a lemma is rejected, accepted by another checker, and false."""
    if "lemma" not in document["claims"][0] or fate(document) != "RejectedError":
        return False
    try:
        other.verify(json.dumps(document))
    except (other.RejectedError, other.MalformedError):
        return False
    return not BY_DEFINITION[name](world_of(json.dumps(document["system"]), FAR, document["version"]))


def test_every_lemma_about_one_system_is_in_the_table_or_asks_for_facts_alone() -> None:
    rules = {
        name: import_module(f"proofs_checks.{file[:-3].replace('/', '.')}") for name, file in RULES.items()
    }
    by_facts = {rule.LEMMA for name, rule in rules.items() if FACTS[name] and hasattr(rule, "LEMMA")}
    inner = {"factorisation", "locked-itinerary", "limit-set", "number-field"}
    assert inner | LEMMAS <= lemmas_of(TABLE) | by_facts
