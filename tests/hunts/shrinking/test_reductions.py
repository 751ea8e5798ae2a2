"""Every reduction proposes trials of its own kind."""

from itertools import islice

from hypothesis import given, settings

from exactdyn.hunts.shrinking.counterexample import Trial, height
from exactdyn.hunts.shrinking.reductions import REDUCTIONS, simpler
from tests.strategies import RATIONALS, systems


@given(RATIONALS)
def test_simpler_numbers_are_of_smaller_height_or_positive(x):
    assert all((height(y), y < 0) < (height(x), x < 0) for y in simpler(x))
    assert (0 in simpler(x)) == (x != 0)


@given(systems(dimensions=2, largest=4))
@settings(max_examples=30)
def test_every_reduction_proposes_trials_in_one_shape(system):
    trial = Trial(system.A, system.alpha, system.tokens, 2)
    for name, reduction in REDUCTIONS.items():
        for smaller in islice(reduction(trial), 50):
            dimension = len(smaller.A)
            assert {len(row) for row in (*smaller.A, *smaller.tokens)} == {dimension}
            count = 2 if name == "pairs" else len(trial.tokens) - (name == "tokens")
            assert len(smaller.tokens) == count or (name == "simplest" and len(smaller.tokens) < count)
            assert (smaller.layers < trial.layers) == (name == "layers")
            assert dimension < len(trial.A) or name not in ("dimension", "projection")


@given(systems(dimensions=2, largest=4))
@settings(max_examples=30)
def test_other_coordinates_by_positive_numbers_leave_attention_as_it_is(system):
    trial = Trial(system.A, system.alpha, system.tokens, 2)
    for smaller in islice(REDUCTIONS["coordinates"](trial), 2):  # A and the tokens multiplied
        assert [smaller.run().attention(k) for k in range(3)] == [trial.run().attention(k) for k in range(3)]
