"""Changes of graphs that floats foresee: the exact run has them where they are foreseen."""

from fractions import Fraction

import pytest

from exactdyn import Hardmax
from exactdyn.limits.foresight import foreseen
from exactdyn.systems.trajectory import Trajectory

CYCLE = [[1, 0], [0, 1], [-1, -1]]


@pytest.mark.parametrize(
    ("t", "alpha"), [("3.1546", "7/4"), ("3.154", "3/5"), ("3.1544", 3), ("3.15", "1/7")]
)
def test_the_first_change_of_a_rotation_is_where_it_is_foreseen(t, alpha):
    trajectory = Trajectory(Hardmax([[1, f"-{t}"], [t, 1]], alpha).run(CYCLE, 0))
    layers = 24
    while trajectory.attention(layers) == trajectory.attention(0) and layers < 2000:
        layers += 1
    if layers > 24:
        assert foreseen(trajectory, 24) == layers


def test_what_stays_is_not_foreseen_to_change():
    trajectory = Trajectory(Hardmax([[1, -4], [4, 1]], "1/2").run(CYCLE, 0))
    assert foreseen(trajectory, 40) is None


def test_tiny_steps_away_from_a_leader_are_foreseen_too():
    trajectory = Trajectory(Hardmax([[2]], "-1/1000").run([[3], [1], [1]], 0))
    change = foreseen(trajectory, 120)
    assert trajectory.attention(change) != trajectory.attention(change - 1)
    assert all(trajectory.attention(k) == trajectory.attention(0) for k in range(0, change, 20))


def test_graphs_that_still_change_and_numbers_of_a_field_are_left_alone():
    digits = [["1/2"], ["-1/2"], ["-371685/2000006"]]
    assert foreseen(Trajectory(Hardmax([[-1]], "1/2").run(digits, 0)), 60) is None
    assert foreseen(Trajectory(Hardmax([["sqrt(2)"]], Fraction(1, 2)).run([[1], [2]], 0)), 60) is None
