"""Which lemma proves a statement for all matrices of a class and all tokens, without any search."""

from __future__ import annotations

from dataclasses import dataclass

from exactdyn.families.setting import Around, Setting
from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.statements.statement import Fact, Lemma

RANK_LIMIT = 2
"""Up to this rank lemmas speak of semidefinite matrices."""

OF_CLASS: dict[str, frozenset[Fact]] = {
    "general": frozenset(),
    "symmetric": frozenset({"q_grows"}),
    "positive-semidefinite": frozenset({"q_grows", "semidefinite"}),
    "positive-definite": frozenset({"q_grows", "semidefinite", "definite"}),
    "positive-semidefinite-part": frozenset({"semidefinite"}),
    "positive-definite-part": frozenset({"semidefinite", "definite"}),
    "negative-semidefinite": frozenset({"q_grows"}),
    "negative-definite": frozenset({"q_grows", "consensus"}),
    "negative-semidefinite-part": frozenset(),
    "negative-definite-part": frozenset({"consensus"}),
}
"""What all matrices of a class bring, where steps, mask and rule for ties bring the rest."""


@dataclass(frozen=True)
class Narrowing:
    """Which matrices and tokens are meant, where not all are.

    ``rank``: only matrices of at most this rank; None: of any. ``hypotheses``: only tokens for which these
    hypotheses of the clustering theorem hold, "nonzero-tokens" and "distinct-tokens".
    """

    rank: int | None = None
    hypotheses: frozenset[str] = frozenset()


ALL = Narrowing()


def proving(statement: str, kind: str, around: Around, narrowing: Narrowing = ALL) -> Lemma | None:
    """Return the lemma of FORMAT.md that excludes failure for all matrices and tokens meant, if there is one.

    ``kind``: the class, such as "general".
    Source: the lemmas of ``proofs_checks/FORMAT.md``, section "Statements about all matrices".

    >>> from fractions import Fraction
    >>> proving("hull-shrinkage", "general", Fraction(1)).name
    'convex-step'
    >>> proving("norm-growth", "symmetric", Fraction(1)) is None
    True
    >>> proving("convergence", "negative-definite", Fraction(1)).name
    'consensus'
    >>> proving("convergence", "positive-semidefinite", Fraction(1), Narrowing(rank=2)).name
    'rank-two-settles'
    >>> distinct = Narrowing(hypotheses=frozenset({"distinct-tokens"}))
    >>> proving("leader-vertex", "positive-definite", Fraction(1), distinct).name
    'leading-points'
    >>> proving("leader-vertex", "positive-definite", Fraction(1)) is None
    True
    """
    lemmas = CATALOGUE[statement].decided.guarantees
    known = _known(Setting.of(around), kind, narrowing) if lemmas else frozenset()
    return next((lemma for lemma in lemmas if _applies(lemma, known, narrowing)), None)


def _applies(lemma: Lemma, known: frozenset[Fact], narrowing: Narrowing) -> bool:
    plain = lemma.of_start is None or bool(lemma.hypotheses)  # else it asks for more of the tokens
    return plain and known >= {*lemma.facts} and narrowing.hypotheses >= {*lemma.hypotheses}


def _known(setting: Setting, kind: str, narrowing: Narrowing) -> frozenset[Fact]:
    # What is true of all systems of a class; A = I stands for all matrices where no more is asked of A.
    facts = setting.system.facts(len(setting.system.V[0]) if setting.system.V else 1)
    whatever: tuple[Fact, ...] = (
        "convex_step",
        "transitive_masks",
        "coordinates_convex",
        "leaders_stay",
        "leaders_exposed",
        "tells_apart",
        "moves",
        "steady",
        "all_visible",
        "endless",
    )
    brought = {
        "q_grows": facts.forward and (facts.all_visible or facts.reflexive_masks),
        "consensus": facts.steady and setting.alpha is not None,  # the rule for it asks for V = I
    }
    own = {fact for fact in OF_CLASS[kind] if brought.get(fact, True)}
    low: set[Fact] = {"low_rank"} if narrowing.rank is not None and narrowing.rank <= RANK_LIMIT else set()
    if not {"q_grows", "semidefinite"} <= OF_CLASS[kind]:
        low = set()  # symmetric and semidefinite it is, too
    return frozenset({fact for fact in whatever if getattr(facts, fact)} | own | low)
