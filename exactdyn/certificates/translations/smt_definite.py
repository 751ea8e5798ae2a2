"""Definiteness in SMT-LIB: by completed squares, which turn it into sums that solvers see through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from exactdyn.certificates.translations.smt_text import (
    ask,
    both,
    declare,
    denied,
    either,
    require,
    times,
    total,
    weighted,
)


def definite(
    title: str,
    entries: Sequence[Sequence[str]],
    lower: Sequence[Sequence[Fraction]],
    diagonal: Sequence[Fraction],
    strictly: bool = True,
) -> Iterator[str]:
    """Ask whether <Bx, x> may be <= 0 for some x != 0; if not ``strictly``, whether it may be < 0.

    ``entries``: the terms of B. With y = L^T x the form is the sum of the D_c y_c^2, which is asked
    first; then whether x may be other than 0 where y is 0; then whether the sum may be <= 0 for a y != 0.

    Source: FORMAT.md, lemma ``factorisation``.
    """
    size = range(len(entries))
    x, y = [f"v_{r}" for r in size], [f"y_{r}" for r in size]
    squares = [weighted([row[c] for row in lower], x) for c in size]
    form = total(f"(* {entries[r][c]} {x[c]} {x[r]})" for r in size for c in size)
    completed = total(times(D, f"(* {s} {s})") for D, s in zip(diagonal, squares, strict=True) if D)
    known = list(map(declare, x))
    yield from ask(
        f"{title}: <Bx, x> is that sum of squares", [*known, require(f"(not (= {form} {completed}))")]
    )
    if strictly:
        vanish = [require(f"(= {s} 0.0)") for s in squares]
        yield from ask(f"{title}: the squares vanish at 0 alone", [*known, require(is_nonzero(x)), *vanish])
    known = [*map(declare, y)]
    value = total(times(D, f"(* {s} {s})") for D, s in zip(diagonal, y, strict=True))
    wrong = both([is_nonzero(y), f"(<= {value} 0.0)"]) if strictly else f"(< {value} 0.0)"
    yield from ask(f"{title}: the sum of squares is positive", [*known, require(wrong)])


def is_nonzero(vector: Sequence[str]) -> str:
    """Return that a vector of terms is not 0.

    >>> is_nonzero(["x", "y"])
    '(or (not (= x 0.0)) (not (= y 0.0)))'
    """
    return either(denied(f"(= {term} 0.0)") for term in vector)
