"""The field of given numbers: values against balls and sympy, identities exactly, refusals in one line."""

from fractions import Fraction
from math import prod
from time import process_time

import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.errors import NumberError
from exactdyn.numbers.fields.inference import field_of
from exactdyn.numbers.precision import working
from exactdyn.numbers.rationals import RATIONALS

X = sympy.Symbol("x")


def read(*values, field=None):
    domain, numbers = field_of([(f"x[{place}]", value) for place, value in enumerate(values)], field)
    return domain, numbers


def ball(number, bits=200):
    """The number from its field's polynomial and interval alone: its root bisected, then plain powers."""
    if isinstance(number, Fraction):
        with working(bits):
            return arb(number.numerator) / number.denominator
    low, high = number.root.low, number.root.high
    coefficients = list(map(int, number.root.polynomial.coeffs()))

    def at(x):
        return sum(c * x**k for k, c in enumerate(coefficients))

    rising = at(high) > 0
    while high - low > Fraction(1, 2**bits):
        middle = (low + high) / 2
        low, high = (low, middle) if (at(middle) > 0) == rising else (middle, high)
    with working(bits):
        theta = arb(low.numerator) / low.denominator
        theta = theta.union(arb(high.numerator) / high.denominator)
        return sum((c * theta**k for k, c in enumerate(number.polynomial.coeffs())), arb(0))


ROOTS = {
    "sqrt(2)": lambda: arb(2).sqrt(),
    "sqrt(12)": lambda: arb(12).sqrt(),
    "2^(1/3)": lambda: arb(2).root(3),
    "(4/9)^(-3/2)": lambda: arb(27) / 8,
    "cos(2*pi/5)": lambda: (2 * arb.pi() / 5).cos(),
    "sin(3*pi/8)": lambda: (3 * arb.pi() / 8).sin(),
    "tan(pi/5)": lambda: (arb.pi() / 5).tan(),
    "root(x^3-3*x+1, 0..1)": lambda: 2 * (4 * arb.pi() / 9).cos(),
    "sqrt(1+sqrt(2))": lambda: (1 + arb(2).sqrt()).sqrt(),
    "cbrt(1-sqrt(2))": lambda: -(arb(2).sqrt() - 1).root(3),
}


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(ROOTS)), st.fractions(-9, 9, max_denominator=9)), max_size=2)
)
def test_a_sum_of_roots_has_the_value_that_balls_say(terms):
    text = "+".join(["0", *(f"({factor})*{root}" for root, factor in terms)])
    _, (number,) = read(text)
    with working(180):
        wanted = sum((ROOTS[r]() * f.numerator / f.denominator for r, f in terms), arb(0))
    assert ball(number).overlaps(wanted)
    assert wanted.rad() < 1e-40


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sqrt(2)*sqrt(3)", "sqrt(6)"),
        ("sqrt(3+2*sqrt(2))", "1+sqrt(2)"),
        ("cbrt(2+sqrt(5))+cbrt(2-sqrt(5))", "1"),
        ("cos(pi/7)^2+sin(pi/7)^2", "1"),
        ("cos(2*pi/5)", "(sqrt(5)-1)/4"),
        ("sin(pi/5)", "sqrt(10-2*sqrt(5))/4"),
        ("tan(pi/8)", "sqrt(2)-1"),
        ("cos(2*pi/7)+cos(4*pi/7)+cos(6*pi/7)", "-1/2"),
        ("root(x^3-2, 1..2)", "2^(1/3)"),
        ("root((x^2-2)*(x-3), 1..2)", "sqrt(2)"),
        ("2^(1/2)*2^(1/3)", "2^(5/6)"),
        ("1/(sqrt(2)+sqrt(3)+sqrt(5))", "(2*sqrt(3)+3*sqrt(2)-sqrt(30))/12"),
        ("sqrt(2*sqrt(2*sqrt(2)))", "2^(7/8)"),
        ("0.1*sqrt(50)", "sqrt(1/2)"),
        ("sqrt(7^(-2/3)-tan(7*pi/8))", "(7^(-2/3)+sqrt(2)-1)^(1/2)"),  # beside cosines that it has no need of
        ("0*2^(1/3)+cos(2*pi/5)", "(sqrt(5)-1)/4"),  # a cosine that is met after the field has grown
    ],
)
def test_equal_numbers_are_equal_however_they_are_written(one, other):
    domain, (x, y) = read(one, other)
    assert x == y
    assert hash(x) == hash(y)
    assert domain.sign(x - y) == 0


@pytest.mark.parametrize(
    "text", ["sqrt(4)", "sqrt(2)^2", "cos(pi/3)", "tan(pi/4)", "cbrt(-8)", "root(x^2-4, 1..3)"]
)
def test_rational_results_are_rationals(text):
    domain, (number, half) = read(text, "1/2")
    assert domain is RATIONALS
    assert type(number) is Fraction
    assert half == Fraction(1, 2)


def test_the_field_is_no_larger_than_its_numbers():
    for values, degree in [
        (["sqrt(2)", "1+sqrt(8)"], 2),
        (["sqrt(2)*sqrt(3)"], 2),
        (["sqrt(2)", "sqrt(3)"], 4),
        (["sqrt(2)+sqrt(3)"], 4),
        (["cos(2*pi/5)", "cos(2*pi/7)"], 6),
        (["sin(pi/7)*sqrt(3)"], 6),
        (["2^(1/3)", "2^(2/3)", "sqrt(2)"], 6),
    ]:
        assert read(*values)[0].degree == degree


@pytest.mark.parametrize(
    "value",
    [
        sympy.sqrt(2) / 2,
        sympy.cbrt(5) - 1,
        sympy.cos(sympy.pi / 7),
        sympy.sin(2 * sympy.pi / 9) * 2,
        sympy.tan(sympy.pi / 5),
        sympy.GoldenRatio**3,
        sympy.sqrt(2 + sympy.sqrt(3)),
        sympy.CRootOf(X**5 - X - 1, 0),
        sympy.CRootOf(X**3 - 3 * X + 1, 1),
        sympy.Rational(1, 3) + sympy.sqrt(7),
    ],
    ids=str,
)
def test_sympy_says_the_same_degree_and_value(value):
    domain, (number,) = read(value)
    assert domain.degree == sympy.degree(sympy.minimal_polynomial(value, X), X)
    with working(200):
        assert abs(ball(number) - arb(str(sympy.N(value, 50)))) < arb(10) ** -48


@pytest.mark.parametrize("n", range(3, 18))
def test_regular_polygons_are_read_in_the_field_of_their_vertices(n):
    texts = [f"{f}(2*pi*{k}/{n})" for k in range(n) for f in ("cos", "sin")]
    domain, numbers = read(*texts)
    corners = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert all(x * x + y * y == 1 for x, y in corners)
    assert sum(x for x, _ in corners) == sum(y for _, y in corners) == 0
    lengths = {
        (x - corners[k - 1][0]) ** 2 + (y - corners[k - 1][1]) ** 2 for k, (x, y) in enumerate(corners)
    }
    assert len(lengths) == 1
    primes = set(sympy.primefactors(4 * n))
    order = n if n % 4 == 0 else 2 * n if n % 2 == 0 else 4 * n
    assert domain.degree == max(1, order * prod(p - 1 for p in primes) // prod(primes) // 2)


def test_a_given_field_is_kept_and_what_is_not_in_it_is_refused():
    domain, (six, half) = read("sqrt(6)", "1/2", field=["sqrt(2)", "sqrt(3)"])
    assert domain.degree == 4
    assert (six * six, half.domain) == (6, domain)
    with pytest.raises(NumberError, match=r"^x\[0\]: requires a number of the given field"):
        read("sqrt(5)", field=["sqrt(2)", "sqrt(3)"])
    with pytest.raises(NumberError, match=r"^field\[0\]: "):
        read("1", field=["pi"])


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("sqrt(-1)", "got a root of the negative number"),
        ("(-8)^(1/3)", "got a root of the negative number"),
        ("sqrt(sqrt(2)-2)", "requires a real number"),
        ("(1-sqrt(2))^(1/3)", "requires a real number"),
        ("(1-sqrt(2))^(2/5)", "requires a real number"),
        ((1 - sympy.sqrt(2)) ** sympy.Rational(1, 3), "requires a real number"),
        ("1/0*sqrt(2)", "division by 0"),
        ("1/(sqrt(2)-sqrt(2))", "division by 0"),
        ("0^-1", "got 0 to the power -1"),
        ("(sqrt(2)*sqrt(8)-4)^0", "0 to the power 0"),
        ("tan(pi/2)", "division by 0"),
        ("__import__('os')", "requires numbers, names"),
        ("(lambda: 1)()", "requires numbers, names"),
        ("9**9**9", "got an exponent beyond"),
        ("9**9**9*sqrt(2)", "got an exponent beyond"),
        ("(1+sqrt(2))^131072^1^1*(1+sqrt(2))^131072", "bits"),
        ("2^(1/10000)", "got a root of degree 10000"),
        ("cos(pi/10007)", "degree at most 64, got cosines of multiples of 2 pi/20014"),
        ("cos(pi/10^30)", "degree above 64"),
        ("sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)+sqrt(13)+sqrt(17)+sqrt(19)", "degree at most 24"),
        ("root(x^2+1, 0..1)", "got 0 roots"),
        ("root(x^2-2, -3..3)", "got 2 roots"),
        ("root(x^100-2, 0..2)", "degree beyond 64"),
        ("root((x+1)^9^9^9, 0..2)", "got an exponent beyond"),
        ("root(x^2-2, 2..1)", "no rationals in order"),
        ("root(x^2-2)", "without a polynomial in x and an interval"),
        ("root(1/x, 1..2)", "divided by x"),
        ("pi", "got a multiple of pi"),
        ("pi*pi", "arithmetic with pi"),
        ("e", "got the name 'e'"),
        ("cos(1)", "no rational multiple of pi"),
        ("cos(sqrt(2)*pi)", "arithmetic with pi"),
        ("2^sqrt(2)", "irrational exponent"),
        ("sqrt(2, 3)", "of 2 arguments"),
        ("exp(1)", "got the function 'exp'"),
        ("sqrt(2", r"requires a \) for every \("),
        ("sqrt(2))", "requires an operator or the end"),
        ("sqrt 2", "requires an operator or the end"),
        ("2*", "requires more at its end"),
        ("(" * 60 + "1" + ")" * 60, "levels of nesting"),
        ("-" * 600 + "sqrt(2)", "operations"),
        ("+".join(["sqrt(2)"] * 1000), "operations"),
        ("sqrt(2)" + " " * 10_001, "characters"),
        ("1e99999*sqrt(2)", "exponent of at most"),
        (0.5, "binary float"),
        (None, "exact number"),
        (sympy.I, "got sympy's I"),
        (sympy.E, "got sympy's E"),
        (sympy.pi, "got a multiple of pi"),
        (X + 1, "got sympy's x"),
        (sympy.Float("0.1") * sympy.sqrt(2), "got sympy's 0.1"),
        (sympy.CRootOf(X**3 - 2, 1), "got sympy's CRootOf"),
        (sympy.nan, "got sympy's nan"),
        (sum(sympy.sqrt(sympy.prime(k)) for k in range(1, 300)), "operations"),
    ],
    ids=lambda part: str(part)[:30],
)
def test_what_is_no_real_algebraic_number_within_the_limits_is_refused_in_one_line(value, why):
    with pytest.raises(NumberError, match=why) as caught:
        read("1/2", value)
    assert str(caught.value).startswith("x[1]: ")
    assert "\n" not in str(caught.value)


def test_every_limit_is_reached_by_what_is_just_within_it():
    assert read("cos(2*pi/67)")[0].degree == 33
    assert read("2^(1/64)")[0].degree == 64
    assert read("+".join(["sqrt(2)"] * 90))[1][0] == 90 * read("sqrt(2)")[1][0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2^(1/6)", "3^(1/6)"),
        ("root(x^8-x-1, 1..2)", "root(x^8-x-3, 1..2)"),
        ("2^(1/64)", "3^(1/64)"),
        ("cos(2*pi/67)", "sqrt(2)"),
    ],
)
def test_a_field_of_several_roots_is_refused_within_a_second_where_its_degree_is_beyond_the_limit(one, other):
    begin = process_time()
    with pytest.raises(NumberError, match=r"^x\[1\]: requires numbers of a field of degree at most 24 where"):
        read(one, other)
    assert process_time() - begin < 1


def test_a_field_of_several_roots_may_have_the_degree_of_the_limit():
    assert read("2^(1/4)", "3^(1/6)")[0].degree == 24
