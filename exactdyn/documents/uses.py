"""Which fields of a document each command uses: what it has no use for is refused, never ignored."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from exactdyn.errors import InputError

SYSTEM_FIELDS = ("alpha", "tau", "A", "V", "Q", "K", "mask", "ties", "heads", "relu", "period", "form")
"""What states a system of hard attention; without ``alpha`` and ``tau`` ``V``, ``Q``, ``K``, ``mask`` and
``heads`` state one of softmax attention, with ``step`` in discrete time."""

FIELDS = ("tokens", *SYSTEM_FIELDS, "step", "field", "parameter", "labels", "layers")
"""What a document may state; ``tokens`` it must."""

ARRAY_FIELDS = tuple(field for field in FIELDS if field not in ("heads", "relu", "parameter"))
"""Those that an archive of arrays can state; the others are tables."""


@dataclass(frozen=True)
class Use:
    """What a command does with the fields of a document.

    ``used``: those that the answer depends on. ``replaced``: those in whose place the question puts something
    else, as its help says: a class of matrices for ``A``, a required option for ``layers``, for all that is
    not the system itself a certificate. ``aside``: those that belong to the same system, but not to this
    question: one document serves many commands, so they are not refused, but said to play no part. Any other
    field is refused.
    """

    used: frozenset[str]
    replaced: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()

    @property
    def refused(self) -> tuple[str, ...]:
        """The fields that the command has no use for.

        >>> USES["itineraries"].refused
        ('relu', 'step', 'field', 'parameter')
        """
        return tuple(field for field in FIELDS if field not in self.used | self.replaced | self.aside)


def _use(used: str, replaced: str = "", aside: str = "") -> Use:
    return Use(frozenset(used.split()), frozenset(replaced.split()), frozenset(aside.split()))


_BESIDE = "alpha tau V mask ties heads period"
# What a system states beside the one A of its heads, where all A are looked at.

_PARAMETERS = " ".join(field for field in SYSTEM_FIELDS if field != "form")

USES = {
    "check": _use(f"tokens {_PARAMETERS} field labels layers", aside="form"),
    "run": _use(f"tokens {_PARAMETERS} form field labels layers"),
    "limit": _use(f"tokens {_PARAMETERS} field labels layers", aside="form"),
    "compare": _use(f"tokens {_PARAMETERS} field labels layers", aside="form"),
    "graph": _use(f"tokens {_PARAMETERS} form field labels layers"),
    "plot": _use(f"tokens {_PARAMETERS} form field labels layers"),
    "page": _use(f"tokens {_PARAMETERS} form field labels layers"),
    "itineraries": _use(f"tokens {_BESIDE}", replaced="A Q K layers", aside="form labels"),
    "lead": _use(f"tokens {_BESIDE} labels", replaced="A Q K layers", aside="form"),
    "hunt": _use(f"tokens {_BESIDE}", replaced="A Q K layers", aside="form labels"),
    "cells": _use("tokens alpha tau A Q K parameter labels", replaced="layers", aside="form"),
    "softmax": _use("tokens V Q K mask heads step labels"),
    "verify": _use(f"tokens {_PARAMETERS} step field", replaced="form labels layers"),
}
"""What every command that reads an EXAMPLE uses; ``verify`` compares what its certificate is about."""


def fields_aside(stated: Set[str], command: str) -> tuple[str, ...]:
    """Return which of the stated fields play no part in what a command asks.

    Raises :class:`~exactdyn.errors.InputError` for the first that it has no use for.

    >>> fields_aside({"tokens", "alpha", "A", "labels"}, "hunt")
    ('labels',)
    >>> fields_aside({"tokens", "relu"}, "softmax")
    Traceback (most recent call last):
    exactdyn.errors.InputError: relu: not used by softmax (it uses tokens, V, Q, K, mask, heads, step, labels)
    """
    use = USES[command]
    for field in use.refused:
        if field in stated:
            known = ", ".join(known for known in FIELDS if known in use.used)
            only = f": {command} is over the rationals only in this version" if field == "field" else ""
            raise InputError(f"{field}: not used by {command} (it uses {known}){only}")
    if "step" in stated and not stated.isdisjoint({"alpha", "tau"}):
        raise InputError(f"step: not used by {command} beside alpha or tau: it is that of softmax attention")
    return tuple(field for field in FIELDS if field in stated and field in use.aside)
