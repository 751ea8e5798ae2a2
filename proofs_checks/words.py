"""An accepted certificate in words, so that a reader sees what exactly was verified."""

from __future__ import annotations

from collections.abc import Iterator

from proofs_checks.catalogue import FAMILY, HYPOTHESES, STATEMENTS
from proofs_checks.certificate import Certificate
from proofs_checks.families.family import DISTINCT, NONZERO, Family
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import write_number
from proofs_checks.hardmax.facts import Facts
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.words import beside_lines, general_lines, tau_line, write_rows

_TOKENS = {DISTINCT: "distinct ", NONZERO: "nonzero "}


def describe(certificate: Certificate) -> list[str]:
    """Return lines that state the system and every claim."""
    system = certificate.system
    claims = [_claim(claim, system) for claim in certificate.claims]
    if isinstance(system, Family) and not system.tokens:
        every = ", all alpha > 0" if system.every_alpha else ""
        steps = [] if system.every_alpha else [f"  {tau_line(system.schedule)}"]
        own = [f"  A {_matrices(system)}", *steps, *(f"  {line}" for line in beside_lines(system.head, 1))]
        narrower = [said for name, said in _TOKENS.items() if name in system.hypotheses]
        return [f"all {''.join(narrower)}tokens in every dimension{every}", *own, *claims]
    if system.plain if isinstance(system, Family) else _is_plain(system):
        own = [f"  A {_matrices(system)}", f"  alpha = {write_number(system.alpha)}"]
    elif isinstance(system, Family):
        lines = [tau_line(system.schedule), *beside_lines(system.head, system.period)]
        own = [f"  A {_matrices(system)}", *(f"  {line}" for line in lines)]
    else:
        own = [f"  {line}" for line in general_lines(system)]
    return [
        f"{len(system.tokens)} tokens in dimension {system.dimension}, layers 0..{certificate.layers}",
        *own,
        f"  tokens = {write_rows(system.tokens)}",
        *claims,
    ]


def _is_plain(system: System) -> bool:
    # Over a field nothing is computed any more, not even alpha: it might be found to have no sign.
    return system.field is None and Facts(system).plain and system.tau != 1


def _matrices(system: System | Family) -> str:
    if isinstance(system, System):
        return f"= {write_rows(system.A)}"
    own = ", one of its own at every layer" if system.each_layer else ""
    if system.named:
        ranked = "" if system.ranked is None else f" of rank at most {system.ranked}"
        return f"is any {system.kind} matrix{ranked}{own}"
    terms = [f"x{place} [{write_rows(B)}]" for place, B in enumerate(system.span)]
    return f"is any {system.kind} matrix {' + '.join([f'[{write_rows(system.base)}]', *terms])}{own}"


def _claim(claim: Claim, system: System | Family) -> str:
    line = f"{claim.verdict} {claim.name}: {(HYPOTHESES | STATEMENTS | FAMILY)[claim.name].says}"
    if claim.verdict == "fails":
        return f"{line} -- not so: {_plain(claim.data.value)}"
    family = isinstance(system, Family)
    if claim.scope is not None:
        computed = "by cases" if family else "by computation"
        line = f"{line} [{claim.scope}, {f'lemma {claim.lemma}' if claim.lemma else computed}]"
    entries = claim.data.fields(claim.data.names()) if family else {}
    if "ties" in entries and not entries["ties"].truth():
        avoidable = "avoidable ties (that other matrices of the family do not have)"
        line = f"{line}, said only of matrices without {avoidable}"
    shown = {name: entries[name].value for name in sorted({*entries} - {"cases", "ties", "members"})}
    said = [_plain(shown)] if shown else []
    said += _ends(claim) if claim.name == "convergence" and not family else []
    return f"{line}: {'; '.join(said)}" if said else line


def _ends(claim: Claim) -> Iterator[str]:
    # Where tokens end, as far as the evidence says it.
    members = claim.data.fields(claim.data.names())
    if "limits" in members:
        yield f"tokens tend to {write_rows(members['limits'].matrix())}"
    if "product" in members:
        product = members["product"].fields(members["product"].names())
        low, high = (write_number(product[name].number()) for name in ("low", "high"))
        start = members["locked"].fields(["layer"])["layer"].value
        yield f"of its way from layer {start} on every token keeps between {low} and {high} for ever"


def _plain(data: object) -> str:
    if isinstance(data, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in data.items())
    if data is None:
        return "any"
    if isinstance(data, list):
        return f"({', '.join(map(_plain, data))})"
    return str(data)
