from fractions import Fraction

from hypothesis import assume, given

from exactdyn import limit
from exactdyn.statements.convergence import NO_POLYTOPE
from exactdyn.statements.leader_vertex import STATEMENT
from exactdyn.systems.hardmax import Hardmax
from tests.judges import reference
from tests.judges.truth import in_hull
from tests.strategies import NONNEGATIVE_ALPHAS, systems


@given(systems(NONNEGATIVE_ALPHAS))
def test_it_holds_exactly_if_the_leaders_are_the_extreme_points_of_the_limits(system):
    run = Hardmax(system.A, system.alpha).run(system.tokens, 0)
    found, verdict = limit(run), STATEMENT.decide(run)
    assume(found.lock is not None)
    layers = reference.run(system, found.layer + found.period)
    places = found.cycle[0] if found.cycle else found.limits
    vertices = {place for place in places if not in_hull(place, [x for x in places if x != place])}
    led = [layers[-1].tokens[token] for token in reference.leaders(layers)]
    assert verdict.outcome == ("holds" if len(led) == len(vertices) and set(led) == vertices else "fails")
    assert {places[token] for token in found.vertices} == vertices


def test_a_limit_that_is_no_vertex_is_a_combination_of_leaders():
    verdict = STATEMENT.decide(Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], 0))
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", "locked-limit")
    assert verdict.evidence["functionals"] == [[1, 1], [1, -1]]
    halves = [[0, Fraction(1, 2)], [1, Fraction(1, 2)]]
    assert verdict.evidence["combinations"] == [[[0, 1]], [[1, 1]], halves]


def test_a_vertex_that_two_copies_share_has_no_leader():
    verdict = STATEMENT.decide(Hardmax(alpha=1).run([[1, 1], [1, 1], [1, -1], ["1/2", 0]], 0))
    assert (verdict.outcome, verdict.witness["token"], verdict.witness["functional"]) == ("fails", 0, [1, 1])


def test_a_consensus_at_an_unknown_point_is_undecided():
    run = Hardmax([[-1, 0], [0, -1]], "1/3").run([["1/2", 0], ["-1/2", 0], ["1/5", 0]], 0)
    verdict = STATEMENT.decide(run)
    assert (verdict.outcome, verdict.reason) == ("undecided", "one common limit is proved, but no itinerary")


def test_with_alpha_negative_there_is_no_limit_polytope_to_speak_of():
    verdict = STATEMENT.decide(Hardmax(alpha="-1/2").run([[1], ["1/2"]], 0))
    assert (verdict.outcome, verdict.reason) == ("undecided", NO_POLYTOPE)
