"""What the floats of the kernel claim, against exact values: the bound holds, and it is not idle."""

from fractions import Fraction
from math import lcm

import numpy as np
import pytest

from exactdyn.kernel.exact.itinerary import Partition
from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.floats.shadow import initial_shadow
from exactdyn.numbers.reading import from_floats
from exactdyn.numbers.vectors import identity
from exactdyn.systems.hardmax import Hardmax
from tests.judges.plain import HOSTILE, MATRICES, hostile_matrix, hostile_tokens, plain_run

TAUS = [Fraction(1, 2), Fraction(1, 3), Fraction(6, 7), Fraction(1, 2**60), 1 - Fraction(1, 2**60)]


def fractions(array):
    return [[Fraction(x) for x in row] for row in array.tolist()]


def offset(floats, exact_rows, factor):
    """How far floats are from the exact rows times a factor, in the maximum norm."""
    return max(
        abs(x - factor * y)
        for row, exact in zip(fractions(floats), exact_rows, strict=True)
        for x, y in zip(row, exact, strict=True)
    )


def power(exponent):
    return Fraction(2) ** exponent


def hostile_run(kind, matrix, seed, tau, layers):
    rng = np.random.default_rng(seed)
    d = int(rng.integers(1, 4))
    tokens = from_floats(hostile_tokens(kind, rng, int(rng.integers(2, 10)), d))
    system = Hardmax(hostile_matrix(matrix, rng, d), tau / (1 - tau))
    return system, tokens, plain_run(system, tokens, layers)


@pytest.mark.parametrize("tau", TAUS, ids=float)
@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("matrix", MATRICES)
def test_the_exact_state_lies_within_the_bound_of_its_shadow(matrix, kind, tau):
    system, tokens, expected = hostile_run(kind, matrix, 1, tau, layers=5)
    source = Source(tokens)
    rows = system.A
    matrix_floats = None if rows is None else Matrix(rows)
    shadow = initial_shadow(*source.shadow(), matrix_floats)
    place = power(-source.shadow()[1])
    turn = place if rows is None else place * power(-matrix_floats.exponent)
    partition = Partition(source.count)
    A = identity(source.dimension) if rows is None else rows
    for state, sets in zip(expected.states, expected.itinerary, strict=True):
        exact = state.rows()
        directions = [[sum(a * x for a, x in zip(row, z, strict=True)) for row in A] for z in exact]
        assert offset(shadow.positions.rows, exact, place) <= shadow.positions.error
        assert offset(shadow.directions.rows, directions, turn) <= shadow.directions.error
        assert shadow.positions.error < 1e-10
        assert_scores_within_bound(shadow, directions, exact, place, turn)
        targets = np.array([min(own) if len(own) == 1 else -1 for own in sets])
        ties = {i: partition.tie(tuple(sorted(own))) for i, own in enumerate(sets) if len(own) > 1}
        shadow = shadow.step(targets, ties, float(tau), partition)


def assert_scores_within_bound(shadow, directions, exact, place, turn):
    floats = shadow.directions.rows @ shadow.positions.rows.T
    errors = shadow.score_error(np.abs(shadow.directions.rows).sum(1))
    (factors, one), (places, other) = integers(directions), integers(exact)
    unit = one * other / (place * turn)  # of true scores in integers
    for row, direction, error in zip(floats.tolist(), factors, errors.tolist(), strict=True):
        allowed = Fraction(error) * unit
        for score, z in zip(row, places, strict=True):
            true = sum(f * x for f, x in zip(direction, z, strict=True))
            assert abs(Fraction(score) * unit - true) <= allowed


def integers(rows):
    """Rows of fractions as integers over one denominator, and that."""
    whole = lcm(*(x.denominator for row in rows for x in row))
    return [[int(x * whole) for x in row] for row in rows], whole
