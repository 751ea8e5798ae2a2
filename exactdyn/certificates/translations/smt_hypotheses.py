"""The hypotheses in SMT-LIB: each claim as queries whose answer is unsat if and only if it is true."""

from __future__ import annotations

from collections.abc import Iterator

from exactdyn.certificates.translations.scene import SystemScene, rationals, stated
from exactdyn.certificates.translations.smt_definite import definite, is_nonzero
from exactdyn.certificates.translations.smt_layers import entry_name, form, literal, same, where
from exactdyn.certificates.translations.smt_text import ask, both, denied, either, number, require
from proofs_checks.format.claims import Claim
from proofs_checks.hardmax.schedule import Listed


def symmetric_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether two entries of A may differ that face each other.

    Source: ``proofs_checks/FORMAT.md``, section "symmetric".
    """
    size = scene.coordinates
    pairs = [(entry_name(0, 0, r, c), entry_name(0, 0, c, r)) for r in size for c in size if r < c]
    wrong = either(denied(f"(= {x} {y})") for x, y in pairs)
    yield from ask("symmetric holds", [require(wrong)])


def symmetric_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the two entries of the witness may be equal.

    Source: ``proofs_checks/FORMAT.md``, section "symmetric".
    """
    r, c = stated(claim)["row"], stated(claim)["column"]
    equal = f"(= {entry_name(0, 0, r, c)} {entry_name(0, 0, c, r)})"
    yield from ask("symmetric fails", [require(equal)])


def definite_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether <Ax, x> may be <= 0 for an x != 0.

    Source: ``proofs_checks/FORMAT.md``, section "positive-definite".
    """
    data, size = claim.data.fields([], ["lower", "diagonal"]), scene.coordinates
    entries = [[entry_name(0, 0, r, c) for c in size] for r in size]
    lower = data["lower"].rational_matrix()
    yield from definite("positive-definite holds", entries, lower, data["diagonal"].rational_vector())


def definite_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the vector of the witness may be 0, or <Ax, x> positive for it.

    Source: ``proofs_checks/FORMAT.md``, section "positive-definite".
    """
    x = literal(claim.data.fields([], ["vector", "value"])["vector"].rational_vector())
    says = either([denied(is_nonzero(x)), f"(> {form(scene, x, x)} 0.0)"])
    yield from ask("positive-definite fails", [require(says)])


def alpha_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether alpha, or the alpha of one of the listed steps, may be <= 0.

    Source: ``proofs_checks/FORMAT.md``, section "positive-alpha".
    """
    if scene.alpha is not None:
        yield from ask("positive-alpha holds", [require("(<= alpha 0.0)")])
        return
    schedule = scene.system.schedule
    steps = rationals(schedule.values) if isinstance(schedule, Listed) else []
    wrong = either(denied(_within(number(tau))) for tau in steps)
    yield from ask("positive-alpha holds", [require(wrong)])


def alpha_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether alpha, or the step of the witness, may be that of an alpha > 0.

    Source: ``proofs_checks/FORMAT.md``, section "positive-alpha".
    """
    if scene.alpha is not None:
        says = "(> alpha 0.0)"
    else:
        says = _within(number(scene.tau(stated(claim).get("layer", 0))))
    yield from ask("positive-alpha fails", [require(says)])


def _within(tau: str) -> str:
    return both([f"(< 0.0 {tau})", f"(< {tau} 1.0)"])


def nonzero_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether a token may be 0.

    Source: ``proofs_checks/FORMAT.md``, section "nonzero-tokens".
    """
    wrong = either(denied(is_nonzero(where(scene, 0, i))) for i in scene.tokens)
    yield from ask("nonzero-tokens holds", [require(wrong)])


def nonzero_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the token of the witness may be other than 0.

    Source: ``proofs_checks/FORMAT.md``, section "nonzero-tokens".
    """
    z = where(scene, 0, stated(claim)["token"])
    yield from ask("nonzero-tokens fails", [require(is_nonzero(z))])


def distinct_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether two tokens may be equal.

    Source: ``proofs_checks/FORMAT.md``, section "distinct-tokens".
    """
    wrong = either(same(scene, (0, i), (0, j)) for i in scene.tokens for j in range(i))
    yield from ask("distinct-tokens holds", [require(wrong)])


def distinct_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the two tokens of the witness may be different.

    Source: ``proofs_checks/FORMAT.md``, section "distinct-tokens".
    """
    i, j = stated(claim)["tokens"]
    wrong = "true" if i == j else denied(same(scene, (0, i), (0, j)))
    yield from ask("distinct-tokens fails", [require(wrong)])
