"""``exactdyn examples``: the built-in examples."""

from __future__ import annotations

from typing import Annotated

import typer

from exactdyn.cli.terminal.options import JsonOption
from exactdyn.cli.terminal.output import print_json, print_text
from exactdyn.errors import InputError


def command(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One of them; else all.")] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the document of NAME, to copy from.")] = False,
    as_json: JsonOption = False,
) -> int:
    """List the built-in examples, or print one to copy from.

    Example: exactdyn examples emerging-leader --show
    """
    from exactdyn.documents import example_names, example_text, load_example

    if show and name is None:
        raise InputError("--show: requires the NAME of an example, got none")
    names = example_names() if name is None else (name,)
    texts = {known: example_text(known) for known in names}
    if show and not as_json:
        print_text("".join(texts.values()))
        return 0
    about = {known: load_example(known).about for known in names}
    if as_json:
        shown = {known: {"text": text} if show else {} for known, text in texts.items()}
        print_json({"examples": [{"name": known, "about": about[known], **shown[known]} for known in names]})
        return 0
    width = max(map(len, names))
    print_text("".join(f"{known:<{width}}  {about[known]}\n" for known in names))
    return 0
