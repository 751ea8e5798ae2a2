"""Sums of terms c k^p r^k: arithmetic, and signs that are proved for ever."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.terms import LAYER, SETTLED_LIMIT, Term, TermSum

BASES = st.sampled_from([Fraction(text) for text in ("1", "1", "1/2", "2", "1/3", "3/2")])
TERM = st.builds(Term, st.fractions(-4, 4, max_denominator=3), st.integers(0, 3), BASES)
SUMS = st.lists(TERM, max_size=4).map(TermSum.of)


def number(text):
    return TermSum.number(Fraction(text))


@given(SUMS, SUMS, st.integers(0, 12))
def test_sums_and_products_are_those_of_the_values(one, other, layer):
    assert (one + other).at(layer) == one.at(layer) + other.at(layer)
    assert (one - other).at(layer) == one.at(layer) - other.at(layer)
    assert (one * other).at(layer) == one.at(layer) * other.at(layer)
    assert one.following().at(layer) == one.at(layer + 1)
    assert (one - one).terms == ()


ONE_SIGN = st.tuples(SUMS, st.sampled_from([1, -1])).map(
    lambda drawn: TermSum.of(t._replace(coefficient=drawn[1] * abs(t.coefficient)) for t in drawn[0].terms)
)


@given(ONE_SIGN)
def test_signs_that_are_seen_at_once_are_those_that_the_proof_finds_first(terms):
    proofs = [layer for layer in range(20) if terms.never_negative(layer)]
    assert terms.never_negative_from() == (proofs[0] if proofs else None)
    positive = [layer for layer in range(20) if terms.positive(layer)]
    assert terms.positive_from() == (positive[0] if positive else None)


@given(SUMS)
def test_a_sum_that_never_is_negative_is_so_at_every_layer_and_has_no_earlier_proof(terms):
    start = terms.never_negative_from()
    if start is None:
        # What grows fastest decides: no proof is found only where that is negative.
        assert terms.terms[0].coefficient < 0
        return
    assert not terms.terms or terms.terms[0].coefficient > 0
    assert all(terms.at(layer) >= 0 for layer in range(start, start + 40))
    assert terms.never_negative(start + 1) and terms.never_negative(start + 17)
    assert start == 0 or not terms.never_negative(start - 1)


@given(SUMS)
def test_a_sum_that_is_positive_is_so_at_every_layer(terms):
    start = terms.positive_from()
    if start is not None:
        assert all(terms.at(layer) > 0 for layer in range(start, start + 40))


@pytest.mark.parametrize(
    ("terms", "start"),
    [
        (LAYER - number("7/2"), 4),
        (TermSum.of([Term(Fraction(1), 0, Fraction(2))]) - LAYER * LAYER, 4),
        (LAYER - number(SETTLED_LIMIT), SETTLED_LIMIT),
        (LAYER - number(SETTLED_LIMIT + 1), None),
        (number("-1"), None),
        (number("0"), 0),
    ],
    ids=["k - 7/2", "2^k - k^2", "at the limit", "beyond the limit", "-1", "0"],
)
def test_the_first_layer_from_which_a_sign_is_settled_is_found(terms, start):
    assert terms.never_negative_from() == start


def test_a_zero_is_not_positive_however_late():
    assert LAYER.never_negative(0) and not LAYER.positive(0)
    assert number("0").positive_from() is None
