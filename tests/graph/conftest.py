"""The run that graphs are made of."""

import pytest

from exactdyn import Hardmax

EMERGING_LEADER = [
    [1, "1/3"],
    ["-1/12", "1/12"],
    [-1, -1],
    [0, "1/4"],
    ["-3/10", "-7/10"],
    ["-3/5", "-9/10"],
    ["4/5", "1/10"],
    ["3/5", "3/20"],
]


@pytest.fixture(scope="module")
def emerging_leader():
    return Hardmax(alpha="1/2").run(EMERGING_LEADER, layers=3)
