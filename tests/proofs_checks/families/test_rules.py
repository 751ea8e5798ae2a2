"""Certificates of what a lemma says of all tokens: each class that is not allowed has a counterexample."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from exactdyn import Hardmax
from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES
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


SEMIDEFINITE, DEFINITE = ("positive-semidefinite", "positive-definite"), ("positive-definite",)
NARROWED = {
    ("attention-settles", "rank-two-settles"): (SEMIDEFINITE, {"rank": 2}),
    ("convergence", "rank-two-settles"): (SEMIDEFINITE, {"rank": 2}),
    ("leader-vertex", "leading-points"): (DEFINITE, {"hypotheses": ["distinct-tokens"]}),
    ("limit-set", "growth-converges"): (DEFINITE, {"hypotheses": ["nonzero-tokens"]}),
}
"""Lemmas that speak of some of the matrices or tokens: for which classes, and of which."""
LOWEST = system([[-1]], "1/2", [[1], [-1], ["1/3"]])
SHRINKING = system([[1, 1], [-1, 1]], 1, [[1, 0], [0, 1], [-1, 0], [0, -1]])
FLAT_PAIR = system([[1, 0], [0, 0]], 1, [[0, 1], [0, -1]])
AGAINST = {
    "attention-settles": (LOWEST, TURNED),
    "convergence": (WANDERING, TURNED),
    "leader-vertex": (MEETING, TURNING, FLAT_PAIR),
    "limit-set": (MEETING, SHRINKING, FLAT_PAIR),
}
"""Systems of nonzero distinct tokens for which the statement fails, as a check finds."""


def narrowed(name: str, lemma: str, kind: str, **stated: object) -> str:
    claim = {"claim": name, "verdict": "holds", "scope": "every layer", "lemma": lemma}
    return certificate_of({"class": kind} | stated, claim)


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize(("name", "lemma"), NARROWED)
def test_a_lemma_about_some_tokens_or_matrices_is_accepted_for_no_class_that_has_a_counterexample(
    name: str, lemma: str, kind: str
) -> None:
    kinds, stated = NARROWED[name, lemma]
    if kind in kinds:
        verify(narrowed(name, lemma, kind, **stated))
        return
    with pytest.raises(RejectedError, match=f"{lemma} requires {' or '.join(kinds)}"):
        verify(narrowed(name, lemma, kind, **stated))
    if (name, kind) != ("convergence", "positive-semidefinite") and not kind.startswith("negative-definite"):
        assert any(every_matrix.belongs(own.A, kind) for own in AGAINST[name])


@pytest.mark.parametrize("name", AGAINST)
def test_the_statements_fail_for_the_systems_that_are_named_against_them(name: str) -> None:
    for own in AGAINST[name]:
        run = Hardmax(own.A, own.alpha).run(own.tokens, 2)
        assert CATALOGUE[name].decide(run).outcome == "fails"
        for hypothesis in ("nonzero-tokens", "distinct-tokens"):
            assert HYPOTHESES[hypothesis].decide(run).outcome == "holds"


@pytest.mark.parametrize(("name", "lemma"), NARROWED)
def test_of_more_tokens_or_matrices_such_a_lemma_says_nothing(name: str, lemma: str) -> None:
    kinds, stated = NARROWED[name, lemma]
    other = {"rank": 3} if "rank" in stated else {"hypotheses": []}
    exchanged = {"hypotheses": ["distinct-tokens" if name == "limit-set" else "nonzero-tokens"]}
    for narrower in ({}, other, exchanged):
        with pytest.raises(RejectedError, match=r"requires (a rank|distinct|tokens other)"):
            verify(narrowed(name, lemma, kinds[-1], **narrower))
    verify(narrowed(name, lemma, kinds[-1], rank=0, hypotheses=["nonzero-tokens", "distinct-tokens"]))


@pytest.mark.parametrize(
    "stated",
    [
        {"rank": -1},
        {"rank": "2"},
        {"rank": 1001},
        {"rank": True},
        {"hypotheses": "distinct-tokens"},
        {"hypotheses": ["symmetric"]},
        {"hypotheses": [["distinct-tokens"]]},
        {"rank": 2, "alpha": "1", "tokens": [["1"]]},
        {"hypotheses": ["distinct-tokens"], "alpha": "1", "tokens": [["1"]]},
    ],
)
def test_a_family_is_narrowed_by_a_rank_and_named_hypotheses_and_only_without_tokens(stated: object) -> None:
    for version in (1, 2):
        document = json.loads(narrowed("convergence", "rank-two-settles", "positive-definite", rank=2))
        document["family"] = {"class": "positive-definite"} | stated
        document["version"] = version
        with pytest.raises(MalformedError):
            verify(json.dumps(document))


def test_given_tokens_have_to_be_what_the_lemma_asks_for() -> None:
    copies, zero, space = [["1"], ["1"]], [["-1"], ["0"], ["1"]], [["1", "0", "0"], ["0", "1", "0"]]
    for tokens, told in ((copies, "distinct"), (zero, "other than 0"), (space, "rank")):
        outcomes = {}
        for (name, lemma), (kinds, _) in NARROWED.items():
            given = {"alpha": "1", "tokens": tokens}
            try:
                verify(narrowed(name, lemma, kinds[0], **given))
                outcomes[name] = "accepted"
            except RejectedError as error:
                outcomes[name] = str(error)
        refused = {"distinct": {"leader-vertex"}, "other than 0": {"limit-set"}}
        expected = refused.get(told, {"attention-settles", "convergence"})
        assert {name for name, outcome in outcomes.items() if told in outcome} == expected
        assert {name for name, outcome in outcomes.items() if outcome == "accepted"} == {
            name for name, _ in NARROWED
        } - expected


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
