"""``exactdyn explain``: what really happens to one review inside a trained model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.terminal.options import JsonOption, ModelOption, VocabularyOption
from exactdyn.cli.terminal.output import make_folder, print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.sentiment.explain.explanation import Explanation
    from exactdyn.sentiment.model.review import TextWords

ENDINGS = {"node-link": "json", "graphml": "graphml", "gexf": "gexf", "dot": "dot", "svg": "svg"}
"""How the files of the graph formats end."""


def command(
    model: ModelOption,
    review: Annotated[
        str | None, typer.Option("--review", metavar="ID", help="The review of this name; else the first.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="A review of your own, in place of --review.")
    ] = None,
    reviews: Annotated[
        str | None,
        typer.Option("--reviews", metavar="FILE", help="Where it is (.json, .npz, .csv); else the model."),
    ] = None,
    vocabulary: VocabularyOption = None,
    picture: Annotated[
        Path | None, typer.Option("-o", "--picture", metavar="FILE", help="Draw it: .png, .svg or .pdf.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with a slider for the layers.")
    ] = None,
    graphs: Annotated[
        Path | None,
        typer.Option("--graphs", metavar="FOLDER", help="Write the attention graph of every layer there."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="F", help="Of graphs: node-link (default), graphml, gexf, dot or svg."
        ),
    ] = None,
    example: Annotated[
        Path | None,
        typer.Option("--example", metavar="FILE", help="Write its tokens as an EXAMPLE (.toml, .json)."),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Explain one review: leaders, clusters, every word's path, the exact score after every layer.

    And the limit of many layers, proved, with the answer whether the last layer has its class already.

    Example: exactdyn explain --model handmade --review tied
    """
    from exactdyn.sentiment.explain.explanation import explain
    from exactdyn.sentiment.explain.report import explanation_data
    from exactdyn.sentiment.model.load import choose_review, load_model

    if text is not None and (reviews is not None or review is not None):
        other = "--reviews" if reviews is not None else "--review"
        raise InputError(f"--text: requires that {other} is not given beside it, got both")
    kind = _graph_format(graphs, format)
    _require_outputs(picture, html, graphs, example)
    loaded = load_model(model, vocabulary)
    chosen, words = choose_review(model if reviews is None else reviews, loaded, review, text)
    with waiting(f"explaining {chosen.name}"):
        explanation = explain(loaded, chosen)
        files = _written(explanation, picture, html, graphs, kind, example)
    if as_json:
        print_json({**explanation_data(explanation), **_words_data(words), "files": files})
    else:
        from exactdyn.cli.words.explain import explanation_table

        print_text(explanation_table(explanation, words))
    return 0


def _words_data(words: TextWords | None) -> dict[str, object]:
    """Return what became of the words of a text; of a review that is none, nothing is known."""
    return {
        "known_words": None if words is None else words.known,
        "used_words": None if words is None else len(words.used),
        "cut_words": [] if words is None else list(words.cut),
        "unknown_words": [] if words is None else list(words.unknown),
    }


def _graph_format(graphs: Path | None, format: str | None) -> str:
    from exactdyn.pictures.graph import GRAPH_FORMATS

    if format is None:
        return "node-link"
    if format not in GRAPH_FORMATS:
        raise InputError(f"--format: requires one of {', '.join(GRAPH_FORMATS)}, got {format!r}")
    if graphs is None:
        raise InputError("--format: requires --graphs, whose format it is, got none")
    return format


def _require_outputs(
    picture: Path | None, html: Path | None, graphs: Path | None, example: Path | None
) -> None:
    """Refuse, before any work, outputs that cannot be written or would take each other's place."""
    from exactdyn.documents.files import ending_of, naming
    from exactdyn.documents.write import WRITTEN_ENDINGS
    from exactdyn.pictures import FORMATS

    outputs = [path.resolve() for path in (picture, html, graphs, example) if path is not None]
    for place, output in enumerate(outputs):
        if output in outputs[:place]:
            raise InputError(f"{output.name}: requires a name of its own for every output, got it twice")
    if graphs is not None and graphs.exists() and not graphs.is_dir():
        raise InputError(f"{graphs}: requires a folder, got a file")

    pictures = tuple(f".{format}" for format in FORMATS)
    for path, endings in ((picture, pictures), (html, (".html",)), (example, WRITTEN_ENDINGS)):
        if path is not None:
            with naming(path):
                ending_of(path, endings, " or ".join(endings))
            require_writable(path)


def _written(
    explanation: Explanation,
    picture: Path | None,
    html: Path | None,
    graphs: Path | None,
    format: str,
    example: Path | None,
) -> list[str]:
    """Write what was asked for and return the names of the files."""
    files: dict[Path, bytes] = {}
    if picture is not None:
        from exactdyn.pictures import format_of, render
        from exactdyn.pictures.review.picture import draw_explanation

        files[picture] = render(draw_explanation(explanation), format_of(picture))
    if html is not None:
        from exactdyn.pictures.review.page import explanation_page

        files[html] = explanation_page(explanation).encode()
    if example is not None:
        from exactdyn.documents import write_example
        from exactdyn.documents.write import written_format
        from exactdyn.sentiment.explain.export import review_document

        text = write_example(review_document(explanation.run), written_format(example), _about(explanation))
        files[example] = text.encode()
    if graphs is not None:
        from exactdyn.pictures.graph import graph_text
        from exactdyn.sentiment.explain.export import layer_graphs

        make_folder(graphs)
        for layer, graph in enumerate(layer_graphs(explanation.run)):
            files[graphs / f"layer-{layer}.{ENDINGS[format]}"] = graph_text(graph, format).encode()
    for path, data in files.items():
        write_file(path, data)
    return [str(path) for path in files]


def _about(explanation: Explanation) -> str:
    return f"The review {explanation.review.name}, as the model encodes it: one token a word, copies kept."
