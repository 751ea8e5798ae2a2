"""The simplex method over any ordered field, in a tableau: for the few numbers of a few points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from flint import fmpq

_Tableau: TypeAlias = list[list[Any]]
# For every equation the columns, the artificial ones, the right side; last the reduced costs.


def combination(columns: Sequence[Sequence[Any]], target: Sequence[Any]) -> dict[int, Any] | list[Any]:
    """Return positive weights w_j with sum w_j column_j = target, else y that shows that there are none.

    ``columns``, ``target``: vectors of m numbers of flint or of a field. y has y . column_j <= 0 for every j
    and y . target > 0. The program: minimise the sum of m artificial variables that make up what is missing.
    Source: lemma of Farkas; R. G. Bland, New finite pivoting rules for the simplex method, Mathematics of
    Operations Research 2 (1977), by whose rule it ends.

    >>> one, two = fmpq(1), fmpq(2)
    >>> combination([(one, one), (two, one)], (fmpq(5, 4), one))
    {0: 3/4, 1: 1/4}
    >>> combination([(one, one), (two, one)], (fmpq(3), one))
    [1, -2]
    """
    size, count = len(target), len(columns)
    signs = [-1 if x < 0 else 1 for x in target]
    rows: _Tableau = [
        [sign * column[i] for column in columns]
        + [fmpq(int(k == i)) for k in range(size)]
        + [sign * target[i]]
        for i, sign in enumerate(signs)
    ]
    costs = [-sum(column, fmpq(0)) for column in zip(*rows, strict=True)]
    costs[count : count + size] = [fmpq(0)] * size
    basis = list(range(count, count + size))
    while (entering := next((j for j in range(count) if costs[j] < 0), None)) is not None:
        leaving = _leaving(rows, basis, entering)
        basis[leaving] = entering
        rows[leaving] = own = [x / rows[leaving][entering] for x in rows[leaving]]
        rows = [row if i == leaving else _without(row, own, entering) for i, row in enumerate(rows)]
        costs = _without(costs, own, entering)
    if costs[-1] == 0:
        values = sorted((j, row[-1]) for j, row in zip(basis, rows, strict=True) if j < count)
        return {j: value for j, value in values if value != 0}
    return [sign * (1 - cost) for sign, cost in zip(signs, costs[count : count + size], strict=True)]


def _leaving(rows: _Tableau, basis: Sequence[int], entering: int) -> int:
    """Return the row that the entering column takes: of least ratio, of these with the least column.

    There is one, as the sum of the artificial variables is bounded below.
    """
    best: int | None = None
    for i, row in enumerate(rows):
        if row[entering] <= 0:
            continue
        # Of ratios x / u and y / v with u, v > 0 the smaller one is told by x v and y u.
        order = 0 if best is None else row[-1] * rows[best][entering] - rows[best][-1] * row[entering]
        if best is None or order < 0 or (order == 0 and basis[i] < basis[best]):
            best = i
    if best is None:
        raise ArithmeticError("the sum of what is missing is bounded below")
    return best


def _without(row: Sequence[Any], own: Sequence[Any], entering: int) -> list[Any]:
    share = row[entering]
    return list(row) if share == 0 else [x - share * y for x, y in zip(row, own, strict=True)]
