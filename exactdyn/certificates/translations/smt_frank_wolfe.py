"""The statements of Frank and Wolfe's method in SMT-LIB, told as those of ``smt_statements``."""

from __future__ import annotations

from collections.abc import Iterator

from exactdyn.certificates.translations.scene import SystemScene, stated
from exactdyn.certificates.translations.smt_definite import definite, is_nonzero
from exactdyn.certificates.translations.smt_layers import (
    attends,
    entry_name,
    form,
    literal,
    place,
    same,
    where,
)
from exactdyn.certificates.translations.smt_statements import witness_at
from exactdyn.certificates.translations.smt_text import (
    ask,
    both,
    define,
    denied,
    either,
    number,
    require,
    total,
)
from proofs_checks.format.claims import Claim


def clusters_fail(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the attended tokens of the witness may be at one place, or its token on the way.

    Source: ``proofs_checks/FORMAT.md``, section "frank-wolfe-clusters".
    """
    data = stated(claim)
    i = data["token"]
    if "attended" in data:
        says = _one_place(scene, i, *data["attended"])
        yield from ask("frank-wolfe-clusters fails", [require(says)])
        return
    t, p = data["layer"], data["target"]
    says = f"(=> {_attends_somehow(scene, i, p)} {_on_the_way(scene, t, i, p)})"
    yield from ask("frank-wolfe-clusters fails", [*_kept(scene, t), require(says)])


def clusters_hold(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether what a token attends at layer 0 may be at two places, and whether it strays later.

    Source: ``proofs_checks/FORMAT.md``, section "frank-wolfe-clusters".
    """
    pairs = [(i, p, q) for i in scene.tokens for p in scene.sees(i) for q in scene.sees(i) if q < p]
    wrong = either(denied(_one_place(scene, *triple)) for triple in pairs)
    yield from ask("frank-wolfe-clusters holds at layer 0", [require(wrong)])
    for t in range(1, scene.layers + 1):
        strays = [
            both([_attends_somehow(scene, i, p), denied(_on_the_way(scene, t, i, p))])
            for i in scene.tokens
            for p in scene.sees(i)
        ]
        lines = [*_kept(scene, t), require(either(strays))]
        yield from ask(f"frank-wolfe-clusters holds at layer {t}", lines)


def _attends_somehow(scene: SystemScene, i: int, p: int) -> str:
    heads = range(len(scene.heads))
    return either(attends(0, h, i, p) for h in heads if p in scene.seen(h, i))


def _one_place(scene: SystemScene, i: int, p: int, q: int) -> str:
    attended = both([_attends_somehow(scene, i, p), _attends_somehow(scene, i, q)])
    return f"(=> {attended} {same(scene, (0, p), (0, q))})"


def _on_the_way(scene: SystemScene, t: int, i: int, p: int) -> str:
    return both(
        f"(= {place(t, i, r)} (+ (* kept {place(0, i, r)}) (* (- 1.0 kept) {place(0, p, r)})))"
        for r in scene.coordinates
    )


def _kept(scene: SystemScene, t: int) -> list[str]:
    # The product of the rho of the layers before t.
    parts = []
    for k in range(t):
        s, tau = scene.share(k), f"tau_{k}"
        if s is None:
            raise ValueError(f"requires a scalar step at layer {k}")
        parts.append(f"(/ (- 1.0 {tau}) (+ (- 1.0 {tau}) (* {tau} {number(s)})))")
    return [define("kept", f"(* 1.0 {' '.join(parts)})" if parts else "1.0")]


def rate_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether, for c of the witness' layer and token, <Bx, x> may be at least c <x, x> for an x != 0.

    Source: ``proofs_checks/FORMAT.md``, section "frank-wolfe-rate".
    """
    t, i = witness_at(claim, "layer", "token")
    data = claim.data.fields([], claim.data.names())
    factors = data["factorisation"].fields([], ["lower", "diagonal"])
    lower, diagonal = factors["lower"].rational_matrix(), factors["diagonal"].rational_vector()
    size = scene.coordinates
    c = f"(/ (* {number(t + 1)} {_energy(scene, t + 1, i)}) (* 2.0 diameter))"
    entries = [[_rate_entry(r, s, c) for s in size] for r in size]
    yield from _diameter(scene)
    yield from ask("frank-wolfe-rate fails: tokens are apart", [require("(<= diameter 0.0)")])
    yield from definite("frank-wolfe-rate fails", entries, lower, diagonal)


def rate_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether <Bx, x>/<x, x>, for the vector x of the evidence, may be less than a token asks for.

    Source: ``proofs_checks/FORMAT.md``, section "frank-wolfe-rate".
    """
    x = literal(claim.data.fields([], ["vector"])["vector"].rational_vector())
    yield from _diameter(scene)
    yield from ask("frank-wolfe-rate holds: the vector", [require(denied(is_nonzero(x)))])
    square = total(f"(* {y} {y})" for y in x)
    for t in range(scene.layers):
        tops = [f"(* {number(t + 1)} {_energy(scene, t + 1, i)} {square})" for i in scene.tokens]
        wrong = either(f"(> {top} (* (- 2.0) diameter {form(scene, x, x)}))" for top in tops)
        lines = [require("(> diameter 0.0)"), require(wrong)]
        yield from ask(f"frank-wolfe-rate holds at layer {t + 1}", lines)


def _rate_entry(r: int, s: int, c: str) -> str:
    # An entry of c I - B, B = -(A + A^T)/2.
    half = f"(/ (+ {entry_name(0, 0, r, s)} {entry_name(0, 0, s, r)}) 2.0)"
    return f"(+ {c} {half})" if r == s else half


def _energy(scene: SystemScene, k: int, i: int) -> str:
    # J(z) = <Bz, z>/2.
    z = where(scene, k, i)
    return f"(- (/ {form(scene, z, z)} 2.0))"


def _diameter(scene: SystemScene) -> Iterator[str]:
    # The largest squared distance of two tokens of layer 0.
    term = "0.0"
    for i in scene.tokens:
        for j in range(i):
            gaps = [f"(- {place(0, i, r)} {place(0, j, r)})" for r in scene.coordinates]
            yield define(f"distance_{i}_{j}", total(f"(* {gap} {gap})" for gap in gaps))
            larger = f"(ite (> distance_{i}_{j} {term}) distance_{i}_{j} {term})"
            term = f"largest_distance_{i}_{j}"
            yield define(term, larger)
    yield define("diameter", term)
