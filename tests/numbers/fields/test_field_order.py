"""Largest scores by integers: where residues tell numbers apart, and what fixed point leaves open."""

from fractions import Fraction
from math import floor

import pytest
from flint import fmpq_poly, fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.fields.common_points import CommonPoints
from exactdyn.numbers.fields.joining import number
from exactdyn.numbers.fields.residues import Residues
from exactdyn.numbers.score_order import ScoreOrder

GENERATORS = ("sqrt(2)", "2^(1/3)", "cos(pi/14)", "cos(pi/22)", "root(x^3-1000003*x-1, 0..2000)")

every_field = pytest.mark.parametrize("text", GENERATORS)


def over(domain, *vectors):
    return CommonPoints.of([domain.point([x]) for x in vectors], domain.degree)


@every_field
@given(st.data())
def test_residues_tell_products_apart_exactly_as_their_vectors_do(text, data):
    """Small vectors, and those that differ from a multiple of theta - 2^b, which a map at 2^b takes to 0."""
    domain = number(text, "x").domain
    theta = domain.generator
    rows = st.lists(st.integers(-(2**70), 2**70), min_size=1, max_size=domain.degree)
    x, y, z = (domain.read(data.draw(rows), "x") for _ in range(3))
    z = data.draw(
        st.sampled_from([z, y, y + theta - 2 ** data.draw(st.sampled_from([64, 128, 192, 256, 320]))])
    )
    same = Residues(domain.root.polynomial).same_scores(over(domain, theta), over(domain, x, y, z))
    assert same(0, [1, 2]) == (theta * x * y == theta * x * z)
    assert same(1, [1, 1])


@pytest.mark.parametrize("shift", range(-1, 2))
def test_a_difference_that_a_shorter_modulus_takes_for_zero_is_none(shift):
    """The map at 2^64 takes theta - 2^64 to 0: numbers of this size have a longer modulus."""
    domain = number("sqrt(2)", "x").domain
    theta = domain.generator
    same = Residues(domain.root.polynomial).same_scores(
        over(domain, domain.rational(Fraction(1))),
        over(domain, domain.rational(Fraction(1)), theta, domain.rational(Fraction(2**64 + shift))),
    )
    assert not same(0, [1, 2])


@every_field
@given(st.data())
def test_no_coefficient_of_a_product_exceeds_what_growth_says(text, data):
    polynomial = number(text, "x").domain.root.polynomial
    degree = int(polynomial.degree())
    x, y = (data.draw(st.lists(st.integers(-9, 9), min_size=degree, max_size=degree)) for _ in range(2))
    product = fmpq_poly(fmpz_poly(x) * fmpz_poly(y)) % fmpq_poly(polynomial)
    bound = Residues(polynomial).growth * max(map(abs, x)) * max(map(abs, y))
    assert all(abs(own) <= bound for own in product.coeffs())


@every_field
@given(st.data())
def test_fixed_point_never_leaves_out_a_largest_score(text, data):
    domain = number(text, "x").domain
    rows = st.lists(st.fractions(max_denominator=40), min_size=1, max_size=domain.degree)
    numbers = [domain.read(data.draw(rows), "x") for _ in range(3)]
    tiny = Fraction(1, 2 ** data.draw(st.sampled_from([0, 60, 140, 300, 1500])))
    numbers += [x + tiny for x in numbers]
    points = [domain.point([x]) for x in numbers]
    order = domain.score_order(points[:1])
    near = order.near_largest(CommonPoints.of(points, domain.degree))
    slow = ScoreOrder(domain, points[:1]).largest(points)
    for place in range(len(points)):
        assert set(slow(place, range(len(points)))) <= set(near(place, range(len(points))))


def test_what_neither_residues_nor_fixed_point_tell_numbers_decide(monkeypatch):
    """sqrt(2) is 10^-301 above its decimals, of which the other number has as many."""
    domain = number("sqrt(2)", "x").domain
    close = domain.rational(Fraction(floor(domain.generator * 10**300), 10**300))
    points = [domain.point([x]) for x in (domain.rational(Fraction(1)), close, domain.generator)]
    order = domain.score_order(points[:1])
    monkeypatch.setattr(order, "_values", lambda bits: domain._powers(64))
    asked = []
    monkeypatch.setattr(
        domain, "largest", lambda scores: asked.append(len(scores)) or type(domain).largest(domain, scores)
    )
    assert list(order.largest(points)(0, [0, 1, 2])) == [2]
    assert asked == [3]
