"""A survey, from floats where their bounds prove it, says what the exact run says."""

from hypothesis import given

from exactdyn.sentiment.audit.survey import survey
from exactdyn.sentiment.explain.explanation import explain
from tests.strategies import models_and_reviews


@given(models_and_reviews())
def test_a_survey_says_what_the_exact_run_says(drawn):
    model, review = drawn
    found = survey(model, review, layers=12)
    explained = explain(model, review)
    score = explained.scores[-1]
    assert found.sign == (score > 0) - (score < 0)
    assert found.leaders == tuple(explained.run.rows[point] for point in explained.leaders)
    assert found.appeared == tuple(explained.leaders.values())
    assert [tie[0] for tie in found.ties] == [
        layer for layer, sets in enumerate(explained.attended[:-1]) for own in sets if len(own) > 1
    ]
    if explained.limit_score is not None:
        limit = explained.limit_score
        assert found.limit_sign == (limit > 0) - (limit < 0)
