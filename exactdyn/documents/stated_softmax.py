"""The softmax attention that a document states where it states neither alpha nor tau."""

from __future__ import annotations

from collections.abc import Mapping

from exactdyn.documents.stated_system import placed, refuse_unknown, tables
from exactdyn.errors import InputError, ShapeError
from exactdyn.systems.soft_attention import SoftHead, Softmax

SOFT_HEAD_FIELDS = ("V", "Q", "K", "mask")
"""What a table of ``heads`` may state where neither alpha nor tau is stated."""


def hard_heads(document: Mapping[str, object]) -> str | None:
    """Return the first field in a table of ``heads`` that only hard attention has, with its place.

    >>> hard_heads({"heads": [{"V": [[1]]}, {"ties": "first"}]}), hard_heads({"heads": [{}]})
    ('heads[1].ties', None)
    """
    heads = document.get("heads")
    given = heads if isinstance(heads, list | tuple) else ()
    named = ((h, name) for h, table in enumerate(given) if isinstance(table, Mapping) for name in table)
    return next((f"heads[{h}].{name}" for h, name in named if name in ("A", "ties")), None)


def read_softmax(document: Mapping[str, object], count: int, dimension: int) -> Softmax:
    """Return the softmax attention that a document states, for so many tokens of this dimension.

    A ``mask`` beside ``heads`` is that of all which do not say one themselves. Raises
    :class:`~exactdyn.errors.InputError` for a field that is wrong, or that does not fit the tokens.

    >>> read_softmax({"mask": "causal", "heads": [{}, {"V": [[2]]}], "step": "1/10"}, 3, 1)
    Softmax(2 heads, mask causal in head 0, mask causal in head 1, step 1/10)
    """
    own = {name: document[name] for name in SOFT_HEAD_FIELDS if name in document}
    if "heads" in document:
        for name in own:
            if name != "mask":
                raise InputError(f"{name}: requires no heads beside it, which state it each, got both")
        given = tables(document, "heads")
        for h, table in enumerate(given):
            refuse_unknown(table, SOFT_HEAD_FIELDS, f"heads[{h}].")
        places, stated = [f"heads[{h}]." for h in range(len(given))], [{**own, **table} for table in given]
    else:
        places, stated = [""], [own]
    heads = [_head(table, place) for table, place in zip(stated, places, strict=True)]
    for head, place in zip(heads, places, strict=True):
        head.matrices(dimension, place)
        if head.mask is not None:
            head.mask.require_count(count, f"{place}mask")
    return Softmax(heads=heads, step=document.get("step"))


def _head(table: Mapping[str, object], place: str) -> SoftHead:
    with placed(place):
        for name in ("V", "Q", "K"):
            if name in table and table[name] is None:
                raise ShapeError(f"{name}: requires rows of numbers, got None")
        return SoftHead(**table)
