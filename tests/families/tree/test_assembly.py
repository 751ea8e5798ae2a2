"""A tree cut into pieces, explored in any order and put together."""

import json
import pickle
from functools import cache
from itertools import pairwise

import pytest

from exactdyn.certificates.envelope import encode
from exactdyn.errors import InputError
from exactdyn.families.questions.statement import (
    assembled,
    explore,
)
from proofs_checks import verify
from tests.families.statement_questions import AROUND, asked, certificate

CUT = [
    asked("norm-growth", [*AROUND, [1, 2]], "positive-definite", 2),
    asked("distinctness-preserved", AROUND, layers=2, alpha="2/7"),
    asked("distinctness-preserved", [[1, 0], [-1, 0], [0, 1]], "positive-semidefinite-part", 1),
    asked("hull-shrinkage", [[-1], [1], ["1/2"]], layers=3, alpha="1/3"),
    asked("leaders-extreme", [[1], [2], [-1]], layers=2, alpha="-1/2", ties=False),
]


def read_back(node):
    return json.loads(json.dumps(encode(node)))


@cache
def accepted_tree(question):
    """The tree of one search, which the checker accepts."""
    whole = explore(question)
    assert whole.found is None
    tree = read_back(whole.piece)
    verify(certificate(question, tree))
    return tree


@pytest.mark.parametrize("limit", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 17)), 5, 100])
@pytest.mark.parametrize("question", CUT, ids=lambda question: question.statement)
def test_a_search_cut_into_pieces_gives_the_tree_of_one_search(question, limit):
    nodes, waiting = {}, [()]
    while waiting:
        place = waiting.pop()
        piece = pickle.loads(pickle.dumps(explore(question, place, limit)))
        assert (piece.found, piece.reasons) == (None, ())
        assert assembled(nodes) is None
        nodes[place] = read_back(piece.piece)
        waiting += piece.below
    assert assembled(nodes) == accepted_tree(question)


def test_a_piece_does_not_depend_on_what_was_explored_before():
    question = CUT[0]
    places = explore(question, limit=10).below
    assert len(places) > 2
    forwards = [explore(question, place, 20) for place in places]
    backwards = [explore(question, place, 20) for place in reversed(places)]
    assert forwards == backwards[::-1]
    assert explore(question, places[-1], 20).programs > 0


def test_pieces_are_taken_in_the_order_of_the_search():
    question = CUT[0]
    order = []
    waiting = [()]
    while waiting:
        place = waiting.pop(0)
        order.append(place)
        waiting = [*explore(question, place, 1).below, *waiting]
    assert len(order) == len(set(order)) > 50
    for place, following in pairwise(order):
        below = following[: len(place)] == place
        assert below or len(following) <= len(place)


def test_what_is_assembled_is_left_as_it_was():
    question = CUT[0]
    first = explore(question, limit=5)
    before = json.dumps(encode(first.piece))
    nodes = {(): first.piece} | {place: explore(question, place).piece for place in first.below}
    assert assembled(nodes) is not None
    assert json.dumps(encode(first.piece)) == before


def test_a_tree_with_a_case_that_stays_open_is_none():
    question = asked("distinctness-preserved", [[1, 0], [-1, 0], [0, 1]], "positive-semidefinite-part", 2)
    answer = explore(question)
    assert answer.reasons
    assert assembled({(): answer.piece}) is None
    assert assembled({}) is None


def test_a_place_that_the_tree_does_not_have_is_refused():
    with pytest.raises(InputError, match="place: requires a case of the tree"):
        explore(CUT[0], (9,))
