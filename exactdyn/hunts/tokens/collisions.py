"""Tokens on a line through 0 along which <Ax, x> falls: two of them meet.

On such a line a positive multiple of the direction attends the smallest multiple, a negative one the largest.
"""

from __future__ import annotations

from fractions import Fraction

from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.geometry.definiteness import Direction, factorise
from exactdyn.hunts.tokens.wanted import Drawn, Wanted
from exactdyn.numbers.reading import Row


def collisions(wanted: Wanted, matrices: MatrixClass) -> Drawn | None:
    """Draw tokens of which two meet if <Av, v> < 0, where v is their direction; None if they are too few.

    ``matrices``: where it is one matrix, v is chosen with <Av, v> < 0. Where there is no such v, no tokens
    meet: lemma ``no-collision`` in ``proofs_checks/FORMAT.md``.

    >>> from random import Random
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> negative = matrix_class("general", 1, "-1")
    >>> collisions(Wanted(Random(0), 1, 2, 1, Fraction(1)), negative).tokens
    ((Fraction(1, 1),), (Fraction(-1, 1),))
    """
    if wanted.given or wanted.alpha <= 0:
        return None
    multiples = meeting(wanted.alpha, wanted.count)
    direction = falling(matrices) if not matrices.span else wanted.nonzero(wanted.dimension)
    if multiples is None or direction is None:
        return None
    return Drawn(tuple(tuple(m * x for x in direction) for m in multiples))


def falling(matrices: MatrixClass) -> Row | None:
    """Return a vector v with <Av, v> < 0 for the one matrix of a class; None if there is none.

    Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> falling(matrix_class("general", 2, "1, 2; 2, 1"))
    (Fraction(-2, 1), Fraction(1, 1))
    """
    found = factorise(matrices.base)
    return found.vector if isinstance(found, Direction) else None


def meeting(alpha: Fraction, count: int) -> list[Fraction] | None:
    """Return so many distinct numbers, none of them 0, of which two meet for A = -1; None if too few.

    alpha <= 1: the largest is 1, the smallest -1, and alpha and -alpha meet in the first layer. alpha > 1:
    the largest, alpha, comes to 0 in the first layer and attends all tokens in the second, where it meets
    alpha - 1, which began as -1; the others are small and positive and set the mean right.

    >>> meeting(Fraction(1), 2)
    [Fraction(1, 1), Fraction(-1, 1)]
    >>> meeting(Fraction(2), 2)
    [Fraction(2, 1), Fraction(-1, 1)]
    """
    one = Fraction(1)
    if alpha <= 1:
        numbers = list(dict.fromkeys([one, -one, alpha, -alpha]))
        more = [one / k for k in range(2, count + 3) if one / k not in numbers]
        return [*numbers, *more][:count] if len(numbers) <= count else None
    # At layer 1 there are 0, alpha - 1, and y_i - tau for the small ones, y_i = (1 - tau) z_i. The first two
    # meet if alpha - 1 = alpha (mean - smallest), an equation for the sum of y_i - y_0.
    tau, small = alpha / (1 + alpha), count - 2
    if small == 0:
        return [alpha, -one] if alpha == 2 else None
    least = tau / (4 * count)
    rest = count * (alpha - 1) / alpha - (alpha - 1) - 2 * (tau - least)
    if small < 2 or rest <= 0:
        return None
    shift = rest / (small - 1)
    room = min(shift, tau - least - shift)  # they stay between 0 and the largest number
    spread = [Fraction(2 * k - small + 2, 2 * small) * room for k in range(small - 1)]
    others = [least, *(least + shift + x for x in spread)]
    return [alpha, -one, *(y * (1 + alpha) for y in others)] if room > 0 else None
