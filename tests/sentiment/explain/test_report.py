"""What ``explain --json`` prints is what the explanation holds, exactly where it says so."""

import json
from fractions import Fraction

import pytest

from exactdyn.sentiment.explain.explanation import explain
from exactdyn.sentiment.explain.report import explanation_data
from exactdyn.sentiment.model.load import load_model, load_reviews


@pytest.mark.parametrize("number", range(4))
def test_scores_are_exact_and_points_those_of_the_run(number):
    model = load_model("handmade")
    found = explain(model, load_reviews("handmade", model)[number])
    data = json.loads(json.dumps(explanation_data(found)))
    assert [Fraction(score) for score in data["scores"]] == list(found.scores)
    assert data["scores_float"] == [float(score) for score in found.scores]
    assert sum(point["count"] for point in data["points"]) == data["tokens"] == found.review.count
    assert {own["point"]: own["from_layer"] for own in data["leaders"]} == found.leaders
    for leader in data["leaders"]:
        assert Fraction(leader["value"]) == found.values[-1][leader["point"]]
        assert tuple(leader["cluster"]) == found.clusters[leader["point"]]
    for number_of, point in enumerate(data["points"]):
        assert [tuple(own) for own in point["attends"]] == [sets[number_of] for sets in found.attended]
