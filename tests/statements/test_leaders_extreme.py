from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exactdyn import HardAttention, Head
from exactdyn.statements.leaders_extreme import STATEMENT, computed
from exactdyn.systems.hardmax import Hardmax
from tests.judges.reference import dot, leaders, run
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, systems

HOLDING = systems(NONNEGATIVE_ALPHAS | NEGATIVE_ALPHAS, dimensions=2, largest=5)


def test_every_leader_has_a_functional_that_exposes_it_for_ever():
    verdict = STATEMENT.decide(
        Hardmax([[2, 0], [0, 1]], alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=2)
    )
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", "leader-exposed")
    assert verdict.evidence["leaders"] == [
        {"token": 0, "layer": 0, "functionals": [[2, 1]]},
        {"token": 1, "layer": 0, "functionals": [[2, -1]]},
    ]


def test_with_alpha_minus_2_a_leader_gets_between_others():
    verdict = STATEMENT.decide(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], layers=3))
    weights = [[0, Fraction(1, 5)], [2, Fraction(4, 5)]]
    assert verdict.witness == {"token": 1, "leads": 0, "layer": 1, "weights": weights}


@given(HOLDING, st.integers(0, 3))
def test_functionals_expose_exactly_the_leaders_and_weights_prove_the_contrary(system, last):
    verdict, layers = (
        STATEMENT.decide(Hardmax(system.A, system.alpha).run(system.tokens, last)),
        run(system, last),
    )
    if verdict.outcome == "fails":
        state = layers[verdict.witness["layer"]].tokens
        place, weights = state[verdict.witness["token"]], verdict.witness["weights"]
        assert all(state[j] != place for j, _ in weights)
        assert sum(weight for _, weight in weights) == 1
        assert all(sum(w * state[j][r] for j, w in weights) == x for r, x in enumerate(place))
        return
    entries = verdict.evidence["leaders"]
    assert {entry["token"]: entry["layer"] for entry in entries} == leaders(layers)
    for entry in entries:
        assert len(entry["functionals"]) == (1 if verdict.lemma else last - entry["layer"] + 1)
        for layer, functional in zip(layers[entry["layer"] :], entry["functionals"], strict=False):
            place = layer.tokens[entry["token"]]
            others = [other for other in layer.tokens if other != place]
            assert all(dot(functional, other) < dot(functional, place) for other in others)


def test_a_leader_that_another_token_meets_is_still_an_extreme_point():
    run = Hardmax(alpha=-2).run([[1, 0], [1, 1]], layers=1)
    assert run.leaders == {1: 0}
    assert run.tokens(1) == [[1, 1], [1, 1]]
    assert STATEMENT.decide(run).outcome == "holds"


def test_a_token_that_lands_on_a_leader_takes_its_lead_and_not_its_place():
    run = Hardmax(tau="2/(k+2)").run([[1], [2]], layers=3)
    assert (run.leaders, run.attention(1)) == ({1: 0}, ({0, 1}, {0, 1}))
    verdict = STATEMENT.decide(run)
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", "leader-exposed")
    assert verdict.evidence["leaders"] == [{"token": 1, "layer": 0, "functionals": [[2]]}]


def two_heads(one, other, tau, ties):
    return HardAttention([Head(one), Head(other, ties=ties)], tau=tau)


def test_a_head_that_passes_over_ties_may_take_a_leader_inside_where_steps_are_whole():
    tokens = [[0, -1], [0, -1], [-1, -2], [1, 1], [1, -1], [-1, -1]]
    one, other = [[0, -1], [2, 0]], [[2, -1], [3, -3]]
    verdict = STATEMENT.decide(two_heads(one, other, 1, "first").run(tokens, layers=3))
    assert (verdict.outcome, verdict.witness["token"], verdict.witness["layer"]) == ("fails", 3, 2)
    for tau, ties in ((1, "mean"), ("1/2", "first")):
        verdict = STATEMENT.decide(two_heads(one, other, tau, ties).run(tokens, layers=3))
        assert (verdict.outcome, verdict.lemma) == ("holds", "leader-exposed")


SMALL = st.integers(-2, 2)
MATRIX = st.lists(st.lists(SMALL, min_size=2, max_size=2), min_size=2, max_size=2)
STEPS = st.lists(st.sampled_from([1, 1, "1/2"]), min_size=1, max_size=3)
TIES = st.sampled_from(["mean", "mean", "first", "last"])


@given(MATRIX, MATRIX, STEPS, TIES, st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=6))
def test_what_the_lemma_says_of_whole_steps_is_so_on_the_layers_that_are_computed(
    one, other, tau, ties, tokens
):
    run = two_heads(one, other, tau, ties).run(tokens, layers=5)
    verdict = STATEMENT.decide(run)
    assert (verdict.lemma is not None) == (ties == "mean" or 1 not in tau)
    if verdict.lemma is None:
        return
    assert computed(run).outcome == "holds"
    for entry in verdict.evidence["leaders"]:
        token, first, (functional,) = entry["token"], entry["layer"], entry["functionals"]
        place = run.tokens(first)[token]
        for layer in range(first, 6):
            state = run.tokens(layer)
            assert state[token] == place
            assert all(dot(functional, other) < dot(functional, place) for other in state if other != place)


def test_without_leaders_there_is_nothing_to_say():
    verdict = STATEMENT.decide(Hardmax(alpha=1).run([[1], [1]], layers=2))
    assert (verdict.outcome, verdict.evidence) == ("holds", {"leaders": []})
