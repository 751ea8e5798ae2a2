"""``exactdyn run``: the exact states and attention sets of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    BriefAnswerOption,
    DecimalOption,
    ExampleOptions,
    JsonOption,
    LayersOption,
    refuse_brief,
)
from exactdyn.cli.terminal.output import print_pieces
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.cli.words.sentences import Notation
    from exactdyn.documents import Example
    from exactdyn.systems.run import Run


@grouped
def command(
    given: ExampleOptions,
    layers: LayersOption = None,
    decimal: DecimalOption = None,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """Print the exact states and attention sets of a run.

    Long numbers are cut in the middle, and irrational ones rounded to 8 digits; with --json they are exact.
    With --brief there is one line a layer: whom tokens 0, 1, ... attend.

    Example: exactdyn run emerging-leader --layers 2
    """
    from exactdyn.cli.words.sentences import plain_as_asked

    notation = plain_as_asked(decimal, as_json)
    refuse_brief(brief or None, (as_json, "--json"))
    if brief and decimal is not None:
        raise InputError("--decimal: requires that --brief is absent, which shows no numbers")
    loaded = read_example("run", **vars(given))
    with waiting(f"running {loaded.name}"):
        run = loaded.run(layers)
    text = brief_pieces if brief else text_pieces
    print_pieces(json_pieces(run) if as_json else text(loaded, run, notation))
    return 0


def json_pieces(run: Run) -> Iterator[str]:
    """Yield what ``run --json`` prints, layer by layer: no two states are held at once.

    There are N+1 states and the N attention graphs by which each leads to the next; over a field, that too.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> print("".join(json_pieces(Hardmax(alpha=1).run([["1/2"], [1]], layers=1))), end="")
    {"tokens": [[["1/2"], ["1"]], [["3/4"], ["1"]]], "attention": [[[1], [1]]]}
    """
    from exactdyn.certificates.envelope import encode, field_data

    yield '{"tokens": ['
    for layer in range(run.layers + 1):
        yield ", " * (layer > 0) + json.dumps(encode(run.tokens(layer)))
    yield '], "attention": ['
    for layer in range(run.layers):
        yield ", " * (layer > 0) + json.dumps([sorted(attended) for attended in run.attention(layer)])
    yield "]"
    for name, field in field_data(run.start.domain).items():
        yield f', "{name}": {json.dumps(field)}'
    yield "}\n"


def text_pieces(example: Example, run: Run, notation: Notation) -> Iterator[str]:
    """Yield what ``run`` prints, layer by layer; ``notation``: how numbers are written.

    >>> from exactdyn.cli.words.sentences import PLAIN
    >>> from exactdyn.documents import load_example
    >>> example = load_example("collision-on-a-line")
    >>> "".join(text_pieces(example, example.run(1), PLAIN)).splitlines()[4]
    '  token 0  attends 1  at (1)'
    """
    yield notation.head(example, run.layers) + "\n"
    yield notation.leaders(run, example.labels) + "\n"
    labels = [f" ({label})" for label in example.labels] if example.labels else [""] * run.start.count
    for layer in range(run.layers + 1):
        sets = run.attention(layer)
        names = _aligned([f"token {token}{label}" for token, label in enumerate(labels)])
        attended = _aligned([f"attends {', '.join(map(str, sorted(own)))}" for own in sets])
        yield f"\nlayer {layer}\n"
        for token, row in enumerate(run.tokens(layer)):
            leader = "  leader" if sets[token] == {token} else ""
            yield f"  {names[token]}  {attended[token]}  at {notation.vector(row)}{leader}\n"


def brief_pieces(example: Example, run: Run, notation: Notation) -> Iterator[str]:
    """Yield what ``run --brief`` prints: leaders, and for every layer whom tokens 0, 1, ... attend.

    >>> from exactdyn.cli.words.sentences import PLAIN
    >>> from exactdyn.documents import load_example
    >>> example = load_example("collision-on-a-line")
    >>> "".join(brief_pieces(example, example.run(1), PLAIN)).splitlines()[2]
    'layer 0: 1 0'
    """
    yield notation.head(example, run.layers) + "\n"
    yield notation.leaders(run, example.labels) + "\n"
    for layer in range(run.layers + 1):
        attended = (",".join(map(str, sorted(own))) for own in run.attention(layer))
        yield f"layer {layer}: {' '.join(attended)}\n"


def _aligned(texts: list[str]) -> list[str]:
    width = max(map(len, texts))
    return [text.ljust(width) for text in texts]
