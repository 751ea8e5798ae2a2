"""Floats with a bound decide whom tokens prefer, and what they leave open is decided exactly."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.limits import preference
from exactdyn.limits.preference import prefer_own
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import from_floats
from exactdyn.numbers.vectors import identity
from tests.judges.reference import dot, times
from tests.strategies import square_matrices, token_sets


def preferred_plainly(A, points, targets, led):
    for i, x in enumerate(points):
        image = times(A, x)
        scores = [dot(image, y) for y in points]
        rivals = [b for b, target in enumerate(targets) if target != targets[i]] + [i] * (i not in led)
        if any(scores[b] >= scores[targets[i]] for b in rivals):
            return False
    return True


@st.composite
def grouped(draw):
    """A few points, moved far away or drawn together sometimes, each with a target that is its own."""
    dimension = draw(st.integers(1, 3))
    A = draw(st.one_of(square_matrices(dimension), st.just(identity(dimension))))
    scale = draw(st.sampled_from([Fraction(1), Fraction(1, 2**200), Fraction(3**200)]))
    shift = draw(st.sampled_from([0, 2**80]))
    points = [tuple(scale * x + shift for x in row) for row in draw(token_sets(dimension))]
    leaders = draw(st.lists(st.sampled_from(range(len(points))), min_size=1, max_size=3, unique=True))
    targets = [i if i in leaders else draw(st.sampled_from(leaders)) for i in range(len(points))]
    return A, points, targets, leaders


@given(grouped())
def test_preference_is_that_of_the_definition(given_points):
    A, points, targets, led = given_points
    found = prefer_own(A, Points.of_numbers(tuple(points)), targets, led)
    assert found == preferred_plainly(A, points, targets, led)


def clusters(seed, many):
    """Tokens around leaders on a circle: they prefer their own, all but the last of them maybe."""
    draw = np.random.default_rng(seed)
    angles = np.arange(6) * np.pi / 3
    leaders = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    targets = draw.integers(0, 6, many)
    tokens = np.concatenate([leaders, leaders[targets] * draw.uniform(0.3, 0.9, (many, 1))])
    return Points.of_numbers(tuple(tuple(map(Fraction, row)) for row in tokens.tolist())), [
        *range(6),
        *targets,
    ]


def test_many_tokens_of_the_plane_are_compared_with_few_of_them(monkeypatch):
    monkeypatch.setattr(preference, "BLOCK", 2000)
    for seed in range(5):
        state, targets = clusters(seed, 300)
        wrong = [*targets[:-1], (targets[-1] + 3) % 6]
        rows = [tuple(row) for row in state.rows()]
        for own in (targets, wrong):
            assert prefer_own(identity(2), state, own, range(6)) == preferred_plainly(
                identity(2), rows, own, range(6)
            )
        assert prefer_own(identity(2), state, targets, range(6))
        assert not prefer_own(identity(2), state, wrong, range(6))


def test_a_tie_of_floats_is_decided_exactly():
    near = 1 + 2.0**-52
    assert from_floats([[near]]).values[0, 0] != 1
    line = Points.from_rows([[1], [Fraction(near) / 2**60 + 1], [Fraction(1, 2)]])
    assert prefer_own(identity(1), line, [1, 1, 1], [1])
    assert not prefer_own(identity(1), line, [0, 1, 1], [0, 1])
    same = Points.from_rows([[1], [1], [Fraction(1, 2)]])
    assert not prefer_own(identity(1), same, [0, 1, 1], [0, 1])
