"""What is said of a hypothesis or statement: never a bare boolean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NoReturn, TypeAlias

Data: TypeAlias = Mapping[str, object]
"""Evidence or witness: fields as named in proofs_checks/FORMAT.md, numbers as Fraction and int."""


@dataclass(frozen=True)
class Verdict:
    """One of ``holds`` (with its scope), ``fails`` (with a witness), ``undecided`` (with the reason).

    ``outcome``: "holds", "fails" or "undecided". ``scope``: for a statement that holds, "every layer" or
    "layers 0..N". ``lemma``: the lemma in ``proofs_checks/FORMAT.md`` that carries it to every layer.
    ``evidence``, ``witness``: the data that a certificate hands to the checker. ``reason``: why
    undecided, or why nothing is said of layers beyond those computed.

    Asking for the truth value of a verdict raises TypeError: undecided is not false.

    >>> Verdict("fails", witness={"token": 0}).outcome
    'fails'
    """

    outcome: Literal["holds", "fails", "undecided"]
    scope: str | None = None
    lemma: str | None = None
    evidence: Data = field(default_factory=dict, repr=False)
    witness: Data | None = None
    reason: str | None = None

    def __bool__(self) -> NoReturn:
        raise TypeError('a verdict is no truth value: compare its outcome with "holds" or "fails"')
