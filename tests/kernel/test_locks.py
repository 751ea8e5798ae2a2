from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel import recorder
from exactdyn.kernel.exact.itinerary import Itinerary, Tie
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.floats.shadow import initial_shadow
from exactdyn.kernel.locks import Locks
from exactdyn.systems.hardmax import Hardmax
from tests.judges import reference
from tests.strategies import systems


@pytest.mark.parametrize("few", [True, False])
@given(data=st.data())
def test_what_is_locked_attends_the_same_for_ever(few, data):
    system, layers = data.draw(systems()), data.draw(st.integers(1, 6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recorder, "SMALL", 10**9 if few else 0)
        locked = Hardmax(system.A, system.alpha).run(system.tokens, layers).recording.itinerary.locked
    longer = [layer.attention for layer in reference.run(system, layers + 5)]
    for token, since in locked.items():
        assert all(sets[token] == longer[since][token] for sets in longer[since:])


def tie_stays(tokens, tied, matrix=None):
    source = Source(tokens)
    locks = Locks(len(tokens), ExactStates(source, Fraction(1, 2), Itinerary(len(tokens), 1)), matrix)
    locks.newly_leading(np.array(tied), np.array(tied))
    tie = Tie(tuple(tied), (1,) * len(tied))
    return locks.stays(0, tie, initial_shadow(*source.shadow(), matrix), np.arange(len(tokens)))


def test_a_tie_of_leaders_stays_unless_their_mean_would_attend_another():
    assert tie_stays([[1, 1], [1, -1], ["1/2", 0]], [0, 1])
    assert not tie_stays([[4, 3], [4, -3], [7, 0]], [0, 1])  # the third one lies behind the two
    assert tie_stays([[4, 3], [4, -3], [4, 0]], [0, 1])  # and here between them
    just_behind = 4 + Fraction(1, 2**100)
    assert not tie_stays([[4, 3], [4, -3], [just_behind, 0]], [0, 1])  # which floats cannot tell


def test_a_tie_with_a_point_that_does_not_lead_is_not_locked():
    source = Source([[1, 1], [1, -1], ["1/2", 0]])
    locks = Locks(3, ExactStates(source, Fraction(1, 2), Itinerary(3, 1)), None)
    locks.newly_leading(np.array([0]), np.array([0]))
    assert not locks.stays(0, Tie((0, 1), (1, 1)), initial_shadow(*source.shadow(), None), np.arange(3))


def test_a_point_leads_for_the_first_time_once():
    locks = Locks(3, ExactStates(Source([[1], [0], [-1]]), Fraction(1, 2), Itinerary(3, 1)), None)
    found = [
        locks.newly_leading(np.array(points), np.array(own)).tolist()
        for points, own in (
            ([0, 1, 2], [0, 0, -1]),
            ([0, 1, 2], [0, 0, 2]),
            ([1], [2]),
        )
    ]
    assert found == [[0], [2], []]
    assert locks.leading.tolist() == [True, False, True]
