"""That a graph stays is not proved by forged forms where it changes at a late layer."""

import pytest

from tests.amounts import amount
from tests.benchmarks.forged_forms import EARLIEST, LATEST, attack, late_system


def test_the_graphs_of_the_systems_change_late_but_not_before():
    for seed in range(3):
        late = late_system(seed)
        graphs = [late.run.attention(k) for k in range(late.change + 1)]
        assert EARLIEST <= late.change <= LATEST
        assert len({*graphs[:-1]}) == 1 and graphs[-1] != graphs[0]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_no_forged_proof_that_a_graph_stays_is_accepted(part):
    count = amount(2_000, 25_000)
    fates = attack(range(part * 25_000, part * 25_000 + count))
    assert fates.total() == count and "accepted" not in fates
    assert any(fate.endswith("may turn to K from layer K on") for fate in fates)
