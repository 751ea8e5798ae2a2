"""A certificate as a file of Coq: its claims as a theorem in the words of ``formal/Dynamics.v``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from proofs_checks.verified.claims import RULES, Data
from proofs_checks.verified.document import DIGITS_LIMIT, BeyondError, Rational
from proofs_checks.verified.kernel import read_asked, read_document

STATEMENTS = {
    "symmetric": "symmetric s",
    "positive-definite": "positive_definite s",
    "positive-alpha": "positive_alpha s",
    "nonzero-tokens": "nonzero_tokens s",
    "distinct-tokens": "distinct_tokens s",
    "hull-shrinkage": "hull_shrinkage s {scope}",
    "norm-growth": "norm_growth s {scope}",
    "leaders-persist": "leaders_persist s {scope}",
    "distinctness-preserved": "distinctness_preserved s {scope}",
    "leaders-extreme": "leaders_extreme s {scope}",
    "convergence": "(forall i, (i < size s)%nat -> converges s i)",
    "leader-vertex": "leader_vertex s",
    "limit-set": "limit_set s",
    "attention-settles": "attention_settles s",
}
"""What each claim says, in the words of ``Dynamics.v``; Coq holds it against ``means``."""

LIMITS = "(forall i, (i < size s)%nat -> tends s i (entry {limits} i))"
"""What convergence with its limits says."""

TEMPLATE = """\
(* The claims of a certificate as a theorem.{beside} Coq (8.16) checks it in one line, FILE.v being this file:

     sh "$(python3 -m proofs_checks --proofs)/build.sh" proofs && coqc -R proofs Exactdyn FILE.v

   To know what is proved, read the system and the theorem, and proofs/Dynamics.v, which defines its words. *)
From Exactdyn Require Import RulesSound.
Open Scope Q_scope.

Definition stated : listed := {{|
  listed_A := {A};
  listed_alpha := {alpha};
  listed_tokens := {tokens} |}}.
Definition s : system := system_of stated.

{claims}
Definition claims : list claim := [{names}].
Lemma every_claim : forall c, In c claims -> means s {layers} c.
Proof. apply (check_sound stated {layers} {last}). vm_cast_no_check (eq_refl true). Qed.

Theorem as_claimed :
  {theorem}.
Proof. exact {proof}. Qed.
Print Assumptions as_claimed.
"""


@dataclass(frozen=True)
class CoqFile:
    """The text of a file of Coq, and the claims of the certificate that its theorem leaves out."""

    text: str
    not_covered: tuple[str, ...]


def coq_file(certificate: str) -> CoqFile:
    """Return the file whose theorem says what a certificate about one system claims.

    Nothing is checked here: where a claim is not established, it is Coq that refuses the file. Raises
    :class:`~proofs_checks.verified.document.NotWellFormedError` for what is no certificate, and
    :class:`~proofs_checks.verified.document.BeyondError` where the theorem would be empty.
    """
    document = read_document(certificate)
    if "system" not in document.about:
        raise BeyondError("all matrices of a class: --coq is for one system")
    asked = read_asked(document)
    if not asked.claims:
        raise BeyondError(", ".join(found.reason for found in asked.others.values()))
    (A, alpha, tokens), layers = asked.system, asked.sizes.layers
    data = [claim for claim, _ in asked.claims.values()]
    names = [f"claim_{place}" for place in range(len(data))]
    said = [
        f"({text})" if text.startswith("~") else text for text in (_said(claim, layers) for claim in data)
    ]
    shown = [f"(every_claim {name} {_place(place)})" for place, name in enumerate(names)]
    left_out = tuple(name for name in asked.others if re.fullmatch("[a-z-]+", name))
    text = TEMPLATE.format(
        beside=f" Not covered: {', '.join(left_out)}." if left_out else "",
        A=_rows(A),
        alpha=_rational(alpha),
        tokens=_rows(tokens),
        claims="\n".join(
            f"Definition {name} : claim := {_term(claim)}." for name, claim in zip(names, data, strict=True)
        ),
        names="; ".join(names),
        layers=layers,
        last=asked.last,
        theorem=" /\\\n  ".join(said),
        proof=_all_of(shown),
    )
    return CoqFile(text, tuple(asked.others))


def _said(claim: Data, layers: int) -> str:
    rule = RULES[claim[0]]
    if claim[0] in ("ConvergenceHolds", "ConvergenceBasin"):
        return LIMITS.format(limits=_rows(claim[-1]))
    scope = "None" if rule.lemma else f"(Some {layers}%nat)"
    text = STATEMENTS[rule.claim].format(scope=scope)
    return text if rule.verdict == "holds" else f"~ {text}"


def _place(place: int) -> str:
    # That an entry is in a list, by its place.
    return "(or_intror " * place + "(or_introl eq_refl)" + ")" * place


def _all_of(proofs: list[str]) -> str:
    *others, last = proofs
    return "".join(f"(conj {proof} " for proof in others) + last + ")" * len(others)


def _term(claim: Data) -> str:
    made, arguments = claim[0], iter(claim[1:])
    parts = [part for kind in RULES[made].members.values() for part in _written(kind, arguments)]
    return " ".join([made, *parts])


def _written(kind: str, arguments: Iterator[Any]) -> list[str]:
    # The next arguments of a constructor, as many as a member of this kind gives.
    match kind:
        case "two tokens":
            return [_natural(next(arguments)), _natural(next(arguments))]
        case "two numbers":
            return [_rational(next(arguments)), _rational(next(arguments))]
        case "factorisation":
            return [_rows(next(arguments)), _numbers(next(arguments))]
        case "number":
            return [_rational(next(arguments))]
        case "numbers" | "point":
            return [_numbers(next(arguments))]
        case "places" | "points" | "square":
            return [_rows(next(arguments))]
        case "weights":
            return [_weights(next(arguments))]
        case "weights of tokens":
            return [_list(map(_weights, next(arguments)))]
        case "weights of layers":
            return [_list(_list(map(_weights, layer)) for layer in next(arguments))]
        case "leaders" | "leaders once":
            named = next(arguments)
            return [_list(f"(({_natural(i)}, {_natural(k)}), {_rows(own)})" for (i, k), own in named)]
        case "itinerary":
            layer, period, nodes, forms = next(arguments)
            parts = f"it_layer := {layer}; it_period := {period}; it_nodes := {_numbers(nodes)}"
            return [f"{{| {parts}; it_forms := {_forms(*forms[0]) if forms else 'None'} |}}"]
        case "basin":
            layer, targets, lower, diagonal = next(arguments)
            parts = f"b_layer := {layer}; b_targets := {_list(map(_natural, targets))}"
            return [f"{{| {parts}; b_lower := {_rows(lower)}; b_diagonal := {_numbers(diagonal)} |}}"]
    return [_natural(next(arguments))]


def _forms(recurrence: Any, cones: Any, proofs: Any) -> str:
    shown = _list(
        f"{{| c_form := {_rows(form)}; c_factor := {_rational(factor)} |}}" for form, factor in cones
    )
    ways = _list(
        f"{{| fp_nodes := {_rows(nodes)}; fp_cone := {_cone(*cone or ())} |}}" for nodes, cone in proofs
    )
    return f"Some {{| fo_recurrence := {_numbers(recurrence)}; fo_cones := {shown}; fo_proofs := {ways} |}}"


def _cone(pair: Any = None) -> str:
    return f"Some ({_natural(pair[0])}, {_rational(pair[1])})" if pair else "None"


def _list(entries: Iterable[str]) -> str:
    return f"[{'; '.join(entries)}]"


def _natural(number: int) -> str:
    return f"{number}%nat"


def _rational(number: Rational) -> str:
    # As in certificates, long ones in hexadecimal.
    long = max(map(abs, number)) >= 10**DIGITS_LIMIT
    above, below = (hex(part) if long else str(part) for part in number)
    if number[1] == 1:
        return above if number[0] >= 0 else f"({above})"
    return f"({above} # {below})"


def _numbers(numbers: Iterable[Rational]) -> str:
    return _list(map(_rational, numbers))


def _rows(rows: Iterable[Iterable[Rational]]) -> str:
    return _list(map(_numbers, rows))


def _weights(pairs: Iterable[tuple[int, Rational]]) -> str:
    return _list(f"({_natural(token)}, {_rational(weight)})" for token, weight in pairs)
