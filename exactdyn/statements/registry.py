"""The registry: what every statement says, and what became of statements that were published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from exactdyn.errors import InputError
from exactdyn.presentation import Presentable
from exactdyn.statements.catalogue import CATALOGUE, HYPOTHESES
from exactdyn.statements.published import PUBLISHED, PublishedStatement
from exactdyn.statements.statement import Hypothesis, Statement
from exactdyn.verdict import Data


@dataclass(frozen=True, repr=False)
class Registry(Presentable):
    """Statements of the catalogue and published statements, all of them or those of one name.

    ``statements``: what `check`, `hunt` and certificates decide. ``published``: what was claimed elsewhere.
    ``hypotheses``: those of the clustering theorem.

    >>> from exactdyn.statements import look_up
    >>> print(look_up("norm-growth"))
    norm-growth: <Az, z> never falls, and grows for every token that moves
    norm-growth (arXiv 2407.01602, Lemma 3.2): holds
    """

    statements: tuple[Statement, ...]
    published: tuple[PublishedStatement, ...]
    hypotheses: tuple[Hypothesis, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all, each once.

        >>> from exactdyn.statements import look_up
        >>> look_up("norm-growth").names
        ('norm-growth',)
        """
        lists = (self.statements, self.published, self.hypotheses)
        return tuple(dict.fromkeys(own.name for listed in lists for own in listed))

    def __repr__(self) -> str:
        return f"Registry({len(self.statements)} decided, {len(self.published)} published)"

    def __str__(self) -> str:
        assumed = [f"{own.name}: {own.says}" for own in self.hypotheses]
        known = [f"{record.name}: {record.says}" for record in self.statements]
        claimed = [f"{entry.name} ({entry.published.text}): {entry.became}" for entry in self.published]
        return "\n".join([*assumed, *known, *claimed])

    def to_dict(self) -> dict[str, object]:
        """Return what `exactdyn statements --json` prints.

        >>> from exactdyn.statements import look_up
        >>> [record["name"] for record in look_up("convergence").to_dict()["statements"]]
        ['convergence']
        """
        return {
            "statements": [statement_data(record) for record in self.statements],
            "published": [entry.to_dict() for entry in self.published],
            "hypotheses": [
                {"name": own.name, "says": own.says, "fails": [way.text for way in own.failures]}
                for own in self.hypotheses
            ],
        }


def look_up(name: str | None = None) -> Registry:
    """Return the registry, or what it has of one name.

    ``name``: of a statement of the catalogue, a published statement, or both, or of a hypothesis of the
    clustering theorem; None: everything. Raises :class:`~exactdyn.errors.InputError` if nothing has this
    name.

    >>> len(look_up().published) > 10
    True
    >>> look_up("single-cluster").published[0].outcome
    'false as worded'
    """
    found = Registry(
        tuple(record for record in CATALOGUE.values() if name in (None, record.name)),
        tuple(entry for entry in PUBLISHED.values() if name in (None, entry.name)),
        tuple(own for own in HYPOTHESES.values() if name in (None, own.name)),
    )
    if name is not None and not (found.statements or found.published or found.hypotheses):
        known = list(dict.fromkeys([*CATALOGUE, *PUBLISHED, *HYPOTHESES]))
        near = "".join(f" (did you mean {own!r}?)" for own in get_close_matches(name, known, 1))
        names = ", ".join(known)
        raise InputError(f"name: requires the name of a statement, one of {names}, got {name!r}{near}")
    return found


def statement_data(record: Statement) -> Data:
    """Return what the registry says of a statement of the catalogue, as data.

    ``kind``: which systems it is about; None: any.
    ``about``: "layers" or "limit", what it is decided on. ``lemmas``: what proves it for every layer.
    ``needs``: what a lemma about layers asks of a system. ``fails``: the sentences about a witness, whose
    members stand in braces.

    >>> from exactdyn.statements.catalogue import CATALOGUE
    >>> statement_data(CATALOGUE["hull-shrinkage"])["needs"]
    ['every new token is a convex combination of itself and of tokens that it may see']
    """
    return {
        "name": record.name,
        "says": record.says,
        "role": record.role,
        "kind": record.about and record.about.kind,
        "about": "layers" if record.on_layers else "limit",
        "lemmas": list(record.lemmas),
        "needs": list(record.needs),
        "fails": [way.text for way in record.failures],
    }


_LEMMA = re.compile(
    r"^### ([a-z-]+)(?: [^\n]*)?\n+(?:Coq: [^\n]*\n+)?\*(.+?)\*\n\n", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


def lemma_text(name: str) -> str | None:
    """Return what a lemma says in one line; None where its section begins otherwise than with that.

    >>> lemma_text("convex-step")[:72]
    'If the step is convex at layer k, then conv Z^{k+1} lies within conv Z^k'
    """
    return _texts().get(name)


@cache
def _texts() -> dict[str, str]:
    text = (files("proofs_checks") / "FORMAT.md").read_text(encoding="utf-8")
    return {name: " ".join(_LINK.sub(r"\1", said).split()) for name, said in _LEMMA.findall(text)}
