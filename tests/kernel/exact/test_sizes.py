from fractions import Fraction
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact.sizes import PRODUCTS_HELD, step_sizes
from exactdyn.systems.schedule import Schedule
from tests.kernel.exact.test_point import SIZES


@given(SIZES, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), min_size=1, max_size=9))
def test_products_are_right_in_any_order_of_asking(sizes, asked):
    for start, steps in asked:
        taus = [sizes.at(k) for k in range(start, start + steps)]
        assert sizes.denominator(start, start + steps) == prod(tau.denominator for tau in taus)
        assert sizes.kept(start, start + steps) == prod(tau.denominator - tau.numerator for tau in taus)


def test_a_schedule_that_is_constant_is_one_step_size():
    assert type(step_sizes(Schedule.of_tau(["1/2", "1/2"]))) is type(step_sizes(Fraction(1, 2)))
    assert step_sizes(Schedule.of_tau(["0", 0])).rest


def test_no_more_products_are_held_than_is_said():
    sizes = step_sizes(Schedule.of_tau("1/(k+2)"))
    for start in range(2 * PRODUCTS_HELD):
        sizes.kept(start, start + 3)
    assert len(sizes._kept) <= PRODUCTS_HELD
    assert sizes.kept(3, 6) == 4 * 5 * 6


def test_a_million_layers_of_a_list_are_powers():
    sizes = step_sizes(Schedule.of_tau(["1", "1/2", "1/3"], period=2))
    assert sizes.kept(1, 1_000_001) == 2**500_000
    assert sizes.denominator(1, 1_000_002) == 6**500_000 * 2
    assert sizes.settled_from(1)
    assert not sizes.settled_from(0)
