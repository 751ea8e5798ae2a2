"""Fingerprints follow a run: tokens at one point have one, and where they differ points do."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from exactdyn import Hardmax
from exactdyn.kernel.exact import fingerprints as module
from exactdyn.kernel.exact.fingerprints import PRIMES, fingerprints
from exactdyn.numbers.reading import from_floats
from exactdyn.statements.distinctness_preserved import computed
from tests.random_systems import merging_system
from tests.strategies import systems

LAYERS = 6


def same_as_those_of_states(run):
    """Whether each is the combination of the coordinates of its exact state."""
    found = list(fingerprints(run.recording.states, run.layers))
    ones = [[module._first(state, prime) for prime in PRIMES] for state in run.states()]
    return all(
        np.array_equal(own, (first << 31) | second) for own, (first, second) in zip(found, ones, strict=True)
    )


def plainly(run):
    """The first layer before which two tokens met, by the exact states."""
    for layer, (here, there) in enumerate(pairwise(run.states())):
        if here.copies != there.copies:
            return layer
    return None


@given(systems())
def test_fingerprints_are_those_of_the_exact_states(system):
    assert same_as_those_of_states(Hardmax(system.A, system.alpha).run(system.tokens, LAYERS))


@pytest.mark.parametrize("tau", ["1/2", "1/3", "2/(k+2)", "-1/2", "3"])
@pytest.mark.parametrize("A", [[[1, 0], [0, 1]], [[-1, 0], [0, -1]], [[1, -3], [3, 1]]])
def test_fingerprints_of_many_tokens_with_ties_are_those_of_their_states(A, tau):
    rows = np.random.default_rng(3).integers(-6, 7, (90, 2)) / 4
    assert same_as_those_of_states(Hardmax(A, tau=tau).run(from_floats(rows), LAYERS))


def test_meetings_are_found_where_states_have_them():
    met = 0
    for seed in range(60):
        system = merging_system(seed)
        run = Hardmax(system.A, system.alpha).run(system.tokens, LAYERS)
        first = plainly(run)
        verdict = computed(run)
        assert verdict.outcome == ("holds" if first is None else "fails")
        if first is not None:
            met += 1
            assert verdict.witness["layer"] == first
            assert first in run.possible_meetings()
    assert met > 20


def test_without_an_inverse_of_the_denominators_every_layer_is_possible():
    run = Hardmax(alpha=1).run([[Fraction(1, PRIMES[0])], [0]], 2)
    assert fingerprints(run.recording.states, 2) is None
    assert list(run.possible_meetings()) == [0, 1]
    steps = Hardmax(tau=Fraction(1, PRIMES[1])).run([[1], [0]], 2)
    assert fingerprints(steps.recording.states, 2) is None


def test_what_has_one_fingerprint_by_chance_is_told_apart_by_the_states(monkeypatch):
    monkeypatch.setattr(module, "PRIMES", (2, 3))
    run = Hardmax(alpha=4).run([[2 + 6 * x, 1 + 12 * x * x] for x in range(5)], 3)
    assert list(run.possible_meetings()) == [0, 1, 2]
    assert computed(run).outcome == "holds"
