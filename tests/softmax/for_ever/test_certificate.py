"""The checker's rules for softmax: its arithmetic loses no number, and what it accepts is what it says."""

from __future__ import annotations

import json
import math
import re
from fractions import Fraction
from pathlib import Path

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

import proofs_checks
from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from proofs_checks import RejectedError, describe, verify
from proofs_checks.softmax.balls import Arithmetic, Ball
from proofs_checks.softmax.series import Series, divide, exponential, times
from tests.softmax_systems import SHEAR

FORMAT = (Path(proofs_checks.__file__).parent / "softmax" / "FORMAT.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```json\n(.*?)```", FORMAT, flags=re.DOTALL)
BITS = 60
CONTEXT = Arithmetic(BITS)
NUMBERS = st.integers(-(2 ** (BITS + 4)), 2 ** (BITS + 4))
BALLS = st.builds(Ball, NUMBERS, st.integers(0, 2**BITS))


def exact(number: int) -> Fraction:
    return Fraction(number, 2**BITS)


def holds(ball: Ball, number: Fraction) -> bool:
    return ball.low <= number * 2**BITS <= ball.high


def ends(ball: Ball) -> list[Fraction]:
    return [exact(ball.low), exact(ball.middle), exact(ball.high)]


@given(BALLS, BALLS)
def test_sums_products_and_quotients_of_balls_lose_no_number(x, y):
    for a in ends(x):
        for b in ends(y):
            assert holds(x + y, a + b)
            assert holds(x - y, a - b)
            assert holds(CONTEXT.times(x, y), a * b)
            if y.positive():
                assert holds(CONTEXT.divide(x, y), a / b)


@given(BALLS)
def test_the_exponential_of_a_ball_loses_no_number_and_is_not_much_too_wide(x):
    result = CONTEXT.exp(x)
    with flint.ctx.workprec(200):
        for a in ends(x):
            value = (flint.arb(flint.fmpz(a.numerator)) / a.denominator).exp() * 2**BITS
            assert value >= result.low
            assert value <= result.high
        width = (flint.arb(x.high) / 2**BITS).exp() - (flint.arb(x.low) / 2**BITS).exp()
        assert result.high - result.low <= width * 2**BITS * (1 + flint.arb("0.005")) + 50


@given(st.integers(1, 10**6))
def test_the_logarithm_is_bounded_from_above(number):
    bound = CONTEXT.log_above(number) / 2**BITS
    assert math.log(number) - 1e-12 <= bound <= math.log(number) + 1e-9


@given(st.lists(BALLS, min_size=3, max_size=3), st.lists(BALLS, min_size=3, max_size=3))
def test_products_and_quotients_of_series_lose_no_number(x, y):
    first, second = (Series(tuple(b.middle for b in own), tuple(b.radius for b in own)) for own in (x, y))
    product = times(CONTEXT, first, second)
    for a, b in ((0, 0), (2, 2), (0, 2), (1, 0)):
        left, right = [ends(own)[a] for own in x], [ends(own)[b] for own in y]
        for power in range(3):
            value = sum(left[k] * right[power - k] for k in range(power + 1))
            assert holds(product[power], value)
        if y[0].positive():
            quotient: list[Fraction] = []
            for power in range(3):
                known = sum(right[power - k] * quotient[k] for k in range(power))
                quotient.append((left[power] - known) / right[0])
            found = divide(CONTEXT, first, second)
            assert all(holds(found[power], quotient[power]) for power in range(3))


@given(st.integers(-30, 30), st.integers(-60, 60))
def test_the_exponential_of_a_steep_series_stays_sharp(start, slope):
    unit = 2**BITS
    found = exponential(CONTEXT, Series((start * unit, slope * unit, 0, 0, 0), (0, 0, 0, 0, 0)))
    with flint.ctx.workprec(300):
        for power in range(5):
            value = flint.arb(start).exp() * flint.arb(slope) ** power / math.factorial(power) * unit
            assert value >= found[power].low
            assert value <= found[power].high
            assert found[power].radius <= abs(value) * flint.arb("1e-6") + 8


@given(
    st.integers(-(10**6), -100),
    st.lists(st.tuples(st.integers(-(2**80), 2**80), st.integers(0, 2**70)), min_size=1, max_size=5),
)
def test_the_exponential_of_a_series_that_is_nothing_loses_no_number(start, rest):
    x = Series((start * 2**BITS, *(m for m, _ in rest)), (2**BITS, *(r for _, r in rest)))
    found = exponential(CONTEXT, x)
    with flint.ctx.workprec(2000):
        for sign in (-1, 0, 1):
            ends = [m + sign * r for m, r in zip(x.middles, x.radii, strict=True)]
            argument = flint.arb_series([flint.arb(end) / 2**BITS for end in ends], prec=len(x))
            value = argument.exp()
            for power in range(len(x)):
                assert value[power] * 2**BITS >= found[power].low
                assert value[power] * 2**BITS <= found[power].high


@pytest.mark.parametrize(
    "system, tokens, until",
    [
        (Softmax(), [[300_000, 0], [-300_000, 0], [0, 300_000]], Fraction(1, 1000)),
        (Softmax(), [[300_000, 0], [-300_000, 0], [0, 300_000]], Fraction(1)),
        (Softmax(), [[300_000], [-300_000], [150_000]], Fraction(1)),
        (Softmax([[2, 1], [0, 1]]), [[10**7, 0], [-(10**7), 1], [10**7 - 1, 1]], Fraction(1, 10)),
    ],
)
def test_what_is_proved_of_tokens_far_apart_is_accepted(system, tokens, until):
    proof = prove(system, tokens, until)
    assert all(own.verdict.outcome == "holds" for own in proof.statements.values())
    verify(certificate_text(certificate_data(proof)))


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_of_the_format_is_accepted(block):
    assert describe(verify(block))[-1].startswith("  holds ") or "holds" in describe(verify(block))[-1]


def test_the_format_has_an_example_of_every_statement():
    from proofs_checks.softmax.certificate import STATEMENTS

    names = {claim["claim"] for block in BLOCKS for claim in json.loads(block).get("claims", [])}
    assert names == set(STATEMENTS)
    assert all(f"\n### {name}\n" in FORMAT for name in names)


def test_a_tube_that_is_left_is_rejected():
    document = json.loads(BLOCKS[2])
    document["claims"][0]["evidence"]["tube"] = "1/1000000000000000000"
    with pytest.raises(RejectedError, match="the tokens may leave the tube"):
        verify(json.dumps(document))


def a_certificate() -> dict:
    proof = prove(Softmax(Q=[["3/2"]], K=[["1/2"]]), [["1/2"], ["-1/4"]], Fraction(4))
    assert len(proof.flow.pieces) > 2
    return json.loads(certificate_text(certificate_data(proof)))


def test_an_enclosure_that_is_changed_anywhere_is_rejected_or_encloses_more():
    document = a_certificate()
    pieces = document["enclosure"]["pieces"]
    for number in (0, len(pieces) // 2, len(pieces) - 1):
        for power in (0, 1, 2):
            changed = json.loads(json.dumps(document))
            changed["enclosure"]["pieces"][number]["polynomials"][0][0][power] += 2**50
            with pytest.raises(RejectedError):
                verify(json.dumps(changed))
    for changes in (
        {"radius": "0"},
        {"enclosure": document["enclosure"] | {"pieces": pieces[1:]}},
        {"enclosure": document["enclosure"] | {"pieces": pieces[::-1]}},
        {"system": document["system"] | {"Q": [["31/10"]]}},
        {"system": document["system"] | {"tokens": [["1"], ["-2/3"]]}},
        {"system": document["system"] | {"radius": "1/10"}},
    ):
        with pytest.raises(RejectedError):
            verify(json.dumps(document | changes))
    with pytest.raises(RejectedError, match=r"the solution may leave the tube|start inside"):
        verify(json.dumps(document | {"enclosure": {"bits": 80, "pieces": [pieces[0] | {"tube": 1}]}}))


def test_a_good_triple_certificate_is_accepted_and_its_copy_with_another_shear_is_not():
    proof = prove(Softmax(SHEAR), [[1, 0], ["1/2", "1/4"], [-1, "1/8"]], Fraction(8))
    document = json.loads(certificate_text(certificate_data(proof)))
    verify(json.dumps(document))
    document["system"]["V"] = [["1", "1"], ["0", "-1/2"]]
    with pytest.raises(RejectedError):
        verify(json.dumps(document))
