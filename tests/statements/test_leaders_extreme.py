from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn import HardAttention, Head
from exactdyn.certificates.envelope import certificate_data
from exactdyn.errors import InputError
from exactdyn.statements import leaders_persist
from exactdyn.statements.leaders_extreme import STATEMENT, computed
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges.oracle import confirms
from tests.judges.oracle.statements import within
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
    if ties == "mean" or 1 not in tau:
        assert verdict.lemma is not None
    elif tau[-1] == 1:
        assert verdict.lemma is None
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


@pytest.mark.parametrize(
    ("tau", "start"), [("3/(k+2)", 1), ("1-3/(k+2)", 1), ([2, "1/2"], 1), ([-1, "3/2", 1], 2), ([-2, 0], 1)]
)
def test_where_steps_get_convex_the_layers_before_are_computed_and_the_lemma_does_the_rest(tau, start):
    scopes = {}
    for layers in (start - 1, start):
        run = Hardmax(tau=tau).run([[1], [-2]], layers)
        verdict = STATEMENT.decide(run)
        assert verify(certificate_data(run, {"leaders-extreme": verdict}))
        scopes[layers] = (verdict.scope, verdict.lemma)
    assert scopes == {start - 1: (f"layers 0..{start - 1}", None), start: ("every layer", "leader-exposed")}


def test_a_leader_lost_before_steps_get_convex_is_the_witness_if_it_gets_between_others():
    verdict = STATEMENT.decide(Hardmax(tau="3/(k+2)").run([[2], [1], [-3]], layers=4))
    assert verdict.outcome == "fails"
    assert (verdict.witness["token"], verdict.witness["layer"]) == (0, 1)


def test_a_leader_lost_before_steps_get_convex_that_stays_extreme_leaves_it_to_computation():
    run = Hardmax(tau=[2, 1, "1/2"]).run([[-1], [1]], layers=3)
    assert (run.facts.leaders_exposed_from, run.lapses) == (1, {})
    run = Hardmax(tau=[1, 2, "1/2"]).run([[1], [2]], layers=4)
    assert (run.facts.leaders_exposed_from, run.lapses) == (2, {1: 1})
    verdict = STATEMENT.decide(run)
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "layers 0..4", None)


FIRST = st.sampled_from([2, "3/2", "-1/2", -2, 1, "1/2"])
LATE = st.sampled_from([1, "1/2", 0])
LISTED = st.builds(
    lambda first, late: [*first, *late], st.lists(FIRST, max_size=2), st.lists(LATE, min_size=1)
)
FORMULAS = st.sampled_from(["3/(k+2)", "1-3/(k+2)", "(k-1)/(k+2)", "3*2^-k", "4/(k+2)^2"])
VALUES = st.sampled_from([1, 1, 2, -1, "1/3"])


@given(
    MATRIX, MATRIX, LISTED | FORMULAS, TIES, VALUES, st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=6)
)
def test_what_is_said_of_leaders_where_the_first_steps_are_odd_is_accepted_and_so_later(
    one, other, tau, ties, value, tokens
):
    heads = [Head(one), Head(other, V=[[value, 0], [0, value]], ties=ties)]
    try:
        system = HardAttention(heads, tau=tau)
        run, later = system.run(tokens, layers=3), system.run(tokens, layers=9)
    except InputError:  # 1 - tau + tau s is 0 at a layer
        return
    verdicts = {
        "leaders-extreme": STATEMENT.decide(run),
        "leaders-persist": leaders_persist.STATEMENT.decide(run),
    }
    data = certificate_data(run, verdicts)
    assert verify(data)
    assert confirms(data)
    extreme, persist = verdicts.values()
    if persist.lemma is not None:
        assert not later.lapses
    if extreme.lemma is not None:
        for token, layer in later.leaders.items():
            for m in range(layer, 10):
                place = later.tokens(m)[token]
                others = [tuple(other) for other in later.tokens(m) if other != place]
                assert not within(place, others)
