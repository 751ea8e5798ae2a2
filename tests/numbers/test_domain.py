"""The laws of a number domain, for every domain; a new one is an entry here."""

from collections import Counter
from fractions import Fraction
from math import floor, nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError, NumberError
from exactdyn.geometry.programs.linear_program import Constraint, solve
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.fields.joining import from_flint
from exactdyn.numbers.fields.real_field import RealField
from exactdyn.numbers.points import Points, all_towards, mean, towards
from exactdyn.numbers.rationals import RATIONALS, Rationals

NUMBERS = st.fractions() | st.builds(
    lambda x, power: x * Fraction(2) ** power, st.fractions(), st.integers(-1200, 1200)
)
FIELDS = [
    RealField.of([-1, -2, 1, 1], 1, 2),  # 2 cos(2 pi / 7)
    RealField.of([1, 0, -10, 0, 1], 3, 4),  # sqrt 2 + sqrt 3
]


def numbers_of(field):
    """Some are large or small, some rational, some nearly so."""
    rows = st.lists(NUMBERS | st.fractions(-3, 3, max_denominator=5), min_size=1, max_size=field.degree)
    return st.builds(lambda row: field.read(row, "x"), rows)


DOMAINS = [(RATIONALS, NUMBERS), *((field, numbers_of(field)) for field in FIELDS)]
"""Every domain with a strategy of its numbers."""


def of_every(domains):
    return pytest.mark.parametrize(("domain", "numbers"), domains, ids=lambda part: getattr(part, "name", ""))


every_domain = of_every(DOMAINS)


@every_domain
@given(st.data())
def test_what_is_written_reads_the_same(domain, numbers, data):
    number = data.draw(numbers)
    assert domain.read(domain.text(number), "x") == number


@every_domain
@given(st.data())
def test_the_sign_is_that_of_an_ordered_field(domain, numbers, data):
    x, y = data.draw(numbers), data.draw(numbers)
    assert domain.sign(x * y) == domain.sign(x) * domain.sign(y)
    assert domain.sign(x - y) == -domain.sign(y - x)
    assert (domain.sign(x - y) == 0) == (x == y)
    assert domain.sign(x * x + y * y) == int(domain.sign(x) != 0 or domain.sign(y) != 0)


@every_domain
@given(st.data())
def test_an_enclosure_contains_the_number_and_its_ends_are_equal_or_neighbours(domain, numbers, data):
    number = data.draw(numbers)
    low, high = domain.enclosure(number)
    assert low == high or nextafter(low, high) == high
    assert domain.nearest(number) in (low, high)
    for end, side in ((low, -1), (high, 1)):
        if abs(end) != float("inf"):
            order = domain.sign(domain.rational(Fraction(end)) - number)
            assert order == side if low != high else order == 0


@every_domain
@given(st.data())
def test_a_point_keeps_its_numbers_in_lowest_terms(domain, numbers, data):
    row = data.draw(st.lists(numbers, min_size=1, max_size=4))
    numerators, denominator = domain.point(row)
    assert domain.numbers(numerators, denominator) == tuple(row)
    assert len(numerators) == domain.degree * len(row)
    assert denominator > 0
    common = denominator
    for x in numerators:
        common = common.gcd(x)
    assert common == 1
    assert domain.floats(numerators, denominator) == [domain.nearest(x) for x in row]


@every_domain
@given(st.data())
def test_points_are_equal_exactly_if_their_numbers_are(domain, numbers, data):
    rows = data.draw(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4))
    rows += data.draw(st.lists(st.sampled_from(rows), max_size=3))
    state = Points(tuple(map(domain.point, rows)), domain)
    assert (state.count, state.dimension) == (len(rows), 2)
    assert state.rows() == [list(row) for row in rows]
    assert state.copies == tuple(frozenset(j for j, y in enumerate(rows) if y == x) for x in rows)


@every_domain
@given(st.data())
def test_the_largest_numbers_are_those_that_none_exceeds(domain, numbers, data):
    row = data.draw(st.lists(numbers, min_size=1, max_size=6))
    row += data.draw(st.lists(st.sampled_from(row), max_size=3))
    wanted = [j for j, x in enumerate(row) if all(domain.sign(y - x) <= 0 for y in row)]
    assert list(domain.largest(row)) == wanted


@every_domain
@given(st.data())
def test_an_inner_product_is_the_sum_of_the_products(domain, numbers, data):
    rows = data.draw(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=3))
    wanted = sum((x * y for x, y in rows), domain.rational(Fraction(0)))
    assert domain.inner([x for x, _ in rows], [y for _, y in rows]) == wanted


@every_domain
@given(st.data())
def test_the_largest_scores_are_found_exactly_ties_and_what_is_nearly_a_tie(domain, numbers, data):
    """Several points are moved by what is tiny, or by nothing, along what A takes a point to."""
    rows = data.draw(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=2))
    tiny = data.draw(st.sampled_from([0, Fraction(1, 2**80), Fraction(-1, 2**500), Fraction(1, 7**2000)]))
    rows += [(x + tiny * y, y + tiny) for x, y in rows]
    A = [rows[0], (tiny * rows[0][1], rows[0][0])]
    largest = domain.score_order(list(map(domain.point, A))).largest(list(map(domain.point, rows)))
    for place, (x, y) in enumerate(rows):
        direction = [a * x + b * y for a, b in A]
        scores = [sum(w * z for w, z in zip(direction, row, strict=True)) for row in rows]
        assert list(largest(place, range(len(rows)))) == list(domain.largest(scores))


@every_domain
@given(st.data())
def test_points_move_towards_means_in_lowest_terms_as_one_by_one(domain, numbers, data):
    rows = data.draw(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4))
    points = tuple(map(domain.point, rows))
    sets = [data.draw(st.frozensets(st.sampled_from(range(len(rows))), min_size=1)) for _ in rows]
    tau = data.draw(st.fractions(-2, 2, max_denominator=5))
    wanted = [towards(x, mean([points[j] for j in own]), tau) for x, own in zip(points, sets, strict=True)]
    assert list(all_towards(points, sets, tau)) == wanted


@every_domain
@pytest.mark.parametrize("value", ["", "one", "1/0", None, True, 0.5, float("nan")])
def test_what_is_no_number_of_the_domain_is_refused_by_its_field(domain, numbers, value):
    with pytest.raises(NumberError, match=r"^alpha: "):
        domain.read(value, "alpha")


def coefficients(domain, number):
    numerators, denominator = domain.point([number])
    return list(numerators), denominator


@every_domain
@given(st.data())
def test_coefficients_multiply_as_numbers_do(domain, numbers, data):
    x, y = data.draw(numbers), data.draw(numbers)
    (own, below), (other, beside) = coefficients(domain, x), coefficients(domain, y)
    assert domain.numbers(domain.multiplied(own, other), below * beside) == (x * y,)
    theta = getattr(domain, "generator", 1)
    powers = [domain.numbers(row, below)[0] for row in domain.multiples(own)]
    assert powers == [x * theta**k for k in range(domain.degree)]


@every_domain
@given(st.data())
def test_matrices_of_coefficients_multiply_and_compare_as_numbers_do(domain, numbers, data):
    rows = data.draw(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=2))
    parts, denominator = Points.of_numbers(tuple(rows), domain).coefficients
    wanted = [[sum(a * b for a, b in zip(x, y, strict=True)) for y in rows] for x in rows]
    products = domain.multiplied(parts, [part.transpose() for part in parts])
    found = domain.compared(products)
    square = Fraction(int(denominator)) ** 2
    for row, own in zip(found, wanted, strict=True):
        assert (row[0] < row[1], row[0] == row[1]) == (own[0] < own[1], own[0] == own[1])
        assert [domain.own(Fraction(int(x)) if domain == RATIONALS else x) for x in row] == [
            y * square for y in own
        ]


@of_every([own for own in DOMAINS if "limits" not in own[0].lacks])
@given(st.data())
def test_the_factors_of_a_product_of_linear_polynomials_are_these(domain, numbers, data):
    roots = data.draw(
        st.lists(st.builds(domain.rational, st.fractions(-2, 2, max_denominator=3)), max_size=3)
    )
    roots += [getattr(domain, "generator", Fraction(1))] * data.draw(st.integers(1, 2))
    product = domain.polynomial([Fraction(1)])
    for root in roots:
        product = product * domain.polynomial([-root, Fraction(1)])
    factors = ((factor.coeffs(), multiplicity) for factor, multiplicity in product.factor()[1])
    found = {from_flint(-constant / slope): multiplicity for (constant, slope), multiplicity in factors}
    assert found == dict(Counter(map(from_flint, roots)))


class Limited(Rationals):
    """The rationals, if nothing but points were known of them."""

    name = "Q(toy)"
    lacks = frozenset({"linear programs", "integer matrices"})


def test_what_a_domain_lacks_is_said_in_one_line():
    said = r"^integer matrices: over the rationals only in this version, got numbers of Q\(toy\)$"
    with pytest.raises(InputError, match=said):
        Points((RATIONALS.point([Fraction(1)]),), Limited()).common  # noqa: B018 - the access is the test
    assert Limited().refusal("limits") == (
        "limits: over the rationals and real number fields only in this version, got numbers of Q(toy)"
    )
    with pytest.raises(InputError, match=r"^linear programs: over the rationals only .* the field of x\^3"):
        solve([Constraint((FIELDS[0].generator,), ">")], 1)


@every_domain
@given(st.data())
def test_a_number_lies_between_its_ends_and_is_shown_by_them(domain, numbers, data):
    number = data.draw(numbers)
    if isinstance(number, DomainNumber):
        low, high = number.ends(data.draw(st.integers(64, 200)))
        assert low <= number <= high
        assert number.domain == domain
        assert number.rational is None or number == number.rational
        assert float(number) == number.nearest() == domain.nearest(number)
        assert number.settled(floor) <= number < floor(number) + 1


def test_the_contract_cannot_be_left_half_done():
    with pytest.raises(TypeError, match="abstract"):
        type("Half", (Domain,), {"name": "half"})()
