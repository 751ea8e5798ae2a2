"""A counterexample as a text of Lean 4: the failing claims of one system as theorems over the rationals.

The text is not compiled here, where there is no Lean. It is written for Mathlib, and its proofs are
computations by Lean's kernel (``decide +kernel``), one for every layer and one for every claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz

from exactdyn.certificates.translations.family_states import State, moved, start
from exactdyn.certificates.translations.lean_text import CLAIMS, DYNAMICS, HEAD
from exactdyn.certificates.translations.scene import SystemScene, rational, stated
from exactdyn.errors import InputError
from proofs_checks.certificate import parse
from proofs_checks.families.family import Family
from proofs_checks.format.claims import Claim
from proofs_checks.format.envelope import FORMAT
from proofs_checks.format.rationals import read_rational
from proofs_checks.format.reading import read_json

COMPUTED = {
    "symmetric": "symmetric = {truth}",
    "positive-alpha": "{not}0 < alpha",
    "nonzero-tokens": "nonzeroTokens = {truth}",
    "distinct-tokens": "distinctTokens = {truth}",
}
"""The claims of which Lean computes whether they hold."""


@dataclass(frozen=True)
class LeanText:
    """A text, and the claims of the certificate of which it says nothing."""

    text: str
    left_out: tuple[str, ...]


def lean_text(certificate: str) -> LeanText:
    """Return the text of the failing claims about one system, with the hypotheses that are computed.

    Nothing is checked here. Raises :class:`~exactdyn.errors.InputError` where nothing fails on finitely many
    layers, and for what is not a system of one rational matrix A and one alpha.

    >>> one = '{"A": [["1"]], "alpha": "-1/2", "tokens": [["1"], ["1/2"]]}'
    >>> claim = '{"claim": "positive-alpha", "verdict": "fails", "witness": {"alpha": "-1/2"}}'
    >>> head = '{"format": "exactdyn certificate", "version": 1, "layers": 3, "system": '
    >>> print(lean_text(head + one + ', "claims": [' + claim + "]}").text.partition("theorem ")[2])
    positive_alpha_fails : ¬ 0 < alpha := by decide +kernel
    #print axioms positive_alpha_fails
    <BLANKLINE>
    end Exactdyn
    <BLANKLINE>
    """
    document = read_json(certificate)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError("--lean: requires a certificate about hardmax, got another kind")
    parsed = parse(certificate)
    if isinstance(parsed.system, Family):
        raise InputError("--lean: requires a counterexample, got a certificate about all matrices")
    if document["version"] != 1:
        raise InputError("--lean: requires one matrix A and one alpha, got a certificate of version 2 or 3")
    scene = SystemScene(parsed.system, parsed.layers, rational(parsed.system.alpha))
    told = [claim for claim in parsed.claims if _is_told(claim)]
    left_out = tuple(claim.name for claim in parsed.claims if claim not in told)
    if all(claim.verdict == "holds" for claim in told):
        raise InputError("--lean: requires a claim that fails on finitely many layers, got none")
    return LeanText("\n".join(_text(scene, told)), left_out)


def _is_told(claim: Claim) -> bool:
    return claim.name in CLAIMS and (claim.verdict == "fails" or claim.name in COMPUTED)


def _text(scene: SystemScene, claims: list[Claim]) -> Iterator[str]:
    yield HEAD
    yield f"def A : List Point := {rows(scene.system.A)}"
    yield f"def alpha : Rat := {number(scene.alpha or Fraction(0))}"
    yield f"def tokens : List Point := {rows(scene.system.tokens)}"
    yield ""
    yield DYNAMICS
    yield from filter(None, (CLAIMS[claim.name] for claim in claims))
    yield from _states(scene, max(map(_reach, claims)))
    for claim in claims:
        name = f"{claim.name.replace('-', '_')}_{claim.verdict}"
        yield f"theorem {name} : {_said(scene, claim)}"
        yield f"#print axioms {name}"
        yield ""
    yield "end Exactdyn\n"


def _states(scene: SystemScene, last: int) -> Iterator[str]:
    # Every layer is computed once, from the numbers of the one before.
    if last < 0:
        return
    state = start(scene)
    yield "/-! The layers, each computed from the one before. -/"
    yield ""
    yield f"def Z0 : List Point := {rows(state)}"
    yield "theorem state_0 : state 0 = Z0 := by decide +kernel"
    yield "theorem state_succ (k : Nat) : state (k + 1) = step (state k) := rfl"
    yield ""
    for k in range(last):
        state = moved(scene, k, state, attention(scene, state))
        yield f"def Z{k + 1} : List Point := {rows(state)}"
        yield f"theorem step_{k} : step Z{k} = Z{k + 1} := by decide +kernel"
        computed = f"(state_succ {k}).trans ((congrArg step state_{k}).trans step_{k})"
        yield f"theorem state_{k + 1} : state {k + 1} = Z{k + 1} := {computed}"
        yield ""


def attention(scene: SystemScene, state: State) -> dict[int, frozenset[int]]:
    """Return whom each token attends, of a system of one matrix.

    Source: arXiv 2407.01602, equation (1.2).
    """
    A = scene.system.A
    found = {}
    for i, z in enumerate(state):
        image = [sum(rational(x) * y for x, y in zip(row, z, strict=True)) for row in A]
        scores = [sum(x * y for x, y in zip(image, other, strict=True)) for other in state]
        found[i] = frozenset(j for j, score in enumerate(scores) if score == max(scores))
    return found


def _reach(claim: Claim) -> int:
    # The last layer that a theorem speaks of; -1: it speaks of none.
    if claim.name in COMPUTED or claim.name == "positive-definite":
        return -1
    later = claim.name not in ("leaders-persist", "leaders-extreme")
    return int(stated(claim)["layer"]) + later


def _said(scene: SystemScene, claim: Claim) -> str:
    # A theorem, from what it says on.
    data, fails = stated(claim), claim.verdict == "fails"
    if claim.name in COMPUTED:
        truth = {"truth": "false" if fails else "true", "not": "¬ " if fails else ""}
        return f"{COMPUTED[claim.name].format_map(truth)} := by decide +kernel"
    if claim.name == "positive-definite":
        x = f"({vector(map(read_rational, data['vector']))} : Point)"
        given = "(by decide +kernel) (by decide +kernel)"
        return f"¬ positiveDefinite := fun h =>\n  absurd (h {x} {given}) (by decide +kernel)"
    k = data["layer"]
    match claim.name:
        case "hull-shrinkage":
            f, i = f"({vector(map(read_rational, data['functional']))} : Point)", data["token"]
            at = f"((state {k}).any fun z => decide (dot {f} (place (state {k + 1}) {i}) ≤ dot {f} z)) = true"
            return _refuted("hullShrinkage", [at], [f"h {k} {f} {i} (by decide +kernel)"], [k, k + 1])
        case "norm-growth":
            at = f"grows (state {k}) (state {k + 1}) = true"
            return _refuted("normGrowth", [at], [f"h {k}"], [k, k + 1])
        case "distinctness-preserved":
            at = f"apart (state {k}) (state {k + 1}) = true"
            return _refuted("distinctnessPreserved", [at], [f"h {k}"], [k, k + 1])
    return _of_a_leader(scene, claim.name, data)


def _of_a_leader(scene: SystemScene, name: str, data: dict[str, object]) -> str:
    # Whoever leads at one layer is another one, or elsewhere, or a combination, at a later layer.
    first, m, i = data["leads"], data["layer"], data["token"]
    led = f"  have led : leads (state {first}) {i} = true := by rw [state_{first}]; decide +kernel\n"
    if name == "leaders-persist":
        says = f"(leads (state {m}) {i} && decide (place (state {m}) {i} = place (state {first}) {i})) = true"
        layers = [int(str(first)), int(str(m))]
        return _refuted("leadersPersist", [says], [f"h {first} {m} {i} (by decide) led"], layers, led)
    pairs = data["weights"]
    weights = dict.fromkeys(scene.tokens, Fraction(0))
    for j, weight in pairs if isinstance(pairs, list) else []:
        weights[j] += read_rational(weight)
    w = vector(weights.values())
    shown = f"⟨{w}, by decide +kernel, by rw [state_{m}]; decide +kernel⟩"
    return f"¬ leadersExtreme := by\n  intro h\n{led}  exact h {first} {m} {i} (by decide) led {shown}"


def _refuted(statement: str, said: list[str], shown: list[str], layers: list[int], before: str = "") -> str:
    # The statement is taken at the place of the witness, where the numbers of the layers refute it.
    known = ", ".join(f"state_{k}" for k in dict.fromkeys(layers))
    lines = [f"  have at_witness : {said[0]} := {shown[0]}", f"  rw [{known}] at at_witness"]
    body = "\n".join([*lines, "  exact absurd at_witness (by decide +kernel)"])
    return f"¬ {statement} := by\n  intro h\n{before}{body}"


def number(value: Fraction) -> str:
    """Return a rational number.

    >>> number(Fraction(-1, 18))
    '-1/18'
    """
    above, below = fmpz(value.numerator), fmpz(value.denominator)
    return f"{above}" if value.denominator == 1 else f"{above}/{below}"


def vector(numbers: Iterable[Fraction]) -> str:
    """Return a list of rational numbers.

    >>> vector([Fraction(1, 2), Fraction(-3)])
    '[1/2, -3]'
    """
    return f"[{', '.join(map(number, numbers))}]"


def rows(matrix: Iterable[Iterable[object]]) -> str:
    """Return rows of rational numbers.

    >>> rows([[Fraction(1)], [Fraction(2)]])
    '[[1], [2]]'
    """
    found = ([x for x in row if isinstance(x, Fraction)] for row in matrix)
    return f"[{', '.join(map(vector, found))}]"
