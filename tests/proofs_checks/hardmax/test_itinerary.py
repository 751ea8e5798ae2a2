"""The checker's rule on itineraries that repeat for ever, against claims that are nearly right."""

import json
from copy import deepcopy

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import MalformedError, RejectedError, verify

FOLLOWER = {
    "format": "exactdyn certificate",
    "version": 1,
    "system": {"A": [["1"]], "alpha": "1", "tokens": [["1"], ["1/2"]]},
    "layers": 0,
    "claims": [
        {
            "claim": "convergence",
            "verdict": "holds",
            "scope": "every layer",
            "lemma": "locked-limit",
            "evidence": {
                "itinerary": {"layer": 0, "period": 1, "nodes": ["1/4", "1/2", "1"]},
                "coefficients": ["-1", "2"],
                "limits": [["1"], ["1"]],
            },
        }
    ],
}


def with_itinerary(**members):
    document = deepcopy(FOLLOWER)
    document["claims"][0]["evidence"]["itinerary"] |= members
    return json.dumps(document)


def with_evidence(**members):
    document = deepcopy(FOLLOWER)
    document["claims"][0]["evidence"] |= members
    return json.dumps(document)


@pytest.mark.parametrize(
    "members",
    [
        {"layer": 7},
        {"period": 3, "nodes": ["1/64", "1/8", "1"]},
        {"nodes": ["1/2", "1/4", "1"]},
        {"nodes": ["1/4", "1/2", "1/2", "1", "3"]},
    ],
)
def test_the_same_fact_can_be_shown_in_several_ways(members):
    assert (
        verify(
            with_evidence(
                itinerary=FOLLOWER["claims"][0]["evidence"]["itinerary"] | members,
                **({"coefficients": ["-1/7", "8/7"]} if "period" in members else {}),
            )
        )
        .claims[0]
        .name
        == "convergence"
    )


@pytest.mark.parametrize(
    ("nodes", "reason"),
    [
        (["1/4", "1/2"], "the scores have other nodes"),
        (["1/2", "1"], "the scores have other nodes"),
        (["1/4", "1/3", "1"], "the scores have other nodes"),
        ([], "the scores have other nodes"),
        (["0", "1/4", "1/2", "1"], "a node is not positive"),
        (["-1/4", "1/2", "1"], "a node is not positive"),
        (["1", "1/2", "1/4"], "attention may turn away"),
        (["3", "1/4", "1/2", "1"], "attention may turn away"),
    ],
)
def test_nodes_that_do_not_prove_it_are_refused(nodes, reason):
    with pytest.raises(RejectedError, match=reason):
        verify(with_itinerary(nodes=nodes))


@pytest.mark.parametrize(
    "members", [{"period": 0}, {"layer": -1}, {"layer": 10**8}, {"nodes": [1]}, {"more": 1}]
)
def test_an_itinerary_of_another_shape_is_malformed(members):
    with pytest.raises(MalformedError):
        verify(with_itinerary(**members))


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"coefficients": ["-1", "3"]}, "the sum of the coefficients is not 1"),
        ({"coefficients": ["1"]}, "not at rest"),
        ({"limits": [["1"], ["1/2"]]}, "the limits are others"),
    ],
)
def test_limits_that_do_not_follow_are_refused(members, reason):
    with pytest.raises(RejectedError, match=reason):
        verify(with_evidence(**members))


def test_an_itinerary_that_changes_later_is_refused_however_long_it_was_constant():
    # Eight equal graphs, and then another: nodes that are right for the first eight do not lock them.
    tokens = [["1", "-2"], ["-1/2", "1/4"], ["7/4", "-7/4"], ["0", "-7/4"]]
    rate = "10/11"
    document = deepcopy(FOLLOWER)
    document["system"] = {"A": [["1", "0"], ["0", "1"]], "alpha": "1/10", "tokens": tokens}
    document["claims"][0]["evidence"] |= {
        "itinerary": {"layer": 0, "period": 1, "nodes": ["100/121", rate, "1"]},
        "coefficients": ["-10", "11"],
    }
    with pytest.raises(RejectedError, match="attention may turn away from what is attended at layer 0"):
        verify(json.dumps(document))


def test_a_claim_of_convergence_for_a_cycle_is_refused():
    tokens = [["1", "0", "1"], ["-1", "0", "1"], ["0", "1", "-1"], ["0", "-1", "-1"], ["0", "0", "1/3"]]
    document = deepcopy(FOLLOWER)
    A = [["3", "0", "0"], ["0", "3", "0"], ["0", "0", "-1"]]
    document["system"] = {"A": A, "alpha": "1", "tokens": tokens}
    evidence = {
        "itinerary": {"layer": 0, "period": 2, "nodes": ["1"]},
        "coefficients": ["1"],
        "limits": tokens,
    }
    document["claims"][0]["evidence"] = evidence
    with pytest.raises(RejectedError, match="the limits depend on the phase"):
        verify(json.dumps(document))


def test_with_alpha_negative_the_lemma_on_convex_steps_is_for_tokens_at_rest_only():
    run = Hardmax(alpha="-1/2").run([[1], ["1/2"]], 0)
    data = check(run).certificate
    assert verify(certificate_text(data))
    evidence = next(claim for claim in data["claims"] if claim["claim"] == "convergence")["evidence"]
    evidence["coefficients"] = ["1/2", "1/2"]
    with pytest.raises(RejectedError, match="keep a part of the token, 0 <= tau < 1"):
        verify(certificate_text(data))


@pytest.mark.parametrize("claim", ["leader-vertex", "limit-set"])
def test_statements_on_the_limit_polytope_require_alpha_not_negative(claim):
    document = deepcopy(FOLLOWER)
    document["system"]["alpha"] = "-1/2"
    document["claims"][0]["claim"] = claim
    with pytest.raises(RejectedError, match="requires convex steps at all layers"):
        verify(json.dumps(document))


@pytest.mark.parametrize("claim", ["convergence", "leader-vertex", "limit-set"])
@pytest.mark.parametrize("scope", ["layers 0..0", "every layers"])
def test_statements_on_the_limit_speak_of_every_layer(claim, scope):
    data = check(Hardmax(alpha=1).run([[1], ["1/2"]], 0)).certificate
    entry = next(entry for entry in data["claims"] if entry["claim"] == claim)
    entry["scope"] = scope
    with pytest.raises(RejectedError, match="every layer"):
        verify(certificate_text(data))


def test_a_set_of_limit_points_that_may_be_infinite_is_refused():
    document = deepcopy(FOLLOWER)
    A = [["1", "0"], ["0", "0"]]
    document["system"] = {"A": A, "alpha": "0", "tokens": [["1", "0"], ["1", "1"]]}
    itinerary = {"layer": 0, "period": 1, "nodes": ["1"]}
    document["claims"][0] |= {
        "claim": "limit-set",
        "evidence": {"itinerary": itinerary, "coefficients": ["1"]},
    }
    with pytest.raises(RejectedError, match="S may be infinite, or inside of K"):
        verify(json.dumps(document))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"nodes": ["1/2"]}, RejectedError),
        ({"layer": False}, MalformedError),
        ({"period": True}, MalformedError),
    ],
)
def test_what_a_claim_before_has_stated_is_accepted_again_and_nothing_else(change, error):
    itinerary = FOLLOWER["claims"][0]["evidence"]["itinerary"]
    second = {
        "claim": "attention-settles",
        "verdict": "holds",
        "scope": "every layer",
        "lemma": "locked-itinerary",
        "evidence": {"itinerary": itinerary},
    }
    document = {**FOLLOWER, "claims": [FOLLOWER["claims"][0], second]}
    assert verify(json.dumps(document))
    second["evidence"] = {"itinerary": itinerary | change}
    with pytest.raises(error):
        verify(json.dumps(document))
