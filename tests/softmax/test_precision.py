"""The working precision is the caller's again afterwards, whoever else computes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import flint

from exactdyn.softmax import Softmax, flow
from exactdyn.softmax.decimals import decimals
from tests.softmax_systems import tokens


def test_the_result_does_not_depend_on_the_callers_precision_and_leaves_it_alone():
    def radii(bits: int, terms: int) -> list[list[Fraction]]:
        before = flint.ctx.prec, flint.ctx.cap
        flint.ctx.prec, flint.ctx.cap = bits, terms
        try:
            reached = flow(Softmax(), tokens(3, 2, 4), Fraction(1, 4))
            assert (flint.ctx.prec, flint.ctx.cap) == (bits, terms)
            return [[*piece.coefficients[0][0], piece.after] for piece in reached.pieces]
        finally:
            flint.ctx.prec, flint.ctx.cap = before

    assert radii(10, 3) == radii(500, 50)


def test_what_is_shown_does_not_depend_on_the_callers_precision_either():
    with flint.ctx.workprec(200):
        ball = flint.arb(1) / 3
    shown = decimals(ball)
    assert float(shown[1]) < 1e-16
    with flint.ctx.workprec(10):
        assert decimals(ball) == shown


def test_two_threads_do_not_disturb_each_other():
    def run(bits: int):
        return flow(Softmax(), tokens(3, 2, bits), Fraction(1, 2), bits=bits).pieces

    alone = [run(bits) for bits in (64, 96)]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, (64, 96))) == alone
