"""What a shell offers where a name is begun; where nothing fits, it offers files.

``exactdyn --show-completion`` prints what a shell has to be told, ``--install-completion`` tells it. A shell
then asks by an environment variable, which typer reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO

import typer

from exactdyn.errors import InputError

COMPLETION = "_EXACTDYN_COMPLETE"
"""The environment variable by which a shell asks how a command may go on."""

_OPTIONS = ("--show-completion", "--install-completion")


@contextmanager
def quiet_completion(given: Sequence[str]) -> Iterator[None]:
    """Let typer end what these options do without its own words and status, where the shell is unknown.

    Raises :class:`~exactdyn.errors.InputError` there, and typer's exit where all is done.

    >>> with quiet_completion(["--show-completion"]):
    ...     raise SystemExit(1)
    Traceback (most recent call last):
    exactdyn.errors.InputError: --show-completion: requires to be called from bash, zsh, fish or PowerShell
    """
    option = next((own for own in given[:1] if own in _OPTIONS), None)
    if option is None:
        yield
        return
    try:
        with redirect_stderr(StringIO()), redirect_stdout(StringIO()) as said:
            yield
    except (SystemExit, typer.Exit) as end:
        if end.code if isinstance(end, SystemExit) else end.exit_code:
            raise InputError(f"{option}: requires to be called from bash, zsh, fish or PowerShell") from None
        print(said.getvalue(), end="")
        raise typer.Exit from None


def examples(begun: str) -> list[str]:
    """Return the built-in examples whose names begin so.

    >>> examples("two-heads-m")
    ['two-heads-meet']
    """
    from exactdyn.documents.builtin import example_names

    return _beginning(example_names(), begun)


def statements(begun: str) -> list[str]:
    """Return the statements whose names begin so.

    >>> statements("leader-")
    ['leader-vertex']
    """
    from exactdyn.statements.catalogue import CATALOGUE

    return _beginning(CATALOGUE, begun)


def registered(begun: str) -> list[str]:
    """Return what `exactdyn statements` knows under names that begin so.

    >>> registered("symm")
    ['symmetric']
    """
    from exactdyn.statements import look_up

    return _beginning(look_up().names, begun)


def classes(begun: str) -> list[str]:
    """Return the classes of matrices whose names begin so.

    >>> classes("sym")
    ['symmetric']
    """
    from proofs_checks.families.family import CLASSES

    return _beginning(CLASSES, begun)


def kinds(begun: str) -> list[str]:
    """Return the kinds of documents whose names begin so.

    >>> kinds("hea")
    ['heads']
    """
    from exactdyn.documents.builtin import TEMPLATES

    return _beginning(TEMPLATES, begun)


def _beginning(names: Iterable[str], begun: str) -> list[str]:
    return [name for name in names if name.startswith(begun)]
