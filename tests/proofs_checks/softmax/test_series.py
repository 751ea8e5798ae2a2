"""Power series in the norm lose no number, neither the checker's nor those of the library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import flint
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactdyn.errors import ExactdynError
from exactdyn.numbers.precision import working
from exactdyn.softmax.flow import series as library
from proofs_checks.format.errors import RejectedError
from proofs_checks.softmax import series as checker
from proofs_checks.softmax.balls import Arithmetic
from proofs_checks.softmax.growth import Stretch

BITS, TERMS = 60, 5
UNIT = 2**BITS
LONG = 60
CONTEXT = Arithmetic(BITS)
COEFFICIENTS = st.lists(st.integers(-UNIT, UNIT), min_size=TERMS, max_size=TERMS)
OFF = st.lists(st.integers(-(2**50), 2**50), min_size=TERMS + 3, max_size=TERMS + 3)
ENGINES = {
    "checker": (
        checker.Series,
        lambda x, y: checker.times(CONTEXT, x, y),
        lambda x: checker.exponential(CONTEXT, x),
        lambda x: checker.inverse(CONTEXT, x),
    ),
    "library": (
        library.Series,
        lambda x, y: library.times(x, y, BITS),
        lambda x: library.exponential(x, BITS),
        lambda x: library.inverse(x, BITS),
    ),
}
engines = pytest.mark.parametrize("engine", ENGINES)


@contextmanager
def long_series(bits: int) -> Iterator[None]:
    """Compute with flint's power series of LONG terms, then restore their number."""
    before = flint.ctx.cap
    try:
        flint.ctx.cap = LONG
        with working(bits):
            yield
    finally:
        flint.ctx.cap = before


def moved(polynomial: list[int], off: list[int]) -> flint.arb_series:
    """A function that a series stands for: the polynomial and something of the norm of its error."""
    padded = polynomial + [0] * (len(off) - len(polynomial))
    return flint.arb_series([flint.arb(a + b) / UNIT for a, b in zip(padded, off, strict=True)], prec=LONG)


def distance(true: flint.arb_series, found) -> flint.arb:
    """The norm of the difference, as far as 60 powers show it, in units."""
    kept = [*found.polynomial, *[0] * (LONG - len(found.polynomial))]
    return sum((abs(true[k] * UNIT - c) for k, c in enumerate(kept)), flint.arb(0))


@engines
@given(COEFFICIENTS, COEFFICIENTS, OFF, OFF)
def test_products_lose_no_number(engine, x, y, off, turned):
    series, times, _, _ = ENGINES[engine]
    with long_series(300):
        true = moved(x, off) * moved(y, turned)
        found = times(series(x, sum(map(abs, off))), series(y, sum(map(abs, turned))))
        assert distance(true, found) <= found.error


@engines
@given(st.integers(-60, 10), st.lists(st.integers(-6 * UNIT, 6 * UNIT), min_size=TERMS, max_size=TERMS), OFF)
def test_exponentials_lose_no_number(engine, start, rest, off):
    series, _, exponential, _ = ENGINES[engine]
    x = [start * UNIT, *rest[1:]]
    with long_series(600):
        found = exponential(series(x, sum(map(abs, off))))
        assert distance(moved(x, off).exp(), found) <= found.error


@engines
@given(COEFFICIENTS, OFF)
def test_quotients_lose_no_number(engine, x, off):
    series, _, _, inverse = ENGINES[engine]
    x = [2 * UNIT + abs(x[0]), *(c // 4 for c in x[1:])]
    try:
        found = inverse(series(x, sum(map(abs, off))))
    except (RejectedError, ExactdynError):
        assume(False)
    with long_series(300):
        assert distance(1 / moved(x, off), found) <= found.error


@engines
def test_an_exponential_is_sharp_where_its_argument_is_steep(engine):
    series, _, exponential, _ = ENGINES[engine]
    found = exponential(series([-80 * UNIT, 20 * UNIT, 0, 0, 0], 0))
    assert found.error <= 2 * (CONTEXT.exp_above(-60 * UNIT) + 1)
    assert exponential(series([0, 2**40, 0, 0, 0], 0)).error <= 2**4


@engines
def test_what_may_be_zero_has_no_quotient(engine):
    series, _, _, inverse = ENGINES[engine]
    for x, error in (([0, 0], 0), ([UNIT, -UNIT], 0), ([UNIT, 0], UNIT)):
        with pytest.raises((RejectedError, ExactdynError)):
            inverse(series(x, error))


@given(COEFFICIENTS, OFF, st.integers(0, 3), st.fractions(0, 1))
def test_a_series_is_in_the_middle_of_a_stretch_what_is_said_and_changes_by_no_more(
    powers, off, number, part
):
    def value(s: Fraction) -> Fraction:
        own = [a + b for a, b in zip(powers + [0] * (len(off) - TERMS), off, strict=True)]
        return sum((c * s**k for k, c in enumerate(own)), Fraction(0))

    stretch, series = Stretch(number, 4), checker.Series(powers, checker.norm(off))
    middle, elsewhere = value(Fraction(2 * number + 1, 8)), value((number + part) / 4)
    found = stretch.middle(series)
    assert found.low <= middle <= found.high
    assert abs(elsewhere - middle) <= stretch.change(series)
