"""``exactdyn explain``: what really happens to one review inside a trained model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    BriefAnswerOption,
    DecimalOption,
    JsonOption,
    ModelOption,
    ReviewLabelOption,
    TextColumnOption,
    VocabularyOption,
    refuse_brief,
)
from exactdyn.cli.terminal.output import (
    make_folder,
    print_json,
    print_text,
    require_own_names,
    require_writable,
    write_file,
)
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.sentiment.explain.explanation import Explanation
    from exactdyn.sentiment.model.review import TextWords

ENDINGS = {"node-link": "json", "graphml": "graphml", "gexf": "gexf", "dot": "dot", "svg": "svg"}
"""How the files of the graph formats end."""


@dataclass(frozen=True)
class Files:
    """What is written about a review, and where to."""

    picture: Annotated[
        Path | None, typer.Option("-o", "--picture", metavar="FILE", help="Draw it: .png, .svg or .pdf.")
    ] = None
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with a slider for the layers.")
    ] = None
    graphs: Annotated[
        Path | None,
        typer.Option("--graphs", metavar="FOLDER", help="Write the attention graph of every layer there."),
    ] = None
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="F", help="Of graphs: node-link (default), graphml, gexf, dot or svg."
        ),
    ] = None
    example: Annotated[
        Path | None,
        typer.Option("--example", metavar="FILE", help="Write its tokens as an EXAMPLE (.toml, .json)."),
    ] = None

    @property
    def graph_format(self) -> str:
        """The format of the graphs.

        >>> Files().graph_format
        'node-link'
        """
        return self.format or "node-link"

    def require(self) -> None:
        """Refuse, before any work, outputs that cannot be written or would take each other's place.

        >>> Files(format="gexf").require()
        Traceback (most recent call last):
        exactdyn.errors.InputError: --format: requires --graphs, whose format it is, got none
        """
        from exactdyn.pictures.graph import GRAPH_FORMATS

        if self.format is not None and self.format not in GRAPH_FORMATS:
            raise InputError(f"--format: requires one of {', '.join(GRAPH_FORMATS)}, got {self.format!r}")
        if self.format is not None and self.graphs is None:
            raise InputError("--format: requires --graphs, whose format it is, got none")
        self._require_outputs()

    def _require_outputs(self) -> None:
        # Neither may one output take another's place, nor may one fail when the others are written.
        from exactdyn.documents.files import ending_of, naming
        from exactdyn.documents.write import WRITTEN_ENDINGS
        from exactdyn.pictures import FORMATS

        require_own_names(self.picture, self.html, self.graphs, self.example)
        if self.graphs is not None and self.graphs.exists() and not self.graphs.is_dir():
            raise InputError(f"{self.graphs}: requires a folder, got a file")

        pictures = tuple(f".{format}" for format in FORMATS)
        for path, endings in (
            (self.picture, pictures),
            (self.html, (".html",)),
            (self.example, WRITTEN_ENDINGS),
        ):
            if path is not None:
                with naming(path):
                    ending_of(path, endings, " or ".join(endings))
                require_writable(path)

    def write(self, explanation: Explanation, words: TextWords | None = None) -> list[str]:
        """Write what was asked for and return the names of the files.

        >>> from exactdyn.sentiment.explain.explanation import explain
        >>> from exactdyn.sentiment.model.load import load_model, load_reviews
        >>> model = load_model("handmade")
        >>> Files().write(explain(model, load_reviews("handmade", model)[0]))
        []
        """
        files: dict[Path, bytes] = {}
        if self.picture is not None:
            from exactdyn.pictures import format_of, render
            from exactdyn.pictures.review.picture import draw_explanation

            files[self.picture] = render(draw_explanation(explanation), format_of(self.picture))
        if self.html is not None:
            from exactdyn.pictures.review.page import explanation_page

            files[self.html] = explanation_page(explanation, words).encode()
        if self.example is not None:
            from exactdyn.documents import write_example
            from exactdyn.documents.write import written_format
            from exactdyn.sentiment.explain.export import review_document

            text = write_example(
                review_document(explanation.run), written_format(self.example), _about(explanation)
            )
            files[self.example] = text.encode()
        if self.graphs is not None:
            from exactdyn.pictures.graph import graph_text
            from exactdyn.sentiment.explain.export import layer_graphs

            make_folder(self.graphs)
            for layer, graph in enumerate(layer_graphs(explanation.run)):
                files[self.graphs / f"layer-{layer}.{ENDINGS[self.graph_format]}"] = graph_text(
                    graph, self.graph_format
                ).encode()
        for path, data in files.items():
            write_file(path, data)
        return [str(path) for path in files]


@grouped
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
        typer.Option(
            "--reviews", metavar="FILE", help="Where it is (.json, .npz, .csv, .tsv); else the model."
        ),
    ] = None,
    text_column: TextColumnOption = None,
    label_column: ReviewLabelOption = None,
    vocabulary: VocabularyOption = None,
    *,
    files: Files,
    decimal: DecimalOption = None,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """Explain one review: leaders, clusters, every word's path, the exact score after every layer.

    And the limit of many layers, proved, with the answer whether the last layer has its class already.

    Example: exactdyn explain --model handmade --review tied
    """
    from exactdyn.cli.words.sentences import plain_as_asked
    from exactdyn.sentiment.explain.explanation import explain
    from exactdyn.sentiment.explain.report import explanation_data
    from exactdyn.sentiment.model.labelled import ReviewColumns
    from exactdyn.sentiment.model.load import choose_review, load_model

    if text is not None and (reviews is not None or review is not None):
        other = "--reviews" if reviews is not None else "--review"
        raise InputError(f"--text: requires that {other} is not given beside it, got both")
    refuse_brief(brief or None, (as_json, "--json"))
    plain_as_asked(decimal, as_json)
    files.require()
    loaded = load_model(model, vocabulary)
    columns = ReviewColumns(text_column, label_column)
    chosen, words = choose_review(model if reviews is None else reviews, loaded, review, text, columns)
    with waiting(f"explaining {chosen.name}"):
        explanation = explain(loaded, chosen)
        written = files.write(explanation, words)
    if as_json:
        print_json({**explanation_data(explanation), **_words_data(words), "files": written})
    else:
        from exactdyn.cli.words.explain import explanation_table

        print_text(explanation_table(explanation, words, decimal, brief))
    return 0


def _words_data(words: TextWords | None) -> dict[str, object]:
    """Return what became of the words of a text; of a review that is none, nothing is known."""
    return {
        "known_words": None if words is None else words.known,
        "used_words": None if words is None else len(words.used),
        "cut_words": [] if words is None else list(words.cut),
        "unknown_words": [] if words is None else list(words.unknown),
    }


def _about(explanation: Explanation) -> str:
    return f"The review {explanation.review.name}, as the model encodes it: one token a word, copies kept."
