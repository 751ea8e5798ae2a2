"""Where the parameter lies: between two points, or at one; which polynomials vanish or are positive there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proofs_checks.parameters.points import Point, positive_between
from proofs_checks.parameters.polynomials import Polynomial


@dataclass(frozen=True)
class Between:
    """The open interval between two points."""

    left: Point
    right: Point

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Two numbers with the region between them."""
        return self.left.ends[0], self.right.ends[1]

    def vanishes(self, p: Polynomial) -> bool:
        """Tell whether a polynomial is 0 all over the region."""
        return not p

    def positive(self, p: Polynomial) -> bool:
        """Tell whether a polynomial is seen to be positive all over the region."""
        return positive_between(p, self.left, self.right)


@dataclass(frozen=True)
class At:
    """A point."""

    point: Point

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Two numbers with the point between them, or twice the point."""
        return self.point.ends

    def vanishes(self, p: Polynomial) -> bool:
        """Tell whether a polynomial is seen to be 0 here."""
        return self.point.sign(p) == 0

    def positive(self, p: Polynomial) -> bool:
        """Tell whether a polynomial is positive here."""
        return self.point.sign(p) > 0


Region = Between | At
"""What cells are made of."""
