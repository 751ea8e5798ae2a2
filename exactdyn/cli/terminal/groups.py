"""Options that belong together: a small class of them is one parameter of a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints


def grouped(command: Callable[..., int]) -> Callable[..., int]:
    """Return a command that takes, in place of a dataclass, what its fields are, each an option of its own.

    A field is annotated as a parameter of a command is, and its default is that of the option. Everything is
    to be given by name, as typer does.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Pair:
    ...     first: int
    ...     second: int = 2
    >>> @grouped
    ... def add(pair: Pair, third: int = 3) -> int:
    ...     return pair.first + pair.second + third
    >>> signature(add)
    <Signature (*, first: int, second: int = 2, third: int = 3) -> int>
    >>> add(first=1, second=1, third=1)
    3
    """
    own = signature(command, eval_str=True).parameters
    annotations = {name: parameter.annotation for name, parameter in own.items()}
    groups: dict[str, Any] = {name: kind for name, kind in annotations.items() if is_dataclass(kind)}

    @wraps(command)
    def with_options(**given: object) -> int:
        for name, group in groups.items():
            given[name] = group(**{field.name: given.pop(field.name) for field in fields(group)})
        return command(**given)

    options: list[Parameter] = []
    for name, parameter in own.items():
        alone = [parameter.replace(kind=Parameter.KEYWORD_ONLY)]
        options += _options(groups[name]) if name in groups else alone
    # typer reads both, and a parameter without default may come after others only by name.
    with_options.__annotations__ = {option.name: option.annotation for option in options}
    with_options.__signature__ = Signature(options, return_annotation=int)  # type: ignore[attr-defined]
    return with_options


def _options(group: type[Any]) -> list[Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(group)
    ]
