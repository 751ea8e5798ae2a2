"""Points over a number field, brought over one denominator and evaluated where theta goes to an integer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpz, fmpz_mat

from exactdyn.numbers.domain import Point


@dataclass(frozen=True)
class CommonPoints:
    """n points of d coordinates, as integers over one denominator that is left out.

    ``numerators``: (n d) x D, every coordinate over the denominator of its point. ``scales``: by what each
    coordinate is multiplied further. ``bits``: the products are less than 2^bits in size.

    >>> CommonPoints.of([((fmpz(1), fmpz(2)), fmpz(3)), ((fmpz(4), fmpz(0)), fmpz(1))], 2).scales
    [1, 3]
    """

    numerators: fmpz_mat
    scales: Sequence[fmpz]
    count: int
    bits: int

    @classmethod
    def of(cls, points: Sequence[Point], degree: int) -> CommonPoints:
        """Bring points over one denominator.

        ``degree``: how many integers a coordinate takes.

        >>> CommonPoints.of([((fmpz(1), fmpz(2)), fmpz(3))], 2).numerators
        [1, 2]
        """
        common = fmpz(1)
        for _, denominator in points:
            if denominator != common:
                common = common.lcm(denominator)
        scales = [common // denominator for _, denominator in points]
        flat = [x for row, _ in points for x in row]
        bits = max(map(fmpz.bit_length, flat)) + max(map(fmpz.bit_length, scales))
        height = len(flat) // degree
        repeated = [scale for scale in scales for _ in range(height // len(points))]
        return cls(fmpz_mat(height, degree, flat), repeated, len(points), bits)

    @property
    def dimension(self) -> int:
        """The dimension d.

        >>> CommonPoints.of([((fmpz(1), fmpz(2)), fmpz(3))], 2).dimension
        1
        """
        return len(self.scales) // self.count

    def at(self, powers: fmpz_mat) -> fmpz_mat:
        """Return n x d integers: the coordinates where the powers of theta are these, a column.

        >>> CommonPoints.of([((fmpz(1), fmpz(2)), fmpz(3))], 2).at(fmpz_mat([[1], [10]]))
        [21]
        """
        values = (self.numerators * powers).entries()
        scaled = [x * y for x, y in zip(values, self.scales, strict=True)]
        return fmpz_mat(self.count, self.dimension, scaled)
