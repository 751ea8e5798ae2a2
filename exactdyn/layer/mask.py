"""Masks: which tokens a token may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, cast

from exactdyn.errors import InputError, ShapeError
from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.reading import exact_rows, is_truth_value
from proofs_checks.format.rationals import shorten, write_rational

MaskKind: TypeAlias = Literal["causal", "strict", "rows"]

NAMED_COUNT = 4
"""So many tokens tell whether named masks compose: first token, and three others in any order."""


@dataclass(frozen=True)
class Mask:
    """For every token i the set M(i) of tokens that it may see, never empty.

    ``kind``: "causal", M(i) = {j <= i}; "strict", M(i) = {j < i}, but the first token sees itself; "rows",
    given token by token. ``rows``: for "rows" M(i) of every token, otherwise None. Where there is no mask,
    everybody sees everybody.
    Source: arXiv 2411.04990, causal attention.

    >>> [sorted(own) for own in Mask("causal").seen(3)], [sorted(own) for own in Mask("strict").seen(3)]
    ([[0], [0, 1], [0, 1, 2]], [[0], [0], [0, 1]])
    """

    kind: MaskKind
    rows: AttentionSets | None = None

    @property
    def text(self) -> str:
        """The mask in words.

        >>> Mask("causal").text, Mask.of([[1, 0], [1, 1]]).text
        ('causal', '2 x 2, 3 ones')
        """
        if self.rows is None:
            return self.kind
        return f"{len(self.rows)} x {len(self.rows)}, {sum(map(len, self.rows))} ones"

    def __repr__(self) -> str:
        return f"Mask({self.text})"

    @classmethod
    def of(cls, value: object, where: str = "mask") -> Mask | None:
        """Read a mask: None for everybody, "causal", "strict", a mask, or n rows of n numbers 0 and 1.

        Row i has a 1 in column j where token i may see token j. ``where`` is the field that a message names.
        Raises :class:`~exactdyn.errors.InputError` for anything else and for a row without a 1.

        >>> Mask.of([[1, 0], [1, 1]])
        Mask(2 x 2, 3 ones)
        """
        if value is None or isinstance(value, Mask):
            return value
        if isinstance(value, str):
            if value not in ("causal", "strict"):
                raise InputError(f'{where}: requires "causal", "strict" or rows of 0/1, got {shorten(value)}')
            return cls(cast("MaskKind", value))
        return cls("rows", _read_rows(value, where))

    def seen(self, count: int, where: str = "mask") -> AttentionSets:
        """Return M(0), ..., M(n-1) for n tokens; raises ShapeError for rows of another number of tokens.

        >>> Mask.of([[1, 0], [1, 1]]).seen(3)
        Traceback (most recent call last):
        exactdyn.errors.ShapeError: mask: requires 3 x 3 for these tokens, got 2 x 2
        """
        if self.rows is None:
            return _named(self.kind, count)
        if len(self.rows) != count:
            size = len(self.rows)
            raise ShapeError(f"{where}: requires {count} x {count} for these tokens, got {size} x {size}")
        return self.rows

    def require_count(self, count: int, where: str = "mask") -> None:
        """Raise :class:`~exactdyn.errors.ShapeError` for rows of another number of tokens.

        >>> Mask("causal").require_count(3)
        """
        self.seen(count, where)

    def data(self, count: int) -> str | list[list[int]]:
        """Return the mask for n tokens as documents and certificates have it: its name, or rows of 0 and 1.

        Source: ``proofs_checks/FORMAT.md``, section "Systems with schedules, masks, heads".

        >>> Mask("causal").data(3), Mask.of([[1, 0], [1, 1]]).data(2)
        ('causal', [[1, 0], [1, 1]])
        """
        if self.rows is None:
            return self.kind
        return [[int(j in own) for j in range(count)] for own in self.rows]

    @property
    def everybody(self) -> bool:
        """Whether it hides nobody from anybody, for certain.

        >>> Mask("causal").everybody, Mask.of([[1, 1], [1, 1]]).everybody
        (False, True)
        """
        return self.rows is not None and all(len(own) == len(self.rows) for own in self.rows)

    @property
    def one_view(self) -> bool:
        """Whether all tokens see the same tokens, for certain.

        >>> Mask("causal").one_view, Mask.of([[1, 0], [1, 0]]).one_view
        (False, True)
        """
        return self.rows is not None and len(set(self.rows)) == 1

    @property
    def reflexive(self) -> bool:
        """Whether every token sees itself, however many tokens there are.

        >>> Mask("causal").reflexive, Mask("strict").reflexive
        (True, False)
        """
        return self.kind == "causal" or (
            self.rows is not None and all(token in own for token, own in enumerate(self.rows))
        )

    def transitive(self, count: int) -> bool:
        """Tell whether who is seen by somebody that a token sees, that token sees too, for n tokens.

        Source: ``proofs_checks/FORMAT.md``, section "Facts".

        >>> Mask("strict").transitive(5), Mask.of([[1, 1, 0], [0, 1, 1], [0, 0, 1]]).transitive(3)
        (True, False)
        """
        return composing([self.seen(count)])


def composing(masks: Sequence[AttentionSets]) -> bool:
    """Tell whether l in M(j) and j in M'(i) imply l in M''(i), for any three of these masks, maybe the same.

    Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``: what several heads need.

    >>> causal, strict = Mask("causal").seen(3), Mask("strict").seen(3)
    >>> composing([causal]), composing([causal, strict])
    (True, False)
    """
    for rows in zip(*masks, strict=True):
        reached = frozenset[int]().union(*(mask[j] for own in rows for j in own for mask in masks))
        if not all(reached <= own for own in rows):
            return False
    return True


def masks_compose(masks: Sequence[Mask | None]) -> bool:
    """Tell whether the masks of several heads compose (:func:`composing`), however many tokens there are.

    Rows say how many; named masks compare the places of at most three tokens, and treat the first one apart.
    Source: ``proofs_checks/FORMAT.md``, section "Facts".

    >>> masks_compose([Mask("strict")]), masks_compose([Mask("causal"), None])
    (True, False)
    """
    given = [mask for mask in masks if mask is not None]
    if not given:
        return True
    counts = [len(mask.rows) for mask in given if mask.rows is not None]
    count = counts[0] if counts else NAMED_COUNT
    everybody = (frozenset(range(count)),) * count
    return composing([everybody if mask is None else mask.seen(count) for mask in {*masks}])


@lru_cache(maxsize=64)
def _named(kind: MaskKind, count: int) -> AttentionSets:
    ends = range(1, count + 1) if kind == "causal" else (max(1, token) for token in range(count))
    return tuple(frozenset(range(end)) for end in ends)


def _read_rows(value: object, where: str) -> AttentionSets:
    rows = exact_rows(_numbers(value), where)
    if len(rows) != len(rows[0]):
        raise ShapeError(f"{where}: requires as many rows as columns, got {len(rows)} x {len(rows[0])}")
    for i, row in enumerate(rows):
        for j, entry in enumerate(row):
            if entry not in (0, 1):
                raise InputError(f"{where}[{i}][{j}]: requires 0 or 1, got {write_rational(entry)}")
        if not any(row):
            raise InputError(f"{where}[{i}]: requires a 1, got none: token {i} sees nobody")
    return tuple(frozenset(j for j, entry in enumerate(row) if entry) for row in rows)


def _numbers(value: object, nested: int = 2) -> object:
    # Truth values mean 0 and 1 here, and nowhere else: an array of them is how masks are kept in numpy. Rows
    # of entries are two levels; what is nested deeper is refused where rows are read.
    if is_truth_value(value):
        return int(cast("bool", value))
    if nested and isinstance(value, Iterable) and not isinstance(value, str | bytes | dict):
        return [_numbers(entry, nested - 1) for entry in value]
    return value
