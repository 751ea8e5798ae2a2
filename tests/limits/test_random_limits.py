"""A small part of the benchmark of limits, with everything that it checks."""

from fractions import Fraction

import pytest

from tests.benchmarks.limits import main, survey
from tests.judges.reference import attention
from tests.judges.truth import determinant
from tests.random_systems import (
    EXTREMES,
    definite_system,
    extreme_system,
    general_system,
    meets,
    merging_system,
)


def test_every_limit_of_a_definite_matrix_is_proved_and_true():
    tally = survey(definite_system, 40)
    assert set(tally.statuses) == {"proved, itinerary constant"}
    assert (tally.verdicts["convergence holds"], tally.verdicts["limit-set holds"]) == (40, 40)
    assert not tally.reasons


def test_what_is_proved_for_any_matrix_is_true():
    tally = survey(general_system, 40)
    assert tally.statuses.total() == 40
    assert tally.verdicts["convergence holds"] + tally.verdicts["convergence fails"] == 40


@pytest.mark.parametrize("make", [definite_system, general_system])
def test_random_systems_have_the_sizes_and_degeneracies_that_are_promised(make):
    systems = [make(seed) for seed in range(200)]
    assert {len(system.A) for system in systems} == {1, 2, 3, 4}
    assert all(system.alpha > 0 for system in systems)
    for seed, system in enumerate(systems):
        plain = len(set(system.tokens)) == len(system.tokens) and all(map(any, system.tokens))
        assert plain == (seed % 2 == 1)
    assert all(make(seed) == system for seed, system in enumerate(systems))


def test_the_benchmark_prints_shares_layers_and_cost(capsys):
    main(["3"])
    printed = capsys.readouterr().out
    assert printed.count("decided at layer:") == printed.count("in the checker") == 2
    assert "symmetric positive definite A: 3 systems\n" in printed


@pytest.mark.parametrize("make", [merging_system, extreme_system])
def test_what_is_proved_where_tokens_meet_or_something_is_extreme_is_true(make):
    assert survey(make, len(EXTREMES)).statuses.total() == len(EXTREMES)


def test_tokens_of_merging_systems_meet_at_layers_1_to_4():
    systems = [merging_system(seed) for seed in range(120)]
    assert all(meets(system) for system in systems)
    firsts = {min(layers for layers in range(1, 5) if meets(system, layers)) for system in systems}
    assert firsts == {1, 2, 3, 4}
    taus = [system.alpha / (1 + system.alpha) for system in systems]
    assert min(taus) < 0 < 1 < max(taus)
    assert any(1 - Fraction(1, 1000) < tau < 1 for tau in taus)
    assert any(len(set(system.tokens)) < len(system.tokens) for system in systems)
    assert all(merging_system(seed) == system for seed, system in enumerate(systems))


HOLDS = {
    "tau beyond 1": lambda system: system.alpha < -1,
    "tau negative": lambda system: -1 < system.alpha < 0,
    "tau zero": lambda system: system.alpha == 0,
    "tau near 1": lambda system: 1 - system.alpha / (1 + system.alpha) < Fraction(1, 1000),
    "one token": lambda system: len(system.tokens) == 1,
    "more dimensions than tokens": lambda system: len(system.A) > len(system.tokens),
    "copies of one place": lambda system: len(set(system.tokens)) == 1 < len(system.tokens),
    "all tied": lambda system: all(
        len(own) == len(system.tokens) > 1 for own in attention(system.A, system.tokens)
    ),
    "a zero token": lambda system: not all(map(any, system.tokens)),
    "singular": lambda system: determinant(system.A) == 0,
    "collinear": lambda system: all(
        a * y == b * x
        for z in system.tokens
        for a, x in zip(z, system.tokens[0], strict=True)
        for b, y in zip(z, system.tokens[0], strict=True)
    ),
}


@pytest.mark.parametrize("place", range(len(EXTREMES)), ids=EXTREMES)
def test_every_extreme_is_produced(place):
    systems = [extreme_system(seed) for seed in range(place, 220, len(EXTREMES))]
    assert len(set(systems)) > 10
    assert all(HOLDS[EXTREMES[place]](system) for system in systems)
