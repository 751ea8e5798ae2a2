"""Polynomials decay exactly if all their roots are inside of the unit circle."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_checks import RejectedError
from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.decay import decays, read_decay

RATES = st.fractions(-2, 2, max_denominator=6)


def times(p, q):
    """The product of two polynomials, the constant coefficient first."""
    found = [Fraction(0)] * (len(p) + len(q) - 1)
    for i, x in enumerate(p):
        for j, y in enumerate(q):
            found[i + j] += x * y
    return tuple(found)


@st.composite
def polynomials_with_roots(draw):
    """A product of factors x - a and x^2 - 2 a x + a^2 + b^2, and the squares of the sizes of its roots."""
    polynomial, squares = (draw(RATES.filter(bool)),), []
    for _ in range(draw(st.integers(0, 3))):
        a, b = draw(RATES), draw(RATES)
        if draw(st.booleans()):
            polynomial, squares = times(polynomial, (-a, Fraction(1))), [*squares, a * a]
        else:
            size = a * a + b * b
            polynomial, squares = times(polynomial, (size, -2 * a, Fraction(1))), [*squares, size]
    return polynomial, squares


@given(polynomials_with_roots())
def test_a_polynomial_decays_if_and_only_if_all_its_roots_are_inside_of_the_unit_circle(case):
    polynomial, squares = case
    assert decays(polynomial) == all(square < 1 for square in squares)


@given(st.lists(RATES, min_size=1, max_size=4))
def test_rates_and_the_recurrence_that_has_them_are_read_as_the_same_weights(rates):
    polynomial = (Fraction(1),)
    for rate in rates:
        polynomial = times(polynomial, (-rate, Fraction(1)))
    stated = [str(rate) for rate in rates], [str(x) for x in polynomial[:-1]]
    own = Claim("convergence", "holds", None, None, Field({}, "claims[0]"))
    fields = Field(stated[0], "rates"), Field(stated[1], "recurrence")
    if not all(-1 < rate < 1 for rate in rates):
        for field, name in zip(fields, ("rates", "recurrence"), strict=True):
            with pytest.raises(RejectedError, match="does not decay"):
                read_decay(field, own, name)
        return
    first, second = read_decay(fields[0], own, "rates"), read_decay(fields[1], own, "recurrence")
    assert first == second and sum(first) == 1
    assert times(first, (1 / first[-1],)) == polynomial
