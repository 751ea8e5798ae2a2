"""Systems of a kind with tokens of small integers, gone through from the simplest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations, product
from typing import TypeAlias

from exactdyn.systems.hard_attention import HardAttention

Whole: TypeAlias = tuple[tuple[int, ...], ...]
"""Rows of integers: tokens or a matrix."""

Makes: TypeAlias = Callable[[int, int], Sequence[HardAttention]]
"""The systems of a kind for some number of tokens and some dimension, from the simplest."""

SIZES = ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (4, 2))
"""Numbers of tokens and dimensions, from the smallest."""

HIGHEST = {1: 4, 2: 1}
"""The largest coordinate of a token, up to its sign, by dimension."""


def simplest_first(*lists: Sequence[object]) -> Iterator[tuple[int, ...]]:
    """Yield the places of one entry of every list, those with the least sum of places first.

    >>> list(simplest_first("ab", "cd"))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    yield from sorted(product(*(range(len(own)) for own in lists)), key=lambda places: (sum(places), places))


def small_tokens(count: int, dimension: int, ordered: bool) -> list[Whole]:
    """Return distinct tokens other than 0 with small integers as coordinates, the smallest first.

    ``ordered``: whether the order of the tokens matters. Of tokens and their opposites the ones with fewer
    negative coordinates come first.

    >>> small_tokens(2, 1, ordered=False)[:3]
    [((-1,), (1,)), ((1,), (2,)), ((-1,), (2,))]
    """
    bound = HIGHEST[dimension]
    points = [point for point in product(range(-bound, bound + 1), repeat=dimension) if any(point)]
    chosen = permutations(points, count) if ordered else combinations(points, count)
    return sorted(chosen, key=_size_of_tokens)


def small_systems(
    makes: Makes, size: tuple[int, int], ordered: bool
) -> Iterator[tuple[HardAttention, Whole]]:
    """Yield systems of a kind with tokens, the simplest first.

    Systems and tokens each have their place in a list that starts with the simplest, and the sum of both
    places grows. ``size``: the number of tokens and the dimension.

    >>> from exactdyn.hunts.small_kinds import causal
    >>> system, tokens = next(small_systems(causal, (2, 1), ordered=True))
    >>> system.mask, tokens
    (Mask(causal), ((1,), (-1,)))
    """
    systems, tokens = makes(*size), small_tokens(*size, ordered)
    for total in range(len(systems) + len(tokens) - 1):
        for place in range(max(0, total - len(tokens) + 1), min(total + 1, len(systems))):
            yield systems[place], tokens[total - place]


def middle_systems(
    makes: Makes, size: tuple[int, int], ordered: bool
) -> Iterator[tuple[HardAttention, Whole]]:
    """Yield the systems of a kind with tokens of which one is the middle of two others, the simplest first.

    Such a token is no extreme point, whoever leads. ``size``: the number of tokens and the dimension.

    >>> from exactdyn.hunts.small_kinds import first_of_ties
    >>> next(middle_systems(first_of_ties, (3, 2), ordered=True))[1]
    ((1, 1), (1, 0), (1, -1))
    """
    tokens = [own for own in small_tokens(*size, ordered) if _has_a_middle(own)]
    yield from product(makes(*size), tokens)


def _has_a_middle(tokens: Whole) -> bool:
    doubled = {tuple(2 * x for x in row) for row in tokens}
    return any(tuple(map(sum, zip(*pair, strict=True))) in doubled for pair in combinations(tokens, 2))


def _size_of_tokens(tokens: Whole) -> tuple[object, ...]:
    numbers = [x for row in tokens for x in row]
    return sum(map(abs, numbers)), sum(x < 0 for x in numbers), [-x for x in numbers]
