"""The statements in SMT-LIB, on finitely many layers: each claim as queries, unsat if and only if it is true.

Where a statement fails, what it says at the place of the witness is assumed. Where it holds on layers 0..N,
it is assumed for each of the layers that it is violated there. Of a witness no more than the place is used:
numbers that separate, or combine, are left to the solver. Where a statement says nothing of the
place, nothing is assumed, and the answer is sat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from exactdyn.certificates.translations.scene import SystemScene, stated
from exactdyn.certificates.translations.smt_layers import form, leads, place, same, where
from exactdyn.certificates.translations.smt_text import ask, both, declare, denied, either, require, total
from proofs_checks.format.claims import Claim


def hull_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the token of the witness may be in the hull of the layer before.

    Source: ``proofs_checks/FORMAT.md``, section "hull-shrinkage".
    """
    k, i = witness_at(claim, "layer", "token")
    yield from ask("hull-shrinkage fails", _combined(scene, k, scene.tokens, (k + 1, i)))


def hull_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask, for each layer, whether a functional may be larger at the next one than anywhere here.

    Source: ``proofs_checks/FORMAT.md``, section "hull-shrinkage".
    """

    def violated(k: int) -> list[str]:
        wrong = either(_outside(scene, k, scene.tokens, i) for i in scene.tokens)
        return _functional(scene, wrong)

    return _each_step(scene, "hull-shrinkage", violated)


def growth_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether q may be larger after the step of the witness, or the same at the same place.

    Source: ``proofs_checks/FORMAT.md``, section "norm-growth".
    """
    k, i = witness_at(claim, "layer", "token")
    yield from ask("norm-growth fails", [require(_grows(scene, k, i))])


def growth_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask, for each layer, whether q may fail to grow for a token.

    Source: ``proofs_checks/FORMAT.md``, section "norm-growth".
    """

    def violated(k: int) -> list[str]:
        wrong = either(denied(_grows(scene, k, i)) for i in scene.tokens)
        return [require(wrong)]

    return _each_step(scene, "norm-growth", violated)


def _grows(scene: SystemScene, k: int, i: int) -> str:
    before, after = (form(scene, z, z) for z in (where(scene, k, i), where(scene, k + 1, i)))
    still = both([f"(= {after} {before})", same(scene, (k, i), (k + 1, i))])
    return either([f"(> {after} {before})", still])


def persist_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the token of the witness, if it leads, may lead at the later layer and be at rest.

    Source: ``proofs_checks/FORMAT.md``, section "leaders-persist".
    """
    i, k, m = witness_at(claim, "token", "leads", "layer")
    later = both([leads(m, i), same(scene, (k, i), (m, i))])
    says = f"(=> {leads(k, i)} {later})" if k < m else "true"
    yield from ask("leaders-persist fails", [require(says)])


def persist_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask, for each layer, whether a leader may not lead at the next one, or be at another place.

    Source: ``proofs_checks/FORMAT.md``, section "leaders-persist".
    """

    def violated(k: int) -> list[str]:
        later = [both([leads(k + 1, i), same(scene, (k, i), (k + 1, i))]) for i in scene.tokens]
        wrong = either(both([leads(k, i), denied(later[i])]) for i in scene.tokens)
        return [require(wrong)]

    return _each_step(scene, "leaders-persist", violated)


def distinctness_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the two tokens of the witness, if they are apart, may stay apart.

    Source: ``proofs_checks/FORMAT.md``, section "distinctness-preserved".
    """
    k, (i, j) = witness_at(claim, "layer", "tokens")
    yield from ask("distinctness-preserved fails", [require(denied(_meet(scene, k, i, j)))])


def distinctness_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask, for each layer, whether two tokens that are apart may meet.

    Source: ``proofs_checks/FORMAT.md``, section "distinctness-preserved".
    """

    def violated(k: int) -> list[str]:
        wrong = either(_meet(scene, k, i, j) for i in scene.tokens for j in range(i))
        return [require(wrong)]

    return _each_step(scene, "distinctness-preserved", violated)


def _meet(scene: SystemScene, k: int, i: int, j: int) -> str:
    return both([denied(same(scene, (k, i), (k, j))), same(scene, (k + 1, i), (k + 1, j))])


def extreme_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether a functional may expose the token of the witness, if it led before.

    Source: ``proofs_checks/FORMAT.md``, section "leaders-extreme".
    """
    i, k, m = witness_at(claim, "token", "leads", "layer")
    others = [j for j in scene.tokens if j != i]
    exposed = both(
        f"(=> {denied(same(scene, (m, j), (m, i)))} {_less(scene, (m, j), (m, i))})" for j in others
    )
    says = f"(=> {leads(k, i)} {exposed})" if k <= m else "true"
    yield from ask("leaders-extreme fails", _functional(scene, says))


def extreme_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask, for each layer, whether one that led may be a convex combination of other places.

    Source: ``proofs_checks/FORMAT.md``, section "leaders-extreme".
    """
    for m in range(scene.layers + 1):
        wrong = []
        for i in scene.tokens:
            own = [f"(=> {same(scene, (m, j), (m, i))} (= w_{j} 0.0))" for j in scene.tokens if j != i]
            led = either(leads(k, i) for k in range(m + 1))
            wrong.append(both([led, f"(= w_{i} 0.0)", *own, *_hits(scene, m, scene.tokens, (m, i))]))
        lines = [*_weights(scene.tokens), require(either(wrong))]
        yield from ask(f"leaders-extreme holds at layer {m}", lines)


def seen_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the point of the witness may be in the hull of what the token saw.

    Source: ``proofs_checks/FORMAT.md``, section "hull-of-the-seen".
    """
    k, i, j = witness_at(claim, "layer", "token", "seen")
    seen = j in scene.sees(i)
    says = _combined(scene, k, scene.sees(i), (k + 1, j)) if seen else [require("true")]
    yield from ask("hull-of-the-seen fails", says)


def seen_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask, for each layer, whether a functional may be larger on what is seen of the next than of this.

    Source: ``proofs_checks/FORMAT.md``, section "hull-of-the-seen".
    """

    def violated(k: int) -> list[str]:
        views = [scene.sees(i) for i in scene.tokens]
        wrong = either(_outside(scene, k, view, j) for view in views for j in view)
        return _functional(scene, wrong)

    return _each_step(scene, "hull-of-the-seen", violated)


def interval_fails(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask whether the coordinate of the witness may be in the interval before.

    Source: ``proofs_checks/FORMAT.md``, section "interval-shrinkage".
    """
    k, i, r = witness_at(claim, "layer", "token", "coordinate")
    yield from ask("interval-shrinkage fails", [require(_in_interval(scene, k, i, r))])


def interval_holds(scene: SystemScene, claim: Claim) -> Iterator[str]:
    """Ask, for each layer, whether a coordinate may leave its interval.

    Source: ``proofs_checks/FORMAT.md``, section "interval-shrinkage".
    """

    def violated(k: int) -> list[str]:
        wrong = either(denied(_in_interval(scene, k, i, r)) for i in scene.tokens for r in scene.coordinates)
        return [require(wrong)]

    return _each_step(scene, "interval-shrinkage", violated)


def _in_interval(scene: SystemScene, k: int, i: int, r: int) -> str:
    after = place(k + 1, i, r)
    low = either(f"(<= {place(k, j, r)} {after})" for j in scene.tokens)
    return both([low, either(f"(>= {place(k, j, r)} {after})" for j in scene.tokens)])


def _each_step(scene: SystemScene, name: str, violated: Callable[[int], list[str]]) -> Iterator[str]:
    # Ask, for each layer, whether the statement may be violated by the step from it to the next.
    if scene.layers == 0:
        yield from ask(f"{name} holds: it says nothing of layer 0 alone", [require("false")])
    for k in range(scene.layers):
        yield from ask(f"{name} holds from layer {k} to {k + 1}", violated(k))


def witness_at(claim: Claim, *names: str) -> list[Any]:
    """Return the named members of a witness."""
    return [stated(claim)[name] for name in names]


def _functional(scene: SystemScene, formula: str) -> list[str]:
    return [*(declare(f"f_{r}") for r in scene.coordinates), require(formula)]


def _less(scene: SystemScene, first: tuple[int, int], second: tuple[int, int]) -> str:
    # A functional f is smaller at one token, with its layer, than at another.
    low, high = (total(f"(* f_{r} {place(*at, r)})" for r in scene.coordinates) for at in (first, second))
    return f"(< {low} {high})"


def _outside(scene: SystemScene, k: int, tokens: Iterable[int], i: int) -> str:
    return both(_less(scene, (k, j), (k + 1, i)) for j in tokens)


def _weights(tokens: Iterable[int]) -> Iterator[str]:
    names = [f"w_{j}" for j in tokens]
    yield from map(declare, names)
    yield from (require(f"(>= {name} 0.0)") for name in names)
    yield require(f"(= {total(names)} 1.0)")


def _hits(scene: SystemScene, k: int, tokens: Iterable[int], target: tuple[int, int]) -> Iterator[str]:
    known = list(tokens)
    for r in scene.coordinates:
        yield f"(= {total(f'(* w_{j} {place(k, j, r)})' for j in known)} {place(*target, r)})"


def _combined(scene: SystemScene, k: int, tokens: Iterable[int], target: tuple[int, int]) -> list[str]:
    known = list(tokens)
    return [*_weights(known), *map(require, _hits(scene, k, known, target))]
