"""What stays undecided: of systems with a graph that stays, nothing."""

import pytest

from exactdyn import Hardmax, limit, load_example
from exactdyn.certificates.envelope import certificate_text
from exactdyn.statements.theorem import limit_certificate
from proofs_checks import verify
from tests.amounts import amount
from tests.benchmarks.undecided import PLANTED, SURVEY, planted, survey, survey_system


def test_a_sample_of_the_survey_is_decided_and_accepted():
    tally = survey(dict.fromkeys(SURVEY, 8))
    assert tally.undecided.total() == 0 and tally.forms > 0


@pytest.mark.slow
def test_of_the_whole_survey_at_most_twelve_are_undecided_all_of_them_with_graphs_that_change():
    tally = survey(SURVEY)
    assert tally.total == 3450 and tally.undecided.total() <= 12
    assert tally.constant == 0


@pytest.mark.slow
@pytest.mark.parametrize("full", [False, True])
def test_of_planted_graphs_all_that_stay_are_proved_and_accepted(full):
    tally = planted(range(amount(1000, PLANTED)), full)
    assert tally.forms > 0 and tally.constant == 0
    assert tally.undecided.total() <= 1 + tally.total // 500


def test_the_systems_of_the_survey_are_the_same_each_time():
    assert survey_system("cycle of three", 7) == survey_system("cycle of three", 7)


def test_beside_a_cycle_of_irrational_rates_a_token_still_has_period_three():
    # The direct sum of six leaders with a token of period three and of three tokens that chase each other.
    example = load_example("period-three")
    above, turning = example.system.matrix(4), ((1, -4), (4, 1))
    A = [[*row, 0, 0] for row in above] + [[0] * 4 + [*row] for row in turning]
    tokens = [[*z, 0, 0] for z in example.tokens] + [[0] * 4 + z for z in ([1, 0], [0, 1], [-1, -1])]
    run = Hardmax(A, 3).run(tokens, 0)
    found = limit(run)
    assert (found.status, found.period) == ("periodic", 3)
    assert found.lock.forms is not None
    verify(certificate_text(limit_certificate(run, found)))
