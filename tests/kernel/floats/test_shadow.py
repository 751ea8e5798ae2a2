"""What the floats of the kernel claim, against exact values: the bound holds, and it is not idle."""

from fractions import Fraction

import numpy as np
import pytest

from exactdyn.kernel.exact.itinerary import Partition
from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.few.state import SmallSystem
from exactdyn.kernel.floats.candidates import attendable
from exactdyn.kernel.floats.filter import decide
from exactdyn.kernel.floats.shadow import Shadow, Vectors, initial_shadow
from exactdyn.numbers.points import Points
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
    for row, direction, error in zip(fractions(floats), directions, errors.tolist(), strict=True):
        for score, z in zip(row, exact, strict=True):
            true = sum(f * x for f, x in zip(direction, z, strict=True)) * place * turn
            assert abs(score - true) <= error


@pytest.mark.parametrize("tau", TAUS, ids=float)
@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind != "many integers"])
@pytest.mark.parametrize("matrix", MATRICES)
def test_few_tokens_stay_within_their_bound_too(matrix, kind, tau):
    system, tokens, expected = hostile_run(kind, matrix, 2, tau, layers=6)
    source = Source(tokens)
    points = Points.from_rows(tokens)
    numerators, _ = points.common
    few = SmallSystem([tuple(row) for row in numerators.tolist()], system.A, tau)
    largest = max(int(x).bit_length() for row in numerators.tolist() for x in row)
    unit = power(-largest) * int(points.common[1])
    for state, sets in zip(expected.states, expected.itinerary, strict=True):
        attended = few.attended(range(source.count))
        assert [frozenset(own) for own in attended] == list(sets)
        if few._steps:  # since the exact state caught up, its scale is another one
            assert offset(np.array(few._axes).T, state.rows(), unit) <= few._error
        else:
            exact = few._places
            size = max(int(x).bit_length() for row in exact for x in row)
            rows = [[Fraction(int(x)) for x in row] for row in exact]
            assert offset(np.array(few._axes).T, rows, power(-size)) <= few._error
            unit = power(-size) * scale(exact, state)
        few.step(attended)


def scale(integers, state):
    """The number by which integers are larger than the state they stand for."""
    pairs = zip(integers, state.rows(), strict=True)
    return next((int(a) / x for row, z in pairs for a, x in zip(row, z, strict=True) if x), Fraction(1))


@pytest.mark.parametrize("planted", [2.0**-k for k in (20, 30, 40, 50, 52)])
def test_a_lead_beyond_the_bound_is_decided_and_one_below_it_is_left_open(planted):
    place = Vectors(np.array([[1.0, 0.0], [1.0 - planted, 0.5], [-1.0, 0.25]]), 2.0**-45)
    winners, doubt = decide(Shadow(place, place, None), np.arange(1), np.arange(3))
    if planted > 2.0**-42:
        assert (winners.tolist(), doubt) == ([0], [])
    else:
        assert [row.candidates.tolist() for row in doubt] == [[0, 1]]


@pytest.mark.parametrize("shape", ["normal", "disc", "circle", "square", "lattice", "line", "one point"])
@pytest.mark.parametrize("error", [0.0, 2.0**-50, 2.0**-20])
def test_whatever_is_attended_is_a_candidate(shape, error):
    rng = np.random.default_rng(7)
    angles = rng.random(400) * 2 * np.pi
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    grid = np.array([[x, y] for x in range(-9, 10) for y in range(-9, 10)], dtype=float) / 9
    rows = {
        "normal": rng.standard_normal((400, 2)) / 8,
        "disc": circle * np.sqrt(rng.random((400, 1))),
        "circle": circle,
        "square": rng.random((400, 2)) * 2 - 1,
        "lattice": grid,
        "line": np.outer(np.linspace(-1, 1, 201), [1.0, 0.5]),
        "one point": np.full((60, 2), 0.25),
    }[shape]
    kept = set(attendable(Vectors(rows, error), np.arange(len(rows))).tolist())
    moved = rows + error * rng.choice([-1.0, 1.0], rows.shape)  # an exact state that this may stand for
    directions = np.concatenate([circle[:60], np.eye(2), -np.eye(2), [[2, -1], [-1, 2], [1, 0.5], [1, 1]]])
    numerators, _ = Points.from_rows(from_floats(moved)).common
    rays, _ = Points.from_rows(from_floats(directions)).common
    for scores in (rays * numerators.transpose()).tolist():
        highest = max(scores)
        assert kept.issuperset(j for j, score in enumerate(scores) if score == highest)
    if shape in ("normal", "disc", "square", "lattice") and error < 1e-9:
        assert len(kept) < len(rows) / 2


def test_in_one_dimension_the_candidates_are_the_ends():
    rows = np.array([[x / 50] for x in range(-50, 51)])
    assert attendable(Vectors(rows, 2.0**-40), np.arange(101)).tolist() == [0, 100]
    assert attendable(Vectors(rows, 0.015), np.arange(101)).tolist() == [0, 1, 99, 100]
