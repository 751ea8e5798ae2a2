"""The leading eigenvalue of a value matrix, and whether it makes a good triple."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, arb_mat

from exactdyn.geometry.spectrum import Eigenvalue, eigenvector, has_opposite, leading
from exactdyn.numbers.precision import working
from exactdyn.transformer.thin import ThinProduct
from exactdyn.verdict import Verdict

PRECISIONS = (128, 512, 2048)
"""Bits of the balls, tried one after the other while something is too close to say."""


@dataclass(frozen=True)
class LeadingEigenvalue:
    """What the eigenvalue of V of largest modulus says about the triple (Q, K, V).

    ``kind``: "positive", "negative", "zero", "not real" or "multiple" (real, of multiplicity above 1), or
    several of these joined by " or " where moduli are the same or too close to say. ``simple``: the verdict
    on "simple, real and positive, and larger in modulus than all others". ``form``: <Q phi, K phi> for its
    unit eigenvector phi, None unless that holds. ``good``: the verdict on "and form > 0".
    """

    kind: str
    simple: Verdict
    form: arb | None
    good: Verdict


def judge_leading(value: ThinProduct, scores: ThinProduct) -> LeadingEigenvalue:
    """Judge the leading eigenvalue of V for scores <Ax, y>, A = K^T Q.

    ``value``: V. ``scores``: A, with K^T as its left and Q as its right factor.
    Source: the definition of a good triple in arXiv 2305.05465.

    >>> import numpy as np
    >>> from exactdyn.numbers.dyadic import dyadic_matrix
    >>> one = dyadic_matrix(np.eye(1, 2))
    >>> found = judge_leading(ThinProduct(one.transposed, one), ThinProduct(one.transposed, one))
    >>> found.kind, found.simple.outcome, found.form, found.good.outcome
    ('positive', 'holds', 1.00000000000000, 'holds')
    """
    for bits in PRECISIONS:
        found = _judged(value, scores, bits)
        if "undecided" not in (found.simple.outcome, found.good.outcome):
            break
    return found


def _judged(value: ThinProduct, scores: ThinProduct, bits: int) -> LeadingEigenvalue:
    candidates = leading(value.spectrum(bits))
    kind = " or ".join(sorted({_kind(own) for own in candidates}))
    simple = _simple(value, candidates, kind, bits)
    if simple.outcome != "holds":
        return LeadingEigenvalue(kind, simple, None, simple)
    form = _form(value, scores, candidates[0].value.real, bits)
    return LeadingEigenvalue(kind, simple, form, _sign(form, bits))


def _kind(own: Eigenvalue) -> str:
    if own.value == 0:
        return "zero"
    if own.real is None:
        return "not real"
    if own.multiplicity > 1:
        return "multiple"
    return "negative" if own.real < 0 else "positive"


def _simple(value: ThinProduct, candidates: tuple[Eigenvalue, ...], kind: str, bits: int) -> Verdict:
    positive = [own.value.real for own in candidates if _kind(own) == "positive"]
    if not positive:
        return Verdict("fails", witness={"leading": kind})
    if len(candidates) == 1 and positive[0] > 0:
        return Verdict("holds")
    if len(positive) == 1 and has_opposite(value.characteristic, positive[0], bits):
        return Verdict("fails", witness={"leading": kind})
    moduli = f"the largest moduli of {len(candidates)} eigenvalues of V"
    return Verdict("undecided", reason=f"too close to say: {moduli} are the same to {bits} bits")


def _form(value: ThinProduct, scores: ThinProduct, eigenvalue: arb, bits: int) -> arb | None:
    vector = eigenvector(value.small.integers, value.characteristic, eigenvalue, bits)
    if vector is None:
        return None
    with working(bits):
        phi = value.lifted(vector)
        keyed = arb_mat(scores.left.integers.transpose()) * phi
        asked = arb_mat(scores.right.integers) * phi
        exponent = scores.left.exponent + scores.right.exponent
        form: arb = _inner(asked, keyed) / _inner(phi, phi) * arb((1, exponent))
        return form if form.is_finite() else None


def _inner(x: arb_mat, y: arb_mat) -> arb:
    product: arb = (x.transpose() * y)[0, 0]
    return product


def _sign(form: arb | None, bits: int) -> Verdict:
    if form is None or not (form > 0 or form <= 0):
        return Verdict("undecided", reason=f"too close to say: <Q phi, K phi> may be 0 to {bits} bits")
    if form > 0:
        return Verdict("holds")
    return Verdict("fails", witness={"form": "zero" if form == 0 else "negative"})
