"""What growth of <Az, z> proves of the limit, against what is found where the limit itself is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.documents import load_example
from exactdyn.limits import limit
from exactdyn.statements import leader_vertex
from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.statements.convergence import CONVERGES, RANK_TWO
from exactdyn.statements.theorem import limit_certificate
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify

SLOW = Hardmax(alpha="1/1000").run(load_example("emerging-leader").tokens, 0)
"""Its tokens go such short ways that no limit is proved within 120 layers."""

BY_FACTS = {
    "convergence": "growth-converges",
    "leader-vertex": "leading-points",
    "limit-set": "growth-converges",
    "attention-settles": "rank-two-settles",
}
ENTRIES = st.sampled_from([-1, 0, 1])
MATRICES = st.sampled_from(
    [[[1, 0], [0, 1]], [[2, 1], [1, 2]], [[1, 0], [0, 0]], [[1, 1], [1, 1]], [[0, 0], [0, 0]]]
)


@pytest.mark.parametrize("name", BY_FACTS)
def test_it_is_proved_by_facts_where_no_limit_is(name):
    assert limit(SLOW).status == "undecided"
    verdict = CATALOGUE[name].decide(SLOW)
    assert (verdict.outcome, verdict.lemma) == ("holds", BY_FACTS[name])


@pytest.mark.parametrize("changed", [{}, {"V": [[2, 0], [0, 2]]}, {"tau": "2/(k+2000)"}])
def test_the_checker_accepts_what_is_proved_by_facts(changed):
    system = Hardmax(**({"alpha": "1/1000"} if "tau" not in changed else {}), **changed)
    run = system.run(load_example("emerging-leader").tokens, 0)
    data = limit_certificate(run, limit(run, 3))
    claims = {claim.lemma for claim in verify(json.dumps(data)).claims}
    assert claims == ({"growth-converges"} if "tau" in changed else {*BY_FACTS.values()})


@given(A=MATRICES, tokens=st.lists(st.lists(ENTRIES, min_size=2, max_size=2), min_size=1, max_size=5))
def test_limits_that_are_found_agree_with_copies_zero_tokens_and_singular_matrices(A, tokens):
    run = Hardmax(A, alpha="1/2").run(tokens, 0)
    found = limit(run)
    assert RANK_TWO.holds_for(run)
    assert CATALOGUE["convergence"].decide(run, found).outcome == "holds"
    assert CATALOGUE["attention-settles"].decide(run, found).outcome == "holds"
    assert found.period in (1, None)
    if leader_vertex.POINTS.holds_for(run):
        assert CATALOGUE["leader-vertex"].decide(run, found).outcome == "holds"
    if CONVERGES.holds_for(run) and all(map(any, tokens)):
        assert CATALOGUE["limit-set"].decide(run, found).outcome == "holds"


def test_a_token_at_zero_may_leave_it_at_a_later_layer():
    run = Hardmax(alpha="1/1000").run([[0, 0], *load_example("emerging-leader").tokens], 1)
    assert CATALOGUE["limit-set"].decide(run).evidence["layer"] == 1


def test_copies_and_steps_that_change_are_no_leading_points():
    assert not leader_vertex.POINTS.holds_for(Hardmax(alpha=1).run([[1], [1]], 0))
    assert not leader_vertex.POINTS.holds_for(Hardmax(tau="2/(k+2)").run([[1], [2]], 0))
    assert not RANK_TWO.holds_for(Hardmax(alpha=1).run([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 0))
