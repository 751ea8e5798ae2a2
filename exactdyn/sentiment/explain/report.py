"""An explanation as plain data: what ``explain --json`` prints and the page draws."""

from __future__ import annotations

from exactdyn.numbers.reading import nearest_float
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.sentiment.runs.exact import class_of
from proofs_checks.format.rationals import write_rational


def explanation_data(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as JSON data; points are numbered as in ``points``, layers count from 0.

    Scores and the leaders' values are exact ("p/q") and rounded; places and the other values are rounded.

    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.explain.explanation import explain
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> data = explanation_data(explain(model, load_reviews("handmade", model)[3]))
    >>> data["class"], [leader["word"] for leader in data["leaders"]], data["between"]
    ('positive', ['film', 'best', 'waste', 'love'], [1])
    """
    last = len(explanation.places) - 1
    score = explanation.scores[-1]
    return {
        "review": explanation.review.name,
        "label": explanation.review.label,
        "class": class_of(score),
        "score": write_rational(score),
        "score_float": nearest_float(*score.as_integer_ratio()),
        "tokens": explanation.review.count,
        "padding": explanation.padding,
        "depth": last,
        "scores": [write_rational(own) for own in explanation.scores],
        "scores_float": [nearest_float(*own.as_integer_ratio()) for own in explanation.scores],
        "without_padding": _without_padding(explanation),
        "points": [_point(explanation, point) for point in explanation.points],
        "leaders": [_leader(explanation, point) for point in explanation.leaders],
        "between": list(explanation.between),
        "changed_side": list(explanation.changed_side),
        "means": [[nearest_float(*x.as_integer_ratio()) for x in mean] for mean in explanation.means],
        "limit": _limit(explanation),
    }


def _without_padding(explanation: Explanation) -> dict[str, object] | None:
    scores = explanation.scores_without_padding
    if scores is None:
        return None
    return {
        "class": class_of(scores[-1]),
        "scores": [write_rational(own) for own in scores],
        "scores_float": [nearest_float(*own.as_integer_ratio()) for own in scores],
    }


def _point(explanation: Explanation, point: int) -> dict[str, object]:
    run = explanation.run
    return {
        "word": run.word(point),
        "rows": list(run.rows[point]),
        "count": len(run.members[point]),
        "leads_from": explanation.leaders.get(point),
        "values": [nearest_float(*values[point].as_integer_ratio()) for values in explanation.values],
        "places": [
            [nearest_float(*x.as_integer_ratio()) for x in places[point]] for places in explanation.places
        ],
        "attends": [list(sets[point]) for sets in explanation.attended],
    }


def _leader(explanation: Explanation, point: int) -> dict[str, object]:
    value = explanation.values[-1][point]
    return {
        "point": point,
        "word": explanation.run.word(point),
        "from_layer": explanation.leaders[point],
        "value": write_rational(value),
        "value_float": nearest_float(*value.as_integer_ratio()),
        "cluster": list(explanation.clusters[point]),
    }


def _limit(explanation: Explanation) -> dict[str, object]:
    found, score = explanation.limit, explanation.limit_score
    return {
        "status": found.status,
        "layer": found.layer,
        "score": None if score is None else write_rational(score),
        "score_float": None if score is None else nearest_float(*score.as_integer_ratio()),
        "class": None if score is None else class_of(score),
        "is_the_class_of_the_last_layer": explanation.has_the_class_of_the_limit,
        "reason": found.reason,
    }
