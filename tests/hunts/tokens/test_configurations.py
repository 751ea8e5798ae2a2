import os
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.hunts.request import Request
from exactdyn.hunts.shrinking.counterexample import height
from exactdyn.hunts.tokens.configurations import configuration
from exactdyn.hunts.tokens.shapes import SHAPES
from tests.strategies import token_sets

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
        assert (made.around > 0) != ("positive-alpha" in request.dropped)
    else:
        assert made.around == request.alpha
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
