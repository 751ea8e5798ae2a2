"""Polynomials on an interval, each packed into one integer: its sign is seen at once where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from flint import fmpz, fmpz_mat

from exactdyn.parameters.states import PolynomialState


@dataclass(frozen=True)
class PackedScores:
    """The scores of a state on an open interval of the parameter, every polynomial packed into an integer.

    With x = (low + high s)/(1 + s), s > 0, a polynomial p of degree at most m becomes (1 + s)^m p(x) times a
    positive integer: a polynomial in s with integer coefficients, those of Bernstein times binomials. It is
    kept as its value at s = 2^``bits``, so large that the coefficients can be read off. If none is negative
    and not all are 0, p > 0 on the interval. For low = high this is the sign of p there.
    Source: L. Kronecker's substitution; arXiv 0712.4046 (D. Harvey), section 3, for signed coefficients.

    >>> from exactdyn.numbers.vectors import identity
    >>> from exactdyn.parameters.states import integer_powers
    >>> state = PolynomialState.start((((Fraction(1),), (Fraction(0),)), ((Fraction(0),), (Fraction(1),))))
    >>> window = PackedScores.of(Fraction(0), Fraction(1), state, integer_powers((identity(1),))[0])
    >>> (row,) = window.scores([0])
    >>> window.sign(row[0] - row[1])
    1
    """

    degree: int
    bits: int
    state: fmpz_mat
    matrix: fmpz_mat

    @classmethod
    def of(cls, low: Fraction, high: Fraction, state: PolynomialState, A: Sequence[fmpz_mat]) -> PackedScores:
        """Return the window of a state and a matrix of scores, both as integer matrices a power.

        >>> from exactdyn.parameters.states import integer_powers
        >>> state = PolynomialState.start((((Fraction(2),),),))
        >>> A, _ = integer_powers((((Fraction(3),),),))
        >>> PackedScores.of(Fraction(0), Fraction(1), state, A).scores([0])
        [[12]]
        """
        if low == high:
            return cls(-1, 1, *(_sum(part, *map(fmpz, low.as_integer_ratio())) for part in (state.powers, A)))
        common = lcm(low.denominator, high.denominator)
        ends = int(low * common), int(high * common)
        top, bend = len(state.powers) - 1, len(A) - 1
        size = abs(ends[0]) + abs(ends[1])
        lengths = [size**m * (2 * common) ** (top - m) for m in range(top + 1)]
        entry = sum(largest * length for largest, length in zip(state.largest, lengths, strict=True))
        form = sum(
            sum(abs(int(x)) for x in part.entries()) * size**m * (2 * common) ** (bend - m)
            for m, part in enumerate(A)
        )
        bits = (2 * entry * entry * form).bit_length() + 2
        x, one = fmpz(ends[0] + (ends[1] << bits)), fmpz(common + (common << bits))
        return cls(2 * top + bend, bits, _sum(state.powers, x, one), _sum(A, x, one))

    @cached_property
    def _columns(self) -> fmpz_mat:
        return self.state.transpose()

    @cached_property
    def _mask(self) -> fmpz:
        # The top bit of every coefficient: numbers of the balanced kind are their digits where none is set.
        digits = ((1 << (self.bits * (self.degree + 1))) - 1) // ((1 << self.bits) - 1)
        return fmpz(digits << (self.bits - 1))

    def scores(self, tokens: Sequence[int]) -> list[list[fmpz]]:
        """Return the packed scores <A z_i, z_j> of some tokens i with all tokens j.

        >>> from exactdyn.parameters.states import integer_powers
        >>> state = PolynomialState.start((((Fraction(2),), (Fraction(5),)),))
        >>> window = PackedScores.of(Fraction(1), Fraction(1), state, integer_powers((((Fraction(1),),),))[0])
        >>> window.scores([1])
        [[10, 25]]
        """
        if not tokens:
            return []
        rows = self.state.tolist()
        return self.scores_of(fmpz_mat([rows[i] for i in tokens]))

    def scores_of(self, points: fmpz_mat) -> list[list[fmpz]]:
        """Return the packed scores of packed points, which sums of rows of ``state`` are, with all tokens.

        >>> from exactdyn.parameters.states import integer_powers
        >>> state = PolynomialState.start((((Fraction(2),),),))
        >>> window = PackedScores.of(Fraction(1), Fraction(1), state, integer_powers((((Fraction(1),),),))[0])
        >>> window.scores_of(window.state)
        [[4]]
        """
        images: fmpz_mat = points * self.matrix.transpose()
        found: list[list[fmpz]] = (images * self._columns).tolist()
        return found

    def sign(self, packed: fmpz) -> int | None:
        """Return the sign that a difference of scores has all over the interval; None if that is not seen.

        >>> from exactdyn.parameters.states import integer_powers
        >>> state = PolynomialState.start((((Fraction(2),),),))
        >>> A, _ = integer_powers((((Fraction(1),),),))
        >>> PackedScores.of(Fraction(0), Fraction(1), state, A).sign(fmpz(0))
        0
        """
        if packed > 0:
            return 1 if packed & self._mask == 0 else None
        if packed == 0:
            return 0
        return -1 if (-packed) & self._mask == 0 else None


def _sum(powers: Sequence[fmpz_mat], x: fmpz, one: fmpz) -> fmpz_mat:
    top = len(powers) - 1
    total = powers[0] * one**top
    for m in range(1, top + 1):
        total += powers[m] * (x**m * one ** (top - m))
    return total
