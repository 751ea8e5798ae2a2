"""Images of many points under one matrix, by one product of integer matrices."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain

from flint import fmpz_mat

from exactdyn.numbers.fields.joining import simple
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.remembered import remembered
from exactdyn.numbers.vectors import cleared, identity, inner, integer_multiple


def images(A: Rows, points: Sequence[Row]) -> list[Row]:
    """Return A x for every point x.

    ``A``: d x d; for the identity nothing is multiplied. ``points``: n rows of d numbers of one domain.

    >>> half = Fraction(1, 2)
    >>> images(((half, half), (half, -half)), [(Fraction(1), Fraction(1, 3))])
    [(Fraction(2, 3), Fraction(1, 3))]
    """
    if not points or identity(len(A)) == A:
        return list(points)
    whole = over_integers(A)
    if whole is None or domain_of(x for row in points for x in row) != RATIONALS:
        return [tuple(simple(inner(row, x)) for row in A) for x in points]
    matrix, common = whole
    multiples = list(map(cleared, points))
    integers = fmpz_mat([list(row) for row, _ in multiples])
    products = (integers * matrix.transpose()).tolist()
    return [
        tuple(Fraction(int(x), common * scale) for x in row)
        for row, (_, scale) in zip(products, multiples, strict=True)
    ]


@remembered
def over_integers(A: Rows) -> tuple[fmpz_mat, int] | None:
    """Return a matrix as integers and what to divide them by; None over another domain than the rationals.

    >>> over_integers(((Fraction(1, 2), Fraction(1, 3)),))
    ([3, 2], 6)
    """
    if domain_of(chain.from_iterable(A)) != RATIONALS:
        return None
    return integer_multiple(A)
