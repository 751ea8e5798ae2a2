"""Formulas in the layer, against a plain evaluation of the same tree."""

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.numbers.descent import DEPTH_LIMIT
from exactdyn.numbers.formula import BITS_LIMIT, FORMULA_LIMIT, POWER_LIMIT, read_formula

OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def fraction(number):
    return lambda layer: Fraction(number)


LEAVES = st.one_of(
    st.integers(0, 9).map(lambda n: (str(n), fraction(n))),
    st.sampled_from(["0.5", ".25", "3."]).map(lambda text: (text, fraction(text))),
    st.just(("k", Fraction)),
    st.tuples(st.sampled_from(["2", "(1/2)", "3"]), st.integers(-2, 2), st.integers(-3, 3)).map(
        lambda parts: (
            f"{parts[0]}^({parts[1]}*k+{parts[2]})".replace("+-", "-"),
            lambda layer: Fraction(parts[0].strip("()")) ** (parts[1] * layer + parts[2]),
        )
    ),
)


def grown(trees):
    """Larger formulas: text with every part in parentheses, and the function it stands for."""
    signed = trees.map(lambda tree: (f"-({tree[0]})", lambda layer: -tree[1](layer)))
    powers = st.tuples(trees, st.integers(0, 2)).map(
        lambda parts: (f"({parts[0][0]})^{parts[1]}", lambda layer: parts[0][1](layer) ** parts[1])
    )
    pairs = st.tuples(trees, st.sampled_from("+-*/"), trees).map(
        lambda parts: (
            f"({parts[0][0]}){parts[1]} ({parts[2][0]})",
            lambda layer: OPERATIONS[parts[1]](parts[0][1](layer), parts[2][1](layer)),
        )
    )
    return signed | powers | pairs


FORMULAS = st.recursive(LEAVES, grown, max_leaves=5)


def value_or_pole(function, layer):
    try:
        return function(layer)
    except ZeroDivisionError:
        return "pole"


@given(FORMULAS)
def test_a_formula_is_what_plain_fractions_make_of_it_at_every_layer_poles_included(formula):
    text, function = formula
    try:
        read = read_formula(text)
    except InputError as error:
        # A division by what is 0 everywhere has no value anywhere.
        assert "divides by 0" in str(error) or "requires" in str(error)
        if "divides by 0" in str(error):
            assert all(value_or_pole(function, layer) == "pole" for layer in range(4))
        return
    for layer in (0, 1, 2, 3, 7):
        assert value_or_pole(read.at, layer) == value_or_pole(function, layer)


@pytest.mark.parametrize(
    ("text", "layer", "value"),
    [
        ("2/(k+2)", 0, "1"),
        ("2^-(k+1)", 3, "1/16"),
        ("(1/2)^k", 3, "1/8"),
        ("1/(k+1)^2", 2, "1/9"),
        ("-2^2", 0, "-4"),
        ("2**3**2", 0, "512"),
        ("8/2/2", 0, "2"),
        ("8-2-2", 0, "4"),
        ("- - k", 5, "5"),
        ("0.5*k", 3, "3/2"),
        ("2^-1", 0, "1/2"),
        ("k^0", 0, "1"),
        ("2^(2*k/2)", 3, "8"),
    ],
)
def test_a_formula_binds_as_mathematics_does(text, layer, value):
    assert read_formula(text).at(layer) == Fraction(value)


def test_where_an_inner_part_has_no_value_the_whole_has_none():
    for text in ("1/(1/k)", "(1/k)^0", "0*(1/k)", "k/k", "1/k - 1/k"):
        assert value_or_pole(read_formula(text).at, 0) == "pole"


def test_a_quotient_that_is_the_same_everywhere_is_seen_to_be():
    assert read_formula("(k+1)/(3*k+3)").constant == Fraction(1, 3)
    assert read_formula("k-k").constant == 0
    assert read_formula("(k+1)/(k+2)").constant is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ends too early"),
        ("2k", "requires an operator or the end at 'k'"),
        ("sin(k)", "got 's'"),
        ("__import__", "got '_'"),
        ("(k", "requires ) for every ("),
        ("k+", "ends too early"),
        ("*k", "requires a number, k or ( before '*'"),
        ("1/0", "divides by 0"),
        ("0^-1", "divides by 0"),
        ("1/(k-k)", "divides by 0"),
        ("k^-1", f"requires an exponent from 0 to {POWER_LIMIT} for a base with k, got -1"),
        ("k^k", "requires a positive number as the base"),
        ("(-2)^k", "requires a positive number as the base"),
        ("2^(k/2)", "requires an exponent a*k + b with integers a and b"),
        ("2^k^2", "requires an exponent a*k + b with integers a and b"),
        ("2^(1/(k+1))", "requires an exponent a*k + b with integers a and b"),
        (f"k^{POWER_LIMIT + 1}", "requires an exponent from 0 to"),
        (f"k^{POWER_LIMIT}*k", "requires powers of k up to"),
        (f"2^{3 * BITS_LIMIT}", "bits"),
        ("((10^999)^999)^999", "bits"),
        ("(" * (DEPTH_LIMIT + 1) + "k" + ")" * (DEPTH_LIMIT + 1), "nested more than"),
        ("1+" * FORMULA_LIMIT + "1", "characters"),
        ("+".join(f"{n}^k" for n in range(2, 70)), "terms"),
    ],
)
def test_what_is_no_formula_or_too_large_a_one_is_refused_in_one_line(text, said):
    with pytest.raises(InputError) as refused:
        read_formula(text, "tau")
    message = str(refused.value)
    assert message.startswith("tau: ") and said in message and "\n" not in message and len(message) < 300
