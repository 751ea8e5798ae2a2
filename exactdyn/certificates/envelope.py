"""The envelope around what each statement's decision returns: certificate data, ready to be written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from exactdyn.certificates.general import GENERAL_VERSION, general_system, plain_parts
from exactdyn.errors import InputError, UncertifiedError
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.run import Run
from exactdyn.systems.system import System
from exactdyn.verdict import Verdict
from proofs_checks.format.envelope import FORMAT, IN_A_FIELD, VERSION
from proofs_checks.format.errors import MalformedError, RejectedError
from proofs_checks.format.field_number import FieldNumber as CheckedNumber
from proofs_checks.format.rationals import write_rational


def certificate_data(run: Run, verdicts: Mapping[str, Verdict]) -> dict[str, object]:
    """Return a certificate of verdicts on a run as plain data; undecided ones claim nothing and are left out.

    Source: ``proofs_checks/FORMAT.md``, section "Envelope".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> certificate_data(Hardmax().run([[1]], 0), {"positive-alpha": Verdict("holds")})["claims"]
    [{'claim': 'positive-alpha', 'verdict': 'holds'}]
    """
    version, system = system_data(run)
    claims = [_claim(name, verdict) for name, verdict in verdicts.items() if verdict.outcome != "undecided"]
    return {
        "format": FORMAT,
        "version": version,
        "system": encode(system),
        "layers": run.layers,
        "claims": claims,
    }


def certificate_text(data: Mapping[str, object]) -> str:
    """Return the text of a certificate, one claim a line.

    >>> print(certificate_text({"layers": 0, "claims": [{"claim": "symmetric", "verdict": "holds"}]}), end="")
    {
    "layers": 0,
    "claims": [
    {"claim": "symmetric", "verdict": "holds"}
    ]
    }
    """
    members = [f"{json.dumps(name)}: {_member(value)}" for name, value in data.items()]
    return "{\n" + ",\n".join(members) + "\n}\n"


def accepted(text: str) -> str:
    """Return the text of a certificate that the checker has accepted, however long that took.

    What is written, or said on the strength of a certificate, goes through here first. Raises
    :class:`~exactdyn.errors.UncertifiedError` if the checker does not accept it.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> wrong = Verdict("fails", witness={"alpha": Fraction(1)})
    >>> data = certificate_data(Hardmax().run([[1]], 0), {"positive-alpha": wrong})
    >>> accepted(certificate_text(data))
    Traceback (most recent call last):
    ...
    exactdyn.errors.UncertifiedError: the checker does not accept this answer: positive-alpha: ...
    """
    from proofs_checks import verify  # the rules are many modules, and not every command claims something

    try:
        verify(text, patient=True)
    except (MalformedError, RejectedError) as error:
        raise UncertifiedError(f"the checker does not accept this answer: {error}") from error
    return text


def encode(data: object) -> object:
    """Turn fractions into text, "p/q" or "p", all through nested data; numbers of a field as its domain does.

    >>> encode({"q": Fraction(1, 2), "tokens": (0, 1)})
    {'q': '1/2', 'tokens': [0, 1]}
    """
    if isinstance(data, Fraction):
        return write_rational(data)
    if isinstance(data, DomainNumber):
        return data.domain.text(data)
    if isinstance(data, CheckedNumber):
        texts = list(map(write_rational, data.coefficients))
        while len(texts) > 1 and texts[-1] == "0":
            texts.pop()
        return texts if len(texts) > 1 else texts[0]
    if isinstance(data, Mapping):
        return {name: encode(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [encode(value) for value in data]
    return data


def field_data(domain: Domain[Any]) -> dict[str, object]:
    """Return the member ``field`` of a document of results with numbers of a domain; none for rationals.

    >>> from exactdyn.numbers.fields.joining import number
    >>> field_data(number("sqrt(2)", "A").domain)
    {'field': {'polynomial': [-2, 0, 1], 'interval': ['1', '2']}}
    """
    return {} if domain == RATIONALS else {"field": domain.to_dict()}


def system_data(run: Run) -> tuple[int, dict[str, object]]:
    """Return the version that the system of a run needs, and the member ``system`` before it is encoded.

    One A and one alpha need the first, others the second, numbers of a field the third. Raises
    :class:`~exactdyn.errors.InputError` for a kind of system that is not HardAttention.

    Source: ``proofs_checks/FORMAT.md``, section "Envelope".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> system_data(Hardmax(alpha=1, mask="causal").run([[1]], 0))[0]
    2
    """
    system, domain = run.system, run.start.domain
    if domain != RATIONALS:
        return IN_A_FIELD, {"field": domain.to_dict(), **general_system(_hard_attention(system), run.start)}
    plain = plain_parts(system, run.start.dimension)
    if plain is not None:
        A, alpha = plain
        return VERSION, {"A": A, "alpha": alpha, "tokens": run.start.rows()}
    return GENERAL_VERSION, general_system(_hard_attention(system), run.start)


def _hard_attention(system: System) -> HardAttention:
    if not isinstance(system, HardAttention):
        kind = type(system).__name__
        raise InputError(f"system: a certificate requires HardAttention, got {kind}")
    return system


def _claim(name: str, verdict: Verdict) -> dict[str, object]:
    members = {
        "claim": name,
        "verdict": verdict.outcome,
        "scope": verdict.scope,
        "lemma": verdict.lemma,
        "evidence": encode(verdict.evidence) or None,
        "witness": encode(verdict.witness),
    }
    return {name: value for name, value in members.items() if value is not None}


def _member(value: object) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(json.dumps, value)) + "\n]"
    return json.dumps(value)
