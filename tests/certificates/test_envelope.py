import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_data, certificate_text, encode
from exactdyn.statements.catalogue import ON_THE_LIMIT
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from exactdyn.verdict import Verdict
from proofs_checks import describe, parse, verify
from proofs_checks.format.rationals import DECIMAL_DIGITS_LIMIT, TEXT_LIMIT
from tests.strategies import ALPHAS, NEGATIVE_ALPHAS, systems

SYSTEMS = systems(ALPHAS | NEGATIVE_ALPHAS, dimensions=2, largest=5)


@given(SYSTEMS, st.integers(0, 3))
def test_the_checker_accepts_every_certificate_and_reads_the_same_system_and_verdicts(system, layers):
    result = check(Hardmax(system.A, system.alpha).run(system.tokens, layers))
    accepted = verify(certificate_text(result.certificate))
    assert (accepted.system.A, accepted.system.alpha) == (system.A, system.alpha)
    assert (accepted.system.tokens, accepted.layers) == (system.tokens, layers)
    decided = {
        name: verdict.outcome
        for name, verdict in (result.hypotheses | result.statements).items()
        if verdict.outcome != "undecided"
    }
    assert {claim.name: claim.verdict for claim in accepted.claims} == decided
    assert len(describe(accepted)) == 4 + len(decided)


@given(SYSTEMS)
def test_a_certificate_is_the_same_after_writing_and_reading(system):
    data = check(Hardmax(system.A, system.alpha).run(system.tokens, 2)).certificate
    text = certificate_text(data)
    assert json.loads(text) == data
    assert certificate_text(json.loads(text)) == text
    assert text.isascii()


@given(SYSTEMS)
def test_a_certificate_is_about_the_normalised_form(system):
    certificates = [
        check(Hardmax(system.A, system.alpha, form).run(system.tokens, 2)).certificate
        for form in ("normalised", "unnormalised")
    ]
    assert certificates[0] == certificates[1]


def test_a_claim_has_the_members_of_its_verdict_and_no_others():
    run = Hardmax(alpha=1).run([[1], ["1/2"]], layers=1)
    verdicts = {
        "symmetric": Verdict("holds"),
        "hull-shrinkage": Verdict("holds", "every layer", "convex-step"),
        "leaders-extreme": Verdict("holds", "layers 0..1", evidence={"leaders": [Fraction(1, 2)]}),
        "norm-growth": Verdict("fails", witness={"q_before": Fraction(-3)}),
        "leaders-persist": Verdict("undecided", reason="not tried"),
    }
    assert certificate_data(run, verdicts)["claims"] == [
        {"claim": "symmetric", "verdict": "holds"},
        {"claim": "hull-shrinkage", "verdict": "holds", "scope": "every layer", "lemma": "convex-step"},
        {
            **{"claim": "leaders-extreme", "verdict": "holds", "scope": "layers 0..1"},
            "evidence": {"leaders": ["1/2"]},
        },
        {"claim": "norm-growth", "verdict": "fails", "witness": {"q_before": "-3"}},
    ]


@pytest.mark.parametrize(
    "data, encoded",
    [
        (Fraction(-1, 18), "-1/18"),
        (Fraction(4, 2), "2"),
        (3, 3),
        ("every layer", "every layer"),
        (None, None),
        ((Fraction(1), [Fraction(1, 2)]), ["1", ["1/2"]]),
        ({"layer": 1, "point": (Fraction(0),)}, {"layer": 1, "point": ["0"]}),
    ],
)
def test_fractions_become_text_at_any_depth(data, encoded):
    assert encode(data) == encoded


@pytest.mark.parametrize(
    "digits", [DECIMAL_DIGITS_LIMIT - 1, DECIMAL_DIGITS_LIMIT, DECIMAL_DIGITS_LIMIT + 1, 50_000]
)
def test_numbers_of_any_length_reach_the_checker(digits):
    large = 10 ** (digits - 1)
    run = Hardmax(alpha=1).run([[large], [Fraction(1, large + 1)], [Fraction(large, 3)]], layers=0)
    found = check(run)
    verdicts = found.hypotheses | found.statements
    if digits > 2 * DECIMAL_DIGITS_LIMIT:  # what is said of the limit takes many of their products
        verdicts = {name: verdict for name, verdict in verdicts.items() if name not in ON_THE_LIMIT}
    text = certificate_text(certificate_data(run, verdicts))
    assert parse(text).system.tokens == ((large,), (Fraction(1, large + 1),), (Fraction(large, 3),))
    assert verify(text)
    assert max(map(len, text.split('"'))) < TEXT_LIMIT
