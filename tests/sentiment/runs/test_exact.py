"""A review run exactly, against plain fractions and by hand."""

from fractions import Fraction

import numpy as np
from hypothesis import given

from exactdyn.floats.bounds import gap_bound, smallest_gap, state_bounds
from exactdyn.floats.runs import first_difference, follow, inner_products
from exactdyn.sentiment.audit.audit import exact_gap
from exactdyn.sentiment.model.model import Decoder, Model
from exactdyn.sentiment.model.review import make_review
from exactdyn.sentiment.runs.exact import class_of, exact_steps, run_review
from exactdyn.sentiment.runs.float_runs import float_model, score_bound
from tests.judges import reference
from tests.strategies import models_and_reviews


def plain_run(model, review):
    """The layers 0..depth in plain fractions, token by token."""
    identity = [[int(i == j) for j in range(model.dimension)] for i in range(model.dimension)]
    return reference.run(reference.system(identity, model.alpha, review.tokens(model).tolist()), model.depth)


@given(models_and_reviews())
def test_scores_leaders_and_attention_are_those_of_plain_fractions(drawn):
    model, review = drawn
    run = run_review(model, review)
    for layer, plain in enumerate(plain_run(model, review)):
        assert run.score(layer) == model.decoder.value(reference.mean(plain.tokens))
        for point, attended in enumerate(run.attended(layer)):
            wanted = {token for other in attended for token in run.members[other]}
            assert all(plain.attention[token] == wanted for token in run.members[point])
        leading = {frozenset(run.members[point]) for point in run.leading(layer)}
        assert leading == reference.leading_points(plain)
    assert sorted(token for tokens in run.members for token in tokens) == list(range(review.count))


@given(models_and_reviews())
def test_a_float_run_stays_within_its_bound_and_signs_rest_on_it(drawn):
    model, review = drawn
    run = run_review(model, review, layers=20)
    steps = exact_steps(run)
    start = model.encode([rows[0] for rows in run.rows])
    weights = np.array(run.weights, dtype=float)
    form = float_model(model)
    states = follow(start, weights, steps[:-1], form.tau)
    errors = state_bounds(start, steps[:-1])
    for layer in range(21):
        exact = run.places(layer)
        for place, floats in zip(exact, states[layer].tolist(), strict=True):
            off = max(abs(Fraction(x) - y) for x, y in zip(floats, place, strict=True))
            assert off <= Fraction(float(errors[layer]))
        score = form.score(states[layer], weights)
        bound = score_bound(form, states[layer], float(errors[layer]))
        assert abs(Fraction(score) - run.score(layer)) <= Fraction(bound)
    gap = exact_gap(run)
    found = smallest_gap(inner_products(states[: model.depth]), steps[: model.depth])
    if gap is None:
        assert found == float("inf")
    else:
        bound = gap_bound(start, float(errors[model.depth]))
        assert abs(Fraction(found) - gap.value) <= Fraction(bound)


@given(models_and_reviews())
def test_a_float_run_departs_where_its_sets_first_differ(drawn):
    model, review = drawn
    run = run_review(model, review, layers=60)
    steps = exact_steps(run)
    start = model.encode([rows[0] for rows in run.rows]).astype(np.float32)
    weights = np.array(run.weights, dtype=float)
    tau = float_model(model).tau
    states = follow(start, weights, steps[:-1], tau)
    wrong = [
        layer
        for layer, (products, step) in enumerate(zip(inner_products(states), steps, strict=True))
        if [tuple(np.flatnonzero(row == row.max()).tolist()) for row in products] != list(step.sets)
    ]
    assert first_difference(states, steps) == (wrong[0] if wrong else None)


def test_words_that_share_a_vector_are_one_point():
    vectors = np.array([[1.0], [0.5], [1.0], [-0.0], [0.0]])
    model = Model(
        np.arange(5), vectors, Fraction(1), Decoder((Fraction(1),), Fraction(0)), dict(enumerate("abcde"))
    )
    run = run_review(model, make_review("shared", None, [0, 1, 2, 3, 4, 4]))
    assert [run.word(point) for point in range(3)] == ["a/c", "b", "d/e"]
    assert run.weights == [2, 1, 3]
    assert run.leading(0) == (0,)


def test_a_score_of_zero_has_no_class():
    assert [class_of(score) for score in (Fraction(1, 10**9), Fraction(0), Fraction(-1))] == [
        "positive",
        "undetermined",
        "negative",
    ]
