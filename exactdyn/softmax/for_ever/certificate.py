"""Softmax certificates: a system, polynomials that enclose its solution, claims about all later time."""

from __future__ import annotations

import json
from collections.abc import Mapping

from exactdyn.certificates.envelope import encode
from exactdyn.errors import InputError
from exactdyn.softmax.flow.piece import Piece
from exactdyn.softmax.for_ever.conclude import Proof
from exactdyn.softmax.for_ever.statement import box_of
from proofs_checks.format.envelope import VERSION
from proofs_checks.softmax.certificate import FORMAT


def certificate_data(proof: Proof) -> dict[str, object]:
    """Return a certificate of everything that a proof concludes, as plain data.

    Of a statement that is undecided the part that is proved is claimed. Raises
    :class:`~exactdyn.errors.InputError` if nothing is proved: a certificate has at least one claim.
    Source: ``proofs_checks/softmax/FORMAT.md``, section "Envelope".

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.for_ever.conclude import prove
    >>> from exactdyn.softmax.system import Softmax
    >>> proof = prove(Softmax(), [[1], [-1]], until=Fraction(4))
    >>> [claim["claim"] for claim in certificate_data(proof)["claims"]]
    ['hull-shrinkage', 'attention-limit']
    """
    flow = proof.flow
    claims = [
        {"claim": name, "evidence": encode(conclusion.evidence)}
        for name, conclusion in proof.statements.items()
        if conclusion.evidence is not None
    ]
    if not claims:
        raise InputError("certificate: requires something that is proved, got no statement that is")
    V, Q, K = flow.system.matrices(flow.model.dimension)
    tokens = [flow.start.points[place] for place in flow.start.place]
    system = {"V": V, "Q": Q, "K": K, "tokens": tokens, "radius": flow.radius}
    return {
        "format": FORMAT,
        "version": VERSION,
        "system": encode(system),
        "radius": encode(box_of(flow).radius),
        "enclosure": {"bits": flow.bits, "pieces": list(map(_piece, flow.pieces))},
        "claims": claims,
    }


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
