"""The matrices of a family, what its tokens see, and what ``unrealised`` describes, by definition."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from tests.judges import truth
from tests.judges.reference import Layer, Matrix, dot, rational_rows, transpose

SYMMETRIC = (
    "symmetric",
    "positive-semidefinite",
    "positive-definite",
    "negative-semidefinite",
    "negative-definite",
)


def generators(family: Any) -> tuple[Matrix, list[Matrix]]:
    """Return the base and the span, written out."""
    size, symmetric = len(family["tokens"][0]), family["class"] in SYMMETRIC
    zero = ((Fraction(0),) * size,) * size
    base = rational_rows(family["base"]) if "base" in family else zero
    if "span" in family:
        return base, [rational_rows(B) for B in family["span"]]
    places = [(r, c) for r, c in product(range(size), repeat=2) if r <= c or not symmetric]
    return base, [
        tuple(
            tuple(Fraction(int((i, j) == (r, c) or (symmetric and (j, i) == (r, c)))) for j in range(size))
            for i in range(size)
        )
        for r, c in places
    ]


def combined(base: Matrix, span: Sequence[Matrix], x: Sequence[Fraction]) -> Matrix:
    """Return base + sum x_p span_p."""
    size = range(len(base))
    return tuple(
        tuple(sum((t * B[r][c] for t, B in zip(x, span, strict=True)), base[r][c]) for c in size)
        for r in size
    )


def admits(kind: str, A: Matrix) -> bool:
    """Whether a class admits a matrix: definiteness by principal minors of twice the symmetric part.

    Those of even size are positive if the form is negative definite, those of odd size negative.
    """
    if kind in SYMMETRIC and transpose(A) != A:
        return False
    if kind in ("general", "symmetric"):
        return True
    twice = [tuple(a + b for a, b in zip(*rows, strict=True)) for rows in zip(A, transpose(A), strict=True)]
    chosen = [rows for size in range(1, len(A) + 1) for rows in combinations(range(len(A)), size)]
    sign, strict = -1 if kind.startswith("negative") else 1, "semidefinite" not in kind
    minors = [
        sign ** len(rows) * truth.determinant([tuple(twice[i][j] for j in rows) for i in rows])
        for rows in chosen
    ]
    return all(minor > 0 if strict else minor >= 0 for minor in minors)


def seen_by(family: Any, token: int) -> list[int]:
    tokens, mask = range(len(family["tokens"])), family.get("mask")
    if isinstance(mask, list):
        return [j for j in tokens if mask[token][j]]
    named = {"causal": range(token + 1), "strict": range(max(token, 1))}
    return list(tokens if mask is None else named[mask])


def largest(tokens: Sequence[Any], direction: Any, seen: list[int]) -> list[int]:
    scores = {j: dot(direction, tokens[j]) for j in seen}
    largest = max(scores.values())
    return [j for j in seen if scores[j] == largest]


def does(described: Any, states: Sequence[Layer]) -> bool:
    """Whether a run does what an ``unrealised`` claim describes."""
    for layer, sets in zip(states, described["attention"], strict=True):
        for own, wanted in zip(layer.attention, sets, strict=True):
            if wanted is not None and own != frozenset(wanted):
                return False
    last = states[-1].attention
    leading = {i for i, own in enumerate(last) if own == {i}}
    named = {i for i, own in enumerate(described["attention"][-1]) if own is not None and set(own) == {i}}
    if described.get("only", False) and leading != named:
        return False
    return len(leading) >= described.get("leaders", 0)
