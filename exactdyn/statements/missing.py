"""What a lemma asks for that a run has not, in words: why a statement is said of computed layers only."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from exactdyn.systems.facts import Facts
from exactdyn.systems.run import Run

if TYPE_CHECKING:
    from exactdyn.statements.statement import Lemma

Part: TypeAlias = tuple[str, Callable[[Facts], object]]

ONE_MATRIX: Part = ("there is one matrix of scores for all heads and layers", lambda facts: facts.matrix)
_KEEPS: Part = ("every step keeps a part of the token", lambda facts: facts.keeps)
_ALIKE: Part = ("the order of the scores is the same at all layers", lambda facts: facts.same_attention)
_COMPOSE: Part = (
    "whom somebody sees that a token sees, that token sees too",
    lambda facts: facts.transitive_masks,
)
_STAYS = (_KEEPS, _ALIKE, _COMPOSE)

PARTS: dict[str, tuple[Part, ...]] = {
    "leaders_stay": _STAYS,
    "leaders_exposed": (
        *_STAYS,
        (
            "in some head everybody sees everybody, and of a tie all are attended",
            lambda facts: facts.exposing_head is not None,
        ),
    ),
    "tells_apart": (_KEEPS, ("everybody sees everybody", lambda facts: facts.all_visible)),
    "q_grows": (
        ONE_MATRIX,
        ("A is symmetric", lambda facts: facts.symmetric),
        ("every step goes towards what is attended", lambda facts: facts.forward),
        ("every token sees itself", lambda facts: facts.all_visible or facts.reflexive_masks),
    ),
    "semidefinite": (ONE_MATRIX,),
    "definite": (ONE_MATRIX,),
}
"""What facts that lemmas ask for are made of, in words, as far as that says more than their own words."""


def missing(lemma: Lemma, run: Run) -> str | None:
    """Say what a lemma asks for that is not known of a run; None if it applies.

    >>> from exactdyn.statements.distinctness_preserved import STATEMENT
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> missing(STATEMENT.decided.lemma, Hardmax(mask="causal").run([[1]], 0))
    'lemma no-collision asks that everybody sees everybody'
    """
    for fact, words in zip(lemma.facts, lemma.needs, strict=False):
        if not getattr(run.facts, fact):
            parts = (said for said, known in PARTS.get(fact, ()) if not known(run.facts))
            return f"lemma {lemma.name} asks that {next(parts, words)}"
    return None if lemma.start(run) else f"lemma {lemma.name} asks that {lemma.of_start}"
