"""The flow past a cylinder: the snapshots that the gallery reads are those of the simulation beside them."""

import runpy

import numpy as np
import pytest

from tests.command import ENVIRONMENT, python
from tests.site.conftest import ROOT

FOLDER = ROOT / "docs" / "gallery" / "cylinder"
FIRST = """
import numpy as np
from flow import FIRST, Channel, averaged

channel = Channel()
for _ in range(FIRST):
    channel.step()
data = np.load("snapshots.npz")
print(np.abs(data["denominator"] * averaged(channel.vorticity()) - data["vorticity"][0]).max())
"""


def test_a_fluid_in_equilibrium_has_the_density_and_velocity_that_were_asked_for():
    flow = runpy.run_path(str(FOLDER / "flow.py"))
    velocity = np.array([[0.05, 0.0, -0.02], [0.0, 0.03, 0.01]])
    density, found = flow["moments"](flow["equilibrium"](np.array([1.0, 1.1, 0.9]), velocity))
    assert np.allclose(density, [1.0, 1.1, 0.9])
    assert np.allclose(found, velocity)


@pytest.mark.slow
def test_the_simulation_gives_the_first_snapshot_of_the_file():
    alone = ENVIRONMENT | {"OPENBLAS_NUM_THREADS": "1"}  # threads wait for each other on so small products
    done = python("-c", FIRST, folder=FOLDER, env=alone)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) <= 0.5 + 1e-6  # rounded to integers, by other libraries perhaps
