"""An explanation says what the exact run does: leaders, clusters, sides, the limit."""

from fractions import Fraction

from exactdyn.sentiment.explain.explanation import explain
from exactdyn.sentiment.model.load import load_model, load_reviews


def test_clusters_sides_and_the_limit_of_a_review():
    model = load_model("handmade")
    found = explain(model, load_reviews("handmade", model)[3])
    words = [found.run.word(point) for point in found.points]
    assert words == ["film", "plot", "best", "waste", "love"]
    assert found.leaders == {0: 0, 2: 0, 3: 0, 4: 0}
    assert found.clusters == {0: (0,), 2: (2,), 3: (3,), 4: (4,)}
    assert found.between == (1,)
    assert found.limit.limits[found.run.members[1][0]] == (Fraction(-2), Fraction(0))
    assert (
        found.limit_score == found.scores[-1] - (found.values[-1][1] - found.model.decoder.value((-2, 0))) / 6
    )
    assert found.has_the_class_of_the_limit is True
