"""Questions about trained sentiment models."""

from __future__ import annotations

import os
from pathlib import Path

from exactdyn.cli.terminal.waiting import progress, waiting
from exactdyn.errors import InputError
from exactdyn.sentiment.audit.audit import COMPARED_LAYERS, Audit, run_audit
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.sentiment.explain.explanation import explain as explained
from exactdyn.sentiment.model.labelled import ReviewColumns
from exactdyn.sentiment.model.load import choose_review, load_model, load_reviews


def explain(
    model: str | os.PathLike[str] = "handmade",
    review: str | None = None,
    *,
    text: str | None = None,
    reviews: str | os.PathLike[str] | None = None,
    vocabulary: str | os.PathLike[str] | None = None,
    text_column: str | None = None,
    label_column: str | None = None,
) -> Explanation:
    """Explain one review: leaders, clusters, every word's path, the exact score after every layer.

    ``model``: a file, or the built-in one. ``review``: its name, None for the first. ``text``: a review of
    the user's own, in place of it. ``reviews``: the file where it is, None: the model's. ``vocabulary``: the
    table of the model's words. ``text_column``, ``label_column``: those of a table of reviews; None: text or
    review, label or sentiment. Raises :class:`~exactdyn.errors.InputError` for what is none of these.
    Source: arXiv 2407.01602, section 4.

    >>> explain("handmade", "tied").leaders
    {0: 0, 2: 0, 3: 0, 4: 0}
    """
    if text is not None and reviews is not None:
        raise InputError("text: requires that reviews is not given beside it, got both")
    loaded = load_model(os.fspath(model), None if vocabulary is None else Path(vocabulary))
    columns = ReviewColumns(text_column, label_column)
    source = os.fspath(model if reviews is None else reviews)
    chosen, _ = choose_review(source, loaded, review, text, columns)
    with waiting(f"explaining {chosen.name}"):
        return explained(loaded, chosen)


def audit(
    model: str | os.PathLike[str] = "handmade",
    reviews: str | os.PathLike[str] | None = None,
    *,
    vocabulary: str | os.PathLike[str] | None = None,
    text_column: str | None = None,
    label_column: str | None = None,
    layers: int | None = None,
    workers: int | None = 1,
) -> Audit:
    """Run a trained model exactly over many reviews: accuracy, leaders, ties, where floats differ, limits.

    ``reviews``: the file where they are, None: the model's; ``text_column``, ``label_column`` as for
    :func:`explain`. ``layers``: how far float runs are compared. ``workers``: processes, None for one a core.
    Raises :class:`~exactdyn.errors.InputError` as
    :func:`explain` does.
    Source: arXiv 2407.01602, section 4.

    >>> audit("handmade")
    Audit(4 reviews, 4 of 4 right)
    """
    loaded = load_model(os.fspath(model), None if vocabulary is None else Path(vocabulary))
    columns = ReviewColumns(text_column, label_column)
    read = load_reviews(os.fspath(model if reviews is None else reviews), loaded, columns)
    compared = max(COMPARED_LAYERS, loaded.depth) if layers is None else layers
    with progress("auditing", len(read)) as done:
        return run_audit(loaded, read, compared, workers, done)
