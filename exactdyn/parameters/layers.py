"""One layer for all values of the parameter: the pieces of a region with the same attention sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from flint import fmpz, fmpz_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.parameters.region import Region
from exactdyn.parameters.scored import Scored

Known: TypeAlias = Mapping[int, frozenset[int]]
"""The attention sets of tokens for which they are known beforehand: those that are locked."""


def pieces(scored: Scored, known: Known) -> Iterator[tuple[Region, AttentionSets]]:
    """Yield the pieces of a region, from low to high, on which the attention sets are the same.

    Neighbours differ, and places where ties live are pieces of their own.
    Source: arXiv 2407.01602, equation (1.2), for every value of the parameter.

    >>> from fractions import Fraction
    >>> from exactdyn.parameters.roots import Root, Roots
    >>> from exactdyn.parameters.states import PolynomialState, integer_powers
    >>> half, one, zero = Fraction(1, 2), Fraction(1), Fraction(0)
    >>> state = PolynomialState.start((((half,), (zero,)), ((zero,), (one,))))
    >>> region = Region(Root.rational(zero), Root.rational(one))
    >>> scored = Scored(region, state, integer_powers((((one,),),))[0], Roots(zero, one))
    >>> [[sorted(own) for own in sets] for _, sets in pieces(scored, {})]
    [[[0], [0]], [[0, 1], [0, 1]], [[1], [1]]]
    """
    todo: list[tuple[Region, AttentionSets | None]] = [(scored.region, None)]
    while todo:
        region, sets = todo.pop()
        if sets is not None:
            yield region, sets
        elif region.point:
            yield region, at_point(scored.on(region), known)
        else:
            part, sets = around_sample(scored.on(region), known)
            cut: list[tuple[Region, AttentionSets | None]] = [(part, sets)]
            if part.low is not region.low:
                cut = [(Region(region.low, part.low), None), (Region(part.low, part.low), None), *cut]
            if part.high is not region.high:
                cut += [(Region(part.high, part.high), None), (Region(part.high, region.high), None)]
            todo += reversed(cut)


def around_sample(scored: Scored, known: Known) -> tuple[Region, AttentionSets]:
    """Return the attention sets at a sample of an interval, and the largest part where they are the same."""
    tokens = [i for i in range(scored.state.count) if i not in known]
    scored.compute(tokens)
    for sample in scored.region.samples():
        values = scored.values(sample, tokens)
        sets, limits = dict(known), list[fmpz_poly]()
        for i in tokens:
            found = _row(scored, i, values[i])
            if found is None:
                break  # a tie at the sample alone: another sample
            sets[i], polynomials = found
            limits += polynomials
        else:
            return scored.around(sample, limits), tuple(sets[i] for i in range(len(sets)))
    raise RuntimeError("samples do not end")


def _row(scored: Scored, token: int, values: Sequence[fmpz]) -> tuple[frozenset[int], list[fmpz_poly]] | None:
    """Return what a token attends at a sample, and the differences that may change their sign elsewhere."""
    largest = max(values)
    best = values.index(largest)
    row, attended, limits = scored.row(token), [], []
    for j, score in enumerate(row):
        sign = scored.window.sign(row[best] - score)
        if sign == 0:
            attended.append(j)
        elif values[j] == largest:
            return None
        elif sign is None:
            limits.append(scored.difference(token, best, j))
    return frozenset(attended), limits


def at_point(scored: Scored, known: Known) -> AttentionSets:
    """Return the attention sets at a point."""
    tokens = [i for i in range(scored.state.count) if i not in known]
    scored.compute(tokens)
    place = scored.region.low
    near = scored.values((place.low + place.high) / 2, tokens)
    sets = {i: _attended(scored, i, near[i].index(max(near[i]))) for i in tokens}
    return tuple(known[i] if i in known else sets[i] for i in range(scored.state.count))


def _attended(scored: Scored, token: int, best: int) -> frozenset[int]:
    row, attended = scored.row(token), []
    for j, score in enumerate(row):
        sign = scored.window.sign(row[best] - score)
        if sign is None:
            sign = scored.region.low.sign(scored.difference(token, best, j))
        if sign < 0:
            return _attended(scored, token, j)
        if sign == 0:
            attended.append(j)
    return frozenset(attended)
