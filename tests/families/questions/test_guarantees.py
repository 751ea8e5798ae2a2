"""The lemmas that guarantee a statement for a class: against brute force, and as the checker has them."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.certificates.envelope import certificate_text
from exactdyn.errors import InputError
from exactdyn.families.certificate import lemma_certificate_data
from exactdyn.families.questions.guarantees import proving
from exactdyn.statements.catalogue import ON_LAYERS
from proofs_checks import RejectedError, describe, verify
from tests.judges.every_matrix import CLASSES, counterexamples
from tests.strategies import ALPHAS, token_sets


def proved_by(*meant):
    """The name of the lemma that excludes failure; None where there is none."""
    lemma = proving(*meant)
    return None if lemma is None else lemma.name


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_lemma_that_guarantees_a_statement_is_right_about_small_matrices(data):
    statement, kind = data.draw(st.sampled_from(list(ON_LAYERS))), data.draw(st.sampled_from(CLASSES))
    alpha = data.draw(ALPHAS)
    if proving(statement, kind, alpha) is None:
        return
    tokens = data.draw(token_sets(2, largest=3))
    assert next(counterexamples(statement, kind, alpha, tokens, 2), None) is None


@pytest.mark.parametrize("statement", ON_LAYERS)
@pytest.mark.parametrize("kind", CLASSES)
def test_a_lemma_speaks_of_all_tokens_in_a_certificate_or_there_is_none(statement, kind):
    lemma = proved_by(statement, kind, Fraction(1))
    claim = {"claim": statement, "verdict": "holds", "scope": "every layer"}
    forged = {"format": "exactdyn certificate", "version": 1, "family": {"class": kind}, "layers": 0}
    if lemma is not None:
        lines = describe(verify(certificate_text(lemma_certificate_data(statement, kind))))
        assert lines[0] == "all tokens in every dimension, all alpha > 0"
        assert f"lemma {lemma}" in lines[-1]
        return
    with pytest.raises(InputError, match="requires one that a lemma proves"):
        lemma_certificate_data(statement, kind)
    lemma = proved_by(statement, "positive-definite", Fraction(1))
    with pytest.raises(RejectedError, match="requires"):
        verify(json.dumps({**forged, "claims": [claim | {"lemma": lemma}]}))


def test_lemmas_need_a_step_towards_what_is_attended():
    assert proved_by("hull-shrinkage", "general", Fraction(0)) == "convex-step"
    assert proved_by("hull-shrinkage", "general", Fraction(-1, 2)) is None
    assert proved_by("convergence", "positive-definite", Fraction(0)) == "growth-converges"
    assert proved_by("convergence", "positive-definite", Fraction(-1, 2)) is None
    assert proved_by("convergence", "positive-semidefinite", Fraction(1)) is None
