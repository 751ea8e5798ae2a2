"""The names that a file gives to its fields and arrays: known ones only, shown so that they can be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten

SHOWN = 8
"""Most names that a message lists."""


def show_name(name: str) -> str:
    r"""Return a name as a message shows it.

    >>> show_name("E"), show_name("\x1b[1m")
    ('E', "'\\x1b[1m'")
    """
    return name if name.isprintable() and 0 < len(name) <= 60 else shorten(name)


def show_names(names: Iterable[str]) -> str:
    """Return names as a message lists them, in their order, "none" if there is none.

    >>> show_names(["b", "E"]), show_names([])
    ('E, b', 'none')
    """
    ordered = sorted(map(show_name, names))
    more = f" and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else ""
    return ", ".join(ordered[:SHOWN]) + more or "none"


def refuse_unknown(names: Iterable[str], known: Iterable[str], where: str) -> None:
    """Refuse a name that is not known: what is not used is never passed over.

    ``where``: what the names stand before, such as "model.", or nothing. Raises
    :class:`~exactdyn.errors.InputError`.

    >>> refuse_unknown(["depth", "dept"], ["depth"], "model.")
    Traceback (most recent call last):
    exactdyn.errors.InputError: model.dept: not used, so refused; requires none but depth
    """
    known = list(known)
    for name in names:
        if name not in known:
            shown = ", ".join(known)
            raise InputError(f"{where}{show_name(name)}: not used, so refused; requires none but {shown}")


def require_label(label: str, where: str, after: str = "") -> None:
    r"""Refuse a label that no terminal and no picture can show; ``after`` stands at the end of the message.

    Raises :class:`~exactdyn.errors.InputError`.

    >>> require_label("a\tb", "labels[0]")
    Traceback (most recent call last):
    exactdyn.errors.InputError: labels[0]: requires no control characters, got 'a\tb'
    """
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in label):
        raise InputError(f"{where}: requires no control characters, got {shorten(label)}{after}")
