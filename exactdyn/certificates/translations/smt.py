"""A certificate as a script of SMT-LIB, which Z3 and cvc5 judge: a third opinion.

The script states the dynamics as definitions and every claim by what it denies, and says before each answer
which one is expected. It is made from what the certificate states, by no rule of the checker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exactdyn.certificates.translations import smt_frank_wolfe as frank_wolfe
from exactdyn.certificates.translations import smt_hypotheses as hypotheses
from exactdyn.certificates.translations import smt_statements as statements
from exactdyn.certificates.translations.family_states import FamilyScene
from exactdyn.certificates.translations.scene import SystemScene, rational, stated
from exactdyn.certificates.translations.smt_families import realised, tree
from exactdyn.certificates.translations.smt_layers import inverses, layers
from exactdyn.certificates.translations.smt_leaves import members
from exactdyn.certificates.translations.smt_text import define, number
from exactdyn.errors import InputError
from proofs_checks.certificate import Certificate, parse
from proofs_checks.families.family import Family
from proofs_checks.format.claims import Claim
from proofs_checks.format.envelope import FORMAT
from proofs_checks.format.reading import read_json
from proofs_checks.hardmax.schedule import Listed

Commands = Callable[[SystemScene, Claim], Iterator[str]]

HOLDS: dict[str, Commands] = {
    "symmetric": hypotheses.symmetric_holds,
    "positive-definite": hypotheses.definite_holds,
    "positive-alpha": hypotheses.alpha_holds,
    "nonzero-tokens": hypotheses.nonzero_holds,
    "distinct-tokens": hypotheses.distinct_holds,
    "hull-shrinkage": statements.hull_holds,
    "norm-growth": statements.growth_holds,
    "leaders-persist": statements.persist_holds,
    "distinctness-preserved": statements.distinctness_holds,
    "leaders-extreme": statements.extreme_holds,
    "hull-of-the-seen": statements.seen_holds,
    "interval-shrinkage": statements.interval_holds,
    "frank-wolfe-clusters": frank_wolfe.clusters_hold,
    "frank-wolfe-rate": frank_wolfe.rate_holds,
}
"""What is asked where a hypothesis holds, or a statement does on layers 0..N."""

FAILS: dict[str, Commands] = {
    "symmetric": hypotheses.symmetric_fails,
    "positive-definite": hypotheses.definite_fails,
    "positive-alpha": hypotheses.alpha_fails,
    "nonzero-tokens": hypotheses.nonzero_fails,
    "distinct-tokens": hypotheses.distinct_fails,
    "hull-shrinkage": statements.hull_fails,
    "norm-growth": statements.growth_fails,
    "leaders-persist": statements.persist_fails,
    "distinctness-preserved": statements.distinctness_fails,
    "leaders-extreme": statements.extreme_fails,
    "hull-of-the-seen": statements.seen_fails,
    "interval-shrinkage": statements.interval_fails,
    "frank-wolfe-clusters": frank_wolfe.clusters_fail,
    "frank-wolfe-rate": frank_wolfe.rate_fails,
}
"""What is asked where one fails."""

NEXT = {
    "hull-shrinkage",
    "norm-growth",
    "distinctness-preserved",
    "hull-of-the-seen",
    "interval-shrinkage",
    "frank-wolfe-rate",
}
"""The statements whose witness speaks of the layer after the one that it names, too."""

LATER = {"leaders-persist", "leaders-extreme", "frank-wolfe-clusters"}
"""Those whose witness speaks of no later layer than the one that it names."""

HEAD = """\
; The claims of a certificate of exactdyn, for solvers of SMT-LIB 2.6 such as Z3 and cvc5:
;     z3 FILE        cvc5 --incremental FILE
; Before every answer the script says which one is expected. All are as expected if and only if the
; claims are true. Nothing here is computed: the dynamics are definitions, and every claim is denied.
(set-logic ALL)"""


@dataclass(frozen=True)
class SmtScript:
    """A script, and the claims of the certificate that it says nothing of, as they are not finite."""

    text: str
    left_out: tuple[str, ...]


def smt_script(certificate: str) -> SmtScript:
    """Return the script of what a certificate claims of finitely many layers, or of all matrices of a class.

    Nothing is checked here. Raises :class:`~exactdyn.errors.InputError` where no claim is finite, and where
    the numbers are not rational, and :class:`~proofs_checks.MalformedError` for what is no certificate.
    Source: SMT-LIB 2.6, https://smt-lib.org.

    >>> one = '{"A": [["1"]], "alpha": "1/2", "tokens": [["1"], ["1/2"]]}'
    >>> claim = '{"claim": "positive-alpha", "verdict": "holds"}'
    >>> head = '{"format": "exactdyn certificate", "version": 1, "layers": 3, "system": '
    >>> script = smt_script(head + one + ', "claims": [' + claim + "]}")
    >>> "(assert (<= alpha 0.0))" in script.text.splitlines()
    True
    """
    document = read_json(certificate)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError("--smt2: requires a certificate about hardmax, got another kind")
    parsed = parse(certificate)
    finite = [claim for claim in parsed.claims if is_finite(parsed, claim)]
    left_out = tuple(claim.name for claim in parsed.claims if claim not in finite)
    if not finite:
        raise InputError(f"--smt2: requires claims about finitely many layers, got {', '.join(left_out)}")
    if isinstance(parsed.system, Family):
        lines = _about_matrices(parsed, parsed.system, finite)
    else:
        if parsed.system.field is not None:
            raise InputError("--smt2: requires rational numbers, got a certificate over a number field")
        alpha = rational(parsed.system.alpha) if "alpha" in document["system"] else None
        lines = _about_one_system(parsed, SystemScene(parsed.system, parsed.layers, alpha), finite)
    return SmtScript("\n".join([HEAD, *lines, ""]), left_out)


def is_finite(certificate: Certificate, claim: Claim) -> bool:
    """Tell whether a claim speaks of finitely many layers, or of all matrices by a tree of cases."""
    if isinstance(certificate.system, Family):
        return claim.lemma is None
    if claim.verdict == "fails":
        return claim.name in FAILS
    whole = claim.name == "positive-alpha" and not isinstance(certificate.system.schedule, Listed)
    return claim.name in HOLDS and claim.lemma is None and not whole


def _about_one_system(certificate: Certificate, scene: SystemScene, claims: list[Claim]) -> Iterator[str]:
    if scene.alpha is not None:
        yield define("alpha", number(scene.alpha))
    last = max(_reach(certificate, claim) for claim in claims)
    yield from layers(scene, last)
    yield from inverses(scene, last)
    for claim in claims:
        yield f"; {claim.name}"
        yield from (HOLDS if claim.verdict == "holds" else FAILS)[claim.name](scene, claim)


def _reach(certificate: Certificate, claim: Claim) -> int:
    # The last layer that a claim speaks of.
    if claim.scope is not None:
        return certificate.layers
    later = claim.name in NEXT
    named = later or claim.name in LATER
    return int(stated(claim).get("layer", 0)) + later if named else 0


def _about_matrices(certificate: Certificate, family: Family, claims: list[Claim]) -> Iterator[str]:
    scene = FamilyScene(family.any_system, certificate.layers, None, family)
    yield from inverses(scene, certificate.layers)
    for claim in claims:
        yield f"; {claim.name}"
        if claim.verdict == "fails":
            yield from realised(scene, claim)
        else:
            yield from tree(scene, claim)
            yield from members(scene, claim)
