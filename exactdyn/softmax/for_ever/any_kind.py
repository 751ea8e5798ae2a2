"""What can be said for all time of several heads, masks, and discrete time: the hull, and why no more."""

from __future__ import annotations

from exactdyn.softmax.flow.state import Enclosed
from exactdyn.softmax.for_ever.statement import Conclusion
from exactdyn.softmax.system import Softmax, multiple_of
from exactdyn.verdict import Verdict
from proofs_checks.format.rationals import write_rational

LEMMAS = {
    "collapse": "energy",
    "attention-limit": "line-trap",
    "clusters": "cluster-trap",
    "turning-clusters": "turning-trap",
    "leading-clusters": "leading-trap",
    "hyperplanes": "hyperplane-trap",
}
"""The lemmas that are about one head without mask in continuous time, by the statements they prove."""


def lacking(system: Softmax, lemma: str) -> str:
    """Say which hypothesis of such a lemma a system does not meet.

    >>> lacking(Softmax(mask="causal"), "cluster-trap")
    'lemma cluster-trap asks that every token sees every token, got mask causal'
    """
    if system.step is not None:
        return f"lemma {lemma} asks for continuous time, got steps of {write_rational(system.step)}"
    if len(system.parts) > 1:
        return f"lemma {lemma} asks for one head, got {len(system.parts)}"
    mask = system.parts[0].mask
    return (
        f"lemma {lemma} asks that every token sees every token, got mask {'' if mask is None else mask.text}"
    )


def hull_of_any_kind(reached: Enclosed) -> Conclusion | None:
    """Conclude that the hull of z never grows, where every V is a multiple a >= 0 of the identity; else None.

    Source: lemma ``hull`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.euler.walk import walk
    >>> hull_of_any_kind(walk(Softmax([[-1]], step=1), [[1]], Fraction(1))) is None
    True
    """
    multiples = [multiple_of(pull.V) for pull in reached.model.pulls]
    if not all(a is not None and a >= 0 for a in multiples):
        return None
    every = frozenset(range(len(reached.start.place)))
    return Conclusion(Verdict("holds", "every t >= 0", "hull", {}), every, {})
