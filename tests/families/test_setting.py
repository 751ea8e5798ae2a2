"""All matrices at once with a schedule, values, a mask, a rule for ties: held against brute force."""

import json
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.errors import InputError
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.guarantees import proving
from exactdyn.families.questions.itineraries import gathered, itinerary_search
from exactdyn.families.questions.lead import Question, largest, lead
from exactdyn.families.questions.statement import StatementQuestion, explore
from exactdyn.families.setting import Setting
from exactdyn.layer.relu import Relu
from exactdyn.numbers.points import Points
from exactdyn.statements.catalogue import ON_LAYERS
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from exactdyn.systems.schedule import Schedule
from proofs_checks import RejectedError, verify
from tests.judges.oracle.families import run_of
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.reference import Computed
from tests.random_families import random_kind

TOKENS = {
    1: [[[1], [-1]], [[1], [2], [-1]], [[2], [2], [-1]], [[3], [4], [2]], [[0], [1], [1]]],
    2: [[[1, 0], [0, 1], [-1, -1]], [[1, 0], [2, 0], [0, 1]], [[1, 1], [1, 1], [0, -1]]],
}


def family(around, tokens, kind):
    """The member ``family`` of a certificate about all of a class."""
    start = Points.from_rows(tokens)
    matrices = matrix_class(kind, start.dimension)
    return json.loads(certificate_text(family_certificate_data(matrices, around, start, 0, {})))["family"]


def small_matrices(dimension, kind):
    values = range(-2, 3) if dimension == 1 or kind == "symmetric" else range(-1, 2)
    for entries in product(values, repeat=dimension**2):
        A = tuple(
            tuple(Fraction(x) for x in entries[r * dimension : (r + 1) * dimension]) for r in range(dimension)
        )
        if kind == "general" or tuple(zip(*A, strict=True)) == A:
            yield A


def runs(around, tokens, kind, layers):
    data = family(around, tokens, kind)
    for A in small_matrices(len(tokens[0]), kind):
        yield A, run_of(data, A, layers)


def cases(count):
    for seed in range(count):
        rng = Random(f"setting {seed}")
        dimension = rng.choice([1, 1, 2])
        tokens, kind = rng.choice(TOKENS[dimension]), rng.choice(["general", "symmetric"])
        try:
            around = random_kind(rng, len(tokens), dimension)
            around.step(0), around.step(1)
        except InputError:
            continue
        if Setting.of(around).alpha is None:
            yield around, tokens, kind


def test_every_itinerary_of_every_small_matrix_is_found_with_a_certificate():
    for around, tokens, kind in cases(14):
        start = Points.from_rows(tokens)
        matrices = matrix_class(kind, start.dimension)
        search = itinerary_search(around, start, matrices, 2, ties=True)
        search.run(limit=400)
        if not search.finished:
            continue
        result = gathered(search)
        assert result.complete
        data = family_certificate_data(matrices, around, start, 1, result.claim)
        verify(certificate_text(data))
        found = {itinerary.attention for itinerary in result.itineraries}
        for _, states in runs(around, tokens, kind, 1):
            assert tuple(layer.attention for layer in states) in found
        for itinerary in result.itineraries:
            states = run_of(family(around, tokens, kind), itinerary.A, 1)
            assert tuple(layer.attention for layer in states) == itinerary.attention


@pytest.mark.parametrize("only", [False, True])
@pytest.mark.parametrize("layer", [0, 1])
def test_whether_tokens_can_lead_agrees_with_all_small_matrices(only, layer):
    outcomes = set()
    for around, tokens, kind in cases(16):
        start = Points.from_rows(tokens)
        seen = Setting.of(around).seen(start.count)
        if seen is not None and 0 not in seen[0]:
            continue
        question = Question(around, start, matrix_class(kind, start.dimension), layer)
        answer = lead(question, [0], only)
        doing = [
            leading == {0} if only else 0 in leading
            for _, states in runs(around, tokens, kind, layer)
            for leading in [{i for i, own in enumerate(states[layer].attention) if own == {i}}]
        ]
        assert answer.status == "found" or not any(doing), (around, tokens, kind)
        verify(
            certificate_text(family_certificate_data(question.matrices, around, start, layer, answer.claim))
        )
        outcomes.add(answer.status)
    assert outcomes == {"found", "none"}


def test_not_more_tokens_lead_for_any_small_matrix():
    for around, tokens, kind in cases(12):
        start = Points.from_rows(tokens)
        most, more = largest(Question(around, start, matrix_class(kind, start.dimension)))
        assert more.status == "none"
        for _, states in runs(around, tokens, kind, 0):
            assert sum(own == {i} for i, own in enumerate(states[0].attention)) <= len(most.leaders)


@pytest.mark.parametrize("statement", ON_LAYERS)
def test_a_statement_fails_for_no_small_matrix_where_it_is_proved_for_all(statement):
    outcomes = set()
    for around, tokens, kind in cases(8):
        start = Points.from_rows(tokens)
        question = StatementQuestion(statement, around, start, matrix_class(kind, start.dimension), 2)
        answer = explore(question, limit=300)
        fails = [
            not BY_DEFINITION[statement](Computed(A, states)) for A, states in runs(around, tokens, kind, 2)
        ]
        if answer.found is not None:
            states = run_of(family(around, tokens, kind), answer.found, 2)
            assert not BY_DEFINITION[statement](Computed(answer.found, states))
        elif not answer.below and not answer.reasons:
            assert not any(fails)
        if proving(statement, kind, around) is not None:
            assert not any(fails)
            outcomes.add("lemma")
        outcomes.add(answer.found is not None)
    # A = 0 belongs to both classes, and for it nothing grows.
    assert (outcomes == {True}) == (statement == "norm-growth")


def test_a_mask_that_hides_nobody_is_none():
    setting = Setting.of(Hardmax(alpha=2, mask=[[1, 1], [1, 1]]))
    assert setting == Setting.of(Fraction(2))


@pytest.mark.parametrize(
    ("around", "words"),
    [
        (
            HardAttention([Head(), Head([[-1]]), Head([[2]])]),
            "heads: requires heads that differ in V alone, .*, got 2 that differ in A, mask or ties",
        ),
        (HardAttention([Head(), Head(mask="causal")]), "heads: requires heads that differ in V alone"),
        (HardAttention([Head(ties="first"), Head()]), "heads: requires heads that differ in V alone"),
        (HardAttention([Head()], tau=-1, relu=Relu([[1]], [0], [[1]], [0])), "relu: requires no ReLU block"),
        (
            Hardmax(A=[[[1]], [[2]]]),
            "A: requires one matrix, as one for all layers is sought, got a list of 2",
        ),
    ],
)
def test_what_is_no_single_matrix_is_refused_in_one_line(around, words):
    with pytest.raises(InputError, match=words):
        Setting.of(around)


@pytest.mark.parametrize(
    ("heads", "steps"),
    [
        ([Head(), Head()], {"alpha": "1/2"}),
        ([Head(), Head()], {"tau": ["1/2", "-1/3"], "period": 2}),
        ([Head([[3]]), Head()], {"tau": "2/(k+2)"}),
        ([Head(mask="causal"), Head(mask="causal"), Head(mask="causal")], {"alpha": "2/(k+2)"}),
        ([Head(V=[[2]]), Head([[3]], V=[[[1]], [["1/2"]]])], {"alpha": 1}),
    ],
)
def test_heads_that_differ_in_their_values_alone_are_one_head(heads, steps):
    several = HardAttention(heads, **steps)
    one = Setting.of(several).with_matrices(((Fraction(2),),))
    again = HardAttention([Head([[2]], V=head.V, mask=head.mask) for head in heads], **steps)
    tokens = [["1/2"], [-1], [3], [-2]]
    runs = [system.run(tokens, 4) for system in (one, again)]
    for k in range(5):
        assert runs[0].tokens(k) == runs[1].tokens(k)
        assert runs[0].attention(k) == runs[1].attention(k)


def test_a_schedule_of_heads_that_has_no_step_is_refused():
    with pytest.raises(
        InputError, match="tau: requires a step for 3 heads that attend alike, got -1/2, a pole"
    ):
        Schedule.of_tau("-1/2").times(3)


def test_a_token_that_does_not_see_itself_is_refused_as_a_leader():
    question = Question(Hardmax(mask="strict"), Points.from_rows([[1], [2]]), matrix_class("general", 1))
    with pytest.raises(InputError, match=r"leaders\[0\]: requires a token that sees itself, got 1"):
        lead(question, [1])


@pytest.mark.parametrize(
    ("beside", "statement", "lemma", "words"),
    [
        # tokens 3, 4, 2 meet under a causal mask; 2, -3, 2 are led away where late tokens see more
        ({"mask": "causal"}, "distinctness-preserved", "no-collision", "all tokens see the same"),
        ({"tau": {"listed": ["3/2"]}}, "hull-shrinkage", "convex-step", "convex steps"),
        ({"tau": {"listed": ["1"]}}, "leaders-persist", "leaders-persist", "keep a part"),
        ({"mask": "strict"}, "norm-growth", "norm-growth", "tokens see themselves"),
        ({"ties": "first"}, "leaders-extreme", "leader-exposed", "ties kept"),
        ({"mask": "causal"}, "leaders-extreme", "leader-exposed", "sees all"),
    ],
)
def test_a_lemma_is_refused_for_all_matrices_where_a_kind_lacks_what_it_needs(
    beside, statement, lemma, words
):
    claim = {"claim": statement, "verdict": "holds", "scope": "every layer", "lemma": lemma}
    document = {"format": "exactdyn certificate", "version": 2, "layers": 0, "claims": [claim]}
    with pytest.raises(RejectedError, match=words):
        verify(json.dumps(document | {"family": {"class": "positive-definite"} | beside}))
    verify(json.dumps(document | {"family": {"class": "positive-definite"}}))
