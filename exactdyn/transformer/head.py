"""One head: what is known of V = O V_h and A = K^T Q, and which hypotheses they satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flint import arb

from exactdyn.geometry.thin_products import Inertia
from exactdyn.numbers.dyadic import dyadic_matrix
from exactdyn.transformer.leading import PRECISIONS, judge_leading
from exactdyn.transformer.thin import MatrixFacts, ThinProduct
from exactdyn.transformer.weights import HeadWeights
from exactdyn.verdict import Verdict

HYPOTHESES = {
    "leading-eigenvalue": "the eigenvalue of V of largest modulus is simple, real and positive",
    "good-triple": "and its eigenvector phi has <Q phi, K phi> > 0",
    "symmetric-value": "V is symmetric",
    "symmetric": "A = K^T Q is symmetric",
    "positive-definite": "<Ax, x> > 0 for all x other than 0",
}
"""The hypotheses that are judged. The first two are those of arXiv 2305.05465 on softmax; the last two those
on A of the clustering theorem for the argmax (arXiv 2407.01602)."""


@dataclass(frozen=True)
class InspectedHead:
    """What is known of a head.

    ``value``: of V = O V_h, which takes a token to what the head adds for it. ``scores``: of A = K^T Q, with
    <Ax, y> = <Q x, K y>; ``inertia``: of its symmetric part (A + A^T)/2, exact. ``leading``: what kind the
    eigenvalue of V of largest modulus is, see :class:`~exactdyn.transformer.leading.LeadingEigenvalue`.
    ``form``: <Q phi, K phi> for its unit eigenvector phi, where it is simple, real and positive.
    ``hypotheses``: a verdict for each of :data:`HYPOTHESES`.
    """

    layer: int
    head: int
    value: MatrixFacts
    scores: MatrixFacts
    inertia: Inertia
    leading: str
    form: arb | None
    hypotheses: Mapping[str, Verdict]


def inspect_head(layer: int, head: int, weights: HeadWeights) -> InspectedHead:
    """Judge a head, at the exact values of its floats.

    >>> import numpy as np
    >>> one = np.array([[1.0, 0.0]])
    >>> found = inspect_head(0, 0, HeadWeights(one, one, one, np.array([[2.0], [1.0]])))
    >>> [(own.value, own.multiplicity) for own in found.value.eigenvalues]
    [(2.00000000000000, 1), (0, 1)]
    >>> found.value.rank, found.inertia, found.hypotheses["good-triple"].outcome
    (1, Inertia(positive=1, negative=0, zero=1), 'holds')
    """
    query, key, value, output = map(dyadic_matrix, vars(weights).values())
    V, A = ThinProduct(output, value), ThinProduct(key.transposed, query)
    known, scores = V.facts(PRECISIONS[0]), A.facts(PRECISIONS[0])
    inertia, leading = A.inertia, judge_leading(V, A)
    verdicts = (
        leading.simple,
        leading.good,
        _symmetric(known),
        _symmetric(scores),
        _positive_definite(inertia),
    )
    hypotheses = dict(zip(HYPOTHESES, verdicts, strict=True))
    return InspectedHead(layer, head, known, scores, inertia, leading.kind, leading.form, hypotheses)


def _symmetric(facts: MatrixFacts) -> Verdict:
    if facts.asymmetry is None:
        return Verdict("holds")
    return Verdict("fails", witness={"row": facts.asymmetry[0], "column": facts.asymmetry[1]})


def _positive_definite(inertia: Inertia) -> Verdict:
    return Verdict("fails" if inertia.negative or inertia.zero else "holds", witness=vars(inertia))
