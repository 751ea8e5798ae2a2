"""Spectra and ranks of attention matrices, against floats, closed formulas, and what holds of all of them."""

import random
from fractions import Fraction

import numpy as np
import pytest
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.numbers.precision import working
from exactdyn.softmax.euler.walk import walk
from exactdyn.softmax.flow.flow import flow
from exactdyn.softmax.flow.state import state
from exactdyn.softmax.spectrum import POINTS_LIMIT, SpectrumAt, require_size, require_times, spectrum_of
from exactdyn.softmax.system import SoftHead, Softmax, driven
from tests.softmax_systems import floats, tokens, velocity

ONE, QUARTER = Fraction(1), Fraction(1, 4)
FORMS = {
    "symmetric": [[1, "1/2"], ["1/2", 2]],
    "negative": [[-1, 0], [0, -1]],
    "turning": [[0, 2], [-2, 0]],
    "general": [[1, 2], [0, 1]],
}
MASKS = [None, "causal", "strict", [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 1]]]


def at_start(system, start):
    """The spectrum of every head at time 0, known to many digits."""
    return spectrum_of(flow(system, start, Fraction(1, 2**20)), [Fraction(0)]).times[0].heads


def in_floats(x, B):
    logits = x @ B @ x.T
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def moved(x, V, B, time):
    """The tokens at a time, by Runge and Kutta in floats."""
    steps = 64
    h = time / steps
    for _ in range(steps):
        first = velocity(x, V, B)
        second = velocity(x + h / 2 * first, V, B)
        third = velocity(x + h / 2 * second, V, B)
        x = x + h / 6 * (first + 2 * second + 2 * third + velocity(x + h * third, V, B))
    return x


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(3))
def test_spectra_are_those_of_floats_in_the_middle_of_the_run(form, seed):
    start = tokens(5, 2, seed)
    run = flow(Softmax(Q=FORMS[form]), start, until=QUARTER)
    (now,) = spectrum_of(run, [Fraction(1, 8)]).times
    B = floats(FORMS[form]).T
    P = in_floats(moved(floats(start), np.eye(2), B, 0.125), B)
    (own,) = now.heads
    sizes = np.linalg.svd(P, compute_uv=False)
    assert [float(x.mid()) for x in own.singular_values] == pytest.approx(list(sizes), abs=1e-8)
    assert all(x.rad() < 1e-12 for x in own.singular_values)
    # Eigenvalues one by one: 5 with their order free.
    left = list(np.linalg.eigvals(P))
    for x in own.eigenvalues:
        value = complex(float(x.real.mid()), float(x.imag.mid()))
        nearest = min(left, key=lambda other: abs(other - value))
        assert abs(nearest - value) < 1e-6
        left.remove(nearest)
    assert own.numerical_rank[0] <= np.linalg.matrix_rank(P) <= own.numerical_rank[1]


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 4), st.sampled_from(sorted(FORMS)), st.sampled_from(MASKS))
def test_one_is_an_eigenvalue_all_are_in_the_disc_and_traces_are_sums(seed, count, form, mask):
    mask = mask if isinstance(mask, str) or count == 4 else None
    start = tokens(count, 2, seed)
    start += start[: seed % 2] if isinstance(mask, str) or mask is None else []
    run = walk(Softmax(Q=FORMS[form], mask=mask, step=QUARTER), start, until=2 * QUARTER)
    for now in spectrum_of(run, [Fraction(0), QUARTER, 2 * QUARTER]).times:
        (own,) = now.heads
        P = state(run, now.time).attention
        assert len(own.eigenvalues) == len(own.singular_values) == len(start)
        assert any(x.contains(acb(1)) for x in own.eigenvalues)
        assert not any(x.abs_lower() > 1 for x in own.eigenvalues)
        with working(run.bits):
            trace = sum((P[i][i] for i in range(len(P))), arb(0))
            assert sum(own.eigenvalues, acb(0)).overlaps(acb(trace))
            squares = sum((x * x for row in P for x in row), arb(0))
            assert sum((x * x for x in own.singular_values), arb(0)).overlaps(squares)
        least, most = own.rank
        assert 1 <= least <= most <= len(start)
        assert own.numerical_rank[0] <= own.numerical_rank[1] <= most


def test_one_token_attends_itself():
    (own,) = at_start(Softmax(), [[3, 4]])
    assert (own.rank, own.numerical_rank) == ((1, 1), (1, 1))
    assert own.eigenvalues[0] == 1
    assert own.singular_values[0].contains(1)


def test_equal_tokens_have_equal_rows():
    (own,) = at_start(Softmax(), [[1, 2], [1, 2]])
    assert (own.rank, own.numerical_rank) == ((1, 1), (1, 1))
    assert own.eigenvalues[0].contains(1)
    assert own.eigenvalues[1] == own.singular_values[1] == 0
    assert own.singular_values[0].contains(1)
    (more,) = at_start(Softmax(), [[1, 2], [0, 1], [1, 2], [1, 2]])
    assert more.rank == (2, 2)
    assert (
        [x == 0 for x in more.eigenvalues]
        == [x == 0 for x in more.singular_values]
        == [False, False, True, True]
    )


@pytest.mark.parametrize("V", [0, 1])
def test_two_opposite_tokens_have_the_eigenvalues_one_and_a_hyperbolic_tangent(V):
    # P = [[p, 1-p], [1-p, p]], p = 1/(1 + exp(-2 x^2)); the tokens of V = 0 stay where they are.
    run = flow(Softmax([[V]]), [["3/4"], ["-3/4"]], until=ONE)
    for time in [Fraction(0), ONE] if V == 0 else [Fraction(0)]:
        (own,) = spectrum_of(run, [time]).times[0].heads
        with working(200):
            known = (arb(9) / 16).tanh()
        assert own.eigenvalues[0].real.contains(1)
        assert own.eigenvalues[1].real.contains(known)
        assert own.eigenvalues[1].imag.is_zero()
        assert own.singular_values[1].contains(known)
        assert own.rank == (2, 2)


def test_under_a_causal_mask_the_eigenvalues_are_the_diagonal_and_the_rank_is_full():
    run = flow(Softmax(mask="causal"), tokens(5, 2, 1), until=QUARTER)
    (own,) = spectrum_of(run, [QUARTER]).times[0].heads
    P = state(run, QUARTER).attention
    diagonal = sorted((P[i][i] for i in range(5)), key=lambda x: x.mid(), reverse=True)
    assert own.eigenvalues[0] == 1
    assert all(
        x.real.overlaps(y) and x.imag.is_zero() for x, y in zip(own.eigenvalues, diagonal, strict=True)
    )
    assert own.rank == (5, 5)
    (strict,) = at_start(Softmax(mask="strict"), tokens(5, 2, 1))
    assert [x == 0 for x in strict.eigenvalues] == [False, True, True, True, True]
    assert strict.rank == (4, 4)  # nobody sees the last one


def test_a_double_eigenvalue_zero_does_not_spoil_the_others():
    # Tokens 1 and 2 have equal rows, and the double eigenvalue 0 has one eigenvector.
    start = [[-1, 1], [1, -1], [1, -2], [-2, 0], [0, -1]]
    (own,) = at_start(Softmax(Q=[[2, 0], [-2, 0]]), start)
    B = np.array([[2.0, -2.0], [0.0, 0.0]])
    known = sorted(np.linalg.eigvals(in_floats(floats(start), B)).real, reverse=True)
    assert [float(x.real.mid()) for x in own.eigenvalues] == pytest.approx(known, abs=1e-6)
    assert all(x.rad() < 1e-12 for x in own.eigenvalues)
    assert own.rank == (4, 5)


def test_every_head_has_a_spectrum_of_its_own():
    heads = [SoftHead(), SoftHead(mask="causal"), SoftHead(K=[[0, 0], [0, 0]])]
    first, second, third = at_start(Softmax(heads=heads), tokens(4, 2, 3))
    assert first.rank == second.rank == (4, 4)
    assert third.rank == (1, 4)
    assert third.numerical_rank == (1, 1)
    assert all(x.contains(0) for x in third.eigenvalues[1:])


@given(st.integers(0, 10**6), st.integers(2, 4))
def test_full_rank_is_said_where_determinants_say_so(seed, count):
    generator = random.Random(seed)
    start = [[generator.randint(-2, 2), generator.randint(-2, 2)] for _ in range(count)]
    Q = generator.choice([[[2, 1], [1, 1]], [[1, 0], [0, 0]], [[0, 1], [1, 0]], [[-1, 0], [0, -1]]])
    (own,) = at_start(Softmax(Q=Q), start)
    points = len(set(map(tuple, start)))
    assert own.rank[0] <= own.rank[1] == points
    if Q == [[2, 1], [1, 1]]:
        assert own.rank[0] == points
    if Q == [[1, 0], [0, 0]]:
        # Tokens with one first coordinate have equal rows: E_ij = exp(x_i x_j).
        assert own.rank[0] <= len({x for x, _ in start})


def test_the_rank_is_full_where_the_numerical_rank_is_not():
    (own,) = at_start(Softmax(), [[Fraction(k, 8)] for k in range(12)])
    assert own.rank == (12, 12)
    assert own.numerical_rank[1] < 12
    assert own.singular_values[-1] < 1e-14


def test_what_is_known_badly_has_wide_balls_and_ranks_between():
    start = [[1, 0], [0, 1], ["9/10", "1/10"], [-1, -1]]
    run = flow(Softmax(), start, until=Fraction(1, 2**20), radius=Fraction(1, 8))
    (now,) = spectrum_of(run, [Fraction(0)]).times
    (own,) = now.heads
    assert own.rank[0] < own.rank[1] == 4
    assert own.numerical_rank[0] < own.numerical_rank[1] == 4
    (exact,) = at_start(Softmax(), start)
    assert all(x.overlaps(y) for x, y in zip(own.singular_values, exact.singular_values, strict=True))


def test_of_times_that_are_not_proved_it_is_said_one_by_one():
    run = flow(Softmax(), [[1], [-1]], until=QUARTER)
    found = spectrum_of(run, [QUARTER, ONE])
    assert [now.reason for now in found.times] == [None, "the run is proved to time 0.25 alone"]
    assert found.times[1] == SpectrumAt(ONE, (), "the run is proved to time 0.25 alone")
    assert not found.complete


@pytest.mark.parametrize(
    ("step", "times", "words"),
    [
        (None, [], "times: requires from 1 to 1000 times, got 0"),
        (None, [ONE, QUARTER], "times: requires increasing times, got 1/4 after 1"),
        (None, [QUARTER, QUARTER], "times: requires increasing times, got 1/4 after 1/4"),
        (None, [-ONE], "times: requires times from 0 to 2, got -1"),
        (None, [3 * ONE], "times: requires times from 0 to 2, got 3"),
        (ONE / 2, [QUARTER], "times: requires multiples of the step 1/2, got 1/4"),
    ],
)
def test_times_that_make_no_sense_are_refused(step, times, words):
    with pytest.raises(InputError, match=f"^{words}$"):
        require_times(times, 2 * ONE, step)


def test_copies_do_not_count_among_the_points_that_can_be_done():
    start = [[k] for k in range(POINTS_LIMIT + 1)]
    with pytest.raises(
        InputError, match="tokens: requires at most 128 distinct points for a spectrum, got 129"
    ):
        require_size(driven(Softmax(), start)[1])
    require_size(driven(Softmax(), [*start[1:], [1]])[1])
