"""Refusals name what the user wrote: the option, where the library names its own parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps

from exactdyn.errors import InputError

_STATED = frozenset({"alpha", "tau", "mask", "ties", "tokens", "layers", "softmax"})
"""Fields of documents, and what their numbers are asked for, that are options as well: behind the name of a
file both may be meant."""

_STANDARD_INPUT = "standard input"
"""What messages call an EXAMPLE that is ``-``."""

_FIELD = re.compile(r"(?P<field>[a-z]+)(\[\d+\])*: (?P<rest>.*)", re.DOTALL)


def with_named_options(command: Callable[..., int], names: Mapping[str, str]) -> Callable[..., int]:
    """Return a command that does the same, but whose refusals name its options as they are written.

    ``names``: how every option and argument is written, by its parameter. The library names a parameter,
    ``layers`` or ``leaders[0]``; where an option of that name was given it is the option, ``--layers``, that
    the user has to change. Behind the name of EXAMPLE such a word is the option, too; where documents have a
    field of that name, only if it is the value of the option that is refused.

    >>> def look(layers: int) -> int:
    ...     raise InputError(f"layers: requires an integer from 0 to 9, got {layers}")
    >>> with_named_options(look, {"layers": "--layers"})(layers=-1)
    Traceback (most recent call last):
    exactdyn.errors.InputError: --layers: requires an integer from 0 to 9, got -1
    """

    @wraps(command)
    def naming_options(**given: object) -> int:
        try:
            return command(**given)
        except InputError as error:
            said = {
                names[name].lstrip("-").lower(): (names[name], value)
                for name, value in given.items()
                if name in names and value is not None and value is not False
            }
            example = given.get("example")
            source = _STANDARD_INPUT if example == "-" else str(example)
            raise type(error)(_renamed(str(error), said, f"{source}: ")) from None

    return naming_options


def _renamed(message: str, options: Mapping[str, tuple[str, object]], source: str) -> str:
    found = _FIELD.fullmatch(message.removeprefix(source))
    if found is None or found["field"] not in options:
        return message
    option, value = options[found["field"]]
    stated = message.startswith(source) and found["field"] in _STATED
    if stated and not message.endswith(f", got {value}"):
        return message
    return f"{option}: {found['rest']}"
