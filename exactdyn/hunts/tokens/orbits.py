"""Tokens made so that one of them may go round for ever, with the attention sets that it would take.

A wanderer that attends the sets S_0, ..., S_(p-1) in turn, with means c_0, ..., c_(p-1) that stay where they
are, returns after p layers exactly if it starts at

    x = tau sum_k (1 - tau)^(p-1-k) c_k / (1 - (1 - tau)^p).

If the tokens in these sets are leaders, the sets of p layers decide all later ones. Whether some matrix has
these sets is one linear program. An S_k of one leader would lock the wanderer, so each has two.
"""

from __future__ import annotations

from fractions import Fraction

from exactdyn.families.tree.branch import Sets
from exactdyn.hunts.tokens.shapes import integers, twin_points
from exactdyn.hunts.tokens.wanted import Drawn, Wanted, middle
from exactdyn.numbers.reading import Row, Rows

PERIODS = (2, 3)
"""The periods that are tried."""


def orbits(wanted: Wanted) -> Drawn | None:
    """Draw leaders, or twins that attend each other, and wanderers among them; None if they do not fit.

    Source: a token that attends one leader alone is locked, lemma ``lock-in`` in ``proofs_checks/FORMAT.md``;
    one that attends several together need not be.

    >>> from random import Random
    >>> drawn = orbits(Wanted(Random(3), 1, 5, 3, Fraction(1)))
    >>> len(drawn.tokens), len(drawn.sets)
    (5, 2)
    """
    if wanted.given:
        return _among_leaders(wanted, wanted.given, chosen=False)
    kinds = [_among_twins, _among_twins, _among_twins, _among_any, _among_mutual, _among_mutual]
    return wanted.rng.choice(kinds)(wanted)


def cycles(wanted: Wanted) -> Drawn | None:
    """Draw tokens that would attend each other in a ring, so that none leads; None if they do not fit.

    >>> from random import Random
    >>> cycles(Wanted(Random(0), 1, 3, 2, Fraction(1))).sets[0][2]
    frozenset({0})
    """
    if wanted.given or wanted.count < 3:
        return None
    ring: Sets = {i: frozenset({(i + 1) % wanted.count}) for i in range(wanted.count)}
    tokens = integers(wanted).tokens
    if wanted.rng.random() < 0.5:  # around 0
        tokens = (*tokens[:-1], tuple(-sum(column) for column in zip(*tokens[:-1], strict=True)))
    return Drawn(tokens, (ring,) * (wanted.count + 1))


def periodic_point(tau: Fraction, means: Rows) -> Row:
    """Return the point that comes back after it has moved by tau towards each of these points in turn.

    >>> periodic_point(Fraction(1, 2), ((Fraction(-1),), (Fraction(1),)))
    (Fraction(1, 3),)
    """
    keep = 1 - tau
    return _fixed(keep, tau, means)


def _fixed(keep: Fraction, take: Fraction, points: Rows) -> Row:
    # The x that keep * x + take * point, point after point, leads back to.
    period = len(points)
    weights = [take * keep ** (period - 1 - k) / (1 - keep**period) for k in range(period)]
    return tuple(
        sum(map(Fraction.__mul__, weights, column), Fraction(0)) for column in zip(*points, strict=True)
    )


def _among_twins(wanted: Wanted) -> Drawn | None:
    pairs = _pairs(wanted)
    if wanted.dimension < 2 or pairs < 2:
        return None
    leaders = twin_points(wanted, wanted.rng.randint(1, wanted.dimension - 1), pairs)
    return _among_leaders(wanted, leaders, chosen=True)


def _among_any(wanted: Wanted) -> Drawn | None:
    if wanted.count < 4:
        return None
    leaders = integers(wanted).tokens[:-1]
    return _among_leaders(wanted, leaders, chosen=False)


def _pairs(wanted: Wanted) -> int:
    return min((wanted.count - 1) // 2, max(PERIODS))


def _among_leaders(wanted: Wanted, leaders: Rows, chosen: bool) -> Drawn | None:
    # The tokens beyond the leaders wander; ``chosen``: among the pairs 01, 23, ... in some order.
    if len(leaders) < 3 or wanted.tau in (0, 2):
        return None
    known, count = len(leaders), len(wanted.given) + wanted.count
    pairs = [frozenset({i, i + 1}) for i in range(0, known - 1, 2)]
    period = len(pairs) if chosen else wanted.rng.choice(PERIODS)
    paths: dict[int, list[frozenset[int]]] = {}
    tokens = [*leaders]
    for wanderer in range(known, count):
        order = wanted.rng.sample(pairs, period) if chosen else _any_pairs(wanted, known, period)
        paths[wanderer] = order
        means = tuple(middle(tuple(leaders[i] for i in sorted(attended))) for attended in order)
        tokens.append(periodic_point(wanted.tau, means))
    own: Sets = {i: frozenset({i}) for i in range(known)}
    sets = tuple(dict(own) | {i: path[k] for i, path in paths.items()} for k in range(period))
    return Drawn(tuple(tokens[len(wanted.given) :]), sets)


def _any_pairs(wanted: Wanted, known: int, period: int) -> list[frozenset[int]]:
    return [frozenset(wanted.rng.sample(range(known), 2)) for _ in range(period)]


def _among_mutual(wanted: Wanted) -> Drawn | None:
    """Twins that attend each other approach their middle, and a wanderer that attends one of them alone.

    A layer multiplies f by 1 - 2 tau. In units of that the part g of the wanderer (x, g) moves as
    g -> ((1 - tau) g + tau f) / (1 - 2 tau), which leads back after p layers from one g.
    """
    tau, rng = wanted.tau, wanted.rng
    scale = 1 - 2 * tau
    period, pairs = rng.choice(PERIODS), rng.randint(1, max(1, min(3, (wanted.count - 1) // 2)))
    kept = rng.randint(0, wanted.dimension - 1)
    if wanted.count != 2 * pairs + 1 or scale == 0 or ((1 - tau) / scale) ** period == 1 or tau in (0, 2):
        return None
    twins = twin_points(wanted, kept, pairs)
    path = [rng.randrange(2 * pairs) for _ in range(period)]
    attended = tuple(twins[i] for i in path)
    x = periodic_point(tau, tuple(point[:kept] for point in attended))
    g = _fixed((1 - tau) / scale, tau / scale, tuple(point[kept:] for point in attended))
    own: Sets = {i: frozenset({i ^ 1}) for i in range(2 * pairs)}
    # One round would not do: scores of m and f shrink at different rates.
    sets = tuple(dict(own) | {2 * pairs: frozenset({path[k % period]})} for k in range(2 * period))
    return Drawn((*twins, (*x, *g)), sets)
