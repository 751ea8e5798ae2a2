"""What results amount to: none is proved but by all of them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.hunts.answer import excluding_lemma, gathered
from exactdyn.hunts.hunt import hunt
from exactdyn.hunts.proof import certificate_data
from exactdyn.hunts.request import Request, Result, Task
from exactdyn.work.executors import InCaller
from proofs_checks import verify
from tests.hunts.asked import GENERATED, GIVEN, without_counterexamples


def results_of(request, own, **settings):
    """Hunt, and return the answer and the results that were recorded."""
    recorded = {}

    def record(task, result):
        assert task not in recorded
        recorded[task] = result

    return hunt(request, own, record=record, **settings), recorded


@pytest.mark.parametrize(
    ("request_", "examination", "status"),
    [
        (GIVEN, without_counterexamples, "none"),
        (replace(GIVEN, ties=False), without_counterexamples, "budget"),
        (GIVEN, lambda request, task, limit: Result(reason="too hard"), "budget"),
        (GENERATED, without_counterexamples, "budget"),
    ],
)
def test_only_a_search_of_everything_proves_that_there_is_none(request_, examination, status):
    answer = hunt(request_, InCaller(), examine=examination, configurations=None if request_.complete else 5)
    assert answer.status == status
    assert (answer.pieces is not None) == (status == "none")


def test_a_tree_with_a_hole_is_no_proof():
    results = results_of(GIVEN, InCaller(), examine=without_counterexamples)[1]
    assert gathered(GIVEN, results).status == "none"
    for task in results:
        assert gathered(GIVEN, {k: v for k, v in results.items() if k != task}).status == "budget"


def test_an_unexamined_configuration_proves_nothing():
    assert gathered(GIVEN, {}).status == "budget"
    assert gathered(GENERATED, {Task(3): Result(piece=[{}])}, configurations=3).searched.absent == {}


ONE, OTHER, ZERO = ((Fraction(x),) for x in (1, 2, 0))


@pytest.mark.parametrize(
    ("statement", "kind", "changed", "lemma"),
    [
        ("leader-vertex", "positive-definite", {}, "leading-points"),
        ("leader-vertex", "positive-definite", {"dropped": frozenset({"nonzero-tokens"})}, "leading-points"),
        ("leader-vertex", "positive-definite", {"dropped": frozenset({"distinct-tokens"})}, None),
        ("leader-vertex", "positive-definite", {"given": (ONE, ONE)}, None),
        ("leader-vertex", "positive-semidefinite", {}, None),
        ("limit-set", "positive-definite", {"dropped": frozenset({"distinct-tokens"})}, "growth-converges"),
        ("limit-set", "positive-definite", {"dropped": frozenset({"nonzero-tokens"})}, None),
        ("limit-set", "positive-definite", {"given": (ONE, ZERO)}, None),
        ("attention-settles", "positive-semidefinite", {"dimension": 2}, "rank-two-settles"),
        ("attention-settles", "positive-semidefinite", {"dimension": 3}, None),
        ("attention-settles", "positive-definite", {"alpha": Fraction(-1, 2)}, None),
        ("attention-settles", "symmetric", {"dimension": 2}, None),
    ],
)
def test_a_lemma_excludes_counterexamples_among_the_tokens_and_matrices_that_a_request_has(
    statement, kind, changed, lemma
):
    request = replace(Request(statement, kind, (), 3, 1, 5), **changed)
    assert excluding_lemma(request) == lemma
    if lemma is not None:
        data = certificate_data(request, gathered(request, {}))
        assert [claim.lemma for claim in verify(certificate_text(data)).claims] == [lemma]


def test_of_given_tokens_it_matters_what_they_are_and_not_what_is_dropped():
    dropped = frozenset({"distinct-tokens", "nonzero-tokens"})
    given = Request("leader-vertex", "positive-definite", (ONE, OTHER), 2, 1, 5, Fraction(1), dropped=dropped)
    assert excluding_lemma(given) == "leading-points"
    assert excluding_lemma(replace(given, count=3)) is None
