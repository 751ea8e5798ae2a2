"""One value of the parameter, rational or algebraic, with its one system: exact numbers to decide with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import fmpz_poly

from exactdyn.numbers.fields.joining import simple
from exactdyn.numbers.fields.real_field import RealField
from exactdyn.numbers.fields.real_root import isolates
from exactdyn.numbers.reading import Rows
from exactdyn.parameters.line import Line
from exactdyn.parameters.region import Region
from exactdyn.parameters.roots import Root
from exactdyn.parameters.states import PolynomialState
from exactdyn.systems.run import Run


@dataclass(frozen=True)
class ParameterValue:
    """A value x of what the computation moves, and the system there.

    ``x``: a fraction, or a number of the field that a root generates.

    >>> from exactdyn.parameters.line import alpha_line
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> line = alpha_line(Hardmax().run([[1], ["1/2"]], 0), None, None)
    >>> ParameterValue(line, Fraction(1, 3)).run(2).leaders
    {0: 0}
    """

    line: Line
    x: Any

    @classmethod
    def inside(cls, line: Line, region: Region) -> ParameterValue:
        """Return the value at a point, or a rational one in an interval.

        >>> from exactdyn.parameters.line import alpha_line
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> line = alpha_line(Hardmax().run([[1]], 0), None, None)
        >>> ParameterValue.inside(line, Region(Root.rational(line.low), Root.rational(line.high))).x
        Fraction(1, 2)
        """
        return cls(line, generator(region.low) if region.point else next(region.samples()))

    @property
    def shown(self) -> Fraction | None:
        """The parameter as users mean it, if it is rational.

        >>> from exactdyn.parameters.line import alpha_line
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> ParameterValue(alpha_line(Hardmax().run([[1]], 0), None, None), Fraction(1, 3)).shown
        Fraction(1, 2)
        """
        return self.line.shown(self.x) if isinstance(self.x, Fraction) else None

    @cached_property
    def matrix(self) -> Rows:
        """The A of this value."""
        return self.line.system(self.x)[0].matrix(self.line.dimension)

    @cached_property
    def start(self) -> Run:
        """The run of no layers, whose facts and start lemmas ask for."""
        return self.run(0)

    def run(self, layers: int) -> Run:
        """Return the run of the system of this value.

        >>> from exactdyn.parameters.line import alpha_line
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> ParameterValue(alpha_line(Hardmax().run([[1]], 0), None, None), Fraction(1, 3)).run(4).layers
        4
        """
        if layers not in self._runs:
            system, tokens = self.line.system(self.x)
            self._runs[layers] = system.run(tokens, layers)
        return self._runs[layers]

    @cached_property
    def _runs(self) -> dict[int, Run]:
        # Several statements ask for the same one.
        return {}

    def places(self, state: PolynomialState) -> Rows:
        """Return the tokens of a state here.

        >>> from exactdyn.parameters.line import alpha_line
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> state = PolynomialState.start((((Fraction(2),),), ((Fraction(1),),)))
        >>> ParameterValue(alpha_line(Hardmax().run([[1]], 0), None, None), Fraction(1, 2)).places(state)
        ((Fraction(5, 2),),)
        """
        return tuple(tuple(self._at(entry) for entry in row) for row in state.coefficients())

    def _at(self, coefficients: Sequence[Fraction]) -> Any:
        total: Any = Fraction(0)
        for c in reversed(coefficients):
            total = total * self.x + c
        return simple(total)


def generator(root: Root) -> Any:
    """Return a root as a number: a fraction, or one of its own field.

    >>> generator(Root(fmpz_poly([-1, 0, 2]), Fraction(1, 2), Fraction(1))).nearest()
    0.7071067811865476
    """
    if root.number is not None:
        return root.number
    *lower, leading = root.polynomial.coeffs()
    degree = len(lower)
    # A field has an integral generator, so it is that of the root times the leading coefficient.
    integral = fmpz_poly([*(c * leading ** (degree - 1 - m) for m, c in enumerate(lower)), 1])
    scale = int(leading)
    while not isolates(integral, root.low * scale, root.high * scale):
        root.halve()
    field = RealField.of(integral.coeffs(), root.low * scale, root.high * scale)
    return field.generator / Fraction(scale)
