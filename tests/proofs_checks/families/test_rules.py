"""Certificates of what a lemma says of all tokens: each class that is not allowed has a counterexample."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from proofs_checks import MalformedError, RejectedError, verify
from proofs_checks.families.family import CLASSES
from tests.judges import every_matrix
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.reference import Computed, System, form, run, system, transpose
from tests.judges.truth import determinant, positive_definite

LEMMAS = {
    "hull-shrinkage": ("convex-step", CLASSES),
    "norm-growth": ("norm-growth", ("positive-definite",)),
    "leaders-persist": ("leaders-persist", CLASSES),
    "distinctness-preserved": ("no-collision", CLASSES[2:6]),
    "leaders-extreme": ("leader-exposed", CLASSES),
}
TURNING = system([[1, -4], [4, 1]], 1, [[1, 0], [0, 1], [-1, -1]])
FLAT = system([[1, 0], [0, 0]], 1, [[1, 0], [1, 1]])
MEETING = system([[-1]], 1, [[1], [-1]])
FALLING = system([[-1]], 1, [[1], [-5]])
COUNTEREXAMPLES: dict[tuple[str, str], System] = {
    ("norm-growth", "general"): TURNING,
    ("norm-growth", "symmetric"): FLAT,
    ("norm-growth", "positive-semidefinite"): FLAT,
    ("norm-growth", "positive-semidefinite-part"): TURNING,
    ("norm-growth", "positive-definite-part"): TURNING,
    ("distinctness-preserved", "general"): MEETING,
    ("distinctness-preserved", "symmetric"): MEETING,
    **{("norm-growth", kind): FALLING for kind in CLASSES[6:]},
    **{("distinctness-preserved", kind): MEETING for kind in CLASSES[6:]},
}
"""A system of the class, alpha > 0, for which the statement fails."""


def certificate(name: str, kind: str, scope: str = "every layer") -> str:
    claim = {"claim": name, "verdict": "holds", "scope": scope, "lemma": LEMMAS[name][0]}
    return certificate_of({"class": kind}, claim)


def certificate_of(family: object, claim: object) -> str:
    head = {"format": "exactdyn certificate", "version": 1, "family": family, "layers": 0}
    return json.dumps(head | {"claims": [claim]})


def belongs(given: System, kind: str) -> bool:
    """Whether A is of the class; semidefinite in dimension 2 by the determinant and the diagonal."""
    if kind.startswith("negative"):
        opposite = replace(given, A=tuple(tuple(-x for x in row) for row in given.A))
        return belongs(opposite, kind.replace("negative", "positive"))
    symmetric = kind in ("general", "positive-semidefinite-part", "positive-definite-part") or (
        transpose(given.A) == given.A
    )
    if "positive-definite" in kind:
        return symmetric and positive_definite(given.A)
    if "positive-semidefinite" in kind:
        part = [
            [x + y for x, y in zip(*rows, strict=True)]
            for rows in zip(given.A, transpose(given.A), strict=True)
        ]
        semidefinite = determinant([tuple(row) for row in part]) >= 0 and all(
            part[i][i] >= 0 for i in range(len(part))
        )
        return symmetric and len(part) <= 2 and semidefinite
    return symmetric


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("name", LEMMAS)
def test_a_lemma_is_accepted_for_the_classes_it_is_proved_for(name: str, kind: str) -> None:
    if kind in LEMMAS[name][1]:
        verify(certificate(name, kind))
        return
    with pytest.raises(RejectedError):
        verify(certificate(name, kind))
    against = COUNTEREXAMPLES[name, kind]
    assert belongs(against, kind)
    assert against.alpha > 0
    assert not BY_DEFINITION[name](Computed(against.A, run(against, 1)))


def test_the_counterexamples_are_what_they_seem() -> None:
    assert form(MEETING.A, MEETING.tokens[0]) == -1
    assert not belongs(MEETING, "positive-semidefinite")
    assert not belongs(FLAT, "positive-definite")
    assert belongs(MEETING, "negative-definite")
    assert not belongs(MEETING, "positive-semidefinite-part")


THIRDS = [[1, 0, 1, 0], [0, 1, 0, 1], [-1, -1, "3/5", "4/5"]]
WANDERING = system(
    [[0, 0, 0], [0, -1, 0], [0, 0, -1]],
    "1/2",
    [[-1, "1/2", 0], [-1, "-1/2", 0], [1, 0, "1/2"], [1, 0, "-1/2"], ["1/5", "1/3", "1/6"]],
)
TURNED = system(
    [[2, -7, 0, 0], [5, 2, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
    3,
    [
        *([m, n, Fraction(x) * sign, Fraction(y) * sign] for m, n, x, y in THIRDS for sign in (4, -4)),
        ["4/7", "-1/7", 0, 0],
    ],
)
CONSENSUS = ("negative-definite", "negative-definite-part")


def consensus(kind: str, **changed: object) -> str:
    claim = {"claim": "convergence", "verdict": "holds", "scope": "every layer", "lemma": "consensus"}
    return certificate_of({"class": kind}, claim | changed)


@pytest.mark.parametrize("kind", CLASSES)
def test_all_tokens_converge_if_the_form_is_negative_definite_and_by_no_other_lemma(kind: str) -> None:
    if kind in CONSENSUS:
        verify(consensus(kind))
        return
    with pytest.raises(RejectedError, match="consensus requires negative-definite or negative-definite-part"):
        verify(consensus(kind))


@pytest.mark.parametrize("kind", CLASSES)
def test_all_tokens_converge_by_growth_for_positive_definite_matrices_alone(kind: str) -> None:
    # Open for semidefinite matrices; WANDERING and TURNED wander for the other classes.
    if kind == "positive-definite":
        verify(consensus(kind, lemma="growth-converges"))
        return
    with pytest.raises(RejectedError, match="growth-converges requires positive-definite"):
        verify(consensus(kind, lemma="growth-converges"))


def test_a_token_wanders_for_ever_though_the_form_is_negative_semidefinite_or_positive_definite() -> None:
    # The last token comes back to its coordinate in the kernel of A, or to its place, from elsewhere.
    for given, period, coordinates in ((WANDERING, 2, 1), (TURNED, 3, 4)):
        seen = [layer.tokens[-1][:coordinates] for layer in run(given, 12)]
        assert all(seen[k] == seen[k + period] != seen[k + 1] for k in range(12 - period))
    assert every_matrix.belongs(WANDERING.A, "negative-semidefinite")
    assert every_matrix.belongs(TURNED.A, "positive-definite-part")


def test_of_the_limit_only_the_lemma_speaks_and_only_for_a_step_that_moves() -> None:
    family = {"class": CONSENSUS[0], "tokens": [["1"], ["-1"]]}
    (claim,) = json.loads(consensus(CONSENSUS[0]))["claims"]
    verify(certificate_of(family | {"alpha": "1/2"}, claim))
    for alpha in ("0", "-1/2", "-2"):
        with pytest.raises(RejectedError, match="requires 0 < tau < 1"):
            verify(certificate_of(family | {"alpha": alpha}, claim))
    tree = {"scope": "layers 0..0", "evidence": {"ties": True, "cases": {"holds": {}}}}
    by_cases = {"claim": "convergence", "verdict": "holds", **tree}
    with pytest.raises(RejectedError, match="only a lemma speaks of the limit"):
        verify(certificate_of(family | {"alpha": "1"}, by_cases))
    for changed in ({"lemma": "locked-limit"}, {"lemma": "no-collision"}, {"scope": "layers 0..0"}):
        with pytest.raises(RejectedError):
            verify(consensus(CONSENSUS[0], **changed))


@pytest.mark.parametrize("name", LEMMAS)
def test_nothing_but_a_lemma_speaks_of_all_tokens(name: str) -> None:
    document = json.loads(certificate(name, "positive-definite"))
    claim = document["claims"][0]
    without = {key: value for key, value in claim.items() if key != "lemma"} | {"scope": "layers 0..0"}
    evidence = {"evidence": {"ties": True, "cases": {"holds": {}}}}
    for changed in (
        without | evidence,
        claim | {"lemma": "consensus"},
        claim | {"scope": "layers 0..0"},
        {"claim": name, "verdict": "fails", "witness": {}},
    ):
        with pytest.raises(RejectedError):
            verify(json.dumps(document | {"claims": [changed]}))
    for changed in (claim | {"claim": "convergence"}, claim | {"claim": "symmetric"}, claim | evidence):
        with pytest.raises((MalformedError, RejectedError)):
            verify(json.dumps(document | {"claims": [changed]}))
