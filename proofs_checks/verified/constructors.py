"""What the reader hands to the generated checker is made by constructors that the development has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from proofs_checks.verified import checker


def require_constructors(values: Iterable[Any]) -> None:
    """Raise ValueError for a name that no constructor has: a match of Coq may take it for any other.

    >>> require_constructors([("HullEvery",)])
    >>> require_constructors([("HullEverywhere",)])
    Traceback (most recent call last):
    ValueError: no constructor of the development: HullEverywhere
    """
    level = list(values)
    while level:
        wrong = [value for value in level if isinstance(value, str) and value not in checker.CONSTRUCTORS]
        if wrong:
            raise ValueError(f"no constructor of the development: {wrong[0]}")
        level = [part for value in level if isinstance(value, tuple) for part in value]
