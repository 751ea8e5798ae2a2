"""An explanation as text for the terminal."""

from __future__ import annotations

from collections import Counter

from rich.box import SIMPLE_HEAD
from rich.table import Table

from exactdyn.cli.terminal.ending import one_line
from exactdyn.cli.terminal.standard_output import stdout_console
from exactdyn.numbers.shown import counted, signed
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.sentiment.model.review import TextWords
from exactdyn.sentiment.runs.exact import class_of


def explanation_table(
    explanation: Explanation, words: TextWords | None, decimal: int | None = None, brief: bool = False
) -> str:
    """Return an explanation as text, as wide as the terminal if stdout is one.

    ``words``: what became of the words of the review if it is a text. ``decimal``: how many digits numbers
    have, correctly rounded; None: 6 those of the answer, 4 others. ``brief``: the answers alone.

    >>> from exactdyn.sentiment.explain.explanation import explain
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> text = explanation_table(explain(model, load_reviews("handmade", model)[0]), None)
    >>> print(text.splitlines()[0])
    praise: positive, labelled positive: score +0.963917 after 3 layers, 12 tokens at 8 points
    """
    console, few, many = stdout_console(), decimal or 4, decimal or 6
    with console.capture() as captured:
        console.print(_head(explanation, many))
        if not brief:
            for line in _text_lines(words, explanation.model.length):
                console.print(line)
            if explanation.padding:
                console.print(_padding(explanation))
                console.print(_without_padding(explanation, many))
            for table in (_leaders, _scores, _words):
                console.print(table(explanation, few))
            console.print(_sides(explanation))
        console.print(_limit(explanation, many))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _head(explanation: Explanation, digits: int) -> str:
    review, score = explanation.review, explanation.scores[-1]
    label = {None: "", 0: ", labelled negative", 1: ", labelled positive"}[review.label]
    return (
        f"{one_line(review.name)}: {class_of(score)}{label}: score {signed(score, digits)} after "
        f"{counted(len(explanation.places) - 1, 'layer')}, {counted(review.count, 'token')} at "
        f"{counted(len(explanation.points), 'point')}"
    )


def _text_lines(words: TextWords | None, length: int) -> list[str]:
    """Say how many words of a text are known and how many of these the model reads, and which it does not."""
    if words is None:
        return []
    total = counted(words.known + len(words.unknown), "word")
    lines = [f"the text has {total}, {words.known} of them known, {len(words.used)} used"]
    if words.cut:
        read = f"the first {counted(length, 'known word')}, which the model reads"
        lines.append(f"cut, beyond {read}: {_with_times(words.cut)}")
    if words.unknown:
        lines.append(f"left out, not in the vocabulary: {_with_times(words.unknown)}")
    return lines


def _padding(explanation: Explanation) -> str:
    word = one_line(explanation.model.word(explanation.model.padding))
    count = f"{explanation.padding} of the {explanation.review.count} tokens"
    verb = "is" if explanation.padding == 1 else "are"
    return f"{count} {verb} padding, {word}: it fills the review up and takes part as a word does"


def _without_padding(explanation: Explanation, digits: int) -> str:
    scores = explanation.scores_without_padding
    if scores is None:
        return "without it there is no word"
    same = "the same class" if class_of(scores[-1]) == class_of(explanation.scores[-1]) else "another class"
    layers = counted(len(scores) - 1, "layer")
    return f"without it: score {signed(scores[-1], digits)} after {layers}, {class_of(scores[-1])}: {same}"


def _with_times(words: tuple[str, ...]) -> str:
    """List words in their order, each once, with how often it occurs if that is not once."""
    shown = {one_line(word): count for word, count in Counter(words).items()}
    return ", ".join(f"{word} ({count} times)" if count > 1 else word for word, count in shown.items())


def _leaders(explanation: Explanation, digits: int) -> Table:
    """One row a leading point: since when, what the decoder makes of it, and whose cluster it is."""
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
            signed(explanation.values[-1][point], digits),
            f"{len(followers)}: {_names(explanation, followers)}" if followers else "nobody",
        )
    return table


def _scores(explanation: Explanation, digits: int) -> Table:
    layers = range(len(explanation.scores))
    table = Table("layer", *map(str, layers), box=SIMPLE_HEAD, pad_edge=False)
    table.add_row("score", *(signed(score, digits) for score in explanation.scores))
    return table


def _words(explanation: Explanation, digits: int) -> Table:
    """One row a point, that is a word with its copies: its value before and after, and whom it attends."""
    last = len(explanation.places) - 1
    columns = ("word", "times", "decoder before", f"after layer {last}", "attends, by layer")
    table = Table(*columns, box=SIMPLE_HEAD, pad_edge=False)
    table.columns[4].overflow = "fold"
    for point in explanation.points:
        table.add_row(
            explanation.run.word(point),
            str(len(explanation.run.members[point])),
            signed(explanation.values[0][point], digits),
            signed(explanation.values[-1][point], digits),
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
    changes = "1 word changes its side" if len(changed) == 1 else f"{len(changed)} words change their side"
    return f"{changes} of the decoder's line: {_names(explanation, changed)}"


def _limit(explanation: Explanation, digits: int) -> str:
    found, score = explanation.limit, explanation.limit_score
    if score is None:
        return f"the limit of many layers is {found.status}{f': {found.reason}' if found.reason else ''}"
    same = "the class it has" if explanation.has_the_class_of_the_limit else "another class than"
    return (
        f"the limit of many layers (proved, decided at layer {found.layer}): {class_of(score)}, score "
        f"{signed(score, digits)}: {same} after layer {len(explanation.places) - 1}"
    )


def _names(explanation: Explanation, points: tuple[int, ...] | list[int]) -> str:
    return ", ".join(explanation.run.word(point) for point in points)
