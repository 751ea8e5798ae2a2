"""Answers together with what was asked, as certificates and pictures need both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from exactdyn.cli.commands.verify import Finding
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.questions.itineraries import Itineraries
from exactdyn.families.questions.lead import Lead, Question
from exactdyn.families.setting import Around
from exactdyn.hunts.answer import Answer
from exactdyn.hunts.request import Request
from exactdyn.numbers.points import Points
from exactdyn.numbers.shown import counted
from exactdyn.presentation import Presentable


@dataclass(frozen=True, repr=False, kw_only=True)
class AskedLead(Lead, Presentable):
    """A matrix that makes tokens lead, or that there is none: see the fields of Lead.

    ``question``: what was asked. ``more``: whether more tokens can lead, where as many as possible were
    sought.
    """

    question: Question
    more: Lead | None = None

    def __repr__(self) -> str:
        return f"AskedLead({self.status}, leaders {list(self.leaders)})"


@dataclass(frozen=True, repr=False, kw_only=True)
class AskedItineraries(Itineraries, Presentable):
    """The itineraries that matrices of a class realise: see the fields of Itineraries.

    ``matrices``, ``around``, ``start``, ``layers``: the class, the system but for A, the tokens, and how many
    graphs an itinerary has.
    """

    matrices: MatrixClass
    around: Around
    start: Points
    layers: int

    def __repr__(self) -> str:
        known, layers = "all" if self.complete else "not all", counted(self.layers, "layer")
        return f"AskedItineraries({len(self.itineraries)} of {layers}, {known} that there are)"


@dataclass(frozen=True, repr=False, kw_only=True)
class AskedHunt(Answer, Presentable):
    """What a hunt has come to: see the fields of Answer. ``request``: what was looked for."""

    request: Request

    @property
    def example(self) -> dict[str, object] | None:
        """The document of the counterexample, if there is one, as ``read_document`` takes it."""
        return None if self.counterexample is None else self.counterexample.counterexample

    def __repr__(self) -> str:
        lemma = "" if self.lemma is None else f", by lemma {self.lemma}"
        return f"AskedHunt({self.request.statement}: {self.status}{lemma})"


@dataclass(frozen=True, repr=False)
class Verification(Finding, Presentable):
    """What the checker says of a certificate.

    ``verdict``: "accepted", "rejected", "malformed", "too much work", "not covered" or "kernels differ".
    ``reason``: why it is not accepted. ``lines``: the system and the claims that are accepted, in words.

    Asking for its truth value raises TypeError: a certificate that is not accepted is an answer, too.
    """

    def __bool__(self) -> NoReturn:
        raise TypeError('a verification is no truth value: compare its verdict with "accepted"')

    def __str__(self) -> str:
        return "\n  ".join([f"{self.file}: {self.verdict}", *([self.reason] if self.reason else self.lines)])

    def __repr__(self) -> str:
        why = f": {self.reason}" if self.reason else f", {len(self.lines)} lines"
        return f"Verification({self.verdict}{why})"


@dataclass(frozen=True, repr=False)
class Kept(Presentable):
    """An answer that was saved: ``kind`` names what it was, ``version`` the exactdyn that gave it.

    ``data``: what its ``to_dict`` was. ``proof``: its certificate, if it has one; the checker accepted it
    when it was loaded.
    """

    kind: str
    version: str
    data: dict[str, object] = field(hash=False)
    proof: dict[str, object] | None = field(hash=False)

    def __repr__(self) -> str:
        return f"Kept({self.kind}, {'no certificate' if self.proof is None else 'certificate accepted'})"
