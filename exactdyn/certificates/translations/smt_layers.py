"""The dynamics as definitions of SMT-LIB: scores, attention sets, attended points, steps, by layer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from exactdyn.certificates.translations.scene import SystemScene, rational, rationals
from exactdyn.certificates.translations.smt_text import (
    ask,
    both,
    define,
    denied,
    either,
    number,
    require,
    times,
    total,
    weighted,
)


def place(layer: int, token: int, coordinate: int) -> str:
    """Return the name of a coordinate of a token at a layer."""
    return f"z_{layer}_{token}_{coordinate}"


def attends(layer: int, head: int, token: int, other: int) -> str:
    """Return the name of whether a token attends another one."""
    return f"attends_{layer}_{head}_{token}_{other}"


def leads(layer: int, token: int) -> str:
    """Return the name of whether a token attends itself alone, in every head."""
    return f"leads_{layer}_{token}"


def entry_name(head: int, at: int, row: int, column: int) -> str:
    """Return the name of an entry of the matrix of scores that is in a place of its head's list."""
    return f"A_{head}_{at}_{row}_{column}"


def same(scene: SystemScene, first: tuple[int, int], second: tuple[int, int]) -> str:
    """Return that two tokens, each with its layer, are at one place."""
    return both(f"(= {place(*first, r)} {place(*second, r)})" for r in scene.coordinates)


def matrices(scene: SystemScene) -> Iterator[str]:
    """Define the entries of all matrices of scores."""
    for h, head in enumerate(scene.heads):
        for at, A in enumerate(head.matrices):
            for r, row in enumerate(A):
                yield from (define(entry_name(h, at, r, c), number(x)) for c, x in enumerate(rationals(row)))


def tokens(scene: SystemScene) -> Iterator[str]:
    """Define the tokens of layer 0."""
    for i, token in enumerate(scene.system.tokens):
        yield from (define(place(0, i, r), number(x)) for r, x in enumerate(rationals(token)))


def layers(scene: SystemScene, last: int) -> Iterator[str]:
    """Define all layers up to one, with their attention sets."""
    yield from matrices(scene)
    yield from tokens(scene)
    for k in range(last + 1):
        yield from computed_sets(scene, k)
        if k < last:
            yield from step(scene, k)


def computed_sets(scene: SystemScene, layer: int) -> Iterator[str]:
    """Define whom each token attends at a layer: of what it sees that of the largest score.

    Source: arXiv 2407.01602, equation (1.2), in every head.
    """
    for h in range(len(scene.heads)):
        for i in scene.tokens:
            yield from scores(scene, layer, h, i, scene.seen(h, i))
            yield from _largest(scene, layer, h, i)
    yield from leading(scene, layer)


def scores(scene: SystemScene, layer: int, head: int, token: int, others: Iterable[int]) -> Iterator[str]:
    """Define <A z_i, z_j> for a token i and some tokens j."""
    at = scene.matrix_at(head, layer)
    for r in scene.coordinates:
        row = [f"(* {entry_name(head, at, r, c)} {place(layer, token, c)})" for c in scene.coordinates]
        yield define(image(layer, head, token, r), total(row))
    for j in others:
        parts = (f"(* {image(layer, head, token, r)} {place(layer, j, r)})" for r in scene.coordinates)
        yield define(score(layer, head, token, j), total(parts))


def image(layer: int, head: int, token: int, coordinate: int) -> str:
    """Return the name of a coordinate of A z_i."""
    return f"image_{layer}_{head}_{token}_{coordinate}"


def score(layer: int, head: int, token: int, other: int) -> str:
    """Return the name of <A z_i, z_j>."""
    return f"score_{layer}_{head}_{token}_{other}"


def _largest(scene: SystemScene, layer: int, head: int, token: int) -> Iterator[str]:
    # There is no term for a maximum: it is built up score by score, each under a name, so that terms stay
    # short.
    seen, ties = scene.seen(head, token), scene.heads[head].ties
    best = f"largest_{layer}_{head}_{token}"
    first, *others = (score(layer, head, token, j) for j in seen)
    term = first
    for count, other in enumerate(others):
        yield define(f"{best}_{count}", f"(ite (>= {other} {term}) {other} {term})")
        term = f"{best}_{count}"
    tied = [f"(= {score(layer, head, token, j)} {term})" for j in seen]
    for at, j in enumerate(seen):
        before = {"mean": [], "first": tied[:at], "last": tied[at + 1 :]}[ties]
        chosen = both([tied[at], *map(denied, before)])
        yield define(attends(layer, head, token, j), chosen, "Bool")


def given_sets(scene: SystemScene, layer: int, sets: Mapping[int, frozenset[int]]) -> Iterator[str]:
    """Define whom each token attends, in the one head, where the sets are given."""
    for i in scene.tokens:
        own = sets[i]
        for j in scene.seen(0, i):
            yield define(attends(layer, 0, i, j), str(j in own).lower(), "Bool")
    yield from leading(scene, layer)


def leading(scene: SystemScene, layer: int) -> Iterator[str]:
    """Define which tokens lead at a layer.

    Source: arXiv 2407.01602, Definition 2.1 (leader).
    """
    for i in scene.tokens:
        alone = []
        for h in range(len(scene.heads)):
            seen = scene.seen(h, i)
            own = attends(layer, h, i, i) if i in seen else "false"
            alone += [own, *(denied(attends(layer, h, i, j)) for j in seen if j != i)]
        yield define(leads(layer, i), both(alone), "Bool")


def step(scene: SystemScene, layer: int) -> Iterator[str]:
    """Define the tokens of the next layer.

    Source: ``proofs_checks/FORMAT.md``, section "Systems with schedules, masks, heads".
    """
    tau = f"tau_{layer}"
    stated = scene.alpha is not None
    yield define(tau, "(/ alpha (+ 1.0 alpha))" if stated else number(scene.tau(layer)))
    for h in range(len(scene.heads)):
        for i in scene.tokens:
            yield from _centre(scene, layer, h, i)
    if scene.plain_values and len(scene.heads) == 1:
        after = [_towards(scene, layer, i, tau) for i in scene.tokens]
    else:
        after = [_by_values(scene, layer, i, tau) for i in scene.tokens]
    if scene.system.relu:
        yield from _block(scene, layer, after)
        return
    for i, row in enumerate(after):
        yield from (define(place(layer + 1, i, r), term) for r, term in enumerate(row))


def centre(layer: int, head: int, token: int, coordinate: int) -> str:
    """Return the name of a coordinate of the attended point."""
    return f"centre_{layer}_{head}_{token}_{coordinate}"


def _centre(scene: SystemScene, layer: int, head: int, token: int) -> Iterator[str]:
    names = [(attends(layer, head, token, j), j) for j in scene.seen(head, token)]
    count = f"count_{layer}_{head}_{token}"
    yield define(count, total(f"(ite {name} 1.0 0.0)" for name, _ in names))
    for r in scene.coordinates:
        own = total(f"(ite {name} {place(layer, j, r)} 0.0)" for name, j in names)
        yield define(centre(layer, head, token, r), f"(/ {own} {count})")


def _towards(scene: SystemScene, layer: int, token: int, tau: str) -> list[str]:
    here = [(place(layer, token, r), centre(layer, 0, token, r)) for r in scene.coordinates]
    return [f"(+ {own} (* {tau} (- {goal} {own})))" for own, goal in here]


def _by_values(scene: SystemScene, layer: int, token: int, tau: str) -> list[str]:
    # ((1 - tau) I + tau S)^-1 ((1 - tau) z + tau sum V_h c_h), S being the sum of the V_h.
    sums, size = [], scene.coordinates
    values, inverse = scene.values(layer), scene.inverse(layer)
    for r in size:
        parts = [weighted(V[r], [centre(layer, h, token, c) for c in size]) for h, V in enumerate(values)]
        sums.append(f"(+ (* (- 1.0 {tau}) {place(layer, token, r)}) (* {tau} {total(parts)}))")
    return [weighted(row, sums) for row in inverse]


def inverses(scene: SystemScene, last: int) -> Iterator[str]:
    """Ask whether the inverse matrices in the steps before a layer are inverse; a layer may have no step."""
    if scene.plain_values and len(scene.heads) == 1:
        return
    size = scene.coordinates
    for k in range(last):
        matrix = scene.sum_of_values(k)
        try:
            inverse = scene.inverse(k)
        except ZeroDivisionError:  # what is claimed needs no step of this layer
            continue
        wrong = [
            denied(f"(= {weighted(inverse[r], [number(matrix[s][c]) for s in size])} {number(int(r == c))})")
            for r in size
            for c in size
        ]
        yield from ask(f"the matrix of the step of layer {k} is the inverse", [require(either(wrong))])


def _block(scene: SystemScene, layer: int, after: Sequence[Sequence[str]]) -> Iterator[str]:
    # Every hidden unit has a name of its own, as its term stands twice in relu.
    relu = scene.system.relu_at(layer)
    if relu is None:
        raise ValueError(f"requires a block at layer {layer}, got none")
    for i, row in enumerate(after):
        inner = [f"before_{layer}_{i}_{r}" for r in scene.coordinates]
        yield from map(define, inner, row)
        hidden = [f"hidden_{layer}_{i}_{m}" for m in range(len(relu.b1))]
        for name, weights, b in zip(hidden, relu.W1, rationals(relu.b1), strict=True):
            value = total([weighted(rationals(weights), inner), number(b)])
            yield define(f"{name}_raw", value)
            yield define(name, f"(ite (> {name}_raw 0.0) {name}_raw 0.0)")
        for r in scene.coordinates:
            parts = [times(rational(relu.eta), inner[r]), weighted(rationals(relu.W2[r]), hidden)]
            yield define(place(layer + 1, i, r), total([*parts, number(rational(relu.b2[r]))]))


def form(scene: SystemScene, x: Sequence[str], y: Sequence[str], at: int = 0) -> str:
    """Return <Ax, y> for two vectors of terms and a matrix of the first head, its first one or another."""
    size = scene.coordinates
    return total(f"(* {entry_name(0, at, r, c)} {x[c]} {y[r]})" for r in size for c in size)


def where(scene: SystemScene, layer: int, token: int) -> list[str]:
    """Return the names of all coordinates of a token at a layer."""
    return [place(layer, token, r) for r in scene.coordinates]


def literal(numbers: Iterable[Fraction]) -> list[str]:
    """Return numbers as terms."""
    return list(map(number, numbers))
