"""An explanation as text for the terminal."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

from exactdyn.cli.console import stdout_console
from exactdyn.cli.ending import one_line
from exactdyn.sentiment.exact import class_of
from exactdyn.sentiment.explanation import Explanation


def explanation_table(explanation: Explanation, unknown: list[str]) -> str:
    """Return an explanation as text, as wide as the terminal if stdout is one.

    ``unknown``: words of the text that the model does not know.

    >>> from exactdyn.sentiment.explanation import explain
    >>> from exactdyn.sentiment.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> text = explanation_table(explain(model, load_reviews("handmade", model)[0]), ["dreadful"])
    >>> print(text.splitlines()[0])
    praise: positive, labelled positive: score +0.963917 after 3 layers, 12 tokens at 8 points
    """
    console = stdout_console()
    with console.capture() as captured:
        console.print(_head(explanation))
        if unknown:
            console.print(f"left out, not in the vocabulary: {', '.join(map(one_line, unknown))}")
        console.print(_leaders(explanation))
        console.print(_scores(explanation))
        console.print(_words(explanation))
        console.print(_sides(explanation))
        console.print(_limit(explanation))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _head(explanation: Explanation) -> str:
    review, score = explanation.review, explanation.scores[-1]
    label = {None: "", 0: ", labelled negative", 1: ", labelled positive"}[review.label]
    return (
        f"{one_line(review.name)}: {class_of(score)}{label}: score {float(score):+.6g} after "
        f"{len(explanation.places) - 1} layers, {review.count} tokens at {len(explanation.points)} points"
    )


def _leaders(explanation: Explanation) -> Table:
    table = Table(
        "leader", "times", "leads from layer", "decoder", "followed by", box=SIMPLE_HEAD, pad_edge=False
    )
    table.columns[4].overflow = "fold"
    for point, layer in explanation.leaders.items():
        followers = [other for other in explanation.clusters[point] if other != point]
        table.add_row(
            explanation.run.word(point),
            str(len(explanation.run.members[point])),
            str(layer),
            f"{float(explanation.values[-1][point]):+.4g}",
            f"{len(followers)}: {_names(explanation, followers)}" if followers else "nobody",
        )
    return table


def _scores(explanation: Explanation) -> Table:
    layers = range(len(explanation.scores))
    table = Table("layer", *map(str, layers), box=SIMPLE_HEAD, pad_edge=False)
    table.add_row("score", *(f"{float(score):+.4g}" for score in explanation.scores))
    return table


def _words(explanation: Explanation) -> Table:
    last = len(explanation.places) - 1
    columns = ("word", "times", "decoder before", f"after layer {last}", "attends, by layer")
    table = Table(*columns, box=SIMPLE_HEAD, pad_edge=False)
    table.columns[4].overflow = "fold"
    for point in explanation.points:
        table.add_row(
            explanation.run.word(point),
            str(len(explanation.run.members[point])),
            f"{float(explanation.values[0][point]):+.4g}",
            f"{float(explanation.values[-1][point]):+.4g}",
            _attended(explanation, point),
        )
    return table


def _attended(explanation: Explanation, point: int) -> str:
    """Say whom a point attends, naming a layer only where that changes."""
    changes: list[tuple[int, tuple[int, ...]]] = []
    for layer, sets in enumerate(explanation.attended):
        if not changes or changes[-1][1] != sets[point]:
            changes.append((layer, sets[point]))
    shown = [
        (layer, "itself" if own == (point,) else _names(explanation, own).replace(", ", " and "))
        for layer, own in changes
    ]
    return ", ".join(text if layer == 0 else f"from layer {layer} {text}" for layer, text in shown)


def _sides(explanation: Explanation) -> str:
    changed = explanation.changed_side
    if not changed:
        return "no word changes its side of the decoder's line"
    return f"{len(changed)} words change their side of the decoder's line: {_names(explanation, changed)}"


def _limit(explanation: Explanation) -> str:
    found, score = explanation.limit, explanation.limit_score
    if score is None:
        return f"the limit of many layers is {found.status}{f': {found.reason}' if found.reason else ''}"
    same = "the class it has" if explanation.has_the_class_of_the_limit else "another class than"
    return (
        f"the limit of many layers (proved, decided at layer {found.layer}): {class_of(score)}, score "
        f"{float(score):+.6g}: {same} after layer {len(explanation.places) - 1}"
    )


def _names(explanation: Explanation, points: tuple[int, ...] | list[int]) -> str:
    return ", ".join(explanation.run.word(point) for point in points)
