"""Softmax attention over balls and series, and the vector field with it; FORMAT.md, section "System"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from proofs_checks.softmax.balls import Arithmetic, Ball
from proofs_checks.softmax.series import Series, constant, divide, dot, exponential, scaled
from proofs_checks.softmax.system import Softmax


@dataclass(frozen=True)
class Model:
    """V and B as balls, and how many tokens are at each point."""

    context: Arithmetic
    V: list[list[Ball]]
    form: list[list[Ball]]
    weights: tuple[int, ...]


def model(context: Arithmetic, system: Softmax) -> Model:
    """Return a system in this arithmetic."""
    V, form = (context.balls(matrix) for matrix in (system.V, system.form))
    return Model(context, V, form, system.weights)


@dataclass(frozen=True)
class Row:
    """A row of attention seen from a reference point m: probabilities, and the mean of x_j - x_m."""

    probabilities: list[Series]
    offset: list[Series]


def queries(model: Model, positions: list[list[Series]]) -> list[list[Series]]:
    """Return y_i = B^T x_i for every point, so that the logits are <y_i, x_j>.

    Source: FORMAT.md here, section "System".
    """
    columns = list(zip(*model.form, strict=True))
    return [[scaled(model.context, column, row) for column in columns] for row in positions]


def offset(model: Model, y: Sequence[Series], m: int, differences: list[list[Series]]) -> list[Series]:
    """Return the softmax mean of the differences x_j - x_m under the logits <y, x_j - x_m>.

    Source: FORMAT.md here, section "System".
    """
    shares, total = _shares(model, y, m, differences)
    sums = [dot(model.context, shares, column) for column in zip(*differences, strict=True)]
    return [divide(model.context, s, total) for s in sums]


def attention_row(model: Model, y: Sequence[Series], m: int, differences: list[list[Series]]) -> Row:
    """Return the probabilities of the points under these logits, and the mean of the differences.

    Source: FORMAT.md here, section "System".
    """
    shares, total = _shares(model, y, m, differences)
    probabilities = [divide(model.context, share, total) for share in shares]
    return Row(
        probabilities,
        [dot(model.context, probabilities, column) for column in zip(*differences, strict=True)],
    )


def _shares(
    model: Model, y: Sequence[Series], m: int, differences: list[list[Series]]
) -> tuple[list[Series], Series]:
    shares = []
    for j, difference in enumerate(differences):
        if j == m:
            shares.append(constant(model.context.one, len(y[0])).times_integer(model.weights[m]))
            continue
        share = exponential(model.context, dot(model.context, y, difference))
        shares.append(share.times_integer(model.weights[j]))
    total = shares[0]
    for share in shares[1:]:
        total += share
    return shares, total


def velocities(
    model: Model,
    positions: list[list[Series]],
    differences: dict[int, list[list[Series]]],
    references: Sequence[int],
) -> list[list[Series]]:
    """Return V m_i for every point, m_i its softmax mean.

    Source: FORMAT.md here, section "System".
    """
    found = []
    for y, m in zip(queries(model, positions), references, strict=True):
        mean = offset(model, y, m, differences[m])
        target = [x + away for x, away in zip(positions[m], mean, strict=True)]
        found.append([scaled(model.context, row, target) for row in model.V])
    return found


def references(model: Model, positions: list[list[Series]]) -> list[int]:
    """Return for every point the one whose logit has the largest middle: any choice is sound."""
    chosen = []
    for y in queries(model, positions):
        logits = [dot(model.context, y, x).middles[0] for x in positions]
        chosen.append(logits.index(max(logits)))
    return chosen


def logarithmic_norm(
    model: Model,
    positions: list[list[Series]],
    differences: dict[int, list[list[Series]]],
    references: Sequence[int],
) -> int:
    """Return an upper bound of the logarithmic infinity-norm of the field's derivative; one-term series.

    d x_i' / d x_j = P_ij V (I + (x_j - m_i) x_i^T B) + [i = j] V C_i B^T; FORMAT.md, lemma ``tube``.

    Source: FORMAT.md here, lemma ``tube``.
    """
    highest = None
    for i, (y, m) in enumerate(zip(queries(model, positions), references, strict=True)):
        row = attention_row(model, y, m, differences[m])
        chances = [p[0] for p in row.probabilities]
        centred = [
            [x[0] - away[0] for x, away in zip(difference, row.offset, strict=True)]
            for difference in differences[m]
        ]
        bounds = _row_bounds(model, i, [component[0] for component in y], chances, centred)
        highest = max(bounds if highest is None else [highest, *bounds])
    if highest is None:
        raise ValueError("requires at least one point")
    return highest


def _row_bounds(
    model: Model, i: int, y: list[Ball], chances: list[Ball], centred: list[list[Ball]]
) -> list[int]:
    context, size = model.context, range(len(y))
    own = _through_query(model, chances, centred)
    totals = [0 for _ in size]
    for j, (chance, away) in enumerate(zip(chances, centred, strict=True)):
        moved = [context.dot(model.V[a], away) for a in size]
        for a, b in product(size, size):
            entry = context.times(chance, model.V[a][b] + context.times(moved[a], y[b]))
            if i == j:
                entry += own[a][b]
            totals[a] += entry.high if (i, a) == (j, b) else entry.size
    return totals


def _through_query(model: Model, chances: list[Ball], centred: list[list[Ball]]) -> list[list[Ball]]:
    context, size = model.context, range(len(model.V))
    covariance = [
        [context.dot(chances, [context.times(away[a], away[b]) for away in centred]) for b in size]
        for a in size
    ]
    through = [[context.dot(covariance[a], model.form[b]) for b in size] for a in size]
    return [[context.dot(model.V[a], [through[c][b] for c in size]) for b in size] for a in size]
