from fractions import Fraction

import numpy as np
import pytest

from exactdyn.kernel.exact.itinerary import Itinerary, Partition
from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.fresh_shadow import anchored
from exactdyn.numbers.reading import exact_rows

HALF = Fraction(1, 2)


def assert_multiple(floats, exact, error):
    """The floats are one positive number times the exact vectors, within the error."""
    pairs = [
        (Fraction(x), y)
        for row, own in zip(floats.tolist(), exact, strict=True)
        for x, y in zip(row, own, strict=True)
    ]
    x, y = max(pairs, key=lambda pair: abs(pair[1]))
    assert x / y > 0
    assert all(abs(own - x / y * other) <= 2 * Fraction(error) for own, other in pairs)


@pytest.mark.parametrize("matrix", [None, [[0, 1], [-2, 3]], [["1/3", 0], [0, "1/7"]]])
@pytest.mark.parametrize("near", [0, 20, 60, 300])
def test_a_fresh_shadow_sees_distances_however_small_they_are(matrix, near):
    rng = np.random.default_rng(near)
    rows = [
        [5 + Fraction(int(x), 2**near), Fraction(1, 3) + Fraction(int(y), 2**near)]
        for x, y in rng.integers(-9, 10, (8, 2))
    ]
    states = ExactStates(Source(rows), HALF, Itinerary(8, 1))
    own = None if matrix is None else Matrix(exact_rows(matrix, "A"))
    shadow = anchored(states, own, 0, Partition(8))
    offsets = [[x - first for x, first in zip(row, rows[0], strict=True)] for row in rows]
    A = exact_rows(matrix or [[1, 0], [0, 1]], "A")
    directions = [[sum(a * x for a, x in zip(line, row, strict=True)) for line in A] for row in rows]
    assert shadow.exponent is None
    assert shadow.positions.error == shadow.directions.error < 2**-52
    places = shadow.positions.rows
    assert_multiple(places - places[0], offsets, 2 * shadow.positions.error + 2.0**-53)
    assert_multiple(shadow.directions.rows, directions, shadow.directions.error)
    assert shadow.positions.radius >= 0.25  # all bits are used


def test_copies_share_the_vectors_of_their_representative():
    states = ExactStates(Source([[1], [3], [1]]), HALF, Itinerary(3, 1))
    shadow = anchored(states, None, 0, Partition(3, np.array([0, 1, 0])))
    assert shadow.positions.rows[:, 0].tolist() == [-0.5, 0.5, -0.5]
