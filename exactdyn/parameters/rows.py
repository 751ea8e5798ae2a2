"""Rows of polynomials in the parameter: the matrix of a line, the tokens of a state."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from operator import mul
from typing import TypeAlias

from flint import fmpz_poly

from exactdyn.parameters.line import Line, Linear
from exactdyn.parameters.states import PolynomialState, integer_powers

Polynomials: TypeAlias = list[list[fmpz_poly]]
"""Rows of polynomials in the parameter; where only signs matter, times a positive number."""


def matrix_of(line: Line) -> Polynomials:
    """Return A, times a positive number, with polynomials for entries.

    >>> from fractions import Fraction
    >>> one = Fraction(1)
    >>> matrix_of(Line("t", (((one,),), ((one,),)), (((one,),),), one / 2, one, one * 2))
    [[x + 1]]
    """
    return polynomial_rows(line.matrix)


def points_of(state: PolynomialState) -> Polynomials:
    """Return the tokens of a state, times its denominator.

    >>> from fractions import Fraction
    >>> points_of(PolynomialState.start((((Fraction(1, 2),),),)))
    [[1]]
    """
    return [list(row) for row in state.polynomials]


def points_of_all(states: Sequence[PolynomialState]) -> list[Polynomials]:
    """Return the tokens of several states, times one number for all of them.

    >>> from fractions import Fraction
    >>> points_of_all([PolynomialState.start((((Fraction(1, n),),),)) for n in (2, 3)])
    [[[3]], [[2]]]
    """
    common = lcm(*(state.denominator for state in states))
    return [
        [[x * (common // state.denominator) for x in row] for row in state.polynomials] for state in states
    ]


def polynomial_rows(rows: Linear) -> Polynomials:
    """Return rows, times one positive number for all of them.

    >>> from fractions import Fraction
    >>> polynomial_rows((((Fraction(1, 2),),), ((Fraction(1, 3),),)))
    [[2*x + 3]]
    """
    powers, _ = integer_powers(rows)
    return [
        [fmpz_poly(list(entry)) for entry in zip(*row, strict=True)]
        for row in zip(*(power.tolist() for power in powers), strict=True)
    ]


def image_of(A: Polynomials, point: Sequence[fmpz_poly]) -> list[fmpz_poly]:
    """Return A z.

    >>> image_of([[fmpz_poly([0, 1])]], [fmpz_poly([2])])
    [2*x]
    """
    return [inner(row, point) for row in A]


def inner(x: Sequence[fmpz_poly], y: Sequence[fmpz_poly]) -> fmpz_poly:
    """Return <x, y>.

    >>> inner([fmpz_poly([0, 1])], [fmpz_poly([2])])
    2*x
    """
    return sum(map(mul, x, y), fmpz_poly([]))
