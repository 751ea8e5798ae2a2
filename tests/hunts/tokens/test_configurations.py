import os
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactdyn.hunts.request import Request
from exactdyn.hunts.shrinking.counterexample import height
from exactdyn.hunts.tokens.collisions import meeting
from exactdyn.hunts.tokens.configurations import configuration
from exactdyn.hunts.tokens.orbits import orbits, periodic_point
from exactdyn.hunts.tokens.shapes import SHAPES
from exactdyn.hunts.tokens.wanted import Wanted, plus
from exactdyn.statements.catalogue import STATEMENTS
from exactdyn.systems.hardmax import Hardmax
from tests.strategies import RATIONALS, token_sets, vectors

DROPPED = ["positive-alpha", "nonzero-tokens", "distinct-tokens"]


@st.composite
def requests(draw):
    dimension = draw(st.integers(1, 3))
    given_tokens = draw(st.one_of(st.just(()), token_sets(dimension, largest=3)))
    return Request(
        draw(st.sampled_from(["convergence", "distinctness-preserved", "norm-growth"])),
        draw(st.sampled_from(["general", "symmetric"])),
        given_tokens,
        len(given_tokens) + draw(st.integers(1, 6)),
        dimension,
        layers=3,
        alpha=draw(st.sampled_from([None, Fraction(1), Fraction(3)])),
        seed=draw(st.integers(0, 5)),
        dropped=frozenset(draw(st.sets(st.sampled_from(DROPPED)))),
    )


@given(requests(), st.integers(0, 300))
def test_a_configuration_is_what_was_asked_for(request, index):
    made = configuration(request, index)
    assert made == configuration(request, index)
    new = made.tokens[len(request.given) :]
    assert made.tokens == (*request.given, *new)
    assert len(made.tokens) == request.count
    assert {len(token) for token in new} == {request.dimension}
    assert all(max(own) < request.count for sets in made.sets for own in sets.values())
    if request.alpha is None:
        assert (made.alpha > 0) != ("positive-alpha" in request.dropped)
    else:
        assert made.alpha == request.alpha
    if "nonzero-tokens" not in request.dropped:
        assert all(map(any, new))
    if "distinct-tokens" not in request.dropped:
        assert len({*new, *request.given}) == len(new) + len({*request.given})


@pytest.mark.parametrize("dropped", ["nonzero-tokens", "distinct-tokens"])
def test_what_is_dropped_occurs_often(dropped):
    request = Request("leader-vertex", "general", (), 4, 3, 3, dropped=frozenset({dropped}))
    made = [configuration(request, index).tokens for index in range(100)]
    if dropped == "nonzero-tokens":
        special = sum(not all(map(any, tokens)) for tokens in made)
    else:
        special = sum(len(set(tokens)) < len(tokens) for tokens in made)
    assert 25 <= special <= 95


def test_a_configuration_is_the_same_in_another_process():
    program = (
        "from exactdyn.hunts.tokens.configurations import configuration\n"
        "from exactdyn.hunts.request import Request\n"
        "request = Request('convergence', 'symmetric', (), 5, 3, 4, seed=7)\n"
        "print([configuration(request, index) for index in range(40)])"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": salt},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for salt in ("1", "2")
    }
    assert len(texts) == 1


def test_a_complete_request_has_one_configuration():
    pair = ((Fraction(1),), (Fraction(-1),))
    request = Request("norm-growth", "general", pair, 2, 1, 3, alpha=Fraction(2))
    assert configuration(request, 0).tokens == pair
    with pytest.raises(ValueError, match="index: requires 0"):
        configuration(request, 1)


def test_early_configurations_have_smaller_numbers():
    request = Request("norm-growth", "general", (), 4, 2, 3)

    def numbers(indices):
        return [
            height(x) for index in indices for token in configuration(request, index).tokens for x in token
        ]

    early, late = numbers(range(9)), numbers(range(2000, 2009))
    assert max(early) <= 8
    assert sum(early) < sum(late)


def test_every_generator_has_its_turn():
    request = Request("convergence", "general", (), 5, 3, 3)
    origins = [configuration(request, index).origin for index in range(6 * len(SHAPES))]
    assert {*SHAPES, "orbits"} <= {*origins}


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


@pytest.mark.parametrize("alpha", ["1/5", "1/2", "2/3", "1", "7/6", "3/2", "2", "5/2", "3", "5"])
def test_for_every_positive_alpha_enough_numbers_meet(alpha):
    alpha = Fraction(alpha)
    known = [meeting(alpha, count) for count in range(2, 20)]
    made = [numbers for numbers in known if numbers is not None]
    assert None not in known[10:]
    for numbers in made:
        assert all(numbers)
        assert len(set(numbers)) == len(numbers)
        run = Hardmax([[-1]], alpha).run([[x] for x in numbers], 2)
        assert STATEMENTS["distinctness-preserved"].decide(run).outcome == "fails"
