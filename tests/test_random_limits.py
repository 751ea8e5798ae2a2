"""A small part of the benchmark of limits, with everything that it checks."""

import pytest

from tests.benchmarks.limits import main, survey
from tests.random_systems import definite_system, general_system


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
