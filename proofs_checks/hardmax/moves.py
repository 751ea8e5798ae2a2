"""How the tokens move in a layer once it is known whom they attend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import gcd, lcm
from operator import mul

from proofs_checks import work
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.field_number import Matrix, Number, Rows
from proofs_checks.hardmax.relu import Relu
from proofs_checks.hardmax.vectors import divided, over_one_denominator, widest
from proofs_checks.work import longest

Sets = Sequence[frozenset[int]]
"""The attention sets of one head."""


def step(points: Rows, denominator: int, attended: Sets, tau: Number) -> tuple[Rows, int]:
    """Move integer vectors over a denominator towards the means of what they attend.

    What the step itself multiplies by is divided out again where that is possible.

    Source: FORMAT.md, section "System".
    """
    sizes = lcm(*(len(own) for own in attended))
    keep = (tau.denominator - tau.numerator) * sizes
    factor = tau.denominator * sizes
    work.count_products(
        len(points[0]) * (8 + 2 * len(points) + sum(map(len, attended))),
        widest(points, denominator) + factor.bit_length(),
    )
    moved = []
    for x, own in zip(points, attended, strict=True):
        take = tau.numerator * (sizes // len(own))
        sums = [sum(column) for column in zip(*(points[j] for j in own), strict=True)]
        moved.append([keep * a + take * b for a, b in zip(x, sums, strict=True)])
    return reduced(moved, denominator * factor, factor)


def reduced(points: Rows, denominator: int, factor: int) -> tuple[Rows, int]:
    """Divide vectors over a denominator by all that the factor has in common with it and with them.

    >>> reduced([[6], [12]], 18, 4)
    ([[3], [6]], 9)
    """
    while (common := _common_divisor(gcd(factor, denominator), points)) > 1:
        points, denominator = [[divided(x, common) for x in row] for row in points], denominator // common
    return points, denominator


def _common_divisor(number: int, points: Rows) -> int:
    for x in chain(*points):
        if number == 1:
            break
        number = gcd(number, x) if isinstance(x, int) else x.common_divisor(number)
    return number


@dataclass(frozen=True)
class LinearStep:
    """The step R z + sum_h P_h c_h of a layer: R and each P_h as integer matrices over one denominator."""

    keep: Rows
    pulls: tuple[Rows, ...]
    denominator: int

    @classmethod
    def of(cls, values: Sequence[Matrix | None], tau: Number, size: int, layer: int) -> LinearStep:
        """Return the step of heads with these matrices of values (None: the identity) in d dimensions.

        Raises RejectedError where it does not exist.

        Source: FORMAT.md, section "Systems with schedules, masks, heads".

        >>> LinearStep.of([None], Fraction(1, 3), 1, 0)
        LinearStep(keep=[[2]], pulls=([[1]],), denominator=3)
        """
        identity = tuple(tuple(Fraction(r == c) for c in range(size)) for r in range(size))
        matrices = [identity if V is None else V for V in values]
        rows = []
        for r in range(size):
            own = [[V[r][c] for c in range(size)] for V in matrices]
            total = [sum((row[c] for row in own), Fraction(0)) for c in range(size)]
            left = [(1 - tau) * identity[r][c] + tau * total[c] for c in range(size)]
            rows.append(left + [tau * x for row in own for x in row])
        solved = _solved(rows)
        if solved is None:
            raise RejectedError(f"system: layer {layer} has no normalised step")
        pulls = [[row[size * h : size * (h + 1)] for row in solved] for h in range(len(matrices))]
        keep = [
            [identity[r][c] - sum((P[r][c] for P in pulls), Fraction(0)) for c in range(size)]
            for r in range(size)
        ]
        flat, denominator = over_one_denominator(tuple(map(tuple, (r for P in (keep, *pulls) for r in P))))
        blocks = [flat[size * h : size * (h + 1)] for h in range(len(pulls) + 1)]
        return cls(blocks[0], tuple(blocks[1:]), denominator)

    def moved(
        self, points: Rows, denominator: int, by_head: Sequence[Sets], relu: Relu | None
    ) -> tuple[Rows, int]:
        """Move integer vectors over a denominator that attend these sets, head by head.

        >>> LinearStep.of([None], Fraction(1, 3), 1, 0).moved([[3], [0]], 1, [[{0}, {0}]], None)
        ([[3], [1]], 1)
        """
        sizes = lcm(*(len(own) for attended in by_head for own in attended))
        bits = widest(points, denominator) + widest(self.keep, self.denominator) + sizes.bit_length()
        each = len(self.keep) ** 2 * (1 + len(self.pulls)) + len(self.keep) * 4
        attended = sum(len(own) for sets in by_head for own in sets)
        work.count_products(len(points) * each + len(self.keep) * attended, bits)
        moved = []
        for i, x in enumerate(points):
            total = [sizes * sum(map(mul, row, x)) for row in self.keep]
            for pull, sets in zip(self.pulls, by_head, strict=True):
                share = sizes // len(sets[i])
                sums = [share * sum(column) for column in zip(*(points[j] for j in sets[i]), strict=True)]
                total = [a + sum(map(mul, row, sums)) for a, row in zip(total, pull, strict=True)]
            moved.append(total)
        factor = sizes * self.denominator
        denominator *= factor
        if relu is not None:
            moved, denominator, more = relu.applied(moved, denominator)
            factor *= more
        return reduced(moved, denominator, factor)


def _solved(rows: list[list[Number]]) -> list[list[Number]] | None:
    # X of M X = B, by elimination in the rows [M | B]; None where M is singular.
    size = len(rows)
    for k in range(size):
        pivot = next((i for i in range(k, size) if rows[i][k]), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        factor = 1 / rows[k][k]
        rows[k] = [factor * x for x in rows[k]]
        for i in range(size):
            if i != k and rows[i][k]:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k], strict=True)]
        work.count_fractions(2 * size * len(rows[0]), longest(x for row in rows for x in row))
    return [row[size:] for row in rows]
