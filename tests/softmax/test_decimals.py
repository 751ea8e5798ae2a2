"""Decimal text of balls: it encloses the ball, and costs the same whatever the exponent."""

from __future__ import annotations

import json
from fractions import Fraction
from time import process_time

import pytest
from flint import arb, fmpz
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.certificates.envelope import encode
from exactdyn.documents import load_example
from exactdyn.softmax.decimals import at_most, decimals
from exactdyn.work.executors import time_limit
from proofs_checks.format.rationals import read_rational
from tests.command import inside

TEN_TO_A_MILLION = 3_321_928
"""The power of two that is about 10^(10^6)."""

exponents = st.integers(-TEN_TO_A_MILLION, TEN_TO_A_MILLION)
mantissas = st.integers(-(2**200), 2**200)


def written(text: str) -> tuple[int, int]:
    """Read a decimal as an integer and a power of ten."""
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    return int(whole + fraction), int(exponent or 0) - len(fraction)


def encloses(shown: tuple[str, str], ball: arb) -> bool:
    """Tell in integers whether |midpoint shown - midpoint| + radius is at most the radius shown."""
    (middle, e), (radius, f) = map(written, shown)
    (own, a), (off, b) = (tuple(map(int, point.man_exp())) for point in (ball.mid(), ball.rad()))
    twos, tens = -min(0, a, b), -min(0, e, f)

    def over_common(number: int, two: int, ten: int) -> fmpz:
        return fmpz(number) * fmpz(2) ** (two + twos) * fmpz(10) ** (ten + tens)

    missing = abs(over_common(middle, 0, e) - over_common(own, a, 0))
    return missing + over_common(off, b, 0) <= over_common(radius, 0, f)


@settings(max_examples=60, deadline=None)
@given(mantissas, exponents, st.integers(0, 2**30), exponents, st.integers(1, 30))
def test_the_text_of_a_ball_encloses_it_whatever_its_exponents(mantissa, exponent, radius, width, digits):
    ball = arb((mantissa, exponent), (radius, width))
    assert encloses(decimals(ball, digits), ball)


@given(mantissas, st.integers(-300, 300), st.integers(0, 2**30), st.integers(-300, 300), st.integers(1, 30))
def test_the_text_of_an_ordinary_ball_encloses_it_and_is_no_wider_than_it_must(
    mantissa, exponent, radius, width, digits
):
    ball = arb((mantissa, exponent), (radius, width))
    middle, shown = decimals(ball, digits)
    assert encloses((middle, shown), ball)
    number = Fraction(mantissa) * Fraction(2) ** exponent
    needed = abs(Fraction(middle) - number) + exact(ball.rad())
    assert Fraction(shown) <= needed * Fraction(12, 10)
    assert abs(Fraction(middle) - number) <= abs(number) * Fraction(10) ** (2 - digits)


def exact(point: arb) -> Fraction:
    mantissa, exponent = map(int, point.man_exp())
    return mantissa * Fraction(2) ** exponent


@given(st.integers(-(10**17) + 1, 10**17 - 1), st.integers(-30, 30))
def test_a_short_decimal_that_is_a_binary_number_too_is_shown_as_it_is(digits, power):
    number = digits * Fraction(10) ** max(power, 0) / 2 ** max(-power, 0)
    if len(str(number.numerator * 5 ** max(-power, 0)).rstrip("0")) <= 17:
        ball = arb((number.numerator, 0)) if power >= 0 else arb((digits, power))
        middle, radius = decimals(ball)
        assert (Fraction(middle), radius) == (number, "0")


@pytest.mark.parametrize("exponent", [10**10, 10**18, 10**100, 10**1000])
def test_an_exponent_costs_nothing(exponent):
    started = process_time()
    for ball in (arb((3, -exponent)), arb((-3, exponent), (1, -exponent)), arb((1, 0), (1, -exponent))):
        middle, radius = decimals(ball)
        assert middle
        assert radius
        assert at_most(abs(ball))
    assert process_time() - started < 0.5


@given(mantissas, st.integers(-400, 400))
def test_an_upper_bound_is_at_least_the_number_and_short(mantissa, exponent):
    number = abs(mantissa) * Fraction(2) ** exponent
    shown = Fraction(at_most(arb((abs(mantissa), exponent))))
    assert number <= shown <= number * Fraction(12, 10)


def test_a_ball_without_bounds_has_no_text():
    with pytest.raises(ValueError, match="finite"):
        decimals(arb("nan"))


@pytest.mark.parametrize("until", [5, 6, 9, 10, 12, 20])
def test_json_of_an_attention_that_vanishes_is_as_quick_as_the_text(tmp_path, until):
    (tmp_path / "two.toml").write_text("tokens = [[5], [-5]]\n")
    with time_limit(30):
        process = inside("softmax", "two.toml", "--until", until, "--json", folder=tmp_path)
    assert (process.returncode, process.stderr) == (0, "")
    data = json.loads(process.stdout)
    assert data["time"] == str(until)
    assert [row[0][0] for row in data["rescaled"]] == ["5", "-5"]
    middle, radius = data["attention"][0][1]
    assert "e-" in middle
    assert "e-" in radius


@pytest.mark.parametrize(
    "name",
    [
        "collision-indefinite",
        "collision-on-a-line",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("attends-itself", "cyclic", "rotating-square")
        ),
    ],
)
def test_json_of_built_in_examples_at_a_late_time_is_quick(name, tmp_path):
    (tmp_path / "tokens.json").write_text(json.dumps({"tokens": encode(load_example(name).tokens)}))
    with time_limit(60):
        process = inside("softmax", "tokens.json", "--until", 10, "--json", folder=tmp_path)
    assert process.returncode == 0
    assert json.loads(process.stdout)["time"] == "10"


def test_a_picture_of_an_attention_that_vanishes_is_drawn(tmp_path):
    (tmp_path / "two.toml").write_text("tokens = [[5], [-5]]\n")
    with time_limit(60):
        process = inside("softmax", "two.toml", "--until", 9, "--plot", "run.svg", folder=tmp_path)
    assert (process.returncode, process.stderr) == (0, "")
    assert (tmp_path / "run.svg").exists()


def test_far_tokens_are_concluded_about_at_once(tmp_path):
    # The attention to others is e to the power -10^11 from the first step on.
    (tmp_path / "far.toml").write_text("tokens = [[300000, 0], [-300000, 0], [0, 300000]]\n")
    arguments = ("--until", "1/1000", "--prove", "--json")
    with time_limit(60):
        process = inside("softmax", "far.toml", *arguments, folder=tmp_path)
    assert process.stderr == ""
    clusters = json.loads(process.stdout)["statements"]["clusters"]
    assert clusters["verdict"] == "holds"
    assert read_rational(clusters["evidence"]["displacement"]) == Fraction(1, 2**63)
