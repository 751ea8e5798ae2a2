"""What a certificate claims, one record each, before anything of it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field

Outcome: TypeAlias = Literal["holds", "fails"]

EVERY_LAYER = "every layer"
"""The scope of a statement that a lemma proves for all layers k = 0, 1, 2, ..."""


def computed_layers(layers: int) -> str:
    """Return the scope of a statement that was checked on the states 0..layers.

    >>> computed_layers(30)
    'layers 0..30'
    """
    return f"layers 0..{layers}"


@dataclass(frozen=True)
class Claim:
    """A hypothesis or statement, its verdict, and the data that is to establish it."""

    name: str
    verdict: Outcome
    scope: str | None
    lemma: str | None
    data: Field

    def require(self, condition: bool, reason: str) -> None:
        """Raise :class:`RejectedError` unless the condition is true.

        >>> claim = Claim("symmetric", "holds", None, None, Field({}, "evidence"))
        >>> claim.require(1 + 1 == 2, "arithmetic is off")
        """
        if not condition:
            raise RejectedError(f"{self.name}: {reason}")

    def by_lemma(self, lemma: str, layers: int) -> bool:
        """Tell whether a statement that holds claims every layer, by this lemma, or layers 0..layers.

        Raises :class:`RejectedError` for any other combination of scope and lemma.

        >>> claim = Claim("hull-shrinkage", "holds", "layers 0..3", None, Field({}, "evidence"))
        >>> claim.by_lemma("convex-step", 3)
        False
        """
        for_ever = (self.scope, self.lemma) == (EVERY_LAYER, lemma)
        computed = (self.scope, self.lemma) == (computed_layers(layers), None)
        allowed = f'"{EVERY_LAYER}" by "{lemma}", or "{computed_layers(layers)}" by computation'
        self.require(for_ever or computed, f"the scope can be {allowed}")
        return for_ever

    def computed(self, layers: int) -> None:
        """Require the scope layers 0..layers, as no lemma proves this statement for every layer.

        Raises :class:`RejectedError` for any other.

        >>> Claim("frank-wolfe-rate", "holds", "layers 0..3", None, Field({}, "evidence")).computed(3)
        """
        scope = computed_layers(layers)
        self.require((self.scope, self.lemma) == (scope, None), f'the scope can be "{scope}", by computation')


def read_claim(field: Field) -> Claim:
    """Read one entry of ``claims``; FORMAT.md, section "Claims".

    >>> read_claim(Field({"claim": "symmetric", "verdict": "holds"}, "claims[0]")).verdict
    'holds'
    """
    members = field.fields(["claim", "verdict"], ["scope", "lemma", "evidence", "witness"])
    verdict = members["verdict"].text()
    if verdict not in ("holds", "fails"):
        members["verdict"].refuse('"holds" or "fails"')
    own, other = ("evidence", "witness") if verdict == "holds" else ("witness", "evidence")
    extra = [other] if verdict == "holds" else [other, "scope", "lemma"]
    for name in extra:
        if name in members:
            members[name].refuse(f"no {name} in a claim that {verdict}")
    return Claim(
        members["claim"].text(),
        "holds" if verdict == "holds" else "fails",
        members["scope"].text() if "scope" in members else None,
        members["lemma"].text() if "lemma" in members else None,
        members.get(own, Field({}, f"{field.path}.{own}")),
    )
