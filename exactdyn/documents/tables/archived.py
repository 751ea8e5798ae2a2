"""An archive of arrays as a document: tokens, and with them what states a system."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from exactdyn.documents.syntax import Document
from exactdyn.documents.tables.arrays import array_names, array_numbers, read_archive
from exactdyn.documents.uses import ARRAY_FIELDS, FIELDS
from exactdyn.errors import InputError, NumberError

_TEXTS = tuple(field for field in ARRAY_FIELDS if field not in ("period", "layers"))
# What may be text in a document of arrays: a number as text means what it says.


def is_document(path: Path) -> bool:
    """Tell whether an archive holds tokens and other fields of a document.

    Raises :class:`~exactdyn.errors.InputError` for what is no archive.
    """
    names = array_names(path)
    return "tokens" in names and len(names) > 1 and set(names) <= set(FIELDS)


def archived_document(path: Path) -> tuple[Document, tuple[str, ...]]:
    """Return the document that the arrays of a ``.npz`` archive state by their names, and what to say of it.

    Integers and texts mean what they say, floats their exact binary values; a list of matrices is an array
    with three axes. That ``alpha``, ``tau`` or ``step`` is no short fraction then is worth saying. Raises
    :class:`~exactdyn.errors.InputError` as :func:`~exactdyn.documents.tables.arrays.read_archive` does.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "system.npz")
    ...     np.savez(path, tokens=[[1, 2]], alpha=0.5, labels=["a"])
    ...     archived_document(path)[0]["alpha"]
    Fraction(1, 2)
    """
    arrays = read_archive(path, _TEXTS)
    document: Document = {name: _value(array, name) for name, array in arrays.items()}
    return document, tuple(_rounded(arrays))


def _value(array: np.ndarray, name: str) -> object:
    if name == "tokens" and array.dtype.kind != "U":
        return array_numbers(array, name)
    try:
        plain = array.tolist()
    except ValueError:
        raise InputError(f"{name}: requires text, got bytes that are none") from None
    return _exact(plain, name)


def _exact(value: Any, where: str) -> object:
    if isinstance(value, list):
        return [_exact(entry, f"{where}[{place}]") for place, entry in enumerate(value)]
    if not isinstance(value, float):
        return value
    if not np.isfinite(value):
        raise NumberError(f"{where}: requires a finite number, got {value}")
    return Fraction(value)


def _rounded(arrays: Mapping[str, np.ndarray]) -> list[str]:
    """Say of a step that is a float that it is not the decimal which it is shown as."""
    said = []
    for name in ("alpha", "tau", "step"):
        array = arrays.get(name)
        if array is not None and array.dtype.kind == "f" and array.ndim == 0:
            value = array.item()
            if Fraction(value) != Fraction(repr(value)):
                exact = f"{name} is {Fraction(value)}, the exact value of the float {value!r}"
                said.append(f"{exact}: save it as text for that decimal")
    return said
