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
class Packing:
    """How polynomials on an open interval of the parameter are packed, each into an integer.

    With x = (low + high s)/(1 + s), s > 0, a polynomial p of degree at most m becomes (1 + s)^m p(x) times a
    positive integer: a polynomial in s with integer coefficients, those of Bernstein times binomials. It is
    kept as its value at s = 2^bits, so large that the coefficients can be read off. If none is negative
    and not all are 0, p > 0 on the interval. For low = high this is the sign of p there. ``x``, ``one``: what
    the parameter and 1 become; ``mask``: the top bits of all coefficients.
    Source: L. Kronecker's substitution; arXiv 0712.4046 (D. Harvey), section 3, for signed coefficients.

    >>> packing = Packing.of(Fraction(0), Fraction(1), 3, 1)
    >>> packing.sign(packing.one - packing.x), packing.sign(packing.one - 2 * packing.x)
    (1, None)
    """

    x: fmpz
    one: fmpz
    mask: fmpz

    @classmethod
    def of(cls, low: Fraction, high: Fraction, bound: int, degree: int) -> Packing:
        """Return a packing for polynomials of at most a degree, no coefficient in s larger than ``bound``.

        Source: lemma ``packed`` in ``proofs_checks/parameters/FORMAT.md``.

        >>> Packing.of(Fraction(1, 2), Fraction(1, 2), 1, 5)
        Packing(x=1, one=2, mask=0)
        """
        common = lcm(low.denominator, high.denominator)
        if low == high:
            return cls(fmpz(low.numerator), fmpz(low.denominator), fmpz(0))
        bits = bound.bit_length() + 2
        # The top bit of every coefficient: numbers of the balanced kind are their digits where none is set.
        digits = ((1 << (bits * (degree + 1))) - 1) // ((1 << bits) - 1)
        start, end = (x.numerator * (common // x.denominator) for x in (low, high))
        x, one = start + (end << bits), common + (common << bits)
        return cls(fmpz(x), fmpz(one), fmpz(digits << (bits - 1)))

    def matrix(self, powers: Sequence[fmpz_mat], degree: int) -> fmpz_mat:
        """Return a matrix of polynomials, given by those of its powers, as polynomials of this degree.

        >>> Packing.of(Fraction(1, 2), Fraction(1, 2), 1, 1).matrix([fmpz_mat([[3]])], 1)
        [6]
        """
        total = powers[0] * self.one**degree
        for m in range(1, len(powers)):
            total += powers[m] * (self.x**m * self.one ** (degree - m))
        return total

    def sign(self, packed: fmpz) -> int | None:
        """Return the sign that a polynomial has all over the interval; None if that is not seen.

        Source: lemma ``packed`` in ``proofs_checks/parameters/FORMAT.md``.

        >>> Packing.of(Fraction(0), Fraction(1), 3, 1).sign(fmpz(0))
        0
        """
        if packed > 0:
            return 1 if packed & self.mask == 0 else None
        if packed == 0:
            return 0
        return -1 if (-packed) & self.mask == 0 else None


def length(low: Fraction, high: Fraction, sizes: Sequence[int], degree: int) -> int:
    """Return a bound for the absolute coefficients in s, added up, of what is packed as of this degree.

    ``sizes``: for every power of the parameter, from 0 on, the absolute value of its coefficient.
    Source: lemma ``packed`` in ``proofs_checks/parameters/FORMAT.md``.

    >>> length(Fraction(0), Fraction(1), [2, 3], 1)
    7
    """
    common = lcm(low.denominator, high.denominator)
    ends = sum(abs(x.numerator) * (common // x.denominator) for x in (low, high))
    return sum(size * ends**m * (2 * common) ** (degree - m) for m, size in enumerate(sizes))


def form_sizes(A: Sequence[fmpz_mat]) -> list[int]:
    """Return the absolute entries of a matrix of scores, added up, for every power.

    >>> form_sizes([fmpz_mat([[1, -2]])])
    [3]
    """
    return [sum(abs(int(x)) for x in part.entries()) for part in A]


@dataclass(frozen=True)
class PackedScores:
    """The scores of a state on an open interval of the parameter, or at low = high, packed.

    >>> from exactdyn.numbers.vectors import identity
    >>> from exactdyn.parameters.states import integer_powers
    >>> state = PolynomialState.start((((Fraction(1),), (Fraction(0),)), ((Fraction(0),), (Fraction(1),))))
    >>> window = PackedScores.of(Fraction(0), Fraction(1), state, integer_powers((identity(1),))[0])
    >>> (row,) = window.scores([0])
    >>> window.sign(row[0] - row[1])
    1
    """

    packing: Packing
    state: fmpz_mat
    matrix: fmpz_mat

    @classmethod
    def of(cls, low: Fraction, high: Fraction, state: PolynomialState, A: Sequence[fmpz_mat]) -> PackedScores:
        """Return the window of a state and a matrix of scores, both as integer matrices a power.

        Source: lemma ``packed`` in ``proofs_checks/parameters/FORMAT.md``.

        >>> from exactdyn.parameters.states import integer_powers
        >>> state = PolynomialState.start((((Fraction(2),),),))
        >>> A, _ = integer_powers((((Fraction(3),),),))
        >>> PackedScores.of(Fraction(0), Fraction(1), state, A).scores([0])
        [[12]]
        """
        top, bend = len(state.powers) - 1, len(A) - 1
        bound = 2 * length(low, high, state.largest, top) ** 2 * length(low, high, form_sizes(A), bend)
        packing = Packing.of(low, high, bound, 2 * top + bend)
        return cls(packing, packing.matrix(state.powers, top), packing.matrix(A, bend))

    @cached_property
    def _columns(self) -> fmpz_mat:
        return self.state.transpose()

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
        images: fmpz_mat = fmpz_mat([rows[i] for i in tokens]) * self.matrix.transpose()
        found: list[list[fmpz]] = (images * self._columns).tolist()
        return found

    def sign(self, packed: fmpz) -> int | None:
        """Return the sign that a difference of scores has all over the interval; None if that is not seen.

        Source: lemma ``packed`` in ``proofs_checks/parameters/FORMAT.md``.

        >>> from exactdyn.parameters.states import integer_powers
        >>> state = PolynomialState.start((((Fraction(2),),),))
        >>> A, _ = integer_powers((((Fraction(1),),),))
        >>> PackedScores.of(Fraction(0), Fraction(1), state, A).sign(fmpz(0))
        0
        """
        return self.packing.sign(packed)
