"""Answers as plain data, those of the command line, and as certificates."""

from __future__ import annotations

import json
from functools import singledispatch

from exactdyn.cli.commands.audit import audit_data
from exactdyn.cli.commands.check import check_data
from exactdyn.cli.commands.compare import comparison_data
from exactdyn.cli.commands.itineraries import itineraries_data
from exactdyn.cli.commands.lead import lead_data
from exactdyn.cli.commands.limit import limit_data
from exactdyn.cli.commands.run import json_pieces
from exactdyn.cli.commands.verify import finding_data
from exactdyn.cli.words.hunt import hunt_data
from exactdyn.cli.words.softmax import proof_data
from exactdyn.cli.words.spectrum import spectrum_data
from exactdyn.cli.words.temperature import temperature_data
from exactdyn.errors import InputError
from exactdyn.families.certificate import family_certificate_data
from exactdyn.floats.comparison import Comparison
from exactdyn.hunts import proof as hunted
from exactdyn.limits import Limit
from exactdyn.notebook.answers import AskedHunt, AskedItineraries, AskedLead, Kept, Verification
from exactdyn.parameters.cells import ParameterCells
from exactdyn.parameters.certificate import parameter_certificate
from exactdyn.sentiment.audit.audit import Audit
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.sentiment.explain.report import explanation_data
from exactdyn.softmax import Proof, certificate_data
from exactdyn.softmax.spectrum import AttentionSpectrum
from exactdyn.softmax.temperature import bounds
from exactdyn.softmax.temperature.comparison import SoftmaxComparison
from exactdyn.statements.theorem import Check, limit_certificate
from exactdyn.systems.run import Run


@singledispatch
def data_of(answer: object) -> dict[str, object]:
    """Return an answer as what ``--json`` prints.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> data_of(Hardmax(alpha=1).run([["1/2"], [1]], layers=1))["attention"]
    [[[1], [1]]]
    """
    raise InputError(f"to_dict: requires an answer, got {type(answer).__name__}")


@data_of.register
def _(answer: Run) -> dict[str, object]:
    return dict(json.loads("".join(json_pieces(answer))))


data_of.register(Check, check_data)
data_of.register(Limit, limit_data)
data_of.register(Comparison, comparison_data)
data_of.register(AskedItineraries, itineraries_data)
data_of.register(Audit, audit_data)
data_of.register(Explanation, explanation_data)
data_of.register(Proof, proof_data)
data_of.register(SoftmaxComparison, temperature_data)
data_of.register(AttentionSpectrum, spectrum_data)
data_of.register(Verification, finding_data)


@data_of.register
def _(answer: AskedLead) -> dict[str, object]:
    return lead_data(answer, answer.more)


@data_of.register
def _(answer: AskedHunt) -> dict[str, object]:
    return hunt_data(answer.request, answer, None)


@data_of.register
def _(answer: Kept) -> dict[str, object]:
    return answer.data


@singledispatch
def certificate_of(answer: object) -> dict[str, object]:
    """Return the data of the certificate of an answer.

    Raises :class:`~exactdyn.errors.InputError` where nothing is proved that a certificate can claim.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> certificate_of(Hardmax(alpha=1).run([[1]]))
    Traceback (most recent call last):
    exactdyn.errors.InputError: certificate: requires an answer that claims something, got Run
    """
    kind = type(answer).__name__
    raise InputError(f"certificate: requires an answer that claims something, got {kind}")


@certificate_of.register
def _(answer: Limit) -> dict[str, object]:
    return _proved(limit_certificate(answer.trajectory.run, answer), answer)


@certificate_of.register
def _(answer: AskedLead) -> dict[str, object]:
    last = answer if answer.more is None or answer.more.claim is None else answer.more
    asked = answer.question
    if last.claim is None:
        return _proved(None, answer)
    return family_certificate_data(
        asked.matrices, asked.around, asked.start, asked.layer, last.claim, asked.each_layer
    )


@certificate_of.register
def _(answer: AskedItineraries) -> dict[str, object]:
    if answer.claim is None:
        return _proved(None, answer)
    family = (answer.matrices, answer.around, answer.start, answer.layers - 1)
    return family_certificate_data(*family, answer.claim, answer.each_layer)


@certificate_of.register
def _(answer: AskedHunt) -> dict[str, object]:
    return _proved(hunted.certificate_data(answer.request, answer), answer)


@certificate_of.register
def _(answer: ParameterCells) -> dict[str, object]:
    return dict(json.loads(parameter_certificate(answer)))


certificate_of.register(Proof, certificate_data)


@certificate_of.register
def _(answer: SoftmaxComparison) -> dict[str, object]:
    return bounds.certificate_data(answer.run, answer.temperature, answer.distances)


@certificate_of.register
def _(answer: Kept) -> dict[str, object]:
    return _proved(answer.proof, answer)


def _proved(found: dict[str, object] | None, answer: object) -> dict[str, object]:
    if found is None:
        raise InputError(f"certificate: requires something that is proved, got {answer!r}")
    return found
