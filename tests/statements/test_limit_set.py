from fractions import Fraction
from itertools import combinations

from hypothesis import assume, given

from exactdyn import check, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.cli.words.sentences import PLAIN
from exactdyn.statements.convergence import NO_POLYTOPE
from exactdyn.statements.limit_set import STATEMENT
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges.reference import dot, product, times, transpose
from tests.judges.truth import determinant, positive_definite
from tests.strategies import NONNEGATIVE_ALPHAS, systems


def rigid(A, places):
    """By the rank and the determinant of every simplex."""
    for size in range(1, len(A) + 1):
        for first, *others in combinations(places, size + 1):
            edges = tuple(tuple(x - y for x, y in zip(other, first, strict=True)) for other in others)
            independent = determinant(product(edges, transpose(edges))) != 0
            if independent and determinant(product(product(edges, A), transpose(edges))) == 0:
                return False
    return True


def mixed(places, weights):
    """The point of these weights, which are a mean."""
    assert sum(weight for _, weight in weights) == 1 and all(weight >= 0 for _, weight in weights)
    return tuple(sum(weight * places[i][r] for i, weight in weights) for r in range(len(places[0])))


@given(systems(NONNEGATIVE_ALPHAS))
def test_it_holds_where_all_limits_are_in_a_set_known_to_be_finite(system):
    run = Hardmax(system.A, system.alpha).run(system.tokens, 0)
    found, verdict = limit(run), STATEMENT.decide(run)
    assume(found.status == "proved" and found.limits is not None)

    def in_set(place):
        largest = dot(times(system.A, place), place)
        return any(place) and all(dot(times(system.A, place), v) <= largest for v in found.limits)

    if not all(map(in_set, found.limits)):
        assert verdict.outcome == "fails"
    elif positive_definite(system.A) or rigid(system.A, list(set(found.limits))):
        assert verdict.outcome == "holds"
    elif verdict.outcome == "fails":
        first, last = (mixed(found.limits, point) for point in verdict.witness["segment"])
        between = [mixed((first, last), [(0, 1 - t), (1, t)]) for t in map(Fraction, ("1/3", "1/2", "3/5"))]
        assert first != last and all(in_set(place) or not any(place) for place in (first, last, *between))
    else:
        assert verdict.outcome == "undecided"


def test_it_fails_where_a_token_comes_back_to_a_place_that_is_not_in_it():
    tokens = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1], [0, 0, "1/3"]]
    verdict = STATEMENT.decide(Hardmax([[3, 0, 0], [0, 3, 0], [0, 0, -1]], 1).run(tokens, 0))
    assert (verdict.witness["token"], verdict.witness["limit"]) == (4, [0, 0, Fraction(1, 3)])


def test_it_fails_where_a_token_has_no_limit_although_all_its_places_are_in_it():
    tokens = [[-1, "1/2", 0], [-1, "-1/2", 0], [1, 0, "1/2"], [1, 0, "-1/2"], ["1/5", "1/3", "1/6"]]
    verdict = STATEMENT.decide(Hardmax([[0, 0, 0], [0, -1, 0], [0, 0, -1]], "1/2").run(tokens, 0))
    assert (verdict.outcome, verdict.witness["token"], verdict.witness["phase"]) == ("fails", 4, 1)


def test_the_limit_0_is_never_in_it():
    verdict = STATEMENT.decide(Hardmax(alpha=1).run([[-1], [0], [1]], 0))
    assert (verdict.outcome, verdict.witness["token"], verdict.witness["limit"]) == (
        "fails",
        1,
        [Fraction(0)],
    )


def test_a_definite_matrix_comes_with_its_factorisation():
    verdict = STATEMENT.decide(Hardmax([[2, 1], [1, 2]], 1).run([[1, 1], [1, -1], ["1/2", 0]], 0))
    assert verdict.evidence["factorisation"]["diagonal"] == [2, Fraction(3, 2)]


def test_a_single_limit_needs_no_definite_matrix():
    verdict = STATEMENT.decide(Hardmax([[1, 0], [0, 0]], 1).run([[1, 0], [1, 1]], 0))
    assert (verdict.outcome, "factorisation" in verdict.evidence) == ("holds", False)


def test_an_indefinite_matrix_is_no_obstacle_if_the_limits_are_rigid():
    verdict = STATEMENT.decide(Hardmax([[1, 0], [0, -1]], 1).run([[1, 0], [-1, 0], ["1/2", 0]], 0))
    assert (verdict.outcome, "factorisation" in verdict.evidence) == ("holds", False)


def test_a_whole_segment_of_limit_points_is_not_finite():
    verdict = STATEMENT.decide(Hardmax([[1, 0], [0, 0]], 0).run([[1, 0], [1, 1]], 0))
    first, second = (dict(weights) for weights in verdict.witness["segment"])
    assert verdict.outcome == "fails" and first != second and {*first, *second} <= {0, 1}


def test_a_token_without_limit_converges_to_no_point_of_it_whatever_alpha_is():
    verdict = STATEMENT.decide(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 0))
    assert (verdict.outcome, "limit" in verdict.witness) == ("fails", False)


def test_with_a_negative_alpha_it_is_not_known_where_tokens_have_limits():
    verdict = STATEMENT.decide(Hardmax(alpha="-1/2").run([[1], ["1/2"]], 4))
    assert (verdict.outcome, verdict.reason) == ("undecided", NO_POLYTOPE)


def test_an_infinite_set_is_a_failure_with_a_segment_of_its_points():
    # The kernel of A meets the polytope of four leaders in a segment.
    tokens = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1]]
    run = Hardmax([[1, 0, 0], [0, 1, 0], [0, 0, 0]], 1).run(tokens, 0)
    verdict = STATEMENT.decide(run)
    assert verdict.outcome == "fails"
    ends = [
        [sum(weight * tokens[token][r] for token, weight in weights) for r in range(3)]
        for weights in verdict.witness["segment"]
    ]
    assert ends[0][:2] == ends[1][:2] == [0, 0] and ends[0] != ends[1]
    assert PLAIN.why("limit-set", verdict).startswith("S is infinite: it has the segment between")
    assert verify(certificate_text(check(run).certificate)).claims
