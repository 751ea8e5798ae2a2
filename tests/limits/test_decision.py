"""The limit of a run: the traps of the theory, random systems against the definition, exact rates."""

from fractions import Fraction
from itertools import chain, pairwise

import pytest
from hypothesis import assume, given

from exactdyn import Hardmax, InputError, limit
from exactdyn.documents import load_example
from exactdyn.limits.recurrence import spectrum_of
from tests.judges import reference
from tests.judges.reference import rational_rows
from tests.strategies import NONNEGATIVE_ALPHAS, systems

UNIT = [[1, 0], [0, 1]]
SQUARE = [[1, 1], [1, -1], [-1, 1], [-1, -1]]
TIES_OF_MOVING_TOKENS = [[1, 1, 0], [1, -1, 0], [1, "1/2", "1/4"], [1, "-1/2", "1/4"], ["1/2", 0, "1/8"]]
BETWEEN_PAIRS = [[-1, "1/2", 0], [-1, "-1/2", 0], [1, 0, "1/2"], [1, 0, "-1/2"], ["1/5", "1/3", "1/6"]]
FOUR_LEADERS = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1]]
LORENTZ = [[3, 0, 0], [0, 3, 0], [0, 0, -1]]
TURNING = [[2, -7, 0, 0], [5, 2, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
SIX_LEADERS = [
    [1, 0, 4, 0],
    [1, 0, -4, 0],
    [0, 1, 0, 4],
    [0, 1, 0, -4],
    [-1, -1, "12/5", "16/5"],
    [-1, -1, "-12/5", "-16/5"],
]

CONVERGENT = {
    "(+-1/2, 0) in the square tend to no vertex": (
        UNIT,
        "1/2",
        [*SQUARE, ["1/2", 0], ["-1/2", 0]],
        [*SQUARE, [1, 0], [-1, 0]],
    ),
    "a tie with two moving tokens": (
        UNIT,
        "1/2",
        [[1, 1], [1, -1], [1, "1/2"], [1, "-1/2"], ["1/2", 0]],
        [[1, 1], [1, -1], [1, 1], [1, -1], [1, 0]],
    ),
    "a tie of two moving tokens": (
        None,
        1,
        TIES_OF_MOVING_TOKENS,
        [[1, 1, 0], [1, -1, 0], [1, 1, 0], [1, -1, 0], [1, 0, 0]],
    ),
    "a token that attends itself": (
        [[1, 0], [0, 0]],
        1,
        [[1, 0], [-1, 0], [0, 1]],
        [[1, 0], [-1, 0], [0, 0]],
    ),
    "an alternating itinerary": ([[-1]], "1/2", [["1/2"], ["-1/2"], ["-1/6"]], [[0], [0], [0]]),
    "a collision": ([[-1]], 1, [[1], [-1]], [[0], [0]]),
    "two tokens that attend both": ([[1, 0], [0, 0]], 1, [[1, 0], [1, 1]], [[1, "1/2"], [1, "1/2"]]),
    "cyclic attention": ([[1, -4], [4, 1]], 1, [[1, 0], [0, 1], [-1, -1]], [[0, 0]] * 3),
    "a turning square": ([[1, -2], [2, 1]], 1, [[1, 0], [0, 1], [-1, 0], [0, -1]], [[0, 0]] * 4),
    "a token at 0": ([[1]], 1, [[-1], [0], [1]], [[-1], [0], [1]]),
    "two copies": ([[1]], 1, [[1], [1]], [[1], [1]]),
    "a leading point": (UNIT, 1, [[1, 1], [1, 1], [1, -1], ["1/2", 0]], [[1, 1], [1, 1], [1, -1], [1, 1]]),
    "a fixed token that is no leader": (UNIT, 1, [[1, 1], [1, -1], [1, 0]], [[1, 1], [1, -1], [1, 0]]),
    "alpha = 0": (UNIT, 0, [[1, 1], [2, 1]], [[1, 1], [2, 1]]),
}

PERIODIC = {
    "between two pairs": (
        [[0, 0, 0], [0, -1, 0], [0, 0, -1]],
        "1/2",
        BETWEEN_PAIRS,
        [["1/5", 0, 0], ["-1/5", 0, 0]],
    ),
    "between four leaders": (LORENTZ, 1, [*FOUR_LEADERS, [0, 0, "1/3"]], [[0, 0, "1/3"], [0, 0, "-1/3"]]),
    "towards that cycle": (LORENTZ, 1, [*FOUR_LEADERS, [0, 0, "1/5"]], [[0, 0, "1/3"], [0, 0, "-1/3"]]),
    "among six leaders": (
        TURNING,
        3,
        [*SIX_LEADERS, ["4/7", "-1/7", 0, 0]],
        [["4/7", "-1/7", 0, 0], ["1/7", "5/7", 0, 0], ["-5/7", "-4/7", 0, 0]],
    ),
}


@pytest.mark.parametrize(("A", "alpha", "tokens", "limits"), CONVERGENT.values(), ids=CONVERGENT)
def test_every_token_has_the_limit_that_theory_gives(A, alpha, tokens, limits):
    found = limit(Hardmax(A, alpha).run(tokens, 0))
    assert (found.status, found.limits, found.cycle) == ("proved", rational_rows(limits), None)


@pytest.mark.parametrize(("A", "alpha", "tokens", "cycle"), PERIODIC.values(), ids=PERIODIC)
def test_the_last_token_runs_through_a_cycle_for_ever(A, alpha, tokens, cycle):
    found = limit(Hardmax(A, alpha).run(tokens, 0))
    assert (found.status, found.itinerary, found.period) == ("periodic", "periodic", len(cycle))
    assert tuple(state[-1] for state in found.cycle) == rational_rows(cycle)
    assert found.limits[-1] is None and None not in found.limits[:-1]


@given(systems(NONNEGATIVE_ALPHAS))
def test_the_way_that_is_left_is_made_of_the_rates(system):
    found = limit(Hardmax(system.A, system.alpha).run(system.tokens, 0), layers=12)
    assume(found.lock is not None and spectrum_of(found.lock.polynomial) is not None)
    steps = 1 + sum(found.rates.values())
    layers = [found.layer + found.lock.period * step for step in range(steps)]
    states = reference.run(system, layers[-1])
    places = [x for row in found.places for x in row]
    ways = [[x - y for x, y in zip(chain(*states[k].tokens), places, strict=True)] for k in layers]
    for rate, multiplicity in found.rates.items():
        assert 0 < rate < 1
        for _ in range(multiplicity):
            ways = [[y - rate * x for x, y in zip(*pair, strict=True)] for pair in pairwise(ways)]
    assert not any(ways[0])


def test_a_tie_of_moving_tokens_dies_like_a_power_times_a_polynomial():
    found = limit(Hardmax(None, 1).run(TIES_OF_MOVING_TOKENS, 0))
    assert found.rates == {Fraction(1, 2): 2}
    for k in range(10):
        assert found.tokens(k)[4][2] == Fraction(1 + 2 * k, 8 * 2**k)


def test_an_itinerary_can_alternate_for_ever_while_all_tokens_tend_to_0():
    found = limit(Hardmax([[-1]], "1/2").run([["1/2"], ["-1/2"], ["-1/6"]], 0))
    assert (found.itinerary, found.period, found.layer) == ("periodic", 2, 0)


def test_one_limit_is_proved_even_where_the_itinerary_never_repeats():
    found = limit(Hardmax([[-1, 0], [0, -1]], "1/3").run([["1/2", 0], ["-1/2", 0], ["1/5", 0]], 0))
    assert (found.status, found.itinerary, found.limits) == ("proved", "unknown", None)
    (low, _), (high, _) = found.bounds
    assert low < 0 < high and high - low < Fraction(1, 10**9)


def test_a_leader_gives_the_limit_of_a_consensus_before_the_itinerary_is_known():
    run = Hardmax([[-2, -1], [-2, -2]], 1).run([[0, 0], [1, -3], [-3, -2]], 0)
    early, late = limit(run, layers=1), limit(run)
    assert (early.itinerary, late.itinerary) == ("unknown", "constant")
    assert early.limits == late.limits == rational_rows([["-1/3", "-5/6"]] * 3)


def test_tokens_that_grow_for_ever_are_no_limit():
    found = limit(Hardmax([[1]], -2).run([[-1], [1], ["1/2"]], 0))
    assert (found.status, found.limits) == ("diverges", None)
    assert "grow" in found.reason


def test_too_few_layers_are_undecided_and_say_so():
    run = Hardmax([[1, 0], [0, 0]], 1).run([[1, 0], [-1, 0], [0, 1]], 0)
    found = limit(run, layers=1)
    assert (found.status, found.layer, found.limits, found.vertices) == ("undecided", 1, None, ())
    unproved = "the attention graph is the same from layer 0 to 1, but that it stays is not proved"
    assert found.reason == f"{unproved}; every token converges by lemma rank-two-settles, not said where"
    assert limit(run).status == "proved"


def test_clusters_and_vertices_of_the_emerging_leader():
    found = limit(load_example("emerging-leader").run(0))
    assert (found.layer, found.limits[1]) == (1, (Fraction(-1, 18), Fraction(5, 36)))
    assert found.clusters == ((0, 3, 6, 7), (1,), (2, 4, 5))
    assert found.vertices == (0, 1, 2)


@given(systems(NONNEGATIVE_ALPHAS))
def test_what_is_proved_of_later_layers_is_what_the_definition_computes(system):
    found = limit(Hardmax(system.A, system.alpha).run(system.tokens, 0), layers=12)
    assume(found.lock is not None)
    later = reference.run(system, found.layer + 20)
    for k in range(found.layer, found.layer + 21):
        assert found.tokens(k) == later[k].tokens
        assert later[k].attention == later[found.layer + (k - found.layer) % found.period].attention


@given(systems(NONNEGATIVE_ALPHAS))
def test_a_step_moves_a_limit_to_the_next_one_of_the_cycle(system):
    found = limit(Hardmax(system.A, system.alpha).run(system.tokens, 0), layers=12)
    assume(found.lock is not None)
    cycle = found.cycle or (found.limits,)
    graphs = [layer.attention for layer in reference.run(system, found.layer + found.period)[found.layer :]]
    for phase in range(found.period):
        here, there = cycle[phase % len(cycle)], cycle[(phase + 1) % len(cycle)]
        assert reference.normalised_step(system.alpha, reference.Layer(here, graphs[phase])) == there


@pytest.mark.parametrize("layers", [0, -1, True, 1.5, "3"])
def test_a_bad_number_of_layers_is_refused(layers):
    with pytest.raises(InputError, match="layers: requires an integer of at least 1"):
        limit(Hardmax().run([[1]], 0), layers=layers)


def test_states_may_alternate_for_negative_alpha_although_the_graph_is_constant():
    found = limit(Hardmax([[0]], alpha=-2).run([[1], [-1]], 0))
    assert (found.status, found.itinerary, found.period) == ("periodic", "constant", 2)
    assert found.limits == (None, None)
    assert found.cycle == (((1,), (-1,)), ((-1,), (1,)))
