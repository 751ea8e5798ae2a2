"""The validated integrator: it contains the solution, at every precision, whoever else computes."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.certificates.envelope import encode
from exactdyn.errors import InputError
from exactdyn.softmax import Softmax, flow, state
from exactdyn.softmax.for_ever.certificate import _piece
from proofs_checks.format.reading import Field
from proofs_checks.softmax import enclosure
from proofs_checks.softmax.system import read_system
from tests.amounts import amount
from tests.softmax_systems import SHEAR, floats, tokens, velocity

ONE = Fraction(1)


def entries(rows) -> list:
    return [x for row in rows for x in row]


def contains(ball, number) -> bool:
    return bool(abs(ball - flint.arb(number)) < flint.arb("1e-11"))


def test_one_token_grows_like_the_exponential_of_v():
    reached = flow(Softmax(V=[["1/2"]]), [[3]], ONE)
    with flint.ctx.workprec(200):
        ball = state(reached, ONE).tokens[0][0]
        assert ball.contains(3 * flint.arb("0.5").exp())
        assert ball.rad() < 1e-19


@pytest.mark.parametrize(
    ("V", "Q", "K"),
    [
        (None, None, None),
        (SHEAR, None, None),
        ([["0", "0"], ["0", "0"]], None, None),
        ([["-1", "0"], ["0", "-1"]], None, None),
        ([["0", "-2"], ["2", "0"]], [["1", "1"]], [["1", "-1"]]),
    ],
    ids=["identity", "shear", "zero", "minus-identity", "rotation-with-Q-and-K-of-one-row"],
)
def test_the_enclosure_contains_what_a_float_solver_finds(V, Q, K):
    integrate = pytest.importorskip("scipy.integrate")
    start = tokens(4, 2, 3)
    reached = flow(Softmax(V, Q, K), start, ONE)
    dense_v, dense_q, dense_k = (np.eye(2) if own is None else floats(own) for own in (V, Q, K))
    found = integrate.solve_ivp(
        lambda _, x: velocity(x.reshape(4, 2), dense_v, dense_q.T @ dense_k).ravel(),
        (0, 1),
        floats(start).ravel(),
        method="DOP853",
        rtol=1e-13,
        atol=1e-13,
        dense_output=True,
    )
    for time in (Fraction(1, 3), ONE):
        now = state(reached, time)
        for ball, number in zip(entries(now.tokens), found.sol(float(time)), strict=True):
            assert contains(ball, float(number))
            assert ball.rad() < 1e-12


def test_enclosures_at_two_precisions_intersect_and_the_finer_is_narrower():
    start = tokens(4, 2, 5)
    coarse, fine = (state(flow(Softmax(), start, ONE, bits=bits), ONE) for bits in (64, 128))
    for x, y in zip(entries(coarse.tokens), entries(fine.tokens), strict=True):
        assert x.overlaps(y)
        assert y.rad() * 2**48 < x.rad()


@pytest.mark.slow
def test_enclosures_at_128_and_256_bits_intersect_in_every_entry():
    start = tokens(amount(5, 10), 2, 1)
    coarse, fine = (state(flow(Softmax(), start, Fraction(2), bits=bits), Fraction(2)) for bits in (128, 256))
    for x, y in zip(entries(coarse.tokens), entries(fine.tokens), strict=True):
        assert x.overlaps(y)
        assert y.rad() * 2**100 < x.rad()


@pytest.mark.slow
def test_ten_tokens_in_the_plane_are_known_to_1e_12_at_time_10():
    reached = flow(Softmax(), tokens(10, 2, 1), Fraction(10))
    assert reached.enclosure(Fraction(10)).radius < Fraction(1, 10**12)


def checked_end(reached, V, Q, K, start) -> enclosure.State:
    """Where the checker finds that the points are at the end."""
    system = {"V": V, "Q": Q, "K": K, "tokens": start, "radius": Fraction(0)}
    pieces = {"bits": reached.bits, "pieces": list(map(_piece, reached.pieces))}
    read = read_system(Field(encode(system), "system"), 1)
    return enclosure.final_state(read, enclosure.read_pieces(Field(encode(pieces), "enclosure"), read))


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 3]), st.integers(2, 3))
def test_the_checker_accepts_a_coarse_enclosure_of_any_system_and_it_contains_the_finer_one(
    seed, size, count
):
    V, Q, K = (tokens(size, size, seed + k) for k in range(3))
    start = tokens(count, size, seed + 3)
    system = Softmax([[2 * x for x in row] for row in V], Q, K)
    coarse = flow(system, start, Fraction(3, 4), bits=24)
    fine = flow(system, start, coarse.time, bits=96).enclosure(coarse.time)
    theirs = checked_end(coarse, system.V, Q, K, start)
    ours = coarse.enclosure(coarse.time)
    for own in (ours, theirs):
        for x, y in zip(entries(own.centre), entries(fine.centre), strict=True):
            assert abs(x - y) <= own.radius + fine.radius
    assert theirs.radius <= 2 * ours.radius + Fraction(1, 2**coarse.bits)


def test_precision_is_raised_when_a_coarse_one_does_not_do():
    reached = flow(Softmax(SHEAR), tokens(5, 2, 3), Fraction(2), bits=24)
    assert reached.bits > 24
    assert reached.reason is None


def test_from_160_bits_on_no_more_are_taken_than_growth_asks_for_and_the_enclosure_is_as_narrow():
    system = Softmax(V=[[30]])
    reached = flow(system, [[1]], Fraction(3), bits=160)
    assert reached.reason is None
    assert 160 < reached.bits < 320
    assert reached.enclosure(Fraction(3)).radius < Fraction(1, 2**80)
    with flint.ctx.workprec(400):
        assert state(reached, Fraction(3)).tokens[0][0].contains(flint.arb(90).exp())


def test_where_growth_was_misjudged_precision_is_doubled_all_the_same(monkeypatch):
    module = import_module("exactdyn.softmax.flow.flow")
    monkeypatch.setattr(module, "_enough", lambda reached, until: reached.bits + 8)
    reached = flow(Softmax(V=[[30]]), [[1]], Fraction(3), bits=160)
    assert (reached.reason, reached.bits) == (None, 320)


def test_tokens_change_places_where_their_logits_of_10_to_the_18_are_one_float_and_the_checker_sees_it():
    V = [[Fraction(1), Fraction(-1)], [Fraction(1), Fraction(1)]]
    one = [[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]]
    start = [[Fraction(2**33), Fraction(0)], [2**33 - Fraction(1, 2**28), Fraction(1)]]
    until = Fraction(1, 2**25)
    reached = flow(Softmax(V), start, until)
    assert (reached.reason, reached.bits) == (None, 80)
    before, after = (state(reached, time).attention[0] for time in (Fraction(0), until))
    assert before[0] > before[1]
    assert after[0] < after[1]
    theirs, ours = checked_end(reached, V, one, one, start), reached.enclosure(until)
    for x, y in zip(entries(ours.centre), entries(theirs.centre), strict=True):
        assert abs(x - y) <= ours.radius + theirs.radius


def test_more_tokens_than_can_be_compared_are_refused_at_once():
    with pytest.raises(InputError, match="tokens: requires at most 942 distinct points in dimension 1 in"):
        flow(Softmax(), tokens(2000, 1, 1) + [[x] for x in range(2, 1000)], ONE)


def test_a_time_that_cannot_be_reached_ends_at_the_last_proved_one():
    stopped = flow(Softmax(V=[[10**6]]), tokens(2, 1, 1), ONE, bits=40)
    assert 0 < stopped.time < ONE
    assert stopped.reason == "the enclosure has grown too wide"
    assert state(stopped, stopped.time).time == stopped.time
    with pytest.raises(InputError, match="time: requires a time from 0 to"):
        state(stopped, ONE)
