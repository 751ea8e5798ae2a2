"""States whose coordinates are polynomials in the parameter: one integer matrix for every power of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from flint import fmpq_poly, fmpz, fmpz_mat, fmpz_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.reading import to_fmpq
from exactdyn.numbers.vectors import common_denominator
from exactdyn.parameters.line import Linear
from exactdyn.parameters.region import Region


def integer_powers(rows: Linear) -> tuple[tuple[fmpz_mat, ...], int]:
    """Return rows that depend on a parameter as integer matrices, one a power, over one denominator.

    >>> integer_powers((((Fraction(1, 2),),), ((Fraction(1, 3),),)))
    (([3], [2]), 6)
    """
    common = lcm(*map(common_denominator, rows))
    powers = (
        fmpz_mat([[fmpz(x.numerator * (common // x.denominator)) for x in row] for row in part])
        for part in rows
    )
    return tuple(powers), common


@dataclass(frozen=True)
class PolynomialState:
    """n tokens in dimension d, each coordinate a polynomial: the sum of x^m ``powers[m]`` / ``denominator``.

    >>> state = PolynomialState.start((((Fraction(1),), (Fraction(1, 2),)),))
    >>> after = state.moved((frozenset({0}), frozenset({0})), None)
    >>> after.polynomials[1], after.denominator
    ((x + 1,), 2)
    """

    powers: tuple[fmpz_mat, ...]
    denominator: int

    @classmethod
    def start(cls, tokens: Linear) -> PolynomialState:
        """Return the tokens of layer 0.

        >>> PolynomialState.start((((Fraction(1, 2),),),)).denominator
        2
        """
        return cls(*integer_powers(tokens))

    @property
    def count(self) -> int:
        """The number n of tokens.

        >>> PolynomialState.start((((Fraction(1, 2),),),)).count
        1
        """
        return int(self.powers[0].nrows())

    @cached_property
    def largest(self) -> tuple[int, ...]:
        """For every power the largest absolute value of its entries.

        >>> PolynomialState.start((((Fraction(-3),),),)).largest
        (3,)
        """
        return tuple(max(abs(int(x)) for x in power.entries()) for power in self.powers)

    @cached_property
    def polynomials(self) -> tuple[tuple[fmpz_poly, ...], ...]:
        """For every token its coordinates as integer polynomials, to be divided by ``denominator``.

        >>> PolynomialState.start((((Fraction(2),),), ((Fraction(1),),))).polynomials
        ((x + 2,),)
        """
        rows = zip(*(power.tolist() for power in self.powers), strict=True)
        return tuple(tuple(fmpz_poly(list(parts)) for parts in zip(*row, strict=True)) for row in rows)

    @cached_property
    def copies(self) -> tuple[frozenset[int], ...]:
        """For every token the tokens that are where it is, whatever the parameter.

        >>> state = PolynomialState.start((((Fraction(1),), (Fraction(2),), (Fraction(1),)),))
        >>> [sorted(own) for own in state.copies]
        [[0, 2], [1], [0, 2]]
        """
        rows = list(zip(*(map(tuple, power.tolist()) for power in self.powers), strict=True))
        groups: dict[tuple[tuple[fmpz, ...], ...], set[int]] = {}
        for token, row in enumerate(rows):
            groups.setdefault(row, set()).add(token)
        sets = {row: frozenset(own) for row, own in groups.items()}
        return tuple(sets[row] for row in rows)

    def moved(self, sets: AttentionSets, tau: Fraction | None) -> PolynomialState:
        """Return the state after one layer: z + tau (c - z), c the mean of the attended; tau None is x.

        Source: arXiv 2407.01602, equation (1.1).

        >>> state = PolynomialState.start((((Fraction(1),), (Fraction(0),)),))
        >>> state.moved((frozenset({0}), frozenset({0, 1})), Fraction(1, 2)).polynomials[1]
        (1,)
        """
        share = lcm(*map(len, sets))
        weights = fmpz_mat(self.count, self.count)
        for i, own in enumerate(sets):
            for j in own:
                weights[i, j] = share // len(own)
        pulls = [weights * power - power * share for power in self.powers]  # share times c - z
        if tau is None:
            kept = [power * share for power in self.powers]
            zero = fmpz_mat(self.count, self.powers[0].ncols())
            powers = [a + b for a, b in zip([*kept, zero], [zero, *pulls], strict=True)]
            return _reduced(powers, self.denominator * share)
        scale = share * tau.denominator
        powers = [p * scale + q * tau.numerator for p, q in zip(self.powers, pulls, strict=True)]
        return _reduced(powers, self.denominator * scale)

    def modulo(self, polynomial: fmpz_poly) -> PolynomialState:
        """Return the state at the roots of a polynomial: every coordinate is replaced by its remainder.

        >>> state = PolynomialState.start((((Fraction(2),),), ((Fraction(1),),)))
        >>> state.modulo(fmpz_poly([-1, 2])).polynomials
        ((5,),)
        """
        degree = polynomial.degree()
        if len(self.powers) <= degree:
            return self
        modulus = fmpq_poly(polynomial)
        return self.of([[fmpq_poly(x) % modulus for x in row] for row in self.polynomials], self.denominator)

    def on(self, region: Region) -> PolynomialState:
        """Return the state on a region: at a point every coordinate is reduced by its polynomial.

        >>> from exactdyn.parameters.roots import Root
        >>> place = Root.rational(Fraction(1, 2))
        >>> state = PolynomialState.start((((Fraction(2),),), ((Fraction(1),),)))
        >>> state.on(Region(place, place)).at(Fraction(1, 2))
        ((Fraction(5, 2),),)
        """
        return self.modulo(region.low.polynomial) if region.point else self

    @classmethod
    def of(cls, rows: Sequence[Sequence[fmpq_poly]], denominator: int = 1) -> PolynomialState:
        """Return the state with these coordinates, each to be divided by a positive integer.

        >>> PolynomialState.of([[fmpq_poly([1]) / 2]], 3).denominator
        6
        """
        common = lcm(*(int(x.denom()) for row in rows for x in row))
        length = max(1, *(x.degree() + 1 for row in rows for x in row))
        powers = [fmpz_mat([[(x[m] * common).numerator for x in row] for row in rows]) for m in range(length)]
        return _reduced(powers, denominator * common)

    def multiplied(self, polynomial: fmpq_poly) -> PolynomialState:
        """Return the state times a polynomial.

        >>> PolynomialState.start((((Fraction(2),),),)).multiplied(fmpq_poly([0, 1])).polynomials
        ((2*x,),)
        """
        shape = self.count, self.powers[0].ncols()
        powers = [fmpz_mat(*shape) for _ in range(len(self.powers) + max(polynomial.degree(), 0))]
        for k, c in enumerate(polynomial.numer().coeffs()):
            for m, power in enumerate(self.powers):
                powers[m + k] += power * c
        return _reduced(powers, self.denominator * int(polynomial.denom()))

    def averaged(self, sets: AttentionSets) -> PolynomialState:
        """Return the attended points c_i in place of the tokens: the step tau = 1.

        >>> state = PolynomialState.start((((Fraction(1),), (Fraction(0),)),))
        >>> state.averaged((frozenset({0}), frozenset({0}))).polynomials
        ((1,), (1,))
        """
        return self.moved(sets, Fraction(1))

    def combined(self, states: Sequence[PolynomialState], weights: Sequence[Fraction]) -> PolynomialState:
        """Return the sum of states with these weights.

        >>> state = PolynomialState.start((((Fraction(1),),),))
        >>> state.combined([state, state], [Fraction(1), Fraction(2)]).polynomials
        ((3,),)
        """
        common = lcm(*(w.denominator * s.denominator for w, s in zip(weights, states, strict=True)))
        length = max(len(state.powers) for state in states)
        powers = [fmpz_mat(self.count, self.powers[0].ncols()) for _ in range(length)]
        for weight, state in zip(weights, states, strict=True):
            factor = common // (weight.denominator * state.denominator) * weight.numerator
            for m, power in enumerate(state.powers):
                powers[m] += power * factor
        return _reduced(powers, common)

    def coefficients(self) -> tuple[tuple[tuple[Fraction, ...], ...], ...]:
        """Return every coordinate as its coefficients, lowest degree first, zeros at the end left out.

        >>> PolynomialState.start((((Fraction(1, 2),),),)).coefficients()
        (((Fraction(1, 2),),),)
        """
        return tuple(
            tuple(tuple(Fraction(int(c), self.denominator) for c in x.coeffs()) for x in row)
            for row in self.polynomials
        )

    def at(self, x: Fraction) -> tuple[tuple[Fraction, ...], ...]:
        """Return the tokens at a rational value of the parameter.

        >>> PolynomialState.start((((Fraction(2),),), ((Fraction(1),),))).at(Fraction(1, 2))
        ((Fraction(5, 2),),)
        """
        value = to_fmpq(x)
        rows = ([polynomial(value) / self.denominator for polynomial in row] for row in self.polynomials)
        return tuple(tuple(Fraction(int(y.p), int(y.q)) for y in row) for row in rows)


def _reduced(powers: list[fmpz_mat], denominator: int) -> PolynomialState:
    """Divide by what all have in common, and drop powers whose matrices are 0."""
    while len(powers) > 1 and powers[-1].is_zero():
        powers.pop()
    common = denominator
    for power in powers:
        for entry in power.entries():
            if common == 1:
                return PolynomialState(tuple(powers), denominator)
            common = gcd(common, int(entry))
    if common > 1:
        shape = powers[0].nrows(), powers[0].ncols()
        powers = [fmpz_mat(*shape, [x // common for x in power.entries()]) for power in powers]
    return PolynomialState(tuple(powers), denominator // common)
