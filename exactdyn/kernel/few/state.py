"""Few tokens: exact integers, moved some dozen layers at a time, and floats that decide what they can.

With a handful of tokens a numpy call costs more than everything it computes, so this is plain Python.

The exact state is n rows of integers x_i, the tokens times a positive number that nobody needs to know, since
it changes no comparison. The floats y_i start as the leading bits of x_i / 2**s, |y_i| <= 1, and move along;
the exact state catches up only when the floats cannot decide or have moved for long: all the steps since
are one linear map with small integer weights. After a step outside [0, 1] it catches up at once.

**The bound**, with u = 2**-53 and e >= |y_i - x_i / 2**s|: at first e = 1.01 u, and a step adds at most
1.01 u (8 + m) with m the largest number of tied tokens + 1: the exact map is a convex combination, and of
(1 - tau) x + (tau / m') (y_1 + ... + y_m') the coefficients are off by at most 4 u together, the operations
by (m' + 3) u. Let a be the floats of A, scaled so that no row sums to more than 1 in size, its d entries
together within 1.01 u. The direction f = a y is off by at most g = e + 1.1 (d + 3) u, and a score <f, y_j> by
at most d g (1 + e) + d e + 1.02 d^2 u < E = d (2.1 e + 2.3 (d + 3) u). A lead of more than 2 E is a lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf, lcm, nan
from typing import TypeVar

from flint import fmpz

from exactdyn.kernel.exact.matrix import matrix_of
from exactdyn.kernel.floats.shadow import SLACK, U
from exactdyn.kernel.settle import Integers, score, unit_floats
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import integer_matrix

SMALL = 64
"""Systems with at most this many products per layer (n * n * d) are small."""

STEPS_HELD = 32
"""After so many steps at most the exact state catches up."""

Number = TypeVar("Number", int, float)

AttendedTokens = tuple[int, ...]
"""The tokens that one token attends, ascending."""


class SmallSystem:
    """A state of few tokens, moved in place.

    ``places``: n rows of d integers, the tokens times some positive number. ``matrix``: A, None for the
    identity.

    >>> system = SmallSystem([(fmpz(2),), (fmpz(1),), (fmpz(-1),)], None)
    >>> system.attended(range(3))
    [(0,), (0,), (2,)]
    """

    _places: list[Integers]
    _axes: list[list[float]]
    _weights: list[list[int]]

    def __init__(self, places: list[Integers], matrix: Rows | None) -> None:
        self._matrix = None if matrix is None else [tuple(row) for row in integer_matrix(matrix).tolist()]
        self._matrix_floats = None if matrix is None else matrix_of(matrix).floats.tolist()
        self._tau, self._float_tau, self._float_keep = Fraction(0), 0.0, 1.0
        self._dimension = len(places[0])
        self._everybody = range(len(places))
        self._single: list[AttendedTokens] = [(token,) for token in self._everybody]
        self._be_at(places)

    def attended(self, tokens: Sequence[int]) -> list[AttendedTokens]:
        """Return what each of these tokens attends.

        First in floats; where these leave something open, in floats that are fresh from the exact state;
        what is open then is decided by exact scores, among the tokens that came close.
        Source: arXiv 2407.01602, equation (1.2); Higham, Accuracy and Stability of Numerical Algorithms
        (2nd edition, 2002), section 3.1, for the bound.

        >>> SmallSystem([(fmpz(1),), (fmpz(1),), (fmpz(0),)], None).attended([0, 2])
        [(0, 1), (0, 1, 2)]
        """
        found = self._in_floats(tokens)
        if max(map(len, found)) == 1:
            return found
        if self._steps:
            self._catch_up()
            found = self._in_floats(tokens)
        return [
            own if len(own) == 1 else self._largest(self._direction(self._places[token]), own)
            for token, own in zip(tokens, found, strict=True)
        ]

    def coincide(self, tokens: AttendedTokens) -> bool:
        """Tell whether all these tokens are at one point.

        >>> SmallSystem([(fmpz(1),), (fmpz(1),), (fmpz(0),)], None).coincide((0, 1))
        True
        """
        self._catch_up()
        return all(self._places[j] == self._places[tokens[0]] for j in tokens)

    def stays(self, tokens: AttendedTokens) -> bool:
        """Tell whether the mean c of these tokens has them all among those largest for <A c, z_j>.

        Source: lemma ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> behind = [(fmpz(4), fmpz(3)), (fmpz(4), fmpz(-3)), (fmpz(7), fmpz(0))]
        >>> SmallSystem(behind[:2], None).stays((0, 1))
        True
        >>> SmallSystem(behind, None).stays((0, 1))
        False
        """
        self._catch_up()
        centre = tuple([sum(axis, fmpz(0)) for axis in zip(*(self._places[j] for j in tokens), strict=True)])
        return set(self._largest(self._direction(centre), self._everybody)).issuperset(tokens)

    def step(self, attended: Sequence[AttendedTokens], tau: Fraction) -> None:
        """Move every token by ``tau`` towards the mean of what it attends: floats and weights.

        The exact state moves with them only where tau is outside [0, 1], where no bound holds.

        Source: arXiv 2407.01602, equation (1.1).

        >>> system = SmallSystem([(fmpz(1),), (fmpz(-1),)], ((Fraction(-1),),))
        >>> system.step([(1,), (0,)], Fraction(1, 2))
        >>> system.coincide((0, 1))
        True
        """
        if self._steps == STEPS_HELD:
            self._catch_up()
        self._steps += 1
        if tau is not self._tau:  # mostly it is the one before, and its floats are known
            self._tau, self._float_tau, self._float_keep = tau, _float(tau), _float(1 - tau)
        self._move(attended)
        if not 0 <= self._float_tau <= 1:
            self._catch_up()

    def _move(self, attended: Sequence[AttendedTokens]) -> None:
        # Positions in floats, whose error grows by a bound, and exact weights of the first places move alike.
        sizes = list(map(len, attended))
        common = lcm(*sizes)
        self._error += SLACK * U * (9 + max(sizes))
        take = self._tau.numerator
        keep = self._tau.denominator - take
        near, far = self._float_keep, self._float_tau
        if common == 1:
            targets = [own[0] for own in attended]
            self._axes = [_towards(axis, targets, near, far) for axis in self._axes]
            self._weights = [_towards(axis, targets, keep, take) for axis in self._weights]
            return
        shares = [take * common // size for size in sizes]
        parts = [far / size for size in sizes]
        self._axes = [_towards_means(axis, attended, near, parts) for axis in self._axes]
        self._weights = [_towards_means(axis, attended, keep * common, shares) for axis in self._weights]

    def _in_floats(self, tokens: Sequence[int]) -> list[AttendedTokens]:
        """Return the tokens that each may attend, those it does among them; one is certain."""
        axes, rows, d = self._axes, self._matrix_floats, self._dimension
        directions = axes if rows is None else [_combination(row, axes) for row in rows]
        doubt = 2 * SLACK * d * (2.1 * self._error + 2.3 * (d + 3) * U)
        vectors = list(zip(*directions, strict=True))
        found: list[AttendedTokens] = []
        for token in tokens:
            scores = _combination(vectors[token], axes)
            highest = max(scores)
            best = scores.index(highest)
            scores[best] = -inf
            if max(scores) < highest - doubt:
                found.append(self._single[best])
            else:
                scores[best] = highest
                found.append(tuple([j for j, own in enumerate(scores) if own >= highest - doubt]))
        return found

    def _catch_up(self) -> None:
        """Let the exact state take the steps that the floats have taken."""
        if self._steps:
            axes = list(zip(*self._places, strict=True))
            weights = zip(*self._weights, strict=True)
            self._be_at([tuple([score(row, axis) for axis in axes]) for row in weights])

    def _be_at(self, places: list[Integers]) -> None:
        # A fresh start: floats of the leading bits, and weights that say that nothing has moved yet.
        self._places = places
        bits = max([x.bit_length() for row in places for x in row])
        self._axes = [unit_floats(axis, bits) for axis in zip(*places, strict=True)]
        self._error = SLACK * U
        # weights[j][i]: how much of token j, as it is in places, token i is by now.
        self._weights = [[int(i == j) for i in self._everybody] for j in self._everybody]
        self._steps = 0

    def _direction(self, place: Integers) -> Integers:
        return place if self._matrix is None else tuple([score(row, place) for row in self._matrix])

    def _largest(self, direction: Integers, candidates: Sequence[int]) -> AttendedTokens:
        scores = [score(direction, self._places[j]) for j in candidates]
        highest = max(scores)
        return tuple([j for j, own in zip(candidates, scores, strict=True) if own == highest])


def _float(number: Fraction) -> float:
    # Of a step in [0, 1] the next float; outside no float is asked for but one that is outside too.
    return float(number) if 0 <= number <= 1 else nan


def _towards(axis: list[Number], targets: list[int], keep: Number, take: Number) -> list[Number]:
    return [keep * x + take * axis[j] for x, j in zip(axis, targets, strict=True)]


def _towards_means(
    axis: list[Number], attended: Sequence[AttendedTokens], keep: Number, shares: list[Number]
) -> list[Number]:
    return [
        keep * x + share * sum([axis[j] for j in own])
        for x, share, own in zip(axis, shares, attended, strict=True)
    ]


def _combination(coefficients: Sequence[float], axes: list[list[float]]) -> list[float]:
    first = coefficients[0]
    combined = [first * x for x in axes[0]]
    for k in range(1, len(axes)):
        factor = coefficients[k]
        combined = [value + factor * x for value, x in zip(combined, axes[k], strict=True)]
    return combined
