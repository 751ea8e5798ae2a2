"""Tokens that would wander for ever."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from exactdyn.hunts.tokens.orbits import orbits, periodic_point
from exactdyn.hunts.tokens.wanted import Wanted, plus
from tests.strategies import RATIONALS, vectors


@given(
    st.sampled_from(["1/3", "1/2", "3/4", "3"]).map(Fraction), st.lists(vectors(2), min_size=1, max_size=3)
)
def test_a_periodic_point_comes_back(tau, means):
    assume((1 - tau) ** len(means) != 1)
    start = point = periodic_point(tau, tuple(means))
    for target in means:
        point = plus(point, plus(target, point, -1), tau)
    assert point == start


@given(
    st.randoms(use_true_random=False), st.integers(3, 7), st.integers(1, 3), RATIONALS.filter(lambda x: x > 0)
)
def test_wanderers_would_go_round_with_the_sets_they_are_wanted_to_take(rng, count, dimension, alpha):
    wanted = Wanted(rng, 2, count, dimension, alpha)
    drawn = orbits(wanted)
    assume(drawn is not None)
    assert len(drawn.tokens) == count
    state = drawn.tokens
    for sets in drawn.sets:
        targets = [[state[j] for j in sorted(sets[i])] for i in range(count)]
        means = [
            tuple(sum(column) / len(points) for column in zip(*points, strict=True)) for points in targets
        ]
        moves = (plus(mean, z, -1) for mean, z in zip(means, state, strict=True))
        state = tuple(plus(z, move, wanted.tau) for z, move in zip(state, moves, strict=True))
    # Among twins that attend each other only what twins have in common stays where it is.
    still = [i for i in range(count) if drawn.sets[0][i] == {i}]
    pairs = [] if still else [(drawn.tokens[i], drawn.tokens[i + 1]) for i in range(0, count - 1, 2)]
    kept = [r for r in range(dimension) if all(one[r] == other[r] for one, other in pairs)]
    assert [state[-1][r] for r in kept] == [drawn.tokens[-1][r] for r in kept]
