from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.limits.recurrence import (
    coefficients_of,
    combine,
    eigenvector_weights,
    minimal_polynomial,
    pairwise_products,
    spectrum_of,
    weights_after,
)
from exactdyn.numbers.points import Points
from exactdyn.numbers.rationals import RATIONALS
from tests.judges.reference import product
from tests.strategies import square_matrices, vectors

HALF = Fraction(1, 2)


def polynomial_of(*coefficients):
    return RATIONALS.polynomial([Fraction(x) for x in coefficients])


def recurrence(states):
    return minimal_polynomial([state.coefficients for state in states], RATIONALS)


def orbit(matrix, rows, steps):
    states = [rows]
    for _ in range(steps):
        states.append(product(matrix, states[-1]))
    return [Points.from_rows(state) for state in states]


@st.composite
def orbits(draw):
    size, dimension = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    rows = tuple(draw(st.lists(vectors(dimension), min_size=size, max_size=size)))
    return orbit(draw(square_matrices(size)), rows, 2 * size + 2)


@given(orbits())
def test_the_minimal_polynomial_annihilates_every_later_state_and_nothing_shorter_does(states):
    size = states[0].count
    polynomial = recurrence(states[: size + 1])
    degree = polynomial.degree()
    for start in range(size):
        combination = combine(coefficients_of(polynomial), states[start:])
        assert not any(map(any, combination))
    assert recurrence(states[:degree]) is None if degree else True


@given(orbits())
def test_a_state_is_the_combination_that_the_power_of_x_names(states):
    polynomial = recurrence(states[: states[0].count + 1])
    for steps, state in enumerate(states):
        expected = tuple(map(tuple, state.rows()))
        assert combine(weights_after(polynomial, steps, RATIONALS), states) == expected


def test_too_few_states_obey_no_recurrence():
    assert recurrence(orbit(((HALF, HALF), (0, 1)), ((0,), (1,)), 1)) is None


def test_states_that_vanish_obey_the_recurrence_of_degree_0():
    assert recurrence([Points.from_rows([[0]])]) == polynomial_of(1)
    assert weights_after(polynomial_of(1), 3, RATIONALS) == (0,)


@pytest.mark.parametrize("coefficients", [[-2, 0, 1], [1, 0, 1]])
def test_irrational_and_complex_roots_have_no_rational_spectrum(coefficients):
    assert spectrum_of(polynomial_of(*coefficients)) is None


@given(st.dictionaries(st.fractions(0, 1, max_denominator=4).filter(bool), st.integers(1, 3), max_size=3))
def test_the_spectrum_of_a_product_of_linear_factors_is_their_roots(spectrum):
    polynomial = polynomial_of(1)
    for rate, multiplicity in spectrum.items():
        for _ in range(multiplicity):
            polynomial = polynomial * polynomial_of(-rate.numerator, rate.denominator)
    assert spectrum_of(polynomial) == spectrum


def test_products_of_polynomial_terms_have_the_degrees_of_polynomials_added():
    quarter = Fraction(1, 4)
    assert pairwise_products({HALF: 3, Fraction(1): 1}) == [quarter] * 5 + [HALF] * 3 + [Fraction(1)]


def test_at_a_multiple_rate_the_weights_of_the_eigenvector_add_up_to_0():
    weights = eigenvector_weights(polynomial_of(1, -2, 1), Fraction(1))
    assert sum(weights) == 0 and any(weights)
