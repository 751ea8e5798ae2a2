"""The commands, and the one place where they are named."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperGroup
from typer.main import get_command

from exactdyn.cli.terminal.completion import COMPLETION, quiet_completion
from exactdyn.cli.terminal.ending import notes_held
from exactdyn.cli.terminal.named import with_named_options
from exactdyn.cli.terminal.standard_output import apart, speaking
from exactdyn.errors import InputError

COMMANDS = (
    "check",
    "run",
    "limit",
    "compare",
    "graph",
    "plot",
    "page",
    "itineraries",
    "lead",
    "cells",
    "atlas",
    "hunt",
    "explain",
    "audit",
    "train",
    "softmax",
    "inspect",
    "verify",
    "examples",
    "statements",
    "new",
)
"""The commands in the order of the help, each in the module of its name in :mod:`exactdyn.cli.commands`."""


def app(names: Sequence[str] = COMMANDS) -> typer.Typer:
    """Return commands as an app of typer, which looks at every option of each: one alone starts sooner.

    >>> [command.name for command in app(["limit"]).registered_commands]
    ['limit']
    """
    # Plain help and no exception hook: messages and exit statuses are those of exactdyn.cli.terminal.ending.
    made = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in names:
        made.command(name)(import_module(f"exactdyn.cli.commands.{name}").command)
    made.callback()(_exactdyn)
    return made


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"exactdyn {version('exactdyn')}")
        raise typer.Exit


def _exactdyn(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Check theorems about hardmax transformers exactly.

    Exit status: 0 done, 1 a verdict that something is not so, 2 bad input, 3 undecided, 70 an error of
    exactdyn's own, 130 interrupted.

    Example: exactdyn check emerging-leader
    """


def _written_names(parameters: Iterable[Any]) -> dict[str, str]:
    """Return how options and arguments are written, by their parameters: ``--layers``, ``NAME``."""
    return {
        str(own.name): str(own.metavar or own.name)
        if isinstance(own, TyperArgument)
        else max(own.opts, key=len)
        for own in parameters
    }


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit status.

    ``arguments``: default those of the process. Raises :class:`~exactdyn.errors.InputError` for bad usage and
    whatever the command raises.

    >>> run_command(["examples", "--show"])
    Traceback (most recent call last):
    exactdyn.errors.InputError: --show: requires the NAME of an example, got none
    """
    given = (sys.argv[1:] if arguments is None else list(arguments)) or ["--help"]
    completing = COMPLETION in os.environ  # the shell asks, which the script of --show-completion has it do
    command = get_command(app(given[:1] if given[0] in COMMANDS and not completing else COMMANDS))
    for one in command.commands.values() if isinstance(command, TyperGroup) else ():
        if one.callback is not None:
            one.callback = apart(with_named_options(one.callback, _written_names(one.params)))
    if completing:
        with speaking():
            command.main(prog_name="exactdyn")
    try:
        # Not command(...): it would end the process itself, with status 1 where a pipe was closed.
        with (
            notes_held(),
            speaking(),
            quiet_completion(given),
            command.make_context("exactdyn", given) as context,
        ):
            status = command.invoke(context)
    except typer.Exit as end:  # what --help and --version raise
        return end.exit_code
    except Exception as error:
        # The errors of click, which some versions of typer carry inside and others beside them, under
        # different names: what they share is this method.
        if not hasattr(error, "format_message"):
            raise
        path = getattr(getattr(error, "ctx", None), "command_path", "exactdyn")
        raise InputError(f"{error.format_message().rstrip('.')} (see {path} --help)") from None
    return int(status)
