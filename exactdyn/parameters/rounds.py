"""The layers of one period, carried out one after the other: their rates, as polynomials in the parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from math import lcm

from flint import fmpq, fmpq_poly, fmpz, fmpz_mpoly_ctx

from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.reading import to_fmpq
from exactdyn.parameters.elimination import characteristic, product
from exactdyn.parameters.states import PolynomialState

BLOCK_LIMIT = 4
"""Most tokens that lead to each other, for rates."""


@dataclass(frozen=True)
class Round:
    """The layers of one period: attention sets and the step, None where it is the parameter.

    >>> round_ = Round(((frozenset({0}), frozenset({0})),) * 2, None)
    >>> [str(rate) for rate in round_.rates]
    ['1', 'x^2 + (-2)*x + 1']
    """

    sets: tuple[AttentionSets, ...]
    tau: Fraction | None

    def after(self, state: PolynomialState) -> PolynomialState:
        """Return the state one period later."""
        return reduce(lambda moved, own: moved.moved(own, self.tau), self.sets, state)

    def without(self, state: PolynomialState, rate: fmpq_poly) -> PolynomialState:
        """Return (T - rate) of a state, T this round."""
        parts = [self.after(state), state.multiplied(rate)]
        return state.combined(parts, [Fraction(1), Fraction(-1)])

    @property
    def rates(self) -> tuple[fmpq_poly, ...] | None:
        """The different eigenvalues, if all are polynomials in the parameter; else None."""
        return _rates(self.sets, self.tau)

    @cached_property
    def step(self) -> fmpq_poly:
        """The step of all layers as a polynomial."""
        return fmpq_poly([0, 1]) if self.tau is None else fmpq_poly([to_fmpq(self.tau)])


@lru_cache(maxsize=1000)
def _rates(sets: tuple[AttentionSets, ...], tau: Fraction | None) -> tuple[fmpq_poly, ...] | None:
    found: dict[str, fmpq_poly] = {}
    for block in _blocks(sets):
        own = _of_block(Round(sets, tau), block)
        if own is None:
            return None
        found.update((str(rate), rate) for rate in own)
    return tuple(found.values())


def _blocks(sets: Sequence[AttentionSets]) -> set[tuple[int, ...]]:
    """Return the classes of tokens that lead to each other in a round, over several rounds."""
    count = len(sets[0])
    reach = [1 << i for i in range(count)]
    for own in (*sets,) * count:
        after = list(reach)
        for i, attended in enumerate(own):
            for j in attended:
                after[i] |= reach[j]
        if own is sets[-1] and after == reach:
            break
        reach = after
    return {tuple(j for j in range(count) if reach[i] >> j & 1 and reach[j] >> i & 1) for i in range(count)}


def _of_block(round_: Round, block: Sequence[int]) -> list[fmpq_poly] | None:
    """Return the eigenvalues of the round on tokens that lead to each other."""
    if len(block) > BLOCK_LIMIT:
        return None
    one, size = fmpq_poly([1]), range(len(block))
    matrix = [[one if r == c else fmpq_poly([0]) for c in size] for r in size]
    for own in round_.sets:
        move = [[_entry(round_.step, own[i], i, j) for j in block] for i in block]
        matrix = product(move, matrix)
    if len(block) == 1:
        return [matrix[0][0]]
    return _roots(characteristic(matrix, one))


def _entry(step: fmpq_poly, own: frozenset[int], i: int, j: int) -> fmpq_poly:
    share = step / len(own) if j in own else fmpq_poly([0])
    return 1 - step + share if i == j else share


def _roots(coefficients: Sequence[fmpq_poly]) -> list[fmpq_poly] | None:
    """Return the different roots of a monic polynomial where all are seen to be polynomials."""
    scale = lcm(*(int(c.denom()) for c in coefficients))
    context = fmpz_mpoly_ctx.get(("x", "y"), "lex")
    terms: dict[tuple[int, ...], int | fmpz] = {
        (m, len(coefficients) - 1 - k): int((c * scale).numer()[m])
        for k, c in enumerate(coefficients)
        for m in range(c.degree() + 1)
    }
    try:
        factors = context.from_dict(terms).factor()[1]
    except OverflowError:  # python-flint sorts them by coefficients, some of which are no machine integers
        return None
    found = []
    for factor, _ in factors:
        own = factor.to_dict()
        if max(y for _, y in own) > 1:
            return None
        lead = own[0, 1]  # a number, as the polynomial is monic
        degree = max(x for x, _ in own)
        found.append(fmpq_poly([fmpq(-own.get((m, 0), 0), lead) for m in range(degree + 1)]))
    return found
