"""Softmax certificates: a system, polynomials that enclose its solution, claims about all later time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

from exactdyn.certificates.envelope import encode
from exactdyn.errors import InputError
from exactdyn.numbers.reading import Rows
from exactdyn.softmax.euler.walk import EulerWalk
from exactdyn.softmax.flow.flow import Flow
from exactdyn.softmax.flow.piece import Piece
from exactdyn.softmax.flow.state import Enclosed
from exactdyn.softmax.for_ever.conclude import Proof
from exactdyn.softmax.for_ever.statement import box_of
from proofs_checks.format.envelope import VERSION
from proofs_checks.softmax.certificate import FORMAT, GENERAL

WIDER = 2**16
"""A certificate of steps states a radius this many times the one computed, and as many units."""


def certificate_data(proof: Proof) -> dict[str, object]:
    """Return a certificate of everything that a proof concludes, as plain data.

    Of a statement that is undecided the part that is proved is claimed; of several heads, masks, or steps,
    and where nothing about later time is asked, the position at the last time, too. The version is 1 for one
    head that sees everybody in continuous time, else 2. Raises :class:`~exactdyn.errors.InputError` if
    nothing is proved: a certificate has at least one claim.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Envelope".

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.for_ever.conclude import prove
    >>> from exactdyn.softmax.system import Softmax
    >>> proof = prove(Softmax(), [[1], [-1]], until=Fraction(4))
    >>> [claim["claim"] for claim in certificate_data(proof)["claims"]]
    ['hull-shrinkage', 'attention-limit']
    """
    run = proof.flow
    if not claimed(proof):
        raise InputError("certificate: requires something that is proved, got no statement that is")
    centre, radius, enclosure = _enclosure(run)
    claims: list[dict[str, object]] = [
        {"claim": name, "evidence": encode(conclusion.evidence)}
        for name, conclusion in proof.statements.items()
        if conclusion.evidence is not None
    ]
    if _position(proof):
        tokens = [centre[place] for place in run.start.place]
        # Both centres, this one and the checker's, are within the radius of where the tokens are.
        claims.append({"claim": "position", "evidence": encode({"tokens": tokens, "within": 4 * radius})})
    return {
        "format": FORMAT,
        "version": VERSION if run.system.plain else GENERAL,
        "system": encode(_system(run)),
        "radius": encode(radius),
        "enclosure": enclosure,
        "claims": claims,
    }


def claimed(proof: Proof) -> bool:
    """Tell whether a certificate of a proof has something to claim.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.for_ever.conclude import prove
    >>> from exactdyn.softmax.system import Softmax
    >>> claimed(prove(Softmax(V=[[-1]], Q=[[-1]]), [[1], [-1]], until=Fraction(1)))
    False
    """
    return _position(proof) or any(own.evidence is not None for own in proof.statements.values())


def _position(proof: Proof) -> bool:
    return not (proof.flow.system.plain and proof.statements)


def _enclosure(run: Enclosed) -> tuple[Rows, Fraction, dict[str, object]]:
    """Return where the points end, a radius that the checker finds, too, and the member ``enclosure``."""
    if isinstance(run, EulerWalk):
        reached = run.enclosure(run.time)
        # The checker's balls grow as these do, from roundings that are not the same.
        radius = WIDER * (reached.radius + Fraction(1, 2**run.bits))
        return reached.centre, radius, {"bits": run.bits, "steps": run.steps}
    if not isinstance(run, Flow):
        raise InputError(f"certificate: requires a Flow or an EulerWalk, got {type(run).__name__}")
    box = box_of(run)
    return box.centre, box.radius, {"bits": run.bits, "pieces": list(map(_piece, run.pieces))}


def _system(run: Enclosed) -> dict[str, object]:
    # One head that sees everybody in continuous time is stated without a list of heads.
    dimension, place = run.model.dimension, run.start.place
    heads = [dict(zip("VQK", head.matrices(dimension), strict=True)) for head in run.system.parts]
    rest = {"tokens": [run.start.points[point] for point in place], "radius": run.radius}
    if run.system.plain:
        return {**heads[0], **rest}
    stated = []
    for head, matrices in zip(run.system.parts, heads, strict=True):
        mask = None if head.mask is None or head.mask.everybody else head.mask.data(len(place))
        stated.append(matrices if mask is None else {**matrices, "mask": mask})
    step = {} if run.system.step is None else {"step": run.system.step}
    return {"heads": stated, **step, **rest}


def certificate_text(data: Mapping[str, object]) -> str:
    """Return the text of a softmax certificate, one member a line.

    >>> certificate_text({"version": 1, "claims": []}).splitlines()
    ['{', '"version": 1,', '"claims": []', '}']
    """
    members = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in data.items()]
    return "{\n" + ",\n".join(members) + "\n}\n"


def _piece(piece: Piece) -> dict[str, object]:
    tube = -(-piece.tube.numerator * 2**piece.bits // piece.tube.denominator)
    return {"length": encode(piece.length), "tube": tube, "polynomials": piece.coefficients}
