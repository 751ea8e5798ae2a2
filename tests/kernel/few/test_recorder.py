from fractions import Fraction

from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact.itinerary import Itinerary
from exactdyn.kernel.exact.point import over_common
from exactdyn.kernel.exact.sizes import step_sizes
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.few.recorder import SmallRecorder
from exactdyn.kernel.few.state import SmallSystem
from tests.judges import reference
from tests.strategies import systems


def record(system, layers):
    source = Source([list(token) for token in system.tokens])
    sizes = step_sizes(system.alpha / (1 + system.alpha))
    places, _, _ = over_common([source.value(i) for i in range(source.count)], sizes)
    run = Itinerary(source.count, layers + 1)
    return run, SmallRecorder(run, SmallSystem(places, system.A), sizes).run(layers)


@given(systems(dimensions=2, largest=5), st.integers(0, 8))
def test_a_token_that_is_locked_attends_the_same_for_ever(system, layers):
    run, compared = record(system, layers)
    longer = [layer.attention for layer in reference.run(system, layers + 6)]
    assert list(run) == longer[: layers + 1]
    for token, since in run.locked.items():
        assert all(sets[token] == longer[since][token] for sets in longer[since:])
    assert len(system.tokens) <= compared <= len(system.tokens) * (layers + 1)


def test_layers_with_the_same_sets_are_one_record():
    places = [(fmpz(1),), (fmpz(-1),)]
    run = Itinerary(2, 1001)
    SmallRecorder(run, SmallSystem(places, ((Fraction(-1),),)), step_sizes(Fraction(1, 3))).run(1000)
    assert len(run.layers) == 1001
    assert len({id(layer) for layer in run.layers}) == 1
