"""What is refused by the name of an option, or by what a room below calls it, is refused by its parameter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from exactdyn.errors import InputError

_NAMES = {
    "--tokens": "count",
    "--dim": "dimension",
    "--drop": "dropped",
    "--example": "subject",
    "--class": "kind",
    "class": "kind",
}
# Others are those of the options, without their dashes.


@contextmanager
def named_as_parameters() -> Iterator[None]:
    """Within, a refusal begins with the name of the parameter.

    >>> with named_as_parameters():
    ...     raise InputError("--no-ties: requires a statement about layers")
    Traceback (most recent call last):
    exactdyn.errors.InputError: no_ties: requires a statement about layers
    """
    try:
        yield
    except InputError as error:
        option, _, reason = str(error).partition(":")
        name = _NAMES.get(option, option.removeprefix("--").lower().replace("-", "_"))
        raise type(error)(f"{name}:{reason}") from None
