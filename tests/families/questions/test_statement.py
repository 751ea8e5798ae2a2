"""Does a statement fail for some matrix of a class: against brute force, known cells and the checker."""

import json
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import limit
from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.classes.small_matrices import hunted_matrices
from exactdyn.families.questions.guarantees import Narrowing, proving
from exactdyn.families.questions.statement import explore
from exactdyn.statements.catalogue import CATALOGUE, ON_LAYERS, STATEMENTS
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import RejectedError, describe, verify
from tests.amounts import amount
from tests.families.statement_questions import AROUND, asked, certificate
from tests.judges.every_matrix import CLASSES, belongs, counterexamples
from tests.judges.reference import rational_rows
from tests.strategies import ALPHAS, token_sets


def proved_by(*meant):
    """The name of the lemma that excludes failure; None where there is none."""
    lemma = proving(*meant)
    return None if lemma is None else lemma.name


def assert_fails(question, A):
    """The matrix belongs to the class, and the statement fails for it in an actual run."""
    assert belongs(A, question.matrices.kind)
    run = question.setting.with_matrices(A).run(question.start.rows(), question.layers)
    assert ON_LAYERS[question.statement].decide(run).outcome == "fails"


def assert_decided(question):
    """Found and true, or excluded by a certificate that is accepted; the answer is returned."""
    answer = explore(question)
    assert answer.below == () or answer.found is not None
    if answer.found is not None:
        assert_fails(question, answer.found)
    elif not answer.reasons:
        verify(certificate(question, answer.piece))
    return answer


@given(st.data())
@settings(max_examples=amount(30, 100), deadline=None)
def test_no_small_matrix_violates_what_is_excluded_and_what_is_found_fails(data):
    dimension = data.draw(st.sampled_from([1, 1, 2]))
    tokens = data.draw(token_sets(dimension, largest=3))
    question = asked(
        data.draw(st.sampled_from(list(ON_LAYERS))),
        tokens,
        data.draw(st.sampled_from(CLASSES)),
        data.draw(st.integers(1, 3 - dimension)),
        data.draw(ALPHAS),
        data.draw(st.booleans()),
    )
    answer = assert_decided(question)
    if answer.found is None and not answer.reasons:
        rows, kind = rational_rows(tokens), question.matrices.kind
        tried = counterexamples(
            question.statement, kind, question.around, rows, question.layers, question.ties
        )
        assert list(tried) == []


def test_cyclic_attention_lowers_the_norm_of_three_tokens():
    answer = assert_decided(asked("norm-growth", AROUND, layers=3))
    assert answer.found is not None
    answer = assert_decided(asked("norm-growth", AROUND, "positive-definite-part"))
    assert answer.found is not None


def test_the_norm_of_a_semidefinite_matrix_stays_the_same_only_at_a_tie():
    pair = [[1, 0], [1, 1]]
    found = assert_decided(asked("norm-growth", pair, "positive-semidefinite", 3)).found
    verdict = STATEMENTS["norm-growth"].decide(Hardmax(found, 1).run(pair, 3))
    assert verdict.witness["q_before"] == verdict.witness["q_after"]
    question = asked("norm-growth", pair, "positive-semidefinite", 3, ties=False)
    answer = assert_decided(question)
    assert answer.found is None
    lines = describe(verify(certificate(question, answer.piece)))
    without = "without avoidable ties (that other matrices of the family do not have)"
    assert lines[-1].endswith(f"[layers 0..3, by cases], said only of matrices {without}")


def test_opposite_tokens_meet_unless_the_matrix_is_positive_semidefinite():
    positive = [kind for kind in CLASSES if kind.startswith("positive")]
    for kind in CLASSES:
        if kind in positive:
            continue
        assert assert_decided(asked("distinctness-preserved", [[1], [-1]], kind)).found == ((-1,),)
        assert proved_by("distinctness-preserved", kind, Fraction(1)) is None
    for kind in positive:
        answer = assert_decided(asked("distinctness-preserved", [[1], [-1]], kind))
        assert (answer.found, answer.reasons) == (None, ())
        assert proved_by("distinctness-preserved", kind, Fraction(1)) == "no-collision"


def test_tokens_that_only_meet_in_the_second_step_are_found_there():
    tokens = [["1/2"], ["-1/2"], ["7/16"], ["3/16"]]
    for layers, found in ((1, None), (2, rational_rows([[-1]]))):
        answer = assert_decided(asked("distinctness-preserved", tokens, layers=layers, alpha="1/2"))
        assert answer.found == found


@pytest.mark.parametrize(
    ("statement", "tokens"),
    [
        ("hull-shrinkage", [[-1], [1], ["1/2"]]),
        ("leaders-persist", [[-1], [1], ["1/2"]]),
        ("leaders-extreme", [[-1], [1], ["1/2"]]),
    ],
)
def test_a_negative_coefficient_breaks_what_a_lemma_excludes_for_positive_ones(statement, tokens):
    assert assert_decided(asked(statement, tokens, layers=2, alpha=-2)).found is not None
    assert assert_decided(asked(statement, tokens, layers=2, alpha=2)).found is None


def test_growth_is_proved_by_cases_where_the_lemma_proves_it_too():
    question = asked("norm-growth", [*AROUND, [1, 2]], "positive-definite", 2)
    answer = assert_decided(question)
    assert (answer.found, answer.reasons) == (None, ())
    lines = describe(verify(certificate(question, answer.piece)))
    assert lines[-1].endswith("grows for every token that moves [layers 0..2, by cases]")


@pytest.mark.parametrize("kind", ["general", "positive-semidefinite-part"])
@pytest.mark.parametrize("pattern", ["1, b; -b, 1", "a, b; -b, a", "0, 1; -1, 0"])
@pytest.mark.parametrize("statement", ["norm-growth", "distinctness-preserved"])
def test_a_pattern_narrows_the_question(statement, pattern, kind):
    for alpha in ("1", "2/7"):
        answer = assert_decided(asked(statement, AROUND, kind, 2, alpha, pattern=pattern))
        assert answer.reasons == ()
        if answer.found is not None:
            (a, b), (c, d) = answer.found
            assert (a, b) == (d, -c)
            assert pattern.startswith("a") or a == int(pattern[0])


def test_tokens_that_cannot_meet_need_no_cases_at_all():
    answer = explore(asked("distinctness-preserved", [[1, 0], [0, 1], [-1, -1]], alpha="2/7"))
    assert (answer.piece, answer.programs) == ([{"holds": {}}], 0)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"statement": "convergence"}, "statement: requires one of hull-shrinkage, norm-growth"),
        ({"layers": 0}, "layers: requires an integer from 1"),
        ({"layers": True}, "layers: requires an integer from 1"),
        ({"layers": 10**6}, "layers: requires an integer from 1"),
        ({"kind": "orthogonal"}, "class: requires one of general, symmetric"),
    ],
)
def test_a_question_that_is_none_is_refused(changes, message):
    with pytest.raises(InputError, match=message):
        asked(**({"statement": "norm-growth", "tokens": AROUND} | changes))


LIMITS = ("convergence", "attention-settles", "leader-vertex", "limit-set")
WHATEVER = Narrowing(2, frozenset({"nonzero-tokens", "distinct-tokens"}))


@pytest.mark.slow
@pytest.mark.parametrize("dimension", [1, 2, 3])
@given(data=st.data())
@settings(max_examples=amount(40, 400), deadline=None)
def test_what_a_lemma_says_of_the_limit_fails_for_no_small_matrix(dimension, data):
    # The checker is asked of given tokens, copies and 0 among them; a check first looks at the limit itself.
    statement, alpha = data.draw(st.sampled_from(LIMITS)), data.draw(ALPHAS)
    kind = data.draw(st.sampled_from(["positive-semidefinite", "positive-definite"]))
    tokens = rational_rows(data.draw(token_sets(dimension, largest=4)))
    lemma = proved_by(statement, kind, Fraction(1), WHATEVER)
    if lemma is None:
        return
    family = {"class": kind, "alpha": str(alpha), "tokens": [[str(x) for x in z] for z in tokens]}
    claim = {"claim": statement, "verdict": "holds", "scope": "every layer", "lemma": lemma}
    document = {"format": "exactdyn certificate", "version": 1, "family": family, "layers": 0}
    try:
        verify(json.dumps(document | {"claims": [claim]}))
    except RejectedError:
        return
    for A in islice(hunted_matrices(matrix_class(kind, dimension), 3, 40, 10, "0"), 50):
        run = Hardmax(A, alpha).run(tokens, 0)
        assert CATALOGUE[statement].decide(run, limit(run, 30)).outcome != "fails"
