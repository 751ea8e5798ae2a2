"""When exact values are so coarse that a near-tie within the float bound can only be a tie.

Ties are common where tokens are small integers, and without this every one of them would be settled exactly.
"""

from __future__ import annotations

from math import lcm

from exactdyn.kernel.exact.itinerary import Tie
from exactdyn.kernel.floats.shadow import Shadow

BITS_LIMIT = 600
"""Denominators beyond this many bits decide nothing in floats."""


class Lattice:
    """A common denominator of all coordinates, followed from layer to layer while it is small.

    Coordinates are multiples of 1/D, so scores are multiples of 1/(D^2 D_A), and a step with tau = p/q and
    tied sets of m_1, m_2, ... tokens leads to the denominator D q lcm(m_1, m_2, ...).

    >>> lattice = Lattice(2, 1)
    >>> lattice.step(3, {})
    >>> lattice.denominator
    6
    """

    def __init__(self, denominator: int, matrix_denominator: int) -> None:
        self.denominator: int | None = denominator
        self._matrix_bits = matrix_denominator.bit_length()

    def step(self, q: int, ties: dict[int, Tie]) -> None:
        """Follow one step of size p/q in which these points were tied.

        >>> lattice = Lattice(1, 1)
        >>> lattice.step(2, {0: Tie((0, 1), (2, 1))})  # a mean of three tokens
        >>> lattice.denominator
        6
        """
        if self.denominator is not None:
            tied = {sum(tie.weights) for tie in ties.values()}
            self.denominator *= q * lcm(*tied)
            if self.denominator.bit_length() > BITS_LIMIT:
                self.denominator = None

    def decides(self, shadow: Shadow, error: float) -> bool:
        """Tell whether tokens whose scores came within ``2.02 * error`` are tied, all of them.

        >>> import numpy as np
        >>> from exactdyn.kernel.floats.shadow import initial_shadow
        >>> shadow = initial_shadow(np.array([[0.5]]), 1, 0.0, None)
        >>> Lattice(1, 1).decides(shadow, 1e-9), Lattice(2**40, 1).decides(shadow, 1e-9)
        (True, False)
        """
        if self.denominator is None or shadow.exponent is None:
            return False
        bits = 2 * self.denominator.bit_length() + self._matrix_bits + shadow.exponent
        # Exact scores differ by at most (2.02 + 2) errors, and by at least 2**-bits if at all.
        return bits < 1000 and 4.1 * error < 2.0 ** -max(bits, -1000)
