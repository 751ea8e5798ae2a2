"""Claims that no kept certificate makes, judged by both kernels and written for Coq."""

from __future__ import annotations

import json
from typing import Any

import pytest

from proofs_checks.verified.theorem import coq_file
from tests.both_kernels import verified, written

DEFINITE = {"lower": [["1"]], "diagonal": ["1"]}


def certificate(tokens: list[list[str]], claim: dict[str, Any], step: str = "1") -> str:
    """Make a certificate in one dimension: of A = 1 with a basin, or of A = -1 where the step leads away."""
    part = "witness" if claim["verdict"] == "fails" else "evidence"
    basin = {"layer": 0, "targets": [0] * len(tokens), "semidefinite": DEFINITE}
    data = claim[part] if "semidefinite" in claim[part] else {**claim[part], "basin": basin}
    system = {"A": [["-1" if step[0] == "-" else "1"]], "alpha": step, "tokens": tokens}
    head = {"format": "exactdyn certificate", "version": 1, "system": system, "layers": 0}
    return json.dumps({**head, "claims": [{**claim, part: data}]})


RIGID = {"claim": "limit-set", "verdict": "holds", "scope": "every layer", "lemma": "basin", "evidence": {}}
COPIES = {"claim": "leader-vertex", "verdict": "fails", "witness": {"token": 1, "functional": ["1"]}}
AT_ZERO = {"claim": "limit-set", "verdict": "fails", "witness": {"token": 0, "limit": ["0"]}}
SPREADS = {"semidefinite": DEFINITE, "layer": 0, "token": 0, "tokens": [0, 1]}
AWAY = {"claim": "limit-set", "verdict": "fails", "witness": SPREADS}
TIED = {**AWAY, "witness": {**SPREADS, "tokens": [1, 1]}}
CASES: dict[str, tuple[Any, ...]] = {
    "LimitSetBasinRigid": ([["1"], ["1/2"]], RIGID),
    "VertexBasinFails": ([["1"], ["1"]], COPIES),
    "LimitSetBasinFails": ([["0"]], AT_ZERO),
    "LimitSetSpreads": ([["1"], ["2"]], AWAY, "-1/2"),
}
WRONG: dict[str, tuple[Any, ...]] = {
    "an end at 0 belongs to no S": ([["0"]], RIGID),
    "a leader is there": ([["1"], ["1/2"]], COPIES),
    "the end is not 0": ([["1"], ["1/2"]], AT_ZERO),
    "0 is in no basin": ([["1"], ["0"]], RIGID),
    "these scores tie": ([["1"], ["2"]], TIED, "-1/2"),
    "the step leads too far, not away": ([["1"], ["2"]], AWAY, "-3"),
}


@pytest.mark.parametrize("made", CASES)
def test_both_accept_it_and_coq_gets_it(made: str) -> None:
    text = certificate(*CASES[made])
    assert (written(text), verified(text)) == ("accepted", "accepted")
    assert f"claim := {made} " in coq_file(text).text


@pytest.mark.parametrize("why", WRONG)
def test_both_reject_it(why: str) -> None:
    text = certificate(*WRONG[why])
    assert (written(text), verified(text)) == ("rejected", "rejected")
