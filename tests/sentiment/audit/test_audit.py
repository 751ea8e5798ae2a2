"""An audit counts what its surveys say, and finds the smallest gap of all reviews."""

import pytest

from exactdyn.errors import InputError
from exactdyn.sentiment.audit.audit import exact_gap, run_audit
from exactdyn.sentiment.explain.explanation import explain
from exactdyn.sentiment.model.load import load_model, load_reviews
from exactdyn.sentiment.runs.exact import run_review


@pytest.fixture(scope="module")
def handmade():
    model = load_model("handmade")
    return model, load_reviews("handmade", model)


def test_an_audit_counts_what_every_review_explained_by_itself_says(handmade):
    model, reviews = handmade
    audit = run_audit(model, reviews, processes=1)
    explained = [explain(model, review) for review in reviews]
    right = [(own.scores[-1] > 0) == bool(own.review.label) for own in explained if own.scores[-1] != 0]
    assert (audit.labelled, audit.correct) == (len(reviews), sum(right))
    counts = [len(own.leaders) for own in explained]
    assert audit.leaders_per_review["mean"] == sum(counts) / len(counts)
    assert (audit.leaders_per_review["min"], audit.leaders_per_review["max"]) == (min(counts), max(counts))
    words = [own.run.word(point) for own in explained for point in own.leaders]
    assert dict(audit.top_leaders) == {word: words.count(word) for word in words}
    layers = [layer for own in explained for layer in own.leaders.values()]
    assert audit.leaders_appear == {layer: layers.count(layer) for layer in sorted(set(layers))}
    assert audit.limits_proved == sum(own.limit_score is not None for own in explained)


def test_the_smallest_gap_is_that_of_the_review_that_has_it(handmade):
    model, reviews = handmade
    gaps = [exact_gap(run_review(model, review)) for review in reviews]
    known = [gap for gap in gaps if gap is not None]
    assert run_audit(model, reviews, processes=1).smallest_gap().value == min(gap.value for gap in known)


def test_progress_is_told_review_by_review(handmade):
    model, reviews = handmade
    told = []
    run_audit(model, reviews, processes=1, progress=told.append)
    assert told == list(range(1, len(reviews) + 1))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reviews": []}, "reviews: requires at least one"),
        ({"layers": 2}, "layers: requires 3"),
        ({"layers": 10**6}, "layers: requires 3"),
        ({"processes": 0}, "processes: requires an integer of at least 1, got 0"),
    ],
)
def test_an_audit_of_nothing_or_of_too_few_layers_is_refused(handmade, changes, message):
    model, reviews = handmade
    with pytest.raises(InputError, match=message):
        run_audit(**({"model": model, "reviews": reviews} | changes))
