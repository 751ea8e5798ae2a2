"""What the facts that lemmas ask for are made of, in words: why nothing is said beyond computed layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from exactdyn.systems.facts import Facts

Part: TypeAlias = tuple[str, Callable[[Facts], object]]

ONE_MATRIX: Part = ("there is one matrix of scores for all heads and layers", lambda facts: facts.matrix)
_KEEPS: Part = ("every step keeps a part of the token", lambda facts: facts.keeps)
_ALIKE: Part = ("the order of the scores is the same at all layers", lambda facts: facts.same_attention)
_COMPOSE: Part = (
    "whom somebody sees that a token sees, that token sees too",
    lambda facts: facts.transitive_masks,
)

PARTS: dict[str, tuple[Part, ...]] = {
    "leaders_stay": (_KEEPS, _ALIKE, _COMPOSE),
    "leaders_exposed": (
        ("every step is convex", lambda facts: facts.convex_step),
        _ALIKE,
        _COMPOSE,
        (
            "in some head everybody sees everybody, and of a tie all are attended",
            lambda facts: facts.exposing_head is not None,
        ),
        (
            "every step keeps a part of the token, or of a tie all are attended in all heads",
            lambda facts: facts.keeps or facts.whole_steps_expose,
        ),
    ),
    "tells_apart": (_KEEPS, ("all tokens see the same", lambda facts: facts.all_visible or facts.one_view)),
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


def missing_part(fact: str, facts: Facts) -> str | None:
    """Say in words which part of a fact is not known; None if its own words say it all.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> missing_part("tells_apart", Hardmax(mask="causal").facts(1))
    'all tokens see the same'
    """
    return next((said for said, known in PARTS.get(fact, ()) if not known(facts)), None)
