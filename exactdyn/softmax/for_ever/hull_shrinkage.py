"""``hull-shrinkage``: for V = a I the hull of the rescaled tokens never grows."""

from __future__ import annotations

from exactdyn.softmax.flow.state import Enclosed
from exactdyn.softmax.for_ever.statement import Box, Conclusion, nothing
from exactdyn.softmax.system import multiple_of
from exactdyn.verdict import Verdict


def decide(box: Box) -> Conclusion:
    """Conclude that conv z(t) never grows, for V = a I with a >= 0 and any bilinear form.

    It holds for all t >= 0 and needs no enclosure.
    Source: lemma ``hull`` in ``proofs_checks/softmax/FORMAT.md``; arXiv 2305.05465, section 3.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> box = box_of(flow(Softmax(), [[1], [-1]], until=Fraction(1, 4)))
    >>> decide(box).verdict.outcome
    'holds'
    """
    multiple = box.model.multiple()
    if multiple is None or multiple < 0:
        return nothing("V = a I with a >= 0 is required")
    everyone = frozenset(range(len(box.start.place)))
    return Conclusion(Verdict("holds", "every t >= 0", "hull"), everyone, {})


def hull_of_any_kind(reached: Enclosed) -> Conclusion | None:
    """Conclude that the hull of z never grows, where every V is a multiple a >= 0 of the identity; else None.

    Source: lemma ``hull`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.euler.walk import walk
    >>> from exactdyn.softmax.system import Softmax
    >>> hull_of_any_kind(walk(Softmax([[-1]], step=1), [[1]], Fraction(1))) is None
    True
    """
    multiples = [multiple_of(pull.V) for pull in reached.model.pulls]
    if not all(a is not None and a >= 0 for a in multiples):
        return None
    every = frozenset(range(len(reached.start.place)))
    return Conclusion(Verdict("holds", "every t >= 0", "hull", {}), every, {})
