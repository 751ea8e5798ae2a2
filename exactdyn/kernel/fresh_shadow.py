"""A fresh shadow from an exact state: positions relative to a centre, both scaled to what they are now.

Where all tokens draw together, the bound of an old shadow stays while the distances shrink, until it decides
nothing. A fresh one has 52 bits for the distances of now, and another one for the directions.

Neither the centre nor the scale of either changes a comparison: token i attends where <A z_i, z_j> is largest
over j, and <A z_i, z_j - centre> is less by the same for every j. Scores are then no multiples of those of
the tokens any more, so a fresh shadow has no ``exponent``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from flint import fmpz

from exactdyn.kernel.exact.itinerary import Partition
from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.exact.point import over_common
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.floats.shadow import SLACK, Shadow, U, Vectors
from exactdyn.kernel.settle import Integers, exact_directions, unit_floats

FLOAT_BITS = 1000
"""Integers of so many bits are within the range of floats, and so is 1 divided by them."""


def anchored(states: ExactStates, matrix: Matrix | None, layer: int, partition: Partition) -> Shadow:
    """Return a shadow of the exact state of a layer, with errors of about one unit in the last place.

    ``layer``: recorded up to the one before. Only representatives are read; copies share their vectors.

    >>> from fractions import Fraction
    >>> from exactdyn.kernel.exact.itinerary import Itinerary
    >>> from exactdyn.kernel.exact.start import Source
    >>> near = ExactStates(Source([[1], [1 + Fraction(1, 2**80)]]), Fraction(1, 2), Itinerary(2, 1))
    >>> anchored(near, None, 0, Partition(2)).positions.rows.tolist()  # apart, which floats of them are not
    [[0.0], [0.5]]
    """
    alive = partition.alive.tolist()
    values = states.all_values(layer)
    rows, _, _ = over_common([values[point] for point in alive], states.sizes)
    return centred(rows, matrix, partition)


def centred(rows: Sequence[Sequence[fmpz]], matrix: Matrix | None, partition: Partition) -> Shadow:
    """Return a shadow of points given by integers over one denominator, one row for each that is alive.

    >>> rows = [(fmpz(2) ** 80,), (fmpz(2) ** 80 + 1,)]
    >>> centred(rows, None, Partition(2)).positions.rows.tolist()
    [[0.0], [0.5]]
    """
    centre = [(max(axis) + min(axis)) // 2 for axis in zip(*rows, strict=True)]
    offsets = [tuple([x - middle for x, middle in zip(row, centre, strict=True)]) for row in rows]
    directions = exact_directions(matrix, [tuple(row) for row in rows])
    return Shadow(_vectors(offsets, partition), _vectors(directions, partition), None)


def _vectors(integers: list[Integers], partition: Partition) -> Vectors:
    # Scaled by the largest of them: the positive factor is nobody's business, its bits all are.
    bits = max(x.bit_length() for row in integers for x in row)
    if bits <= FLOAT_BITS:  # each is the float next to it, divided by a power of two
        flat = np.array([int(x) for row in integers for x in row], dtype=float)
        alive = flat.reshape(len(integers), -1) * 2.0**-bits
    else:
        alive = np.array([unit_floats(row, bits) for row in integers])
    if partition.representative is None:
        return Vectors(alive, SLACK * U)
    rows = np.empty((partition.count, alive.shape[1]))
    rows[partition.alive] = alive
    return Vectors(rows[partition.representative], SLACK * U)
