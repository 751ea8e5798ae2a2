"""A certificate changed in one place: everywhere, and in every way that a forger or a bug would try first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from proofs_checks import MalformedError, RejectedError, verify

Path = tuple[str | int, ...]

TINY = Fraction(1, 10**30)
SMALL = Fraction(1, 1000)

STRANGE_MEMBERS = {"scope": "every layer", "lemma": "convex-step", "evidence": {}, "witness": {}, "note": ""}
"""What is added to a claim that does not have it."""


@dataclass(frozen=True)
class Edit:
    """A place in a JSON document and the value that is to stand there."""

    path: Path
    value: Any

    def apply(self, document: Any) -> Any:
        """Return the changed document; the given one stays as it is."""
        return _replaced(document, self.path, self.value)


def fate(document: Any) -> str:
    """What the checker makes of a document: "accepted", or the name of the error it raises."""
    try:
        verify(json.dumps(document))
    except (RejectedError, MalformedError) as error:
        return type(error).__name__
    return "accepted"


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Go through a document and all that is in it, each with the names and indices that lead there."""
    yield path, value
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, member in members:
        yield from places(member, (*path, name))


def edits(document: Any, words: frozenset[str]) -> Iterator[Edit]:
    """Go through every edit of a document; texts that are no numbers turn into other ``words``."""
    ordered = sorted(words)
    for path, value in places(document):
        yield from edits_at(path, value, ordered)


def edits_at(path: Path, value: Any, words: list[str]) -> Iterator[Edit]:
    """Go through every edit of one place; there is one at least."""
    for new in _changes(value, words):
        if type(new) is not type(value) or new != value:
            yield Edit(path, new)


def nudges(document: Any) -> Iterator[Edit]:
    """Go through changes of every number by a little and by more, and swaps of any two members of a list."""
    for path, value in places(document):
        number = _number(value) if isinstance(value, str) else None
        if number is not None:
            sizes = [number * part for part in (Fraction(17, 16), Fraction(15, 16), Fraction(1, 2))]
            yield from (Edit(path, str(new)) for new in (*sizes, number + SMALL, number - SMALL))
        elif type(value) is int:
            for bits in range(4, value.bit_length() + 1, 8):
                yield from (Edit(path, value + (sign << bits)) for sign in (1, -1))
        elif isinstance(value, list):
            for i, k in combinations(range(min(len(value), 6)), 2):
                swapped = value.copy()
                swapped[i], swapped[k] = value[k], value[i]
                yield from [Edit(path, swapped)] if swapped != value else []


def words_in(document: Any) -> frozenset[str]:
    """Return every text in a document that is no number."""
    texts = (value for _, value in places(document) if isinstance(value, str))
    return frozenset(text for text in texts if _number(text) is None)


def with_one_claim(document: Any) -> Iterator[Any]:
    """Go through the certificates that make just one of the claims of this one."""
    for claim in document["claims"]:
        yield document | {"claims": [claim]}


def _changes(value: Any, words: list[str]) -> Iterator[Any]:
    yield {} if value is None else None
    if isinstance(value, dict):
        yield from _changed_objects(value)
    elif isinstance(value, list):
        yield from _changed_lists(value)
    elif isinstance(value, bool):
        yield from (not value, int(value), str(value))
    elif isinstance(value, int):
        yield from (value + 1, value - 1, -value, 0, value == 1, str(value), float(value))
    elif isinstance(value, str):
        number = _number(value)
        yield from words if number is None else _changed_numbers(number)


def _changed_objects(value: dict[str, Any]) -> Iterator[Any]:
    names = list(value)
    for name in names:
        yield {other: value[other] for other in names if other != name}
    for first, second in pairwise(names):
        yield value | {first: value[second], second: value[first]}
    strange = STRANGE_MEMBERS if "claim" in value else {"note": ""}
    yield from (value | {name: new} for name, new in strange.items() if name not in value)


def _changed_lists(value: list[Any]) -> Iterator[Any]:
    yield []
    yield value[::-1]
    for i, entry in enumerate(value):
        yield value[:i] + value[i + 1 :]
        yield [*value[:i], entry, *value[i:]]
        yield value[:i] + value[i : i + 2][::-1] + value[i + 2 :]


def _changed_numbers(number: Fraction) -> Iterator[Any]:
    one = Fraction(1)
    for other in (number + one, number - one, -number, one * 0, 2 * number, number + TINY, number - TINY):
        yield str(other)
    yield f"{7 * number.numerator}/{7 * number.denominator}"
    yield number.numerator
    yield float(number)


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except ValueError:
        return None


def _replaced(document: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    copy = document.copy()
    copy[path[0]] = _replaced(document[path[0]], path[1:], value)
    return copy
