"""``exactdyn examples``: the built-in examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.terminal.completion import examples
from exactdyn.cli.terminal.options import (
    BriefAnswerOption,
    JsonOption,
    refuse_brief,
)
from exactdyn.cli.terminal.output import print_json, print_lines, print_text
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.documents import Example

KINDS = (
    "One A and one alpha",
    "Masks, values, several heads, steps that depend on the layer",
    "Irrational numbers",
    "Softmax attention, in continuous time or in steps",
)
"""Under which the examples are listed."""

WIDTH = 110
"""Most columns of the list."""


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", autocompletion=examples, help="One of them; else all.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the document of NAME, to copy from.")] = False,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """List the built-in examples, or print one to copy from.

    Example: exactdyn examples emerging-leader --show
    """
    from exactdyn.cli.terminal.standard_output import stdout_console
    from exactdyn.documents import example_names, example_text, load_example

    refuse_brief(brief or None, (as_json, "--json"), (show, "--show"))
    if show and name is None:
        raise InputError("--show: requires the NAME of an example, got none")
    names = example_names() if name is None else (name,)
    texts = {known: example_text(known) for known in names}
    if brief:
        print_lines(names)
        return 0
    if show and not as_json:
        print_text("".join(texts.values()))
        return 0
    examples = [load_example(known) for known in names]
    if as_json:
        shown = {known: {"text": text} if show else {} for known, text in texts.items()}
        about = [{"name": own.name, "about": own.about, **shown[own.name]} for own in examples]
        print_json({"examples": about})
        return 0
    print_lines(listing(examples, min(stdout_console().width, WIDTH)))
    return 0


def listing(examples: Sequence[Example], width: int) -> Iterator[str]:
    """Give the lines that ``examples`` prints: by the kind of system, wrapped to this width.

    >>> from exactdyn.documents import load_example
    >>> for line in listing([load_example("collision-on-a-line")], 60):
    ...     print(line)
    One A and one alpha:
      collision-on-a-line  Without a positive definite A
                           distinct tokens can meet: A = -1
                           sends both to 0 in one layer.
    """
    names = max(len(example.name) for example in examples)
    for kind in KINDS:
        own = [example for example in examples if kind_of(example) == kind]
        if own:
            yield f"{kind}:"
        for example in own:
            about = wrap(example.about, max(width - names - 4, 20), break_on_hyphens=False)
            for place, line in enumerate(about or [""]):
                yield f"  {'' if place else example.name:<{names}}  {line}".rstrip()


def kind_of(example: Example) -> str:
    """Return the kind of system under which an example is listed.

    >>> from exactdyn.documents import load_example
    >>> kind_of(load_example("pentagon")), kind_of(load_example("two-heads"))
    ('Irrational numbers', 'Masks, values, several heads, steps that depend on the layer')
    """
    from exactdyn.numbers.rationals import RATIONALS
    from exactdyn.systems.hardmax import Hardmax

    if example.hardmax is None:
        return KINDS[3]
    if example.run(0).start.domain != RATIONALS:
        return KINDS[2]
    return KINDS[0] if isinstance(example.hardmax, Hardmax) and example.hardmax.plain else KINDS[1]
