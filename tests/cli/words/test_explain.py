"""An explanation as text names the words of the review."""

import pytest

from exactdyn.cli.words.explain import explanation_table
from exactdyn.sentiment.explain.explanation import explain
from exactdyn.sentiment.model.load import load_model, load_reviews

MODEL = load_model("handmade")
REVIEWS = load_reviews("handmade", MODEL)


@pytest.mark.parametrize("review", REVIEWS, ids=lambda review: review.name)
def test_the_review_its_class_and_its_words_are_there(review):
    explanation = explain(MODEL, review)
    text = explanation_table(explanation, None)
    verdict = "positive" if explanation.scores[-1] > 0 else "negative"
    assert text.startswith(f"{review.name}: {verdict}")
    assert f"{review.count} token" in text.splitlines()[0]
    assert not [line for line in text.splitlines() if line != line.rstrip()]
