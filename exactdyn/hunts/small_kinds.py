"""Small systems of the kinds that the atlas of kinds has rows for, each list from the simplest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product

from exactdyn.hunts.small_systems import Whole, simplest_first
from exactdyn.layer.relu import Relu
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head

MATRICES: dict[int, tuple[Whole, ...]] = {
    1: (((1,),),),
    2: (((1, 0), (0, 1)), ((1, 0), (0, 2)), ((2, 1), (1, 2)), ((2, -1), (-1, 2)), ((1, 1), (1, 2))),
}
"""Symmetric positive definite matrices of scores, by dimension; up to a factor 1 has one."""

VALUES: tuple[Whole, ...] = (
    ((1, 0), (0, 2)),
    ((2, 0), (0, 1)),
    ((1, 1), (0, 1)),
    ((1, 0), (1, 1)),
    ((1, -1), (1, 1)),
    ((2, 1), (1, 2)),
    ((1, -2), (2, 1)),
)
"""Value matrices that are no multiple of the identity, of which <Vx, x> > 0 for x other than 0."""

ALPHAS = ("1", "1/2", "2")


def causal(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems with a causal mask.

    >>> len(causal(2, 1))
    3
    """
    return _simple(dimension, mask="causal")


def not_transitive(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems whose mask is not transitive, and with which every token sees itself.

    >>> len(not_transitive(2, 1)), [sorted(seen) for seen in not_transitive(3, 1)[0].mask.rows]
    (0, [[0, 1], [1, 2], [2]])
    """
    masks = sorted(_windows(count), key=lambda rows: sum(map(sum, rows)))
    pairs = [(rows, A) for rows in islice(masks, 12) for A in MATRICES[dimension]]
    return [Hardmax(A, alpha, mask=rows) for alpha in ALPHAS for rows, A in pairs]


def two_heads(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems with two heads with matrices of their own; none in dimension 1, where there is one.

    >>> len(two_heads(2, 1)), len(two_heads(2, 2))
    (0, 30)
    """
    pairs = combinations(MATRICES[dimension], 2)
    return [HardAttention([Head(A), Head(B)], alpha) for A, B in pairs for alpha in ALPHAS]


def mixing_values(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems whose V is no multiple of the identity; none in dimension 1, where there is no such V.

    >>> len(mixing_values(2, 1)), len(mixing_values(2, 2))
    (0, 105)
    """
    lists = (MATRICES[dimension], VALUES if dimension == 2 else (), ALPHAS)
    return [Hardmax(lists[0][a], ALPHAS[k], V=lists[1][v]) for a, v, k in simplest_first(*lists)]


def negative_values(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems with V = -s I, s > 0: tau is below 0 for alpha s < 1, and above 1 for alpha s > 1.

    >>> [system.step(0).tau for system in negative_values(2, 1)]
    [Fraction(-1, 1), Fraction(2, 1), Fraction(3, 2), Fraction(-1, 2)]
    """
    minus = [[-(i == j) for j in range(dimension)] for i in range(dimension)]
    return [Hardmax(A, alpha, V=minus) for A in MATRICES[dimension] for alpha in ("1/2", "2", "3", "1/3")]


def summable(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems with steps below 1 of a finite sum.

    >>> [system.schedule.text for system in summable(2, 1)]
    ['tau = 2^-(k+1)', 'tau = 1/(k+2)^2', 'tau = 3/4*2^-k']
    """
    steps = ("2^-(k+1)", "1/(k+2)^2", "3/4*2^-k")
    return [Hardmax(A, tau=tau) for A in MATRICES[dimension] for tau in steps]


def frank_wolfe(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems with the steps 2/(k+2), of which that of layer 0 is 1.

    >>> len(frank_wolfe(2, 2))
    5
    """
    return [Hardmax(A, tau="2/(k+2)") for A in MATRICES[dimension]]


def first_of_ties(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems in which of a tie the first token is attended.

    >>> first_of_ties(2, 1)[0].ties
    'first'
    """
    return _simple(dimension, ties="first")


def bent(count: int, dimension: int) -> Sequence[HardAttention]:
    """Return systems with a ReLU block z + W2 relu(W1 z + b1) of one unit after attention.

    >>> len(bent(1, 1)), len(bent(1, 2))
    (24, 120)
    """
    unit = ((1,), (-1,)) if dimension == 1 else ((1, 0), (0, 1))
    blocks = [(inner, outer, b) for b in (0, -1) for inner in unit for outer in ((1,), (-1,))]
    widened = [
        (inner, [[outer[0]] if i == 0 else [0] for i in range(dimension)], b) for inner, outer, b in blocks
    ]
    relus = [Relu([inner], [b], outer, [0] * dimension) for inner, outer, b in widened]
    heads = [Head(A) for A in MATRICES[dimension]]
    return [
        HardAttention([heads[a]], ALPHAS[k], relu=relus[r])
        for a, r, k in simplest_first(heads, relus, ALPHAS)
    ]


def _simple(dimension: int, **stated: str) -> list[HardAttention]:
    return [Hardmax(A, alpha, **stated) for A in MATRICES[dimension] for alpha in ALPHAS]


def _windows(count: int) -> Iterator[Whole]:
    # Masks with which every token sees itself, but not all whom those see whom it sees.
    size = range(count)
    others = [(i, j) for i in size for j in size if i != j]
    for seen in product((1, 0), repeat=len(others)):
        view = {pair for pair, one in zip(others, seen, strict=True) if one} | {(i, i) for i in size}
        if any((i, k) not in view for i, j in view for k in size if (j, k) in view):
            yield tuple(tuple(int((i, j) in view) for j in size) for i in size)
