"""Eigenvalues and singular values of real matrices of balls, enclosed by Gershgorin's discs.

Where eigenvalues are too close to be told apart, those of a cluster share one ball: nothing has to be simple.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from flint import acb, acb_mat, arb, arb_mat

from exactdyn.numbers.precision import working


def ball_eigenvalues(matrix: arb_mat, bits: int) -> tuple[acb, ...] | None:
    """Enclose the eigenvalues of every real square matrix in a matrix of balls, large moduli first.

    As many balls as there are rows: each contains an eigenvalue, and k of them that are the same contain k,
    with multiplicity. The imaginary part of a ball is exactly 0 where the eigenvalue is proved to be real.
    ``bits``: the precision. None where eigenvectors could not be told apart.

    The matrix is brought close to a diagonal one, T = X^-1 M X, by approximate eigenvectors X, those of a
    matrix nearby that has no multiple eigenvalue; nothing is asked of X, as T is computed in balls. A set of
    k discs of T, around its diagonal and as wide as the rest of the row, that meets no other disc contains k
    eigenvalues. The matrix is real: the one eigenvalue of a disc that meets no other and is its own conjugate
    is so, too.
    Source: S. Gerschgorin, Ueber die Abgrenzung der Eigenwerte einer Matrix (1931); J. Banks, J.
    Garza-Vargas, A. Kulkarni, N. Srivastava, Pseudospectral shattering (2020), for the matrix nearby.

    >>> ball_eigenvalues(arb_mat([[1, 2], [1, 0]]), 64)[0].real.contains(2)
    True
    >>> [own.imag.is_zero() for own in ball_eigenvalues(arb_mat([[0, -1], [1, 0]]), 64)]
    [False, False]
    """
    discs = _discs(matrix, bits, shaken=True)
    if discs is None:
        return None
    with working(bits):
        found = []
        for cluster in _clusters([_mirrored(own) for own in discs]):
            whole = _hull(cluster)
            alone = len(cluster) == 1 and whole.imag.contains(0)
            found += [acb(whole.real) if alone else whole] * len(cluster)
        return by_modulus(found)


def by_modulus(eigenvalues: Iterable[acb]) -> tuple[acb, ...]:
    """Return eigenvalues with large moduli first, going by midpoints.

    >>> by_modulus([acb(1), acb(-2)])
    (-2.00000000000000, 1.00000000000000)
    """
    return tuple(sorted(eigenvalues, key=lambda own: abs(own).mid(), reverse=True))


def symmetric_eigenvalues(matrix: arb_mat, bits: int) -> tuple[arb, ...] | None:
    """Enclose the eigenvalues of every symmetric matrix in a matrix of balls, the largest first.

    The k-th ball contains the k-th largest eigenvalue. Else as :func:`ball_eigenvalues`; eigenvectors are
    those of the matrix itself, and where some balls are the same of one nearby, too: the narrower are taken.

    >>> [own.contains(k) for k, own in zip((3, 1), symmetric_eigenvalues(arb_mat([[2, 1], [1, 2]]), 64))]
    [True, True]
    """
    ways = []
    for shaken in (False, True):
        discs = _discs(matrix, bits, shaken)
        if discs is None:
            continue
        with working(bits):
            clusters = _clusters([acb(own.real) for own in discs])
            found = [_hull(cluster).real for cluster in clusters for _ in cluster]
            ways.append(sorted(found, key=lambda own: own.mid(), reverse=True))
        if len(clusters) == len(discs):
            break
    if not ways:
        return None
    return tuple(min(balls, key=lambda own: own.rad()) for balls in zip(*ways, strict=True))


def singular_values(matrix: arb_mat, bits: int) -> tuple[arb, ...] | None:
    """Enclose the singular values of every real matrix in a matrix of balls, the largest first.

    As many as there are rows, the square roots of the eigenvalues of M M^T: the k-th ball contains the k-th
    largest. They are enclosed at the midpoints, and moved by at most the Frobenius norm of the radii: a small
    one loses no more than a large one. None as for :func:`ball_eigenvalues`.
    Source: H. Weyl, Das asymptotische Verteilungsgesetz der Eigenwerte (1912).

    >>> [own.contains(k) for k, own in zip((2, 0), singular_values(arb_mat([[2, 0], [0, 0]]), 64))]
    [True, True]
    """
    middle = matrix.mid()
    with working(bits):
        squares = symmetric_eigenvalues(middle * middle.transpose(), bits)
        if squares is None:
            return None
        radii = [x.rad() for x in matrix.entries()]
        moved = arb(0, sum((x * x for x in radii), arb(0)).sqrt().abs_upper())
        if not moved.is_finite():
            return None
        return tuple(square_root(own) + moved for own in squares)


def square_root(number: arb) -> arb:
    """Return a ball for the root of a number that is at least 0, in a ball that need not be.

    >>> square_root(arb(4)), square_root(arb(0, 4)).contains(2), square_root(arb(-1, 2)).contains(1)
    (2.00000000000000, True, True)
    """
    if number > 0:
        return number.sqrt()
    return arb(0).union(arb(0).max(number.upper()).sqrt())


def _discs(matrix: arb_mat, bits: int, shaken: bool) -> list[acb] | None:
    # For each disc a square around it.
    size = range(matrix.nrows())
    if not all(x.is_finite() for x in matrix.entries()):
        return None
    with working(bits):
        whole = acb_mat(matrix)
        _, vectors = (acb_mat(_shaken(matrix, bits)) if shaken else whole).eig(right=True, algorithm="approx")
        columns = [[acb(x.real.mid(), x.imag.mid()) for x in row] for row in vectors.transpose().tolist()]
        lengths = [sum((abs(x) * abs(x) for x in column), arb(0)).sqrt() for column in columns]
        X = acb_mat([[columns[j][i] / lengths[j] for j in size] for i in size]).mid()
        try:
            T = X.inv() * whole * X
        except ZeroDivisionError:
            return None
        found = []
        for i in size:
            radius = arb(0, sum((abs(T[i, j]) for j in size if j != i), arb(0)).abs_upper())
            found.append(T[i, i] + acb(radius, radius))
        return found if all(own.is_finite() for own in found) else None


def _shaken(matrix: arb_mat, bits: int) -> arb_mat:
    # By about as much as its entries may be off: where eigenvalues are the same, or nearly so, the vectors
    # are then as far from parallel as what is known of the matrix allows, and X^-1 is not too large.
    entries = matrix.entries()
    off = max(x.rad().upper() for x in entries)
    least = max(x.abs_upper() for x in entries) * arb((1, bits // 4 - bits))
    draw = Random(0)
    by = off.max(least).mid()
    return arb_mat([[x.mid() + by * draw.uniform(-1, 1) for x in row] for row in matrix.tolist()])


def _mirrored(box: acb) -> acb:
    # Wide enough to be its own conjugate, if it meets the real line.
    return acb(box.real, arb(0, box.imag.abs_upper())) if box.imag.contains(0) else box


def _clusters(boxes: list[acb]) -> list[list[acb]]:
    # Sets of boxes of which none meets one of another set.
    found: list[list[acb]] = []
    for box in boxes:
        apart, joined = [], [box]
        for cluster in found:
            if any(box.overlaps(other) for other in cluster):
                joined += cluster
            else:
                apart.append(cluster)
        found = [*apart, joined]
    return found


def _hull(cluster: list[acb]) -> acb:
    whole = cluster[0]
    for box in cluster[1:]:
        whole = whole.union(box)
    return whole
