from fractions import Fraction

import numpy as np
import pytest
from flint import fmpz

from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.few.state import STEPS_HELD, SmallSystem
from exactdyn.numbers.points import Points
from tests.judges.plain import HOSTILE, MATRICES
from tests.kernel.floats.test_shadow import TAUS, hostile_run, offset, power


@pytest.mark.parametrize("tau", TAUS, ids=float)
@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind != "many integers"])
@pytest.mark.parametrize("matrix", MATRICES)
def test_few_tokens_stay_within_their_bound_too(matrix, kind, tau):
    system, tokens, expected = hostile_run(kind, matrix, 2, tau, layers=6)
    source = Source(tokens)
    points = Points.from_rows(tokens)
    numerators, _ = points.common
    few = SmallSystem([tuple(row) for row in numerators.tolist()], system.A)
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
        few.step(attended, tau)


def scale(integers, state):
    """The number by which integers are larger than the state they stand for."""
    pairs = zip(integers, state.rows(), strict=True)
    return next((int(a) / x for row, z in pairs for a, x in zip(row, z, strict=True) if x), Fraction(1))


def test_the_exact_state_catches_up_with_what_the_floats_have_walked():
    system = SmallSystem([(fmpz(1),), (fmpz(-1),), (fmpz(5),)], None)
    place = [Fraction(1), Fraction(-1), Fraction(5)]
    for _ in range(2 * STEPS_HELD + 3):
        system.step([(2,), (0, 1), (2,)], Fraction(1, 3))
        goals = [place[2], (place[0] + place[1]) / 2, place[2]]
        place = [x + (goal - x) / 3 for x, goal in zip(place, goals, strict=True)]
    assert not system.coincide((0, 2))
    rows = [int(x) for (x,) in system._places]
    assert [Fraction(x, rows[2]) * 5 for x in rows] == place
