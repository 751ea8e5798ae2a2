"""Along a polynomial: what the field misses, and how fast it drives points apart, for library and checker."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.softmax.flow.along import Polynomial, attention_along, defect
from exactdyn.softmax.flow.growth import LogarithmicNorms
from exactdyn.softmax.system import Drive
from proofs_checks.softmax import enclosure
from proofs_checks.softmax.attention import Along, model
from proofs_checks.softmax.balls import Arithmetic
from proofs_checks.softmax.growth import Stretch, logarithmic_norm
from proofs_checks.softmax.system import SoftHead, Softmax
from tests.softmax_systems import SHEAR, floats, tokens, velocity

V = tuple(tuple(map(Fraction, row)) for row in SHEAR)
B = ((Fraction(1), Fraction(1, 2)), (Fraction(-1), Fraction(2)))
ONE = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
BITS, LENGTH, PARTS = 40, Fraction(1, 16), 2
SYSTEMS = st.tuples(st.integers(0, 10**6), st.integers(1, 4), st.sampled_from([1, 20]))


def polynomial(seed: int, count: int, size: int, turns: int = 64) -> tuple:
    """Points that move, the higher the power the less, in units of 2^-BITS."""
    random = np.random.default_rng(seed)
    start = [[[int(size * x * 2**BITS)] for x in row] for row in tokens(count, 2, seed)]
    for row in start:
        for powers in row:
            powers.extend(
                int(size * 2**BITS / (turns * size) ** k * random.uniform(-1, 1)) if turns else 0
                for k in range(1, 6)
            )
    return tuple(tuple(map(tuple, row)) for row in start)


def at(grid: tuple, s: float) -> np.ndarray:
    return np.array(
        [[sum(c * s**k for k, c in enumerate(powers)) / 2**BITS for powers in row] for row in grid]
    )


def ours(grid: tuple, weights: tuple) -> tuple:
    drive = Drive(V, B, weights)
    along = Along(theirs_model(grid, weights), BITS, grid)
    refs = [along.reference(i, weights) for i in range(len(grid))]
    u = Polynomial(grid, BITS, LENGTH, tuple(refs))
    rows = attention_along(drive, u)
    return float(sum(defect(drive, u, rows))), LogarithmicNorms(drive, u, rows, PARTS).norms


def theirs_model(grid: tuple, weights: tuple):
    starts = [[Fraction(powers[0], 2**BITS) for powers in row] for row in grid]
    repeated = tuple(tuple(x) for x, weight in zip(starts, weights, strict=True) for _ in range(weight))
    return model(Arithmetic(BITS + enclosure.GUARD), Softmax((SoftHead(V, ONE, B),), repeated, Fraction(0)))


def theirs(grid: tuple, weights: tuple) -> tuple:
    drive = theirs_model(grid, weights)
    along, unit = Along(drive, BITS, grid), drive.context.one.middle
    rows = [along.row(i, weights) for i in range(len(grid))]

    def norms(tube: float) -> list[float]:
        wide = int(tube * unit) + 1
        return [logarithmic_norm(along, rows, Stretch(k, PARTS), wide) / unit for k in range(PARTS)]

    return enclosure.defect([(along, rows)], LENGTH) / unit, norms


def field(x: np.ndarray, weights: tuple) -> np.ndarray:
    every = [i for i, weight in enumerate(weights) for _ in range(weight)]
    firsts = [every.index(i) for i in range(len(weights))]
    return velocity(x[every], floats(V), floats(B))[firsts]


def float_norm(x: np.ndarray, weights: tuple) -> float:
    size, step = x.size, 1e-6
    jacobian = np.empty((size, size))
    for column in range(size):
        moved = [np.array(x) for _ in range(2)]
        for sign, own in zip((1, -1), moved, strict=True):
            own.ravel()[column] += sign * step
        slopes = [field(own, weights).ravel() for own in moved]
        jacobian[:, column] = (slopes[0] - slopes[1]) / (2 * step)
    return max(row[k] + sum(abs(np.delete(row, k))) for k, row in enumerate(jacobian))


engines = pytest.mark.parametrize("engine", [ours, theirs])


@engines
@settings(max_examples=20, deadline=None)
@given(SYSTEMS)
def test_at_a_point_the_logarithmic_norm_is_that_of_the_jacobian_found_by_differences(engine, system):
    grid, weights = polynomial(*system[:2], 1, 0), (2, 1, 1, 3)[: system[1]]
    _, norms = engine(grid, weights)
    assert abs(max(norms(0.0)) - float_norm(at(grid, 0), weights)) < 1e-5


@engines
@settings(max_examples=20, deadline=None)
@given(SYSTEMS, st.floats(0, 1), st.floats(0, 0.01))
def test_near_a_polynomial_no_logarithmic_norm_is_larger(engine, system, s, tube):
    seed, count, size = system
    grid, weights = polynomial(seed, count, size), (2, 1, 1, 3)[:count]
    _, norms = engine(grid, weights)
    bounds = norms(tube / size)
    off = np.random.default_rng(seed).uniform(-1, 1, (count, 2)) * tube / size
    true = float_norm(at(grid, s) + off, weights)
    assert true <= bounds[min(int(s * PARTS), PARTS - 1)] + 1e-5 * max(1, abs(true))


@engines
@settings(max_examples=20, deadline=None)
@given(SYSTEMS, st.floats(0, 1))
def test_the_defect_is_nowhere_larger_than_its_bound(engine, system, s):
    seed, count, size = system
    grid, weights = polynomial(seed, count, size), (2, 1, 1, 3)[:count]
    bound, _ = engine(grid, weights)
    slopes = tuple(tuple(tuple(k * c for k, c in enumerate(powers))[1:] for powers in row) for row in grid)
    missed = at(slopes, s) - float(LENGTH) * field(at(grid, s), weights)
    assert abs(missed).max() <= bound + 1e-9 * size


def test_the_defect_of_a_solution_is_as_small_as_what_the_polynomial_leaves_out():
    x = [Fraction(2) / k for k in (1, 1, 2, 6, 24, 120)]
    grid = ((tuple(int(c * 2**BITS * Fraction(1, 16) ** k) for k, c in enumerate(x)),) * 2,)
    drive = Drive(ONE, ONE, (1,))
    u = Polynomial(grid, BITS, LENGTH, (0,))
    low, beyond = defect(drive, u, attention_along(drive, u))
    assert low < Fraction(30, 2**BITS)
    assert abs(float(beyond) - 2 / 120 / 16**6) < 30 / 2**BITS
