"""A cell: an interval of the parameter, or a point, on which everything computed is the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from flint import fmpz_poly

from exactdyn.layer.attention import AttentionSets, sole_attention
from exactdyn.parameters.closing import Lemma
from exactdyn.parameters.end import End
from exactdyn.parameters.exploration import LayerPiece
from exactdyn.parameters.line import Line
from exactdyn.parameters.states import PolynomialState

Coefficients: TypeAlias = tuple[tuple[tuple[Fraction, ...], ...], ...]
"""For every token and coordinate the coefficients of a polynomial, lowest degree first."""


@dataclass(frozen=True, eq=False, repr=False)
class ParameterCell:
    """An open interval of the parameter, or a point, with the one itinerary of all systems there.

    ``low``, ``high``: its ends, one object for a point. ``attention``: the attention sets of the layers
    0..``layer``. ``lemma``: by which lemma of ``proofs_checks/FORMAT.md`` all later layers are settled; None
    where that is open.
    Source: arXiv 2407.01602, equations (1.1) and (1.2), for all values of a parameter.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> (cell,) = cells(Hardmax(), tokens=[[1], ["1/2"]]).cells
    >>> cell
    ParameterCell(alpha in (0, infinity), layers 0..0, closed by lock-in)
    """

    low: End
    high: End
    attention: tuple[AttentionSets, ...]
    lemma: Lemma | None
    piece: LayerPiece
    line: Line

    @classmethod
    def of(cls, piece: LayerPiece, line: Line) -> ParameterCell:
        """Return the cell of a piece that is closed, or open at the last layer."""
        is_alpha = line.tau is None
        low = End(piece.region.low, is_alpha)
        high = low if piece.region.point else End(piece.region.high, is_alpha)
        lemma = None if piece.closing is None else piece.closing.lemma
        return cls(low, high, piece.itinerary, lemma, piece, line)

    @property
    def point(self) -> bool:
        """Whether the cell is one value of the parameter."""
        return self.low is self.high

    @property
    def closed(self) -> bool:
        """Whether all later layers are settled."""
        return self.lemma is not None

    @property
    def period(self) -> int:
        """Of how many last layers the graphs repeat for ever, if the cell is closed, but not by ``basin``."""
        return 1 if self.piece.closing is None else self.piece.closing.period

    @property
    def layer(self) -> int:
        """The last layer that was looked at."""
        return len(self.attention) - 1

    @cached_property
    def leaders(self) -> dict[int, int]:
        """Every token that is a leader, with the first such layer; of a closed cell these are all.

        Under ``basin`` too: what leads stays where it is, so it would have to meet its target, which by the
        lemma ``no-collision`` it does not.
        Source: arXiv 2407.01602, Definition 2.1 (leader).
        """
        first: dict[int, int] = {}
        for layer, sets in enumerate(self.attention):
            for token in sorted(sole_attention(sets)):
                first.setdefault(token, layer)
        return first

    @property
    def limit_state(self) -> PolynomialState | None:
        """Where the tokens tend, as polynomials of the computation; None where not known, or nowhere."""
        return None if self.piece.closing is None else self.piece.closing.limits

    @cached_property
    def coefficients(self) -> Coefficients | None:
        """The limit of every token, each coordinate as a polynomial; None where not known, or nowhere.

        Lowest degree first, 0 has no coefficients; in tau = alpha/(1+alpha), or in the parameter if it is
        another one.

        >>> from exactdyn.parameters.cells import cells
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> cells(Hardmax(), tokens=[[1], ["1/2"]]).cells[0].coefficients
        (((Fraction(1, 1),),), ((Fraction(1, 1),),))
        """
        return None if self.limit_state is None else self.limit_state.coefficients()

    @property
    def limits(self) -> Any:
        """The limits as a matrix of sympy, polynomials in tau, or in the parameter; None where not known.

        >>> from exactdyn.parameters.cells import cells
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> cells(Hardmax(), tokens=[[1], ["1/2"]]).cells[0].limits
        Matrix([
        [1],
        [1]])
        """
        if self.coefficients is None:
            return None
        import sympy

        x = sympy.Symbol("tau" if self.line.tau is None else self.line.name)
        rows = [
            [sum(sympy.Rational(*c.as_integer_ratio()) * x**m for m, c in enumerate(entry)) for entry in row]
            for row in self.coefficients
        ]
        return sympy.Matrix(rows)

    @cached_property
    def clusters(self) -> tuple[tuple[int, ...], ...]:
        """The tokens that share their limit, lowest first; none where limits are not known."""
        if self.limit_state is None:
            return ()
        return tuple(sorted({tuple(sorted(own)) for own in self.limit_state.copies}))

    def same_answer(self, other: ParameterCell) -> bool:
        """Tell whether leaders and limits are those of a neighbour; at a point: the values there."""
        if self.closed != other.closed or self.leaders.keys() != other.leaders.keys():
            return False
        first, second = self.limit_state, other.limit_state
        if first is None or second is None:
            return first is second and self.period == other.period
        modulus: fmpz_poly | None = None
        if self.point or other.point:
            modulus = (self if self.point else other).piece.region.low.polynomial
        reduced = (first, second) if modulus is None else (first.modulo(modulus), second.modulo(modulus))
        return reduced[0].coefficients() == reduced[1].coefficients()

    def region_text(self, digits: int) -> str:
        """Say where the cell is."""
        if self.point:
            return f"{self.line.name} = {self.low.text(digits)}"
        return f"{self.line.name} in ({self.low.text(digits)}, {self.high.text(digits)})"

    def to_dict(self) -> dict[str, object]:
        """Return the cell as data.

        >>> from exactdyn.parameters.cells import cells
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> cells(Hardmax(), tokens=[[1], ["1/2"]]).cells[0].to_dict()["attention"]
        [[[0], [0]]]
        """
        limits = None
        if self.coefficients is not None:
            limits = [[[str(c) for c in entry] for entry in row] for row in self.coefficients]
        return {
            "from": self.low.to_dict(),
            "to": self.high.to_dict(),
            "point": self.point,
            "attention": [[sorted(own) for own in sets] for sets in self.attention],
            "leaders": {str(token): layer for token, layer in self.leaders.items()},
            "limits": limits,
            "closed": self.lemma,
            "period": self.period,
        }

    def __repr__(self) -> str:
        how = f"closed by {self.lemma}" if self.closed else "open"
        return f"ParameterCell({self.region_text(8)}, layers 0..{self.layer}, {how})"
