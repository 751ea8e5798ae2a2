from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact.itinerary import LayerRecord, Partition
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.floats.double_double import DoubleDouble
from exactdyn.numbers.reading import nearest_pair

COORDINATES = st.one_of(
    st.fractions(-1, 1, max_denominator=10**6),
    st.floats(-1, 1, allow_subnormal=False).map(Fraction),
    st.sampled_from([Fraction(1, 3), Fraction(2, 3) + Fraction(1, 2**90), Fraction(1, 2**300), Fraction(0)]),
)


def exact(vectors):
    return [
        [Fraction(high) + Fraction(low) for high, low in zip(*rows, strict=True)]
        for rows in zip(vectors.high.tolist(), vectors.low.tolist(), strict=True)
    ]


def within_its_bound(vectors, rows):
    found = [x for row in exact(vectors) for x in row]
    return all(
        abs(x - y) <= vectors.error for x, y in zip(found, [x for row in rows for x in row], strict=True)
    )


@given(st.integers(-(10**40), 10**40), st.integers(1, 10**40))
def test_a_quotient_is_within_two_to_the_minus_106(numerator, denominator):
    numerator = min(max(numerator, -denominator), denominator)
    high, low = nearest_pair(numerator, denominator)
    assert abs(Fraction(high) + Fraction(low) - Fraction(numerator, denominator)) <= Fraction(1, 2**106)
    assert high == numerator / denominator


@given(st.data())
def test_steps_stay_within_their_bound_of_exact_ones(data):
    count, dimension = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 3))
    row = st.lists(COORDINATES, min_size=dimension, max_size=dimension)
    rows = data.draw(st.lists(row, min_size=count, max_size=count))
    high, low, exponent, error = Source(rows).pairs()
    vectors = DoubleDouble(high, low, error)
    rows = [[x / Fraction(2) ** exponent for x in row] for row in rows]
    assert within_its_bound(vectors, rows)
    for _ in range(data.draw(st.integers(1, 6))):
        token = st.integers(0, count - 1)
        attended = data.draw(st.lists(st.sets(token, min_size=1), min_size=count, max_size=count))
        kept = data.draw(st.fractions(0, 1))
        partition = Partition(count)
        record = LayerRecord(
            np.array([min(own) if len(own) == 1 else -1 for own in attended]),
            {i: partition.tie(tuple(sorted(own))) for i, own in enumerate(attended) if len(own) > 1},
            partition,
        )
        vectors = vectors.step(record, nearest_pair(kept.numerator, kept.denominator))
        means = [[sum(rows[j][r] for j in own) / len(own) for r in range(dimension)] for own in attended]
        rows = [
            [c + kept * (x - c) for x, c in zip(row, mean, strict=True)]
            for row, mean in zip(rows, means, strict=True)
        ]
        assert within_its_bound(vectors, rows)
        floats, certain = vectors.rounded()
        for i in np.flatnonzero(certain).tolist():
            assert floats[i].tolist() == [x.numerator / x.denominator for x in rows[i]]


@pytest.mark.parametrize("above", [Fraction(1, 2**150), -Fraction(1, 2**150)])
def test_a_number_next_to_the_middle_of_two_floats_is_not_certain(above):
    middle = 1 + Fraction(1, 2**53)
    high, low, exponent, error = Source([[middle + above]]).pairs()
    assert exponent == 1
    assert not DoubleDouble(high, low, error).rounded()[1].any()


def test_the_bound_of_a_step_is_not_idle():
    """A step of random vectors is off by more than a hundredth of what it may be off by."""
    rng = np.random.default_rng(3)
    rows = [
        [Fraction(int(x), 10**30) for x in row] for row in rng.integers(-(10**18), 10**18, (200, 2)).tolist()
    ]
    high, low, exponent, error = Source(rows).pairs()
    record = LayerRecord(np.roll(np.arange(200), 1), {}, Partition(200))
    vectors = DoubleDouble(high, low, error).step(record, nearest_pair(2, 3))
    scaled = [[x / Fraction(2) ** exponent for x in row] for row in rows]
    moved = [
        [(2 * x + c) / 3 for x, c in zip(row, scaled[i - 1], strict=True)] for i, row in enumerate(scaled)
    ]
    worst = max(
        abs(x - y) for a, b in zip(exact(vectors), moved, strict=True) for x, y in zip(a, b, strict=True)
    )
    assert vectors.error / 100 < worst <= vectors.error
