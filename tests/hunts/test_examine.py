import json
import pickle
from fractions import Fraction

import pytest

from exactdyn.certificates.envelope import certificate_text, encode
from exactdyn.documents.example import read_document
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.statement import StatementQuestion, assembled, statement_claim
from exactdyn.hunts.examine import GENERATED_MATRICES, examine
from exactdyn.hunts.request import Request, Task
from exactdyn.hunts.tokens.configurations import configuration
from exactdyn.limits.find_lock import LockSearch
from exactdyn.numbers.points import Points
from exactdyn.statements.catalogue import STATEMENTS
from proofs_checks import verify
from tests.amounts import amount

ONE = Fraction(1)
PAIR = ((ONE,), (-ONE,))


def pieces(request, limit):
    """All results of configuration 0, by place."""
    results, waiting = {}, [Task(0)]
    while waiting:
        task = waiting.pop()
        results[task.place] = examine(request, task, limit)
        waiting += [Task(0, place) for place in results[task.place].below]
    return results


@pytest.mark.parametrize("statement", ["norm-growth", "convergence", "leader-vertex"])
def test_a_result_is_the_same_again_and_can_be_sent_and_written(statement):
    request = Request(statement, "symmetric", (), 3, 2, 10)
    for index in range(amount(4, 8)):
        result = examine(request, Task(index), 50)
        assert examine(request, Task(index), 50) == result == pickle.loads(pickle.dumps(result))
        for part in (result.counterexample, result.began, result.piece):
            assert json.loads(json.dumps(part)) == part


def test_the_pieces_of_a_configuration_without_counterexample_are_a_proof():
    three = ((ONE, 0 * ONE), (0 * ONE, ONE), (-ONE, -ONE))
    request = Request("norm-growth", "positive-definite", three, 3, 2, 2, alpha=ONE)
    results = pieces(request, limit=3)
    assert len(results) > 1
    assert not any(result.counterexample or result.reason for result in results.values())
    tree = assembled({place: result.piece for place, result in results.items()})
    matrices, start = matrix_class("positive-definite", 2), Points.from_rows(three)
    question = StatementQuestion("norm-growth", ONE, start, matrices, 2)
    claim = statement_claim(question, tree)
    data = family_certificate_data(matrices, ONE, start, 2, claim)
    assert verify(certificate_text(data))


def test_what_is_found_is_shrunk_and_begins_with_the_configuration():
    request = Request("distinctness-preserved", "symmetric", (), 4, 2, 2, alpha=ONE)
    result = next(r for index in range(30) if (r := examine(request, Task(index), 1000)).counterexample)
    tokens = [configuration(request, index).tokens for index in range(30)]
    assert read_document(result.began, "began").tokens in tokens
    for document in (result.began, result.counterexample):
        run = read_document(document, "found").run()
        assert STATEMENTS["distinctness-preserved"].decide(run).outcome == "fails"
    assert result.size[2] == len(result.counterexample["tokens"]) == 2


def test_blocks_of_matrices_are_all_of_them_and_the_answer_stays_open():
    request = Request("convergence", "positive-definite", PAIR, 2, 1, 10, alpha=ONE)
    assert set(pieces(request, 100)) == {()}
    request = Request("leader-vertex", "positive-definite", (), 2, 2, 10, seed=3)
    results = pieces(request, 20)
    assert sorted(results) == [(), *((b,) for b in range(1, len(results)))]
    assert sum(result.runs for result in results.values()) <= sum(GENERATED_MATRICES)
    assert {result.reason for result in results.values()} == {results[()].reason} != {None}


def test_sets_of_several_layers_are_all_kept():
    # The last token would have to attend the first pair and then the second: the matrix found does that.
    request = Request("convergence", "symmetric", (), 5, 3, 20, alpha=ONE)
    found = 0
    for index in range(25):
        asked = configuration(request, index)
        result = examine(request, Task(index), 1000) if asked.sets else None
        if result is not None and result.began is not None:
            run = read_document(result.began, "began").run(len(asked.sets))
            for layer, sets in enumerate(asked.sets):
                assert all(run.attention(layer)[i] == own for i, own in sets.items())
            found += 1
    assert found


def test_numbers_are_written_as_text():
    result = examine(Request("norm-growth", "general", PAIR, 2, 1, 1, alpha=Fraction(1, 2)), Task(0), 1)
    assert json.dumps(encode(result.piece)) == json.dumps(result.piece)


def test_the_limit_of_a_trial_is_decided_once_with_the_layers_asked_for(monkeypatch):
    asked, until = [], LockSearch.until

    def noted(search, layers):
        asked.append((search.trajectory.system, search.trajectory.state(0), layers))
        return until(search, layers)

    monkeypatch.setattr(LockSearch, "until", noted)
    result = examine(Request("limit-set", "symmetric", (), 3, 2, 30), Task(2), 60)
    assert result.counterexample is not None
    assert {layers for _, _, layers in asked} == {30}
    assert len(asked) - len(set(asked)) <= 1  # the one found is where shrinking begins
