"""The system that a document states: its fields together, each complaint with the name of the field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from exactdyn.errors import InputError, ShapeError
from exactdyn.layer.relu import Relu
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from proofs_checks.format.rationals import shorten

HEAD_FIELDS = ("A", "V", "mask", "ties", "Q", "K")
"""What a table of ``heads`` may state."""

RELU_FIELDS = ("W1", "b1", "W2", "b2", "eta")
"""What a table of ``relu`` may state; all but ``eta`` it must."""

_SHARED = ("mask", "ties")
# What stands beside ``heads`` for all of them that do not say it themselves.


def states_system(document: Mapping[str, object]) -> bool:
    """Tell whether a document states a system of hard attention: alpha or tau, which have no default.

    >>> states_system({"tau": "1/2"}), states_system({"V": [[1]]})
    (True, False)
    """
    return "alpha" in document or "tau" in document


def read_system(document: Mapping[str, object], count: int, dimension: int) -> HardAttention:
    """Return the system that a document states, for so many tokens of this dimension.

    It is a :class:`~exactdyn.systems.hardmax.Hardmax` where there is one head and no ReLU block. ``alpha`` is
    1 where neither it nor ``tau`` is stated. Raises :class:`~exactdyn.errors.InputError` for a field that is
    wrong, that does not fit the tokens, or that another one leaves no place for.

    >>> read_system({"tau": "2/(k+2)", "mask": "causal"}, 3, 1).schedule.at(2)
    Fraction(1, 2)
    >>> read_system({"alpha": 1, "heads": [{"A": [[1]]}, {"mask": [[0, 0], [1, 1]]}]}, 2, 1)
    Traceback (most recent call last):
    exactdyn.errors.InputError: heads[1].mask[0]: requires a 1, got none: token 0 sees nobody
    """
    several = "heads" in document
    places = [f"heads[{h}]." for h in range(len(tables(document, "heads")))] if several else [""]
    stated = _head_tables(document)
    heads = [_head(table, place) for table, place in zip(stated, places, strict=True)]
    for head, table, place in zip(heads, stated, places, strict=True):
        _require_fit(head, place, count, dimension if "Q" in table else None)
    blocks = _blocks(document)
    given = {name: document[name] for name in ("alpha", "tau", "period", "form") if name in document}
    with _one_head_unnamed(several):
        system = HardAttention(heads, relu=blocks, **given)
        system.heads(0, dimension)
    if states_system(document) and system.period > 1 and not system.listed:
        raise InputError("period: requires a list of alpha, tau, A, V or relu whose end it repeats, got none")
    if len(heads) > 1 or blocks is not None:
        return system
    (head,) = heads
    return Hardmax(A=head.A, V=head.V, mask=head.mask, ties=head.ties, **given)


def _head_tables(document: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Return what every head states; without ``heads`` there is one, stated by the document itself."""
    own = {name: document[name] for name in HEAD_FIELDS if name in document}
    if "heads" not in document:
        return [own]
    for name in own:
        if name not in _SHARED:
            raise InputError(f"{name}: requires no heads beside it, which state it each, got both")
    given = tables(document, "heads")
    for h, table in enumerate(given):
        refuse_unknown(table, HEAD_FIELDS, f"heads[{h}].")
    return [{**own, **table} for table in given]


def _head(table: Mapping[str, object], place: str) -> Head:
    with placed(place):
        for name in ("A", "V", "Q", "K"):
            if name in table and table[name] is None:
                raise ShapeError(f"{name}: requires rows of numbers, got None")
        return Head(**table)


def _require_fit(head: Head, place: str, count: int, columns: int | None) -> None:
    """Raise ShapeError for a mask of another number of tokens, and for Q, K of another number of columns."""
    if head.mask is not None:
        head.mask.require_count(count, f"{place}mask")
    for matrix in head.A or ():
        if columns not in (None, len(matrix)):
            raise ShapeError(f"{place}Q: requires {columns} columns for these tokens, got {len(matrix)}")


def _blocks(document: Mapping[str, object]) -> list[Relu] | None:
    """Return the ReLU blocks: of one table, or of a list of them, one a layer."""
    if "relu" not in document:
        return None
    one = isinstance(document["relu"], Mapping)
    blocks = []
    for place, table in enumerate(tables(document, "relu")):
        where = "relu." if one else f"relu[{place}]."
        refuse_unknown(table, RELU_FIELDS, where)
        for name in RELU_FIELDS[:-1]:
            if name not in table:
                raise InputError(f"{where}{name}: requires a value, got none")
        with placed(where):
            blocks.append(Relu(**table))
    return blocks


def tables(document: Mapping[str, object], field: str) -> Sequence[Mapping[str, object]]:
    """Return the tables of a field, at least one; of ``relu`` one may stand for a list of it.

    Raises :class:`~exactdyn.errors.ShapeError` for anything else.

    >>> tables({"heads": [{"mask": "causal"}]}, "heads")
    [{'mask': 'causal'}]
    """
    value = document[field]
    given = [value] if isinstance(value, Mapping) and field == "relu" else value
    if not isinstance(given, list | tuple):
        raise ShapeError(f"{field}: requires a list of tables, got {shorten(value)}")
    if not given:
        raise ShapeError(f"{field}: requires at least one table, got none")
    for place, table in enumerate(given):
        if not isinstance(table, Mapping):
            raise ShapeError(f"{field}[{place}]: requires a table, got {shorten(table)}")
    return given


def refuse_unknown(table: Mapping[str, object], known: Sequence[str], place: str) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for a field of a table that is not known.

    >>> refuse_unknown({"mask": "causal"}, HEAD_FIELDS, "heads[0].")
    """
    for name in table:
        if name not in known:
            raise InputError(f"{place}{name}: unknown field, requires one of {', '.join(known)}")


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Put the place of a table in front of every complaint about what it states.

    >>> with placed("heads[1]."):
    ...     raise InputError("V: requires a square matrix, got 1 x 2")
    Traceback (most recent call last):
    exactdyn.errors.InputError: heads[1].V: requires a square matrix, got 1 x 2
    """
    try:
        yield
    except InputError as error:
        raise type(error)(f"{place}{error}") from None


@contextmanager
def _one_head_unnamed(several: bool) -> Iterator[None]:
    """Where a document has no ``heads``, its one head has no place in complaints."""
    try:
        yield
    except InputError as error:
        raise type(error)(str(error) if several else str(error).removeprefix("heads[0].")) from None
