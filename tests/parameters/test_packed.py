"""Signs read off packed integers are those of the polynomials."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.parameters.region import Region
from exactdyn.parameters.roots import Root, Roots
from exactdyn.parameters.scored import Scored
from exactdyn.parameters.states import PolynomialState, integer_powers
from tests.strategies import square_matrices, vectors

STATES = st.lists(st.tuples(vectors(2), vectors(2)), min_size=1, max_size=3)
ENDS = st.tuples(*[st.fractions(-2, 2, max_denominator=5)] * 2)


@settings(max_examples=60)
@given(STATES, st.lists(square_matrices(2), min_size=1, max_size=2), ENDS, st.integers(1, 9))
def test_a_sign_that_is_seen_at_once_is_the_sign_at_every_place_inside(rows, matrix, ends, tenths):
    low, high = min(ends), max(ends)
    state = PolynomialState.start(tuple(zip(*rows, strict=True)))
    region = Region(Root.rational(low), Root.rational(high))
    scored = Scored(region, state, integer_powers(tuple(matrix))[0], Roots(low, high))
    inside = low + (high - low) * Fraction(tenths, 10)
    values = scored.values(inside, range(state.count))
    for i in range(state.count):
        packed = scored.row(i)
        for a in range(state.count):
            for b in range(state.count):
                sign = scored.window.sign(packed[a] - packed[b])
                difference = values[i][a] - values[i][b]
                assert sign is None or sign == (difference > 0) - (difference < 0)
                assert sign is not None or not scored.difference(i, a, b).is_zero()
