"""The flow past a cylinder between two walls, by a lattice-Boltzmann method, in about a minute.

The geometry is test case 2D-2 of M. Schäfer and S. Turek, Benchmark computations of laminar flow around a
cylinder (Notes on Numerical Fluid Mechanics 52, 1996, pages 547 to 566): a channel of height 4.1 D, a
cylinder of diameter D whose centre is 2 D behind the inlet and 2 D above the lower wall, a parabolic inflow
of mean velocity U, and Reynolds number U D / nu = 100. The channel is 13 D long here and 22 D there.

Method: nine velocities, and two relaxation times with (1/w - 1/2)(1/w' - 1/2) = 3/16, so that walls stand
half way between nodes (I. Ginzburg, F. Verhaeghe, D. d'Humières, Communications in Computational Physics 3,
2008, pages 427 to 478). Walls and cylinder bounce back; at the inlet the velocity is given and at the
outlet the density, what is not in equilibrium being taken over from the next nodes (Z. Guo, C. Zheng, B.
Shi, Chinese Physics 11, 2002, pages 366 to 374).

`OPENBLAS_NUM_THREADS=1 python docs/gallery/cylinder/flow.py` writes `snapshots.npz` beside itself:
integers, to be divided by `denominator`. `vorticity` has a snapshot, in units of U/D and averaged over
squares of four nodes, at each of the `times`, and `probe` the velocity across the channel, in units of U,
behind the cylinder at each of the `probe_times`; times are in units of D/U.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

DIAMETER = 20
HEIGHT = 82
LENGTH = 260
CENTRE = (40, 40)
"""Of the cylinder, in node widths from the inlet and from the lower wall."""

SPEED = 0.07
REYNOLDS = 100
VISCOSITY = SPEED * DIAMETER / REYNOLDS
UNIT = DIAMETER / SPEED
"""Steps in which the mean inflow passes one diameter."""

VELOCITIES = np.array([(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)])
OPPOSITE = np.array([0, 3, 4, 1, 2, 7, 8, 5, 6])
WEIGHTS = np.array([4 / 9] + [1 / 9] * 4 + [1 / 36] * 4)[:, None]
MOMENTS = np.vstack([np.ones(9), VELOCITIES.T])
EVEN = 1 / (3 * VISCOSITY + 1 / 2)
ODD = 1 / (3 / 16 / (1 / EVEN - 1 / 2) + 1 / 2)
COLLISION = (EVEN + ODD) / 2 * np.eye(9) + (EVEN - ODD) / 2 * np.eye(9)[OPPOSITE]


def equilibrium(density: np.ndarray, velocity: np.ndarray) -> np.ndarray:
    """Return the nine populations at every node of a fluid in equilibrium."""
    along = VELOCITIES @ velocity
    return WEIGHTS * (density * (1 + along * (3 + 4.5 * along) - 1.5 * (velocity**2).sum(axis=0)))


def moments(populations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the density and the velocity at every node."""
    density, *momentum = MOMENTS @ populations
    return density, np.stack(momentum) / density


class Channel:
    """The fluid: nine populations at every node, along and across the channel, with a row for each wall."""

    shape = (LENGTH, HEIGHT + 2)

    def __init__(self) -> None:
        along, across = np.meshgrid(np.arange(LENGTH) + 0.5, np.arange(HEIGHT + 2) - 0.5, indexing="ij")
        cylinder = (along - CENTRE[0]) ** 2 + (across - CENTRE[1]) ** 2 < (DIAMETER / 2) ** 2
        self.solid = (cylinder | (across < 0) | (across > HEIGHT)).ravel()
        profile = 6 * SPEED * across * (HEIGHT - across) / HEIGHT**2
        velocity = np.where(self.solid, 0, np.stack([profile.ravel(), 0 * profile.ravel()]))
        self.inflow = velocity[:, : HEIGHT + 2]
        self.populations = equilibrium(np.ones(self.solid.size), velocity)

    def step(self) -> None:
        """Collide, stream, and keep the walls, the inlet and the outlet."""
        now = self.populations
        after = now - COLLISION @ (now - equilibrium(*moments(now)))
        after[:, self.solid] = now[OPPOSITE][:, self.solid]
        grid, moved = after.reshape(9, *self.shape), now.reshape(9, *self.shape)
        for direction, shift in enumerate(VELOCITIES):
            moved[direction] = np.roll(grid[direction], shift, axis=(0, 1))
        density, velocity = moments(moved[:, 1])
        moved[:, 0] = equilibrium(density, self.inflow) + moved[:, 1] - equilibrium(density, velocity)
        density, velocity = moments(moved[:, -2])
        moved[:, -1] = equilibrium(0 * density + 1, velocity) + moved[:, -2] - equilibrium(density, velocity)

    def velocity(self) -> np.ndarray:
        """Return the velocity in units of U, 0 in the cylinder, without the rows of the walls."""
        velocity = np.where(self.solid, 0, moments(self.populations)[1])
        return velocity.reshape(2, *self.shape)[:, :, 1:-1] / SPEED

    def vorticity(self) -> np.ndarray:
        """Return the vorticity in units of U/D, by central differences."""
        u, v = self.velocity()
        return DIAMETER * (np.gradient(v, axis=0) - np.gradient(u, axis=1))


FIRST, LAST, BETWEEN = 1600, 11040, 160
"""The steps of the snapshots: from the first vortices to long after they have become periodic."""

PROBED = range(8000, 14000, 10)
PROBE = (100, 42)
DENOMINATOR = 10
PROBE_DENOMINATOR = 1000


def averaged(field: np.ndarray) -> np.ndarray:
    """Return the means over squares of two by two nodes."""
    along, across = field.shape
    return field.reshape(along // 2, 2, across // 2, 2).mean(axis=(1, 3))


def simulated() -> dict[str, np.ndarray]:
    """Run the flow from rest in the wake, and return what the file holds."""
    channel = Channel()
    snapshots, probe = [], []
    for step in range(PROBED.stop):
        if step in range(FIRST, LAST + 1, BETWEEN):
            snapshots.append(averaged(channel.vorticity()))
        if step in PROBED:
            probe.append(channel.velocity()[1][PROBE])
        channel.step()
    return {
        "vorticity": np.rint(DENOMINATOR * np.array(snapshots)).astype(np.int16),
        "denominator": np.array(DENOMINATOR),
        "times": np.arange(FIRST, LAST + 1, BETWEEN) / UNIT,
        "probe": np.rint(PROBE_DENOMINATOR * np.array(probe)).astype(np.int16),
        "probe_denominator": np.array(PROBE_DENOMINATOR),
        "probe_times": np.array(PROBED) / UNIT,
    }


if __name__ == "__main__":
    np.savez_compressed(Path(__file__).with_name("snapshots.npz"), **simulated())
