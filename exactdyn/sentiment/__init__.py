"""The trained sentiment model of arXiv 2407.01602, section 4: loaded, run exactly, explained, audited.

>>> from exactdyn.sentiment import explain, load_model, load_reviews
>>> model = load_model("handmade")
>>> explanation = explain(model, load_reviews("handmade", model)[0])
>>> [explanation.run.word(point) for point in explanation.leaders]
['great', 'time']
"""

from exactdyn.sentiment.audit.audit import Audit, run_audit
from exactdyn.sentiment.explain.explanation import Explanation, explain
from exactdyn.sentiment.model.load import load_model, load_reviews, read_review_file
from exactdyn.sentiment.model.model import Decoder, Model
from exactdyn.sentiment.model.review import Review, TextWords, make_review
from exactdyn.sentiment.model.review_file import ReviewFile
from exactdyn.sentiment.runs.exact import ReviewRun, run_review

__all__ = [
    "Audit",
    "Decoder",
    "Explanation",
    "Model",
    "Review",
    "ReviewFile",
    "ReviewRun",
    "TextWords",
    "explain",
    "load_model",
    "load_reviews",
    "make_review",
    "read_review_file",
    "run_audit",
    "run_review",
]
