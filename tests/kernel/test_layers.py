from fractions import Fraction

import numpy as np
import pytest

from exactdyn.kernel.exact.itinerary import Itinerary
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.layers import LayerRecorder, Work
from exactdyn.numbers.reading import exact_rows, from_floats
from exactdyn.systems.hardmax import Hardmax
from tests.judges.plain import plain_run


def recorded(tokens, matrix, tau, layers):
    states, work = ExactStates(Source(tokens), tau, Itinerary(len(tokens), layers + 1)), Work()
    LayerRecorder(states, None if matrix is None else exact_rows(matrix, "A"), work).run(layers)
    return states.itinerary, work


def test_random_tokens_are_decided_by_floats_alone():
    tokens = np.random.default_rng(5).standard_normal((60, 3)).tolist()
    itinerary, work = recorded([[Fraction(x) for x in row] for row in tokens], None, Fraction(1, 3), 20)
    assert (work.settled_exactly, work.anchors) == (0, 0)
    assert itinerary == plain_run(Hardmax(alpha="1/2"), from_floats(np.array(tokens)), 20).itinerary


def test_ties_on_a_lattice_are_seen_without_exact_scores():
    lattice = [[x, y] for x in range(-4, 5) for y in range(-4, 5) if x or y]
    itinerary, work = recorded(lattice, None, Fraction(1, 2), 3)
    assert itinerary == plain_run(Hardmax(alpha=1), lattice, 3).itinerary
    assert itinerary.layers[0].ties
    assert work.settled_exactly == 0


def test_a_run_that_contracts_gets_fresh_shadows():
    half = np.random.default_rng(2).standard_normal((15, 2))
    exact = [[Fraction(x) for x in row] for row in np.concatenate([half, -half]).tolist()]
    itinerary, work = recorded(exact, [[-1, 0], [0, -1]], Fraction(2, 3), 70)
    assert 1 <= work.anchors < 10
    assert work.settled_exactly < work.rows / 100
    assert itinerary == plain_run(Hardmax([[-1, 0], [0, -1]], 2), exact, 70).itinerary


@pytest.mark.parametrize("tau", [Fraction(1, 2), Fraction(1, 3)])
def test_tokens_that_meet_become_one_point(tau):
    tokens = [[1], [-1], [3], [-3], [2], [-2]]
    itinerary, _ = recorded(tokens, [[-1]], tau, 12)
    assert itinerary == plain_run(Hardmax([[-1]], tau / (1 - tau)), tokens, 12).itinerary
    assert (itinerary.layer(12).partition.representative is not None) == (tau == Fraction(1, 2))
