"""Choosing the leaders: every answer is checked by the trusted checker and against what is known."""

import random
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.lead import Question, largest, lead, realise
from exactdyn.numbers.points import Points
from exactdyn.systems.hardmax import Hardmax
from tests.amounts import amount
from tests.judges.every_matrix import CLASSES, belongs
from tests.judges.reference import attention, rational_rows
from tests.judges.truth import in_hull
from tests.planted import accepted, attention_question, question, z3_finds_a_matrix
from tests.strategies import token_sets

GAPS = [0, 10, 40, 100, 300]
KINDS = ["feasible", "random", "swapped"]
COLLINEAR = [[1, 0], [2, 0], [3, 0]]
AROUND = [[1, 0], [0, 1], [-1, -1]]


def leaders_of(A, tokens):
    return {i for i, own in enumerate(attention(A, tokens)) if own == {i}}


def assert_decided_and_proved(count, dimension, kind, gap, seed):
    asked, sets = attention_question(count, dimension, kind, gap, seed)
    answer = realise(asked, sets)
    assert answer.status in ("found", "none")
    assert accepted(asked, answer).claims[0].verdict == ("fails" if answer.status == "found" else "holds")
    if count == 5 and gap <= 100:
        assert z3_finds_a_matrix(asked, sets) == (answer.status == "found")
    if kind == "feasible" and not gap:
        assert answer.status == "found"


@pytest.mark.parametrize(
    ("count", "dimension", "gap"),
    [(5, 2, gap) for gap in GAPS]
    + [(10, 3, gap) for gap in (0, 40, 300)]
    + [(20, 4, gap) for gap in (0, 40)],
)
def test_feasible_infeasible_and_nearly_tied_programs_are_decided(count, dimension, gap):
    for kind in KINDS:
        assert_decided_and_proved(count, dimension, kind, gap, seed=0)


@pytest.mark.slow
@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize(
    ("count", "dimension", "seeds"), [(5, 2, amount(25, 100)), (10, 3, amount(7, 28)), (20, 4, amount(1, 6))]
)
def test_two_thousand_programs_are_decided(count, dimension, seeds, gap):
    for seed in range(1, seeds + 1):
        for kind in KINDS:
            assert_decided_and_proved(count, dimension, kind, gap, seed)


@given(st.data())
@settings(max_examples=60)
def test_every_answer_is_accepted_by_the_checker_and_its_matrix_does_what_was_asked(data):
    dimension = data.draw(st.integers(1, 3))
    tokens = data.draw(token_sets(dimension, largest=4))
    kind = data.draw(st.sampled_from(CLASSES))
    asked = Question(Fraction(1), Points.from_rows(tokens), matrix_class(kind, dimension))
    named = data.draw(st.sets(st.integers(0, len(tokens) - 1)))
    only = data.draw(st.booleans())
    answer = lead(asked, sorted(named), only)
    if answer.status == "undecided":
        assert "definite" in kind
        return
    accepted(asked, answer)
    if answer.status == "found":
        found = leaders_of(answer.A, rational_rows(tokens))
        assert found == set(answer.leaders)
        assert found == named if only else found >= named
        assert belongs(answer.A, kind)


@given(st.integers(0, 10**6))
@settings(max_examples=30)
def test_tokens_in_convex_position_on_a_circle_all_lead_for_the_identity_and_so_for_some_matrix(seed):
    draw = random.Random(seed)
    parameters = sorted({Fraction(draw.randint(-20, 20), 7) for _ in range(6)})
    tokens = [[(1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)] for t in parameters]
    run = Hardmax(alpha=1).run(tokens, 0)
    assert set(run.leaders) == set(range(len(tokens)))
    answer = lead(question(tokens, "positive-definite"), list(range(len(tokens))), only=True)
    assert answer.status == "found"


@given(token_sets(2, largest=5))
@settings(max_examples=40)
def test_the_leaders_of_the_identity_are_found_to_be_possible(tokens):
    run = Hardmax(alpha=1).run(tokens, 0)
    answer = lead(question(tokens, "positive-definite"), sorted(run.leaders), only=True)
    assert answer.status == "found"


def test_the_middle_one_of_collinear_tokens_never_leads():
    asked = question(COLLINEAR)
    answer = lead(asked, [1])
    assert answer.status == "none"
    accepted(asked, answer)


def test_three_tokens_around_the_origin_can_all_lead_and_the_matrix_is_simple():
    answer = lead(question(AROUND), [0, 1, 2])
    assert rational_rows([[1, 0], [0, 1]]) == answer.A
    assert answer.margin == Fraction(1, 2)


def test_the_matrices_of_an_exact_set_of_leaders_are_not_convex():
    tokens = rational_rows([[1, 0], [0, 2], [0, -2]])
    first, second = rational_rows([[1, 1], [1, 4]]), rational_rows([[1, -1], [-1, 4]])
    assert leaders_of(first, tokens) == leaders_of(second, tokens) == {1, 2}
    assert leaders_of(rational_rows([[1, 0], [0, 4]]), tokens) == {0, 1, 2}
    answer = lead(question(tokens), [1, 2], only=True)
    assert answer.leaders == (1, 2)
    assert answer.margin > 0


def test_leaders_possible_for_symmetric_matrices_are_proved_impossible_for_positive_definite_ones():
    # If token 1 leads, then <A z_1, z_1 - z_0> > 0 with z_1 = 0.4 z_0 + ...: only an indefinite A does that.
    tokens = [[2, 0], [1, 0], [0, 1]]
    asked = {kind: question(tokens, kind) for kind in ("symmetric", "positive-definite")}
    assert lead(asked["symmetric"], [1]).status == "found"
    answer = lead(asked["positive-definite"], [1])
    assert answer.status == "none"
    assert "cuts" in answer.claim["evidence"]["cases"][0]
    accepted(asked["positive-definite"], answer)


@pytest.mark.parametrize("seed", range(6))
def test_the_largest_set_of_leaders_is_larger_than_no_set_that_can_lead(seed):
    draw = random.Random(seed)
    tokens = [[draw.randint(-3, 3), draw.randint(-3, 3)] for _ in range(4)]
    asked = question(tokens)
    most, more = largest(asked)
    accepted(asked, most)
    assert more.status == "none"
    if more.claim is not None:
        accepted(asked, more)
    possible = [
        len(named)
        for size in range(5)
        for named in combinations(range(4), size)
        if lead(asked, named).status == "found"
    ]
    assert len(most.leaders) == max(possible)


def test_a_token_can_lead_later_although_it_did_not_lead_at_first():
    tokens = [[1], [3], [-2]]
    for layer in (0, 1, 2):
        asked = question(tokens, layer=layer)
        answer = lead(asked, [1, 2])
        accepted(asked, answer)
        assert answer.status == "found"
    asked = question(COLLINEAR, layer=1)
    answer = lead(asked, [1])
    accepted(asked, answer)
    assert answer.status == ("none" if in_hull((Fraction(2),), [(Fraction(1),), (Fraction(3),)]) else "found")


@pytest.mark.parametrize(("leaders", "got"), [([3], "3"), ([-1], "-1"), (["0"], "'0'"), ([True], "True")])
def test_a_token_that_does_not_exist_is_refused(leaders, got):
    with pytest.raises(InputError, match=rf"leaders\[0\]: requires an integer from 0 to 2, got {got}"):
        lead(question(AROUND), leaders)


@pytest.mark.parametrize("layer", [-1, True, "0", 10**6])
def test_a_layer_that_does_not_exist_is_refused(layer):
    with pytest.raises(InputError, match="layer: requires an integer from 0"):
        lead(question(AROUND, layer=layer), [0])


@pytest.mark.parametrize("layer", [0, 1])
def test_where_a_case_stays_undecided_the_cases_below_it_may_decide(layer):
    # Sixteen matrices for which (2, 2, 1) beats (-3, -3, -1) are not positive definite; each further case is
    # decided at once.
    asked = question([[-3, -3, -1], [-3, -2, -3], [2, 2, 1]], "positive-definite", layer=layer)
    answer = lead(asked, [], only=True)
    assert answer.status == "none"
    accepted(asked, answer)
