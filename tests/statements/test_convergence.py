import operator
from fractions import Fraction

from hypothesis import assume, given

from exactdyn.documents import load_example
from exactdyn.limits import limit
from exactdyn.statements.convergence import CONVERGES, STATEMENT
from exactdyn.systems.hardmax import Hardmax
from tests.judges import reference
from tests.judges.reference import Matrix, rational_rows
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, systems

FOUR_LEADERS = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1]]
LORENTZ = [[3, 0, 0], [0, 3, 0], [0, 0, -1]]


def verdict_on(system):
    return STATEMENT.decide(Hardmax(system.A, system.alpha).run(system.tokens, 0))


def combined(weights, states) -> Matrix:
    """The combination of states with these weights."""
    return tuple(
        tuple(sum((w * x for w, x in zip(weights, entries, strict=True)), Fraction(0)) for entries in columns)
        for columns in (zip(*rows, strict=True) for rows in zip(*states, strict=True))
    )


@given(systems(NONNEGATIVE_ALPHAS))
def test_limits_are_combinations_of_states_that_no_step_of_the_definition_changes(system):
    verdict = verdict_on(system)
    assume(verdict.lemma == "locked-limit")
    itinerary, weights = verdict.evidence["itinerary"], verdict.evidence["coefficients"]
    first, period = itinerary["layer"], itinerary["period"]
    layers = reference.run(system, first + period * (len(weights) + 1))
    limits = rational_rows(verdict.evidence["limits"])
    assert sum(weights) == 1
    for shift in range(period + 1):
        states = [layers[first + shift + j * period].tokens for j in range(len(weights))]
        assert combined(weights, states) == limits


@given(systems(NEGATIVE_ALPHAS))
def test_a_combination_that_grows_or_alternates_is_the_witness_of_no_limit(system):
    witness = verdict_on(system).witness
    if witness is None or "semidefinite" in witness:
        return
    first, period, token = witness["itinerary"]["layer"], witness["itinerary"]["period"], witness["token"]
    order = len(witness.get("recurrence", [0]))
    layers = reference.run(system, first + period * (len(witness["coefficients"]) + order + 2))

    def combination(shift):
        starts = (first + shift + j * period for j in range(len(witness["coefficients"])))
        return combined(witness["coefficients"], [layers[k].tokens for k in starts])[token]

    here = combination(0)
    if "recurrence" in witness:
        weights = [*witness["recurrence"], 1]
        for start in range(2):
            terms = [combination(period * (start + j)) for j in range(order + 1)]
            assert not any(sum(map(operator.mul, weights, own)) for own in zip(*terms, strict=True))
        assert abs(weights[0]) >= 1 and sum(weights) != 0 and here[witness["coordinate"]] != 0
        return
    for periods in range(3):
        expected = tuple(witness["factor"] ** periods * x for x in here)
        assert combination(period * periods) == expected
    if witness["phase"]:
        assert witness["factor"] == 1 and combination(witness["phase"]) != here
    else:
        assert any(here) and (witness["factor"] > 1 or sum(witness["coefficients"]) == 0)


def test_a_token_between_four_leaders_is_at_two_places_in_turn():
    verdict = STATEMENT.decide(Hardmax(LORENTZ, 1).run([*FOUR_LEADERS, [0, 0, "1/3"]], 0))
    assert verdict.outcome == "fails"
    assert (verdict.witness["token"], verdict.witness["phase"], verdict.witness["factor"]) == (4, 1, 1)


def test_with_alpha_minus_2_a_combination_grows_for_ever():
    verdict = STATEMENT.decide(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 0))
    assert (verdict.outcome, verdict.witness["phase"]) == ("fails", 0)


def test_with_alpha_negative_tokens_at_rest_have_limits():
    verdict = STATEMENT.decide(Hardmax(alpha="-1/2").run([[1], ["1/2"]], 0))
    assert verdict.evidence["limits"] == [[1], [Fraction(-1, 2)]]


def test_consensus_needs_only_the_factorisation_of_the_opposite_matrix():
    run = Hardmax([[-1, 0], [0, -1]], "1/3").run([["1/2", 0], ["-1/2", 0], ["1/5", 0]], 0)
    verdict = STATEMENT.decide(run)
    assert (verdict.outcome, verdict.lemma) == ("holds", "consensus")
    assert verdict.evidence == {"lower": [[1, 0], [0, 1]], "diagonal": [1, 1]}


def test_growth_proves_convergence_where_no_itinerary_is_known_to_repeat():
    emerging = load_example("emerging-leader")
    slow = Hardmax(alpha="1/1000").run(emerging.tokens, 0)
    assert limit(slow).status == "undecided"
    verdict = STATEMENT.decide(slow)
    assert (verdict.outcome, verdict.lemma) == ("holds", "growth-converges")
    assert verdict.evidence == {"lower": [[1, 0], [0, 1]], "diagonal": [1, 1]}
    # Of a mask that is not transitive nothing is known.
    masked = Hardmax(alpha="1/1000", mask=[[1, 1, 0], [0, 1, 1], [0, 0, 1]])
    assert not CONVERGES.holds_for(masked.run([[1], [2], [3]], 0))


def test_what_is_not_decided_has_a_reason():
    # Between two leaders a token that steps away from what it attends spells digits that do not end.
    verdict = STATEMENT.decide(Hardmax([[2]], "-1/4").run([[3], [-2], [1]], 0))
    assert (verdict.outcome, verdict.evidence, verdict.witness) == ("undecided", {}, None)
    assert verdict.reason == "the attention graph still changes at layer 120"
