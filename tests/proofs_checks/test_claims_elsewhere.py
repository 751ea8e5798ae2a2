"""What is shown of one system is claimed of another, where the oracle says whether it is shown, too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from proofs_checks import HYPOTHESES, STATEMENTS
from proofs_checks.__main__ import read_text
from tests.judges.oracle import confirms
from tests.judges.oracle.limits import never
from tests.judges.oracle.statements import STATEMENTS as JUDGED
from tests.mutations import fate
from tests.proofs_checks.test_certificate import INVALID_RUNS
from tests.valid_certificates import VALID

FAR = 600
"""The oracle goes layer by layer: certificates with a larger count or layer are left out."""

Said = tuple[str, str, bool | None]
"""A claim by its name, its verdict, and, of a statement that holds, whether a lemma says so."""


def said(claim: Any) -> Said:
    return claim["claim"], claim["verdict"], "lemma" in claim if "scope" in claim else None


def is_near(value: Any) -> bool:
    if isinstance(value, dict | list):
        return all(map(is_near, value.values() if isinstance(value, dict) else value))
    return not isinstance(value, int) or value <= FAR


def elsewhere(name: str) -> Iterator[Any]:
    """Each claim of this name that is valid somewhere, made of each system for which one is valid."""
    near = [document for document in VALID.values() if is_near(document)]
    shown = [(claim, own) for own in near for claim in own["claims"] if claim["claim"] == name]
    for claim, own in shown:
        for _, other in shown:
            scopes = [f"layers 0..{document['layers']}" for document in (own, other)]
            yield other | {"claims": [json.loads(json.dumps(claim).replace(*scopes))]}


@cache
def refused(name: str) -> set[Said]:
    """What is refused of some system, the judges being of one mind about all."""
    found = set()
    for document in elsewhere(name):
        outcome = fate(document)
        assert confirms(document) == (outcome == "accepted"), f"{outcome}: {json.dumps(document)}"
        found |= {said(document["claims"][0])} if outcome == "RejectedError" else set()
    return found


def everything(name: str) -> set[Said]:
    """All that a claim can say."""
    if name in HYPOTHESES:
        return {(name, "holds", None), (name, "fails", None)}
    judges = JUDGED[name]
    holds = {(name, "holds", True)} if judges.by_lemma else set()
    holds |= {(name, "holds", False)} if judges.computed is not never else set()
    return holds | {(name, "fails", None)}


@pytest.mark.parametrize("name", [*HYPOTHESES, *STATEMENTS])
def test_what_is_shown_of_one_system_is_accepted_of_another_only_if_it_is_true_there(name: str) -> None:
    assert refused(name)


@pytest.mark.parametrize("name", [*HYPOTHESES, *STATEMENTS])
def test_there_is_a_valid_and_a_refused_certificate_of_all_that_a_claim_can_say(name: str) -> None:
    valid = {said(claim) for document in VALID.values() for claim in document["claims"]}
    invalid = {
        said(claim) for path in INVALID_RUNS for claim in json.loads(read_text(path)).get("claims", ())
    }
    assert everything(name) <= valid
    assert everything(name) <= refused(name) | invalid
