"""A line of systems: everything is given but one parameter, alpha itself or a number in the tokens or A."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from exactdyn.documents.parameter import Parameter
from exactdyn.errors import InputError
from exactdyn.numbers.fields.joining import simple
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import Row, Rows, exact
from exactdyn.systems.hardmax import Hardmax, hardmax_of
from exactdyn.systems.run import Run

Linear: TypeAlias = tuple[Rows, ...]
"""Rows that depend on the parameter x: the first plus x times the second, if there is a second."""


@dataclass(frozen=True)
class Line:
    """The systems A = A_0 + x A_1 with tokens Z_0 + x Z_1, for every x with ``low`` < x < ``high``.

    ``name``: what users call the parameter. ``tau``: the step of all layers; None where it is x itself: the
    parameter is alpha then, and x = tau = alpha/(1+alpha).
    Source: arXiv 2407.01602, equation (1.1).

    >>> line = alpha_line(Hardmax().run([[1]], 0), None, None)
    >>> line.low, line.high, line.shown(Fraction(1, 3))
    (Fraction(0, 1), Fraction(1, 1), Fraction(1, 2))
    """

    name: str
    matrix: Linear
    tokens: Linear
    tau: Fraction | None
    low: Fraction
    high: Fraction

    @property
    def count(self) -> int:
        """The number n of tokens.

        >>> alpha_line(Hardmax().run([[1]], 0), None, None).count
        1
        """
        return len(self.tokens[0])

    @property
    def dimension(self) -> int:
        """The dimension d.

        >>> alpha_line(Hardmax().run([[1]], 0), None, None).dimension
        1
        """
        return len(self.matrix[0])

    def shown(self, x: Fraction) -> Fraction | None:
        """Return the parameter as users mean it where the computation has x; None for alpha = infinity.

        >>> alpha_line(Hardmax().run([[1]], 0), None, None).shown(Fraction(1)) is None
        True
        """
        if self.tau is not None:
            return x
        return None if x == 1 else x / (1 - x)

    def system(self, x: Fraction) -> tuple[Hardmax, Rows]:
        """Return the one system, and the tokens, of a rational x.

        >>> alpha_line(Hardmax().run([[1]], 0), None, None).system(Fraction(1, 2))[0].alpha
        Fraction(1, 1)
        """
        tau = x if self.tau is None else self.tau
        return Hardmax(A=_at(self.matrix, x), tau=tau), _at(self.tokens, x)


def alpha_line(run: Run, low: object, high: object) -> Line:
    """Return the line of all alpha between two, 0 and infinity where they are None.

    ``run``: from whose tokens, of a system of the paper; its alpha plays no part. Raises
    :class:`~exactdyn.errors.InputError` for another kind of system, for numbers that are not rational, and
    unless 0 <= ``low`` < ``high``.
    Source: arXiv 2407.01602, equations (1.1) to (1.3).

    >>> alpha_line(Hardmax().run([[1]], 0), "1/2", 1).low
    Fraction(1, 3)
    >>> alpha_line(Hardmax(mask="causal").run([[1]], 0), None, None)
    Traceback (most recent call last):
    exactdyn.errors.InputError: system: cells requires Hardmax, one A and one alpha for all layers, got a mask
    """
    first = Fraction(0) if low is None else exact(low, "from")
    last = None if high is None else exact(high, "to")
    if first < 0:
        raise InputError(f"from: requires an alpha of at least 0, got {first}")
    if last is not None and not first < last:
        raise InputError(f"to: requires more than from = {first}, got {last}")
    A, tokens = plain_parts(run)
    ends = first / (1 + first), Fraction(1) if last is None else last / (1 + last)
    return Line("alpha", (A,), (tokens,), None, *ends)


def parameter_line(run: Run, parameter: Parameter, low: object, high: object) -> Line:
    """Return the line of a parameter in tokens or A, between two numbers, its own where they are None.

    ``run``: that of the parameter 0. Raises :class:`~exactdyn.errors.InputError` as :func:`alpha_line` does,
    and for an alpha that is not positive.
    Source: ``proofs_checks/parameters/FORMAT.md``, section "The line".

    >>> slope = ((Fraction(2),),)
    >>> parameter = Parameter("t", Fraction(0), Fraction(1), "tokens", slope)
    >>> parameter_line(Hardmax().run([[1]], 0), parameter, None, None).system(Fraction(1, 2))[1]
    ((Fraction(2, 1),),)
    """
    first = parameter.low if low is None else exact(low, "from")
    last = parameter.high if high is None else exact(high, "to")
    A, tokens = plain_parts(run)
    tau = hardmax_of(run, "cells").tau
    if not 0 < tau < 1:
        raise InputError(f"alpha: cells requires a positive number, got {tau / (1 - tau)}")
    if first is None or last is None or parameter.slope is None or not first < last:
        raise InputError(f"to: requires more than from = {first}, got {last}")
    matrix: Linear = (A, parameter.slope) if parameter.where == "A" else (A,)
    rows: Linear = (tokens, parameter.slope) if parameter.where == "tokens" else (tokens,)
    return Line(parameter.name, matrix, rows, tau, first, last)


def moved_to(line: Line, parameter: Parameter, value: Fraction) -> Line:
    """Return the line of all alpha, at one value of a parameter that moves its tokens or its A.

    >>> slope = ((Fraction(2),),)
    >>> line = alpha_line(Hardmax().run([[1]], 0), None, None)
    >>> moved_to(line, Parameter("t", Fraction(0), Fraction(1), "tokens", slope), Fraction(1, 2)).tokens
    (((Fraction(2, 1),),),)
    """
    slope = parameter.slope
    if slope is None:
        return line
    if parameter.where == "A":
        return replace(line, matrix=(_at((line.matrix[0], slope), value),))
    return replace(line, tokens=(_at((line.tokens[0], slope), value),))


def plain_parts(run: Run) -> tuple[Rows, Rows]:
    """Return the A and the tokens of a run of a system of the paper, in rational numbers.

    Raises :class:`~exactdyn.errors.InputError` for another kind of system, and for other numbers.

    >>> plain_parts(Hardmax().run([[2]], 0))
    (((Fraction(1, 1),),), ((Fraction(2, 1),),))
    """
    system = hardmax_of(run, "cells")
    A, tokens = system.matrix(run.start.dimension), tuple(map(tuple, run.start.rows()))
    if run.start.domain != RATIONALS:
        # All of them are in one field then, also those that are rational.
        stated = {"alpha": ((system.tau,),), "A": A, "tokens": tokens}
        field = next(name for name, rows in stated.items() if _irrational(rows))
        raise InputError(f"{field}: cells requires rational numbers, got some of {run.start.domain.name}")
    return A, tokens


def _irrational(rows: Rows) -> bool:
    return any(not isinstance(simple(x), Fraction) for row in rows for x in row)


def _at(rows: Linear, x: Fraction) -> Rows:
    if len(rows) == 1:
        return rows[0]
    return tuple(_moved(row, slope, x) for row, slope in zip(*rows, strict=True))


def _moved(row: Row, slope: Row, x: Fraction) -> Row:
    return tuple(a + x * b for a, b in zip(row, slope, strict=True))
