"""The reader of the verified kernel is not proved: what it does not know is not covered, never accepted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from proofs_checks.verified.document import BeyondError, NotWellFormedError, rational, read_json
from proofs_checks.verified.kernel import judge
from proofs_checks.verified.work import TooMuchError

SYSTEM = {"A": [["1"]], "alpha": "1", "tokens": [["1"], ["-1"]]}
SYMMETRIC = {"claim": "symmetric", "verdict": "holds"}
PERSIST = {"claim": "leaders-persist", "verdict": "holds", "scope": "layers 0..2"}
FAMILY = {"class": "general", "alpha": "1", "tokens": [["1"], ["-1"]]}


def certificate(*claims: Any, **others: Any) -> str:
    head = {"format": "exactdyn certificate", "version": 1, "layers": 2, "system": SYSTEM, "claims": claims}
    return json.dumps({name: value for name, value in (head | others).items() if value is not None})


def verdicts(text: str) -> list[str]:
    return [found.verdict for found in judge(text)]


def test_claims_are_judged_one_by_one_in_their_order() -> None:
    wrong = {"claim": "positive-alpha", "verdict": "fails", "witness": {"alpha": "1"}}
    unknown = {"claim": "hull-of-the-seen", "verdict": "fails"}
    assert verdicts(certificate(SYMMETRIC, wrong, unknown, PERSIST)) == [
        "accepted",
        "rejected",
        "not covered",
        "accepted",
    ]


@pytest.mark.parametrize(
    "text",
    [
        certificate(SYMMETRIC, SYMMETRIC),
        certificate({**SYMMETRIC, "note": ""}),
        certificate({**SYMMETRIC, "evidence": {"note": ""}}),
        certificate({**SYMMETRIC, "evidence": []}),
        certificate({**SYMMETRIC, "witness": {}}),
        certificate({**SYMMETRIC, "scope": "layers 0..2"}),
        certificate({**SYMMETRIC, "verdict": "Holds"}),
        certificate({"verdict": "holds"}),
        certificate(),
        certificate("symmetric"),
        certificate(SYMMETRIC, note=""),
        certificate(SYMMETRIC, layers=-1),
        certificate(SYMMETRIC, layers=True),
        certificate(SYMMETRIC, layers=10_000_001),
        certificate(SYMMETRIC, version=4),
        certificate(SYMMETRIC, version=True),
        certificate(SYMMETRIC, system=None),
        certificate(SYMMETRIC, family=FAMILY),
        certificate(SYMMETRIC, system={**SYSTEM, "note": ""}),
        certificate(SYMMETRIC, system={**SYSTEM, "alpha": "-1"}),
        certificate(SYMMETRIC, system={**SYSTEM, "tokens": []}),
        certificate(SYMMETRIC, system={**SYSTEM, "tokens": [["1", "2"]]}),
        certificate(SYMMETRIC, system={**SYSTEM, "A": []}),
        certificate(SYMMETRIC, system={**SYSTEM, "A": [["1", "2"]]}),
        certificate(SYMMETRIC, system={**SYSTEM, "A": [[1]]}),
        certificate(SYMMETRIC, system=None, family={**FAMILY, "tokens": [["1"], []]}),
        certificate(SYMMETRIC)[:-1],
        certificate(SYMMETRIC) + "x",
        certificate(SYMMETRIC).replace('"version": 1', '"version": 1, "version": 1'),
        certificate(SYMMETRIC).replace('"version": 1', '"version": 1.0'),
        "[]",
        "",
    ],
)
def test_what_is_no_certificate_is_refused(text: str) -> None:
    with pytest.raises(NotWellFormedError):
        judge(text)


@pytest.mark.parametrize(
    "text",
    [
        certificate(SYMMETRIC, version=2),
        certificate(SYMMETRIC, version=3),
        certificate(SYMMETRIC, format="exactdyn softmax certificate"),
    ],
)
def test_what_is_not_read_at_all_is_said_to_be_beyond_the_proofs(text: str) -> None:
    with pytest.raises(BeyondError):
        judge(text)


@pytest.mark.parametrize(
    "claim",
    [
        {**PERSIST, "scope": "every layer", "lemma": "some-other-lemma"},
        {"claim": "some-other-claim", "verdict": "holds"},
        {"claim": "leader-vertex", "verdict": "fails", "witness": {"locked": {}, "token": 0}},
    ],
)
def test_rules_that_are_not_proved_are_not_covered(claim: Any) -> None:
    assert verdicts(certificate(claim)) == ["not covered"]


@pytest.mark.parametrize("scope", ["layers 0..3", "every layer", "", None])
def test_a_scope_that_no_rule_has_is_rejected(scope: str | None) -> None:
    claim = {name: value for name, value in {**PERSIST, "scope": scope}.items() if value is not None}
    assert verdicts(certificate(claim)) == ["rejected"]


@pytest.mark.parametrize(
    "text", ["", "+1", "1/0", "1/-2", "1.0", " 1", "0x1/2", "1/0x2", "0xF", "\u0661", "1" * 4001]
)
def test_only_the_spelling_of_numbers_that_format_md_has_is_read(text: str) -> None:
    with pytest.raises(NotWellFormedError):
        rational(text)


def test_json_may_be_nested_five_hundred_levels_deep() -> None:
    read_json("[" * 500 + "]" * 500)
    for depth in (501, 100_000):
        with pytest.raises(NotWellFormedError):
            read_json("[" * depth + "]" * depth)


def test_what_would_take_very_long_is_only_done_by_the_patient() -> None:
    tokens = [[str(token)] for token in range(40)]
    text = certificate(
        PERSIST | {"scope": "layers 0..5000"}, layers=5000, system={**SYSTEM, "tokens": tokens}
    )
    with pytest.raises(TooMuchError):
        judge(text)
    assert judge(certificate(PERSIST), patient=True)[0].verdict == "accepted"


def test_long_runs_meet_no_limit_of_recursion() -> None:
    system = {"A": [["1"]], "alpha": "1", "tokens": [["1"]]}
    claim = PERSIST | {"scope": "layers 0..2000"}
    assert verdicts(certificate(claim, layers=2000, system=system)) == ["accepted"]


def test_many_tokens_and_coordinates_meet_no_limit_of_recursion() -> None:
    many = {"A": [["1"]], "alpha": "1", "tokens": [[str(token)] for token in range(600)]}
    assert verdicts(certificate(SYMMETRIC, system=many)) == ["accepted"]
    wide = {"A": [["0"] * 60] * 60, "alpha": "1", "tokens": [["1"] * 60]}
    assert verdicts(certificate(SYMMETRIC, system=wide)) == ["accepted"]
