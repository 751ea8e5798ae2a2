"""The scores <A z_i, z_j> of a state, exactly: whoever compares or shows them takes them from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import fmpq, fmpz, fmpz_mat

from exactdyn.numbers.domain import Domain, Point
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import integer_multiple


@dataclass(frozen=True)
class Scores:
    """The bilinear form (x, y) -> <A x, y> of a matrix of scores, made ready for many points.

    ``matrix``: A, d x d fractions. The order of a row of scores is all that attention needs, so
    :meth:`compared` leaves out positive factors; :meth:`exact` has them.
    Source: arXiv 2407.01602, equation (1.2).

    >>> from fractions import Fraction
    >>> state = Points.from_rows([["1/2"], [3]])
    >>> matrix, divisor = Scores(((Fraction(1, 5),),)).exact(state)
    >>> matrix.tolist(), divisor
    ([[1, 6], [6, 36]], 20)
    """

    matrix: Rows

    @cached_property
    def denominator(self) -> int:
        """The least positive integer that makes A an integer matrix.

        >>> from fractions import Fraction
        >>> Scores(((Fraction(1, 5),),)).denominator
        5
        """
        return integer_multiple(self.matrix)[1]

    @cached_property
    def _transposed(self) -> fmpz_mat:
        return integer_multiple(self.matrix)[0].transpose()

    def compared(self, state: Points) -> fmpz_mat:
        """Return all scores of a state up to one positive factor: row i is of token i, column j of token j.

        Source: arXiv 2407.01602, equation (1.2).

        >>> from fractions import Fraction
        >>> Scores(((Fraction(1, 5),),)).compared(Points.from_rows([["1/2"], [3]])).tolist()
        [[1, 6], [6, 36]]
        """
        numerators, _ = state.common
        return numerators * self._transposed * numerators.transpose()

    def exact(self, state: Points) -> tuple[fmpz_mat, fmpz]:
        """Return all scores of a state as an integer matrix and the positive integer to divide it by.

        Source: arXiv 2407.01602, equation (1.2).

        >>> from fractions import Fraction
        >>> Scores(((Fraction(2),),)).exact(Points.from_rows([[3]]))
        ([18], 1)
        """
        _, denominator = state.common
        return self.compared(state), denominator * denominator * self.denominator

    def seen_from(self, point: Point, others: Sequence[Point]) -> list[Fraction]:
        """Return <A x, y> exactly for a rational point x and other points y.

        >>> from fractions import Fraction
        >>> half, three = Points.from_rows([["1/2"], [3]]).points
        >>> Scores(((Fraction(1, 5),),)).seen_from(half, [half, three])
        [Fraction(1, 20), Fraction(3, 10)]
        """
        numerators, below = point
        direction = (fmpz_mat([numerators]) * self._transposed).tolist()[0]
        scale = int(below) * self.denominator
        return [
            Fraction(int(sum(a * b for a, b in zip(direction, own, strict=True))), scale * int(divisor))
            for own, divisor in others
        ]

    def coefficients(self, state: Points) -> tuple[tuple[fmpz_mat, ...], fmpz]:
        """Return all scores: for every power of the domain's generator an integer matrix, and their divisor.

        Source: arXiv 2407.01602, equation (1.2).

        >>> from fractions import Fraction
        >>> from exactdyn.numbers.fields.joining import number_rows
        >>> rows = number_rows([["sqrt(2)"], [1]], "tokens")
        >>> Scores(((Fraction(1),),)).coefficients(Points.of_numbers(rows, rows[0][0].domain))
        (([2, 0]
        [0, 1], [0, 1]
        [1, 0]), 1)
        """
        domain = state.domain
        if "integer matrices" not in domain.lacks:
            whole, divisor = self.exact(state)
            return (whole,), divisor
        points, below = state.coefficients
        transposed, scale = self._transposed_over(domain)
        images = domain.multiplied(points, transposed)
        scores = domain.multiplied(images, [part.transpose() for part in points])
        return tuple(scores), below * below * scale

    def below_largest(self, state: Points) -> list[list[fmpq]]:
        """Return of all scores the exact differences from the largest of their row: 0 for what is attended.

        >>> from exactdyn.numbers.reading import exact_rows
        >>> Scores(exact_rows([[2]], "A")).below_largest(Points.from_rows([["1/2"], [1]]))
        [[-1/2, 0], [-1, 0]]
        """
        scores, scale = self.exact(state)
        return [[fmpq(score - max(row), scale) for score in row] for row in scores.tolist()]

    def compared_from(self, point: Point, state: Points) -> list[Any]:
        """Return <A x, z_j> for a point x and all tokens j of a state, up to one positive factor.

        Over the rationals these are integers, else numbers of the domain.

        >>> from fractions import Fraction
        >>> state = Points.from_rows([["1/2"], [3]])
        >>> Scores(((Fraction(1, 5),),)).compared_from(state.points[1], state)
        [3, 18]
        """
        domain = state.domain
        points, _ = state.coefficients
        own, _ = Points((point,), domain).coefficients
        whole = "integer matrices" not in domain.lacks
        transposed = [self._transposed] if whole else self._transposed_over(domain)[0]
        directions = domain.multiplied(own, transposed)
        (row,) = domain.compared(domain.multiplied(directions, [part.transpose() for part in points]))
        return row

    def _transposed_over(self, domain: Domain[Any]) -> tuple[list[fmpz_mat], fmpz]:
        """Return A as :meth:`coefficients` returns scores."""
        if domain not in self._known:
            parts, divisor = Points.of_numbers(self.matrix, domain).coefficients
            self._known[domain] = [part.transpose() for part in parts], divisor
        return self._known[domain]

    @cached_property
    def _known(self) -> dict[Domain[Any], tuple[list[fmpz_mat], fmpz]]:
        return {}
