from fractions import Fraction

import numpy as np
import pytest
from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact.itinerary import Itinerary
from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.floats.filter import RowInDoubt
from exactdyn.kernel.floats.shadow import initial_shadow
from exactdyn.kernel.settle import exact_directions, score, settle, unit_floats
from exactdyn.numbers.vectors import identity
from tests.judges import reference
from tests.strategies import systems


@given(systems(dimensions=3, largest=7), st.booleans())
def test_rows_in_doubt_are_settled_as_plain_fractions_say(system, named):
    """With candidates named, all of them here, and with none named."""
    settled_as_plain_fractions_say(system, named)


@given(systems(dimensions=3, largest=7), st.sampled_from([1, 2, 3, 64]))
def test_so_they_are_by_the_first_digits_of_differences(system, digits):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("exactdyn.kernel.settle.LONG", 0)
        patch.setattr("exactdyn.kernel.settle.DIGITS", digits)
        settled_as_plain_fractions_say(system, True)


@pytest.mark.parametrize("gap", [-1, 0, 1])
@pytest.mark.parametrize("alike", [10, 1000, 5000])
def test_of_long_numbers_the_last_digit_may_decide(alike, gap):
    far = 2**alike
    rows = [[far, 1], [far, 1 + gap], [far - 1, 1], [-far, far]]
    source = Source(rows)
    states = ExactStates(source, Fraction(1, 2), Itinerary(4, 1))
    shadow = initial_shadow(*source.shadow(), None)
    found = settle(states, None, 0, [RowInDoubt(0, np.arange(3), 1.0)], shadow, np.arange(4))
    # Token 0 scores itself far^2 + 1, and token 1 by the gap more.
    assert found.attended[0] == ((0,) if gap <= 0 else (1,))
    assert found.survivors == ({1: 0} if gap == 0 else {})


def settled_as_plain_fractions_say(system, named):
    count, rows = len(system.tokens), [list(token) for token in system.tokens]
    source = Source(rows)
    A = None if system.A is None else Matrix(system.A)
    states, shadow = (
        ExactStates(source, Fraction(1, 2), Itinerary(count, 1)),
        initial_shadow(*source.shadow(), A),
    )
    everybody = np.arange(count)
    doubt = [RowInDoubt(i, everybody if named else None, 1.0) for i in range(count)]
    found = settle(states, A, 0, doubt, shadow, everybody)
    first = reference.run(system, 0)[0]
    joined = {j: found.survivors.get(j, j) for j in range(count)}
    assert all(rows[j] == rows[survivor] for j, survivor in found.survivors.items())
    for i in range(count):
        own = found.attended[i]
        if own is None:
            direction = reference.times(system.A or identity(len(rows[0])), first.tokens[i])
            assert not any(direction)
            assert first.attention[i] == set(range(count))
        else:
            assert {j for j in range(count) if rows[j] in [rows[k] for k in own]} == first.attention[i]
            assert list(own) == sorted(set(own))
            assert len({tuple(rows[k]) for k in own}) == len(own)
            assert all(joined[k] == k for k in own)


def test_a_locked_copy_survives():
    source = Source([[1], [1], ["1/2"]])
    itinerary = Itinerary(3, 1)
    itinerary.locked[1] = 0
    states = ExactStates(source, Fraction(1, 2), itinerary)
    shadow = initial_shadow(*source.shadow(), None)
    found = settle(states, None, 0, [RowInDoubt(2, None, 1.0)], shadow, np.arange(3))
    assert (found.attended, found.survivors) == ({2: (1,)}, {0: 1})


@given(st.lists(st.integers(-(2**90), 2**90), min_size=1, max_size=5))
def test_unit_floats_are_within_a_bit_of_the_integers(numbers):
    bits = max(abs(x).bit_length() for x in numbers)
    for x, y in zip(numbers, unit_floats([fmpz(x) for x in numbers], bits), strict=True):
        assert abs(Fraction(y) - Fraction(x, 2**bits)) <= Fraction(1.01) * Fraction(1, 2**53)
        assert abs(y) <= 1


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=1, max_size=4))
def test_directions_are_a_positive_multiple_of_the_product(rows):
    A = [[Fraction(1, 2), Fraction(-1, 3)], [Fraction(0), Fraction(2)]]
    found = exact_directions(Matrix(tuple(map(tuple, A))), [tuple(map(fmpz, row)) for row in rows])
    for row, own in zip(rows, found, strict=True):
        assert [6 * sum(a * x for a, x in zip(line, row, strict=True)) for line in A] == [int(x) for x in own]
        assert score(own, own) == sum(int(x) ** 2 for x in own)
