from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact.itinerary import Partition
from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.floats.lattice import BITS_LIMIT, Lattice
from exactdyn.kernel.floats.shadow import initial_shadow
from exactdyn.numbers.vectors import identity
from tests.judges import reference
from tests.strategies import systems


@given(systems(dimensions=2, largest=6), st.integers(0, 5))
def test_all_coordinates_are_multiples_of_one_over_the_denominator(system, layers):
    tau = system.alpha / (1 + system.alpha)
    lattice = Lattice(Source([list(token) for token in system.tokens]).denominator(), 1)
    partition = Partition(len(system.tokens))
    for layer in reference.run(system, layers):
        if lattice.denominator is not None:
            assert all((x * lattice.denominator).denominator == 1 for z in layer.tokens for x in z)
        ties = {i: partition.tie(tuple(sorted(own))) for i, own in enumerate(layer.attention) if len(own) > 1}
        lattice.step(tau.denominator, ties)


@given(systems(dimensions=2, largest=6), st.integers(0, 60))
def test_where_the_lattice_decides_scores_that_near_are_equal(system, bits):
    source = Source([list(token) for token in system.tokens])
    A = None if system.A is None else Matrix(system.A)
    shadow = initial_shadow(*source.shadow(), A)
    lattice = Lattice(source.denominator(), 1 if A is None else A.denominator)
    error = 2.0**-bits
    if not lattice.decides(shadow, error):
        return
    unit = Fraction(2) ** shadow.exponent
    rows = system.A or identity(source.dimension)
    for x in system.tokens:
        scores = [reference.dot(reference.times(rows, x), y) for y in system.tokens]
        assert all(
            a == b for a in scores for b in scores if abs(a - b) <= Fraction(4.02) * Fraction(error) * unit
        )


def test_a_lattice_too_fine_for_floats_decides_nothing():
    lattice, shadow = Lattice(1, 1), initial_shadow(np.array([[0.5]]), 1, 0.0, None)
    assert lattice.decides(shadow, 2.0**-60)
    for _ in range(BITS_LIMIT):
        lattice.step(3, {})
    assert lattice.denominator is None
    assert not lattice.decides(shadow, 2.0**-60)
    lattice.step(3, {})
    assert lattice.denominator is None
