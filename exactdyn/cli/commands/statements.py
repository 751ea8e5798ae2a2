"""``exactdyn statements``: what every statement says, and what became of published ones."""

from __future__ import annotations

from typing import Annotated

import typer

from exactdyn.cli.terminal.completion import registered
from exactdyn.cli.terminal.options import (
    BriefAnswerOption,
    JsonOption,
    refuse_brief,
)
from exactdyn.cli.terminal.output import print_json, print_lines
from exactdyn.errors import InputError


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", autocompletion=registered, help="One of them; else all.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page docs/statements.md.")] = False,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """List all statements, and published ones with what became of them.

    With NAME: what it says, the lemma that proves it and what that needs, how it fails, or where it was
    published, under which hypotheses, and which command shows what became of it.

    Example: exactdyn statements single-cluster
    """
    from exactdyn.cli.words.statements import at_length, listing, page
    from exactdyn.statements import look_up

    if markdown and (as_json or name is not None):
        raise InputError(
            f"--markdown: requires to stand alone, got {'--json' if as_json else name!r} beside it"
        )
    refuse_brief(brief or None, (as_json, "--json"), (markdown, "--markdown"))
    registry = look_up(name)
    if brief:
        print_lines(registry.names if name is None else [str(registry)])
        return 0
    if as_json:
        print_json(registry.to_dict())
    elif markdown:
        print_lines(page(registry))
    else:
        print_lines(listing(registry) if name is None else at_length(registry))
    return 0
