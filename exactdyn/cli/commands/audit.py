"""``exactdyn audit``: a trained model over many reviews, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.terminal.options import (
    JsonOption,
    ModelOption,
    ReviewLabelOption,
    TextColumnOption,
    VocabularyOption,
)
from exactdyn.cli.terminal.output import print_json, print_text
from exactdyn.cli.terminal.waiting import progress, waiting

if TYPE_CHECKING:
    from exactdyn.sentiment.audit.audit import Audit
    from exactdyn.sentiment.model.review_file import ReviewFile


def command(
    model: ModelOption,
    reviews: Annotated[
        str | None,
        typer.Option(
            "--reviews",
            metavar="FILE",
            help="Reviews (.json, .npz, or a table .csv, .tsv; .gz, too); else the model's.",
        ),
    ] = None,
    text_column: TextColumnOption = None,
    label_column: ReviewLabelOption = None,
    vocabulary: VocabularyOption = None,
    layers: Annotated[
        int | None,
        typer.Option("--layers", metavar="N", help="How far float runs are compared; else 36 or the depth."),
    ] = None,
    processes: Annotated[
        int | None, typer.Option("--processes", metavar="N", help="Processes; else one a core.", min=1)
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Run a trained sentiment model exactly over many reviews.

    Accuracy, who leads and from which layer on, exact ties, the smallest gap, where float32 and float64 runs
    first attend otherwise than the exact one, how far the softmax model is, and what the limit of many layers
    says.

    Example: exactdyn audit --model handmade
    """
    from exactdyn.sentiment.audit.audit import COMPARED_LAYERS, run_audit
    from exactdyn.sentiment.model.labelled import ReviewColumns
    from exactdyn.sentiment.model.load import load_model, read_review_file

    with waiting("reading"):
        loaded = load_model(model, vocabulary)
        columns = ReviewColumns(text_column, label_column)
        read = read_review_file(model if reviews is None else reviews, loaded, columns)
    with progress("auditing", len(read.reviews)) as done:
        compared = max(COMPARED_LAYERS, loaded.depth) if layers is None else layers
        audit = run_audit(loaded, read.reviews, compared, processes, done)
    with waiting("measuring the smallest gap exactly"):
        data = audit_data(audit) | {"texts": _texts(read)}
    if as_json:
        print_json(data)
    else:
        from exactdyn.cli.words.audit import audit_table

        print_text(audit_table(data))
    return 0


def _texts(read: ReviewFile) -> dict[str, object] | None:
    """Return what became of the words of all texts; None if the reviews are no texts."""
    if read.texts is None:
        return None
    return {
        "left_out": list(read.left_out),
        "known_words": sum(own.known for own in read.texts),
        "used_words": sum(len(own.used) for own in read.texts),
        "cut_reviews": sum(bool(own.cut) for own in read.texts),
        "unknown_words": sum(len(own.unknown) for own in read.texts),
    }


def audit_data(audit: Audit) -> dict[str, object]:
    """Return what ``audit --json`` prints.

    >>> from exactdyn.sentiment.audit.audit import run_audit
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> data = audit_data(run_audit(model, load_reviews("handmade", model), processes=1))
    >>> data["reviews"], data["correct"], data["limits"]
    (4, 4, {'proved': 4, 'class_differs': 0})
    """
    from exactdyn.certificates.envelope import encode
    from exactdyn.numbers.reading import nearest_float
    from exactdyn.sentiment.audit.survey import DTYPES

    gap = audit.smallest_gap()
    return {
        "reviews": len(audit.reviews),
        "labelled": audit.labelled,
        "correct": audit.correct,
        "leaders_per_review": audit.leaders_per_review,
        "top_leaders": [list(pair) for pair in audit.top_leaders],
        "leaders_appear": _by_layer(audit.leaders_appear),
        "last_appearance": _by_layer(audit.last_appearance),
        "ties": [
            {"review": review, "layer": layer, "word": word, "attended": list(words)}
            for review, layer, word, words in audit.tied
        ],
        "smallest_gap": None
        if gap is None
        else {
            **{name: encode(value) for name, value in vars(gap).items()},
            "float": nearest_float(*gap.value.as_integer_ratio()),
        },
        "compared_layers": audit.layers,
        "floats": {
            dtype: {
                "first_difference": _by_layer(audit.departures(dtype)),
                "class_changes": audit.class_changes(dtype),
            }
            for dtype in DTYPES
        },
        "softmax": {"temperature": audit.model.temperature, **audit.softmax},
        "limits": {"proved": audit.limits_proved, "class_differs": audit.limit_class_differs},
    }


def _by_layer(counts: dict[int, int] | dict[int | None, int]) -> dict[str, int]:
    return {"never" if layer is None else str(layer): count for layer, count in counts.items()}
