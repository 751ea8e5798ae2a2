"""``collapse``: tokens that V drives away from what they attend all tend to 0."""

from __future__ import annotations

from functools import lru_cache

from exactdyn.geometry.definiteness import Factorisation, factorise
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import fraction_rows, is_symmetric, rational_matrix
from exactdyn.softmax.for_ever.statement import Box, Conclusion, nothing
from exactdyn.softmax.system import Drive
from exactdyn.verdict import Verdict


def concerns(model: Drive) -> bool:
    """Tell whether the statement is about a system of this kind: V = -a I, a > 0, or one that it holds for.

    >>> from exactdyn.softmax.system import Softmax, driven
    >>> [concerns(driven(Softmax([[a]]), [[1]])[1]) for a in (-1, 1)]
    [True, False]
    """
    multiple = model.multiple()
    return (multiple is not None and multiple < 0) or _evidence(model.V, model.B) is not None


def decide(box: Box) -> Conclusion:
    """Conclude that every token tends to 0 and that rescaled tokens part, where Q^T K = -G V.

    Requires G symmetric, and G and Q^T K positive definite: for V = -a I, a > 0, that Q^T K is symmetric and
    positive definite. It holds for all t >= 0 and needs no enclosure.
    Source: lemma ``energy`` in ``proofs_checks/softmax/FORMAT.md``; for V = -I and Q^T K = I: arXiv
    2305.05465 v6, section 8.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> box = box_of(flow(Softmax([[-2]]), [[1], [-1]], until=Fraction(1, 4)))
    >>> decide(box).evidence["metric"]
    ((Fraction(1, 2),),)
    """
    evidence = _evidence(box.model.V, box.model.B)
    if evidence is None:
        return nothing(
            "V drives tokens away from what they attend: that they tend to 0 is proved only for Q^T K = -G V "
            "with G symmetric, G and Q^T K positive definite"
        )
    everyone = frozenset(range(len(box.start.place)))
    return Conclusion(Verdict("holds", "every t >= 0", "energy", evidence), everyone, evidence)


@lru_cache(maxsize=16)
def _evidence(V: Rows, B: Rows) -> dict[str, object] | None:
    # G = -B V^-1 and what shows that it and B are definite.
    drive = rational_matrix(V)
    if drive.det() == 0:
        return None
    metric = fraction_rows(-(rational_matrix(B) * drive.inv()))
    if not is_symmetric(metric):
        return None
    factors = {"metric": factorise(metric), "form": factorise(B)}
    found = {}
    for name, own in factors.items():
        if not (isinstance(own, Factorisation) and own.positive):
            return None
        found[name] = {"lower": own.lower, "diagonal": own.diagonal}
    return {"metric": metric, "factors": found}
