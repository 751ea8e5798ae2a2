"""The leading eigenvalue of V with its eigenvectors, enclosed, and coordinates for everything beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, cast

import numpy as np
from flint import arb, fmpq_mat

from exactdyn.numbers.reading import Rows, exact, to_fmpq
from exactdyn.numbers.shown import counted
from exactdyn.numbers.vectors import fraction_rows, identity, inner, rational_matrix
from exactdyn.softmax.balls import Balls, ball, balls, below
from exactdyn.softmax.balls import above as upper

CONDITION_LIMIT = 1e6
"""Eigenvectors that are more nearly dependent than this are not used as coordinates."""


@dataclass(frozen=True)
class Eigenpair:
    """Balls for l, phi, phi* with V phi = l phi, phi* V = l phi*, phi* phi = 1 and phi_unit = 1.

    ``interval``: rationals with l between them. ``column``, ``row``: which of adj(l I - V) phi and phi* are
    multiples of; ``unit`` is ``row``.
    """

    interval: tuple[Fraction, Fraction]
    column: int
    row: int
    value: arb
    right: list[arb]
    left: list[arb]


@dataclass(frozen=True)
class LeadingSpace:
    """Balls for l, f columns of C and f rows of R with V C = l C, R V = l R, R C = I.

    ``evidence``: what a certificate says of it.
    """

    value: arb
    right: Balls
    left: Balls
    evidence: Mapping[str, Any]


def leading_eigenspace(V: Rows) -> LeadingSpace | str:
    """Return the eigenspace of the eigenvalue of largest modulus, or why there is none of that kind.

    The eigenvalue is real and positive, and either simple, or rational with as many eigenvectors as its
    multiplicity says.

    >>> two, one, zero = Fraction(2), Fraction(1), Fraction(0)
    >>> leading_eigenspace(((two, zero, one), (zero, two, zero), (zero, zero, one))).left
    [[1.00000000000000, 0, 1.00000000000000], [0, 1.00000000000000, 0]]
    """
    pair = leading_eigenpair(V)
    if isinstance(pair, Eigenpair):
        named = {"interval": pair.interval, "column": pair.column, "row": pair.row, "unit": pair.row}
        return LeadingSpace(pair.value, [pair.right], [pair.left], {"eigenvalue": named})
    matrix = rational_matrix(V)
    *others, (root, multiplicity) = _roots(matrix)
    nearby = Fraction(float(root.real.mid())).limit_denominator(10**6)
    shifted = matrix - to_fmpq(nearby) * rational_matrix(identity(len(V)))
    right, left = _kernel(shifted), _kernel(shifted.transpose())
    if multiplicity == 1 or not root.imag.contains(0) or not nearby > 0:
        return pair
    if len(right) != multiplicity:
        found = f"{counted(len(right), 'eigenvector')}: no lemma is about Jordan blocks"
        return f"{pair}, and it has {found if right else 'no eigenvector of rational numbers'}"
    if any(abs(own).overlaps(abs(root)) for own, _ in others):
        return "no eigenvalue of V is proved to be the only one of largest modulus"
    # R C = I: the left vectors are combined so.
    gram = rational_matrix([[inner(x, y) for y in right] for x in left])
    left = fraction_rows(gram.inv() * rational_matrix(left))
    named = {"value": nearby, "right": right, "left": left}
    return LeadingSpace(ball(nearby), balls(right), balls(left), {"space": named})


def _roots(matrix: fmpq_mat) -> list[tuple[Any, int]]:
    found = cast("list[tuple[Any, int]]", matrix.charpoly().numer().complex_roots())
    return sorted(found, key=lambda own: float(abs(own[0]).mid()))


def _kernel(matrix: fmpq_mat) -> Rows:
    # From the reduced row echelon form: a vector for every column without a pivot.
    reduced, rank = matrix.rref()
    rows, size = fraction_rows(reduced)[:rank], range(matrix.ncols())
    pivots = [next(k for k in size if row[k]) for row in rows]
    return tuple(
        tuple(-rows[pivots.index(k)][free] if k in pivots else Fraction(int(k == free)) for k in size)
        for free in size
        if free not in pivots
    )


def leading_eigenpair(V: Rows) -> Eigenpair | str:
    """Return the eigenpair of the eigenvalue of largest modulus, or why it is not simple, real and positive.

    Source: lemma ``eigenpair`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> pair = leading_eigenpair(((Fraction(2), Fraction(1)), (Fraction(0), Fraction(1))))
    >>> pair.interval, pair.left
    ((Fraction(2, 1), Fraction(2, 1)), [1.00000000000000, 1.00000000000000])
    """
    matrix = rational_matrix(V)
    characteristic = matrix.charpoly()
    roots = _roots(matrix)
    root, multiplicity = roots[-1]
    if multiplicity > 1 or not root.imag.contains(0) or not root.real > 0:
        return f"the leading eigenvalue of V is not simple, real and positive: {_fault(root, multiplicity)}"
    if len(roots) > 1 and abs(roots[-2][0]).overlaps(abs(root)):
        return "no eigenvalue of V is proved to be the only one of largest modulus"
    nearby = Fraction(float(root.real.mid())).limit_denominator(10**6)
    rational = exact(characteristic(to_fmpq(nearby))) == 0
    interval = (nearby, nearby) if rational else (below(root.real), upper(root.real))
    if exact(characteristic(to_fmpq(interval[0]))) * exact(characteristic(to_fmpq(interval[1]))) > 0:
        return "the leading eigenvalue of V is not isolated at this precision"
    value = ball(nearby) if rational else root.real
    return _with_vectors(matrix, interval, value)


def _fault(root: Any, multiplicity: int) -> str:
    if not root.imag.contains(0):
        return "it is complex"
    return "it is not positive" if not root.real > 0 else f"its multiplicity is {multiplicity}"


def _with_vectors(matrix: fmpq_mat, interval: tuple[Fraction, Fraction], value: arb) -> Eigenpair | str:
    adjugate = _adjugate(matrix, value)
    size = range(matrix.nrows())
    # Its entries are those of phi times those of phi*: the largest leads to large ones of both.
    row, column = max(product(size, size), key=lambda place: float(abs(adjugate[place[0]][place[1]]).mid()))
    if not abs(adjugate[row][column]) > 0:
        return "the eigenvectors of V are not determined at this precision"
    right = [adjugate[a][column] / adjugate[row][column] for a in size]
    scale = inner(adjugate[row], right)
    if not abs(scale) > 0:
        return "the leading eigenvalue of V is not proved simple"
    return Eigenpair(interval, column, row, value, right, [x / scale for x in adjugate[row]])


def _adjugate(matrix: fmpq_mat, value: arb) -> Balls:
    # adj(l I - V) = sum_k l^(d-1-k) N_k with N_0 = I, N_k = V N_(k-1) + c_k I (Faddeev and LeVerrier).
    size = range(matrix.nrows())
    coefficients = list(reversed(matrix.charpoly().coeffs()))
    identity = fmpq_mat([[int(a == b) for b in size] for a in size])
    term, total = identity, [[arb(0) for _ in size] for _ in size]
    for k in size:
        if k > 0:
            term = matrix * term + identity * coefficients[k]
        total = [[total[a][b] * value + arb(term[a, b]) for b in size] for a in size]
    return total


def complement(V: Rows, space: LeadingSpace) -> tuple[Rows, Rows]:
    """Return rational d x (d-f) and (d-f) x d matrices: nearly a basis beside an eigenspace, and its dual.

    Where the other eigenvectors are far from dependent they are the basis (real and imaginary parts for
    complex ones): then V acts on it with the least row sums.
    """
    C, R = (np.array([[float(x.mid()) for x in row] for row in rows]) for rows in (space.right, space.left))
    count, size = C.shape
    projection = np.eye(size) - C.T @ R
    values, vectors = np.linalg.eig(np.array(V, dtype=float))
    others = [vectors[:, k] for k in np.argsort(np.abs(values - float(space.value.mid())))[count:]]
    chosen: list[np.ndarray] = []
    for vector in others:
        parts = [vector.real] if np.isrealobj(vector) or not vector.imag.any() else [vector.real, vector.imag]
        chosen.extend(part for part in parts if not any(np.allclose(abs(part), abs(own)) for own in chosen))
    basis = projection @ np.array(chosen[: size - count]).T
    whole = np.column_stack([C.T, basis])
    if whole.shape[1] != size or np.linalg.cond(whole) > CONDITION_LIMIT:
        basis = np.linalg.svd(projection)[0][:, : size - count]
        whole = np.column_stack([C.T, basis])
    return _rational(basis), _rational(np.linalg.inv(whole)[count:])


def _rational(matrix: np.ndarray) -> Rows:
    return tuple(tuple(Fraction(round(float(x) * 2**40), 2**40) for x in row) for row in matrix)
