"""Integer polynomials against their values: sums, products, quotients, signs."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.parameters.polynomials import (
    at,
    determinant,
    divided,
    inner,
    moved,
    plus,
    sign_at,
    sign_throughout,
    times,
    trimmed,
    variations,
)

POLYNOMIALS = st.lists(st.integers(-9, 9), max_size=5).map(trimmed)
PLACES = st.fractions(-3, 3, max_denominator=8)


def value(p, x):
    return sum((c * x**k for k, c in enumerate(p)), Fraction(0))


@given(POLYNOMIALS, POLYNOMIALS, st.integers(-5, 5), PLACES)
def test_sums_and_products_have_the_values_of_sums_and_products(p, q, factor, x):
    assert value(plus(p, q, factor), x) == value(p, x) + factor * value(q, x)
    assert value(times(p, q), x) == value(p, x) * value(q, x)
    assert value(inner([p, q], [q, q]), x) == (value(p, x) + value(q, x)) * value(q, x)
    for found in (plus(p, q, factor), times(p, q)):
        assert not found or found[-1] != 0


@given(st.lists(POLYNOMIALS, min_size=9, max_size=9), PLACES)
def test_a_determinant_has_the_value_of_the_determinant(entries, x):
    a, b, c, d, e, f, g, h, i = (value(p, x) for p in entries)
    expected = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    assert value(determinant([entries[:3], entries[3:6], entries[6:]]), x) == expected


@given(POLYNOMIALS, PLACES)
def test_a_value_is_scaled_by_a_power_of_the_denominator_and_has_its_sign(p, x):
    assert at(p, x) == value(p, x) * x.denominator ** max(len(p) - 1, 0)
    assert sign_at(p, x) == (value(p, x) > 0) - (value(p, x) < 0)


@given(POLYNOMIALS, POLYNOMIALS.filter(bool))
def test_a_product_is_divided_by_a_factor_up_to_a_positive_number_and_nothing_else_is(p, g):
    quotient = divided(times(p, g), g)
    assert quotient is not None
    assert (
        trimmed(quotient) == []
        if not p
        else all(x * p[-1] == y * quotient[-1] for x, y in zip(quotient, p, strict=True))
    )
    assert not p or quotient[-1] * p[-1] > 0
    off = plus(times(p, g), [1])
    assert (divided(off, g) is None) == (len(g) > 1)


@given(POLYNOMIALS, PLACES, PLACES, st.fractions(0, 9, max_denominator=5))
def test_coefficients_along_an_interval_are_those_of_the_polynomial_there(p, one, other, s):
    low, high = min(one, other), max(one, other)
    coefficients = moved(p, low, high)
    x, degree = (low + high * s) / (1 + s), len(p) - 1
    positive = Fraction(value(coefficients, s))
    if p:
        assert (positive > 0) - (positive < 0) == sign_at(p, x)
        assert len(coefficients) == degree + 1
        assert [(y > 0) - (y < 0) for y in (coefficients[0], coefficients[-1])] == [
            sign_at(p, low),
            sign_at(p, high),
        ]


@given(st.lists(PLACES, min_size=1, max_size=4), st.integers(1, 3), PLACES, PLACES)
def test_a_sign_throughout_an_interval_is_seen_if_and_only_if_there_is_no_root(roots, factor, one, other):
    low, high = min(one, other), max(one, other)
    p = [factor]
    for root in roots:
        p = times(p, [-root.numerator, root.denominator])
    found = sign_throughout(p, low, high)
    if any(low <= root <= high for root in roots):
        assert found == 0
    elif low < high:
        assert found == sign_at(p, (low + high) / 2) != 0


@given(st.lists(st.integers(-2, 2), max_size=7))
def test_variations_are_changes_of_sign_with_zeros_left_out(coefficients):
    signs = [x for x in coefficients if x]
    assert variations(coefficients) == sum(x * y < 0 for x, y in pairwise(signs))
