"""Rows of polynomials in the parameter: the matrix of a line, the tokens of a state."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import TypeAlias

from flint import fmpz_poly

from exactdyn.numbers.vectors import inner
from exactdyn.parameters.line import Linear
from exactdyn.parameters.states import PolynomialState

Polynomials: TypeAlias = Sequence[Sequence[fmpz_poly]]
"""Rows of polynomials in the parameter; where only signs matter, times a positive number."""


def points_of(states: Sequence[PolynomialState]) -> list[Polynomials]:
    """Return the tokens of several states, times one number for all of them.

    >>> from fractions import Fraction
    >>> points_of([PolynomialState.start((((Fraction(1, n),),),)) for n in (2, 3)])
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
    ((2*x + 3,),)
    """
    return PolynomialState.start(rows).polynomials


def image_of(A: Polynomials, point: Sequence[fmpz_poly]) -> list[fmpz_poly]:
    """Return A z.

    >>> image_of([[fmpz_poly([0, 1])]], [fmpz_poly([2])])
    [2*x]
    """
    return [inner(row, point) for row in A]
