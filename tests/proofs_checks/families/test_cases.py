"""The rules for claims about all matrices, one by one, where a hypothesis is missing or hardly there."""

import json

import pytest

from proofs_checks import MalformedError, RejectedError, verify
from tests.judges.oracle.families import contradiction


def document(name, evidence, tokens, kind="general", layers=0, alpha="1", **family):
    scope = {} if name in ("unrealised", "itineraries") else {"scope": f"layers 0..{layers}"}
    claim = {"claim": name, "verdict": "holds", **scope, "evidence": evidence}
    rows = [[str(x) for x in row] for row in tokens]
    head = {"format": "exactdyn certificate", "version": 1, "layers": layers, "claims": [claim]}
    return head | {"family": {"class": kind, "alpha": alpha, "tokens": rows, **family}}


def accepted(data):
    verify(json.dumps(data))
    return contradiction(data) is None


def unrealised(attention, cases, tokens, **rest):
    optional = {name: rest.pop(name) for name in ("only", "leaders") if name in rest}
    evidence = {"attention": attention, "cases": cases, **optional}
    return document("unrealised", evidence, tokens, layers=len(attention) - 1, **rest)


def weights(*terms, **cuts):
    return {"weights": [[list(comparison), str(weight)] for comparison, weight in terms], **cuts}


HOLDS = {"holds": {}}
LINE = [[1], [2]]


# What FORMAT.md says and the checker did not do.


def test_several_layers_may_be_described_whole():
    # Both attend 2, twice, and then the first: <A z, z_0 - z_1> changes its sign with nobody passing 0.
    attention = [[[1], [1]], [[1], [1]], [[0], [0]]]
    proof = weights(((0, 0, 1, 0), "7/16"), ((2, 0, 0, 1), 1))
    assert accepted(unrealised(attention, [proof], LINE))
    with pytest.raises(RejectedError, match="not assumed"):
        verify(json.dumps(unrealised([*attention[:2], [None, None]], [proof], LINE)))


def test_a_token_described_as_no_leader_is_one_of_those_that_do_not_lead():
    assert accepted(unrealised([[[1], None]], [{}], LINE, leaders=2))
    for forged in (unrealised([[[1], None]], [{}], LINE, leaders=1), unrealised([[[1], None]], [{}], LINE)):
        with pytest.raises((RejectedError, MalformedError)):
            verify(json.dumps(forged))
    assert contradiction(unrealised([[[1], None]], [{}], LINE, leaders=1)) is not None


def test_a_contradiction_may_stand_where_too_few_can_lead():
    nothing = weights(((0, 0, 0, 1), 1))  # <A 0, ...> > 0
    assert accepted(unrealised([[[0], None]], [{"token": 1}, nothing, nothing], [[0], [1]], leaders=2))


# Farkas: signs, strictness, cuts.


@pytest.mark.parametrize(
    "leaf",
    [
        weights(((0, 0, 1, 0), -1)),  # a negative weight
        weights(((0, 0, 1, 0), 0)),  # nothing strict
        weights(((0, 0, 1, 0), 1)),  # the terms do not cancel
        weights(((0, 0, 0, 1), 1)),  # the comparison the other way round
        weights(((0, 0, 1, 0), 1), cuts=[["-1", ["1"]]]),  # a negative weight of a cut
        weights(cuts=[["1", ["0"]]]),  # the vector 0
        weights(),
        {"weights": [], "note": ""},
    ],
)
@pytest.mark.parametrize("kind", ["general", "positive-semidefinite", "positive-definite"])
def test_what_is_no_contradiction_closes_no_case(leaf, kind):
    data = unrealised([[[1], None]], [leaf], LINE, kind=kind)
    assert contradiction(data) is not None
    with pytest.raises((RejectedError, MalformedError)):
        verify(json.dumps(data))


def test_a_cut_of_a_semidefinite_class_is_not_strict_and_of_no_other_class_anything():
    cut = weights(cuts=[["1", ["0", "1"]]])
    span = [[["1", "0"], ["0", "0"]]]
    tokens = [[1, 0], [2, 0]]
    assert accepted(unrealised([[None, None]], [cut], tokens, kind="positive-definite", span=span))
    for kind in ("positive-semidefinite", "positive-semidefinite-part", "symmetric", "general"):
        data = unrealised([[None, None]], [cut], tokens, kind=kind, span=span)
        assert contradiction(data) is not None
        with pytest.raises((RejectedError, MalformedError)):
            verify(json.dumps(data))


@pytest.mark.parametrize("part", ["", "-part"])
@pytest.mark.parametrize("strict", ["semidefinite", "definite"])
def test_a_cut_of_a_negative_class_is_the_opposite_of_one_of_a_positive_class(strict, part):
    # If 1 attends 2, then <A 1, 2 - 1> > 0; if it attends itself, the opposite.
    for attended, comparison, sign in ((1, (0, 0, 1, 0), "negative"), (0, (0, 0, 0, 1), "positive")):
        leaf = weights((comparison, 1), cuts=[["1", ["1"]]])
        kinds = [f"{name}-{strict}{part}" for name in ("positive", "negative")]
        for kind in kinds:
            data = unrealised([[[attended], None]], [leaf], LINE, kind=kind)
            if kind.startswith(sign):
                assert accepted(data)
                continue
            assert contradiction(data) is not None
            with pytest.raises(RejectedError, match="do not cancel"):
                verify(json.dumps(data))


@pytest.mark.parametrize(("kind", "diagonal"), [("negative-definite", "3"), ("positive-definite", "-3")])
def test_the_factorisation_of_a_negative_member_is_that_of_its_opposite(kind, diagonal):
    # A = -3, for which 1 and -1 attend each other, belongs to one of the classes alone.
    member = {"at": ["-3"], "factorisation": {"lower": [["1"]], "diagonal": [diagonal]}}
    data = document("unrealised", {}, [[1], [-1]], kind=kind)
    claim = {"claim": "unrealised", "verdict": "fails", "witness": {"attention": [[[1], [0]]], **member}}
    data["claims"] = [claim]
    if kind == "negative-definite":
        assert accepted(data)
        data["claims"][0]["witness"]["factorisation"]["diagonal"] = ["-3"]
    with pytest.raises(RejectedError, match=f"prove the member to be {kind}"):
        verify(json.dumps(data))


@pytest.mark.parametrize(("base", "closed"), [("-1", True), ("1", False), ("0", False)])
def test_of_a_single_matrix_a_cut_proves_only_that_it_is_negative(base, closed):
    data = unrealised(
        [[None]],
        [weights(cuts=[["1", ["1"]]])],
        [[1]],
        kind="positive-semidefinite",
        base=[[base]],
        span=[],
    )
    if closed:
        assert accepted(data)
        return
    assert contradiction(data) is not None
    with pytest.raises(RejectedError):
        verify(json.dumps(data))


# Cases: one token, copies, zero tokens, more dimensions than tokens.


def test_one_token_leads_whatever_the_matrix():
    assert accepted(unrealised([[None]], [{"token": 0}], [[3]], only=True))
    data = document("itineraries", {"ties": True, "cases": [{"token": 0}, {"at": ["0"]}]}, [[3]])
    assert accepted(data)
    assert contradiction(unrealised([[None]], [{"token": 0}], [[3]], leaders=1)) is not None
    with pytest.raises(RejectedError):
        verify(json.dumps(unrealised([[None]], [{"token": 0}], [[3]], leaders=1)))


@pytest.mark.parametrize("ties", [True, False])
def test_copies_and_a_zero_token_are_attended_together_whatever_the_matrix(ties):
    copies = document(
        "itineraries", {"ties": ties, "cases": [{"token": 0}, {"token": 1}, {"at": ["1"]}]}, [[1], [1]]
    )
    assert accepted(copies)
    # The token 0 attends everybody, also in three dimensions; the other one prefers itself or it, or neither.
    trees = {
        False: [{"token": 0}, {"token": 1}, {"at": ["-1"]}, {"at": ["1"]}],
        True: [{"token": 0}, {"token": 1}, {"token": 1}, {"at": ["0"]}, {"at": ["-1"]}, {"at": ["1"]}],
    }
    span = [[["1", "0", "0"], ["0", "0", "0"], ["0", "0", "0"]]]
    data = document("itineraries", {"ties": ties, "cases": trees[ties]}, [[0, 0, 0], [1, 5, 7]], span=span)
    assert accepted(data)
    data["claims"][0]["evidence"]["cases"].pop()
    with pytest.raises(RejectedError, match="cases have no node"):
        verify(json.dumps(data))


@pytest.mark.parametrize("alpha", ["1", "2", "-2", "-1/2"])
def test_tokens_stay_apart_only_where_no_attention_brings_them_together(alpha):
    may_meet = document(
        "distinctness-preserved", {"ties": True, "cases": [HOLDS]}, [[1], [-1]], layers=1, alpha=alpha
    )
    if alpha == "1":
        assert contradiction(may_meet) is not None
    if alpha == "-1/2":  # each moves away from whatever it attends: to 1, 2 or 3, and their opposites
        assert accepted(may_meet)
    else:
        with pytest.raises(RejectedError, match="may meet"):
            verify(json.dumps(may_meet))
    copies = document(
        "distinctness-preserved", {"ties": True, "cases": [HOLDS]}, [[2], [2]], layers=1, alpha=alpha
    )
    assert accepted(copies)


def test_a_leaf_before_the_last_layer_is_no_proof_of_two_steps():
    for layers in (1, 2):
        evidence = {"ties": True, "cases": [HOLDS]}
        data = document("distinctness-preserved", evidence, LINE, layers=layers, alpha="1/2")
        if layers == 1:
            assert accepted(data)
            continue
        with pytest.raises(RejectedError, match="not known here"):
            verify(json.dumps(data))


# Growth: for every token that moves, and nothing of it is inherited.


def growth(leaves, below=HOLDS, kind="positive-definite", tokens=LINE, alpha="1"):
    positive = weights(((0, 0, 0, 1), 1), cuts=[["1", ["1"]]])  # token 0 attends itself: -a > 0
    second = weights(((0, 1, 0, 1), 1), cuts=[["2", ["1"]]])
    cases = [
        {"token": 0},
        positive,
        {"token": 1},
        second,
        {"growth": leaves},
        below,
    ]
    return document("norm-growth", {"ties": False, "cases": cases}, tokens, kind, 1, alpha)


def test_growth_is_shown_for_every_token_that_moves_and_for_no_other():
    leaf = weights(((0, 0), 4), ((0, 0, 1, 0), 5))
    assert accepted(growth([leaf]))
    for leaves in ([], [leaf, leaf], [weights(((0, 0), 4))], [weights(((0, 1), 4), ((0, 0, 1, 0), 5))]):
        with pytest.raises((RejectedError, MalformedError)):
            verify(json.dumps(growth(leaves)))


def test_what_is_assumed_for_growth_is_assumed_nowhere_else():
    leaf = weights(((0, 0), 4), ((0, 0, 1, 0), 5))
    with pytest.raises(RejectedError, match="not assumed"):
        verify(json.dumps(growth([leaf], below=leaf)))
    with pytest.raises(MalformedError, match="unknown field"):
        verify(json.dumps(growth([leaf], below={"holds": {"more": ""}})))


@pytest.mark.parametrize(
    "comparison", [(), (0,), (0, 9), (9, 0), (0, 9, 0, 1), (9, 0, 0, 1), (1, 0, 0, 1), (0, 0, 1)]
)
def test_a_comparison_of_no_layer_or_token_on_the_way_is_not_assumed(comparison):
    leaf = weights(((0, 0), 4), ((0, 0, 1, 0), 5), (comparison, 1))
    with pytest.raises(RejectedError, match="not assumed"):
        verify(json.dumps(growth([leaf])))


# Trees written the one way or the other.


def nested(token, *cases):
    return {"token": token, "cases": list(cases)}


def test_a_tree_may_be_nested_and_then_each_node_has_as_many_below_it_as_its_kind_demands():
    at = [{"at": ["1"]}, {"at": ["-1"]}]
    no = [weights(((0, 0, 0, 1), 1), ((0, 1, 0, 1), 1)), weights(((0, 0, 1, 0), 1), ((0, 1, 1, 0), 1))]
    tree = nested(0, nested(1, no[0], at[0]), nested(1, at[1], no[1]))
    tokens = [[1], [-1]]
    flat = [{"token": 0}, {"token": 1}, no[0], at[0], {"token": 1}, at[1], no[1]]
    for cases in (tree, flat):
        assert accepted(document("itineraries", {"ties": False, "cases": cases}, tokens))
    wrong = [
        nested(0, nested(1, no[0]), at[0], nested(1, at[1], no[1])),  # the same nodes, hung elsewhere
        nested(0, nested(1, no[0], at[0]), nested(1, at[1], no[1]), {}),
        {"token": 0},
        {**no[0], "cases": []},
        {"token": 0, "cases": {}},
        [tree],
        flat[:-1],
        [*flat, {}],
        [],
        [{"token": 0, "cases": []}, *flat[1:]],
        [*flat[:3], {"at": ["1"], "cases": []}, *flat[4:]],
    ]
    for cases in wrong:
        with pytest.raises((RejectedError, MalformedError)):
            verify(json.dumps(document("itineraries", {"ties": False, "cases": cases}, tokens)))
