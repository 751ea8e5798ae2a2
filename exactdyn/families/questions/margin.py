"""How far A may move, entry by entry, before an answer about leaders changes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from exactdyn.layer.head import Ties
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row
from exactdyn.numbers.vectors import inner
from exactdyn.systems.run import Run


def entry_margin(run: Run, sets: Mapping[int, frozenset[int]], only: bool, layer: int) -> Fraction | None:
    """Return m >= 0 such that the answer is the same while every entry of A moves by less than m.

    The answer: at this layer some tokens attend these ``sets`` (leaders themselves), and with ``only`` no
    token without a set leads. At layer 0 and without ``only`` no larger m will do; otherwise it may (the
    margin is that of all attention sets before the layer, and of one rival for every token that is not to
    lead). None if the answer is the same for every matrix.

    Moving every entry by less than m changes <A z_i, w> by less than m |z_i|_1 |w|_1, and some such move
    nearly does. A is the one matrix of all layers, or each layer has its own.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax([[2]], alpha=1).run([[1], ["-1/2"]], 0)
    >>> entry_margin(run, {0: frozenset({0})}, False, 0)
    Fraction(2, 1)
    """
    tokens = range(run.start.count)
    (head,) = run.system.heads(0, run.start.dimension)
    mask = (frozenset(tokens),) * len(tokens) if head.mask is None else head.mask.seen(len(tokens))
    pairs = [
        (k, i, min(own), j) for k in range(layer) for i, own in enumerate(run.attention(k)) for j in mask[i]
    ]
    pairs += [(layer, i, min(own), j) for i, own in sets.items() for j in mask[i]]
    margins = [_margin(run, *pair) for pair in pairs]
    for i in sorted({*tokens} - {*sets}) if only else []:
        rivals = {j: _margin(run, layer, i, j, i) for j in mask[i] if j != i}
        # A token never leads that does not see itself, has a copy that is attended as well, or is 0.
        tied = [j for j, margin in rivals.items() if margin is None and _counts(head.ties, j, i)]
        known_rivals = [margin for margin in rivals.values() if margin is not None]
        if i in mask[i] and not tied and known_rivals:
            margins.append(max(known_rivals))
    known = [margin for margin in margins if margin is not None]
    return max(min(known), Fraction(0)) if known else None


def _counts(ties: Ties, token: int, other: int) -> bool:
    # Whether a token is attended, maybe beside another one, where their scores are equal.
    return ties == "mean" or (token < other if ties == "first" else token > other)


def _margin(run: Run, layer: int, i: int, j: int, other: int) -> Fraction | None:
    # How far <A z_i, z_j - z_other> is from 0 in terms of the entries of A; None if it is 0 for every A.
    state = run.state(layer)
    size = _size(state, i, j, other)
    if not size:
        return None
    z, w = state.row(i), _difference(state, j, other)
    (head,) = run.system.heads(layer, state.dimension)
    image = tuple(inner(row, z) for row in head.matrix)
    return inner(image, w) / size


def _size(state: Points, i: int, j: int, other: int) -> Fraction:
    # |z_i|_1 |z_j - z_other|_1, the sum of the absolute coefficients of the entries of A.
    return _sum(state.row(i)) * _sum(_difference(state, j, other))


def _difference(state: Points, j: int, other: int) -> Row:
    return tuple(x - y for x, y in zip(state.row(j), state.row(other), strict=True))


def _sum(x: Row) -> Fraction:
    return sum(map(abs, x), Fraction(0))
