"""Polynomials over a field against products of known factors."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.fields.joining import number

FIELDS = [number(text, "x").domain for text in ("sqrt(2)", "2^(1/3)", "sqrt(2)+sqrt(3)")]
every_field = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
SMALL = st.lists(st.fractions(-2, 2, max_denominator=2), min_size=1, max_size=2)


def polynomials(field, least=0):
    """Of degree at most 2, with numbers of the first two powers of the generator."""
    numbers = st.builds(lambda row: field.read(row, "x"), SMALL)
    return st.lists(numbers, min_size=least, max_size=3).map(field.polynomial)


@every_field
@given(st.data())
def test_quotient_and_remainder_make_up_the_dividend(field, data):
    whole, part = data.draw(polynomials(field)), data.draw(polynomials(field, 1))
    if part.degree() < 0:
        with pytest.raises(ZeroDivisionError):
            whole % part
        return
    quotient, rest = whole // part, whole % part
    back, missing = (quotient * part).coeffs(), rest.coeffs()
    size = max(len(back), len(missing))
    zero = field.rational(Fraction(0))
    pairs = zip(back + [zero] * (size - len(back)), missing + [zero] * (size - len(missing)), strict=True)
    assert field.polynomial([x + y for x, y in pairs]) == whole
    assert rest.degree() < part.degree() or part.degree() == 0 == rest.degree() + 1


@every_field
@given(st.data())
def test_the_greatest_common_divisor_divides_both_and_has_the_common_factor(field, data):
    first, second, common = (data.draw(polynomials(field)) for _ in range(3))
    if min(first.degree(), second.degree(), common.degree()) < 0:
        return
    one, other = first * common, second * common
    found = one.gcd(other)
    for whole, part in ((one, found), (other, found), (found, common)):
        assert (whole % part).degree() == -1


@every_field
@given(st.data())
def test_factors_multiply_to_the_polynomial_and_have_no_factors(field, data):
    whole = data.draw(polynomials(field, 1)) * data.draw(polynomials(field, 1))
    if whole.degree() < 1:
        return
    lead, factors = whole.factor()
    product = field.polynomial([lead])
    for factor, multiplicity in factors:
        for _ in range(multiplicity):
            product = product * factor
        assert factor.factor()[1] == [(factor, 1)]
    assert product == whole


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("sqrt(2)", [4]), ("2^(1/4)", [1, 1, 2]), ("sqrt(2)+2^(1/4)", [1, 1, 2])],
)
def test_a_polynomial_splits_as_far_as_the_field_has_its_roots(text, degrees):
    field = number(text, "x").domain
    quartic = field.polynomial([Fraction(x) for x in (-2, 0, 0, 0, 1)])
    found = sorted(factor.degree() for factor, _ in quartic.factor()[1])
    assert found == ([2, 2] if text == "sqrt(2)" else degrees)
