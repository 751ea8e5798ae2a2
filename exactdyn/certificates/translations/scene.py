"""What a translation speaks of: a system, how the parts of its layers are called, and the last layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import fmpq, fmpq_mat

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Number
from proofs_checks.hardmax.heads import Head
from proofs_checks.hardmax.schedule import entry
from proofs_checks.hardmax.system import System


@dataclass(frozen=True)
class SystemScene:
    """A system over the rationals; ``alpha``: the coefficient, if the certificate states one.

    ``layers``: the N of the certificate, whose claims may speak of the layers 0..N.
    """

    system: System
    layers: int
    alpha: Fraction | None = None

    @property
    def tokens(self) -> range:
        """The tokens."""
        return range(len(self.system.tokens))

    @property
    def coordinates(self) -> range:
        """The coordinates of a token."""
        return range(len(self.system.tokens[0]))

    @property
    def heads(self) -> Sequence[Head]:
        """The heads as the certificate states them."""
        return self.system.stated

    def seen(self, head: int, token: int) -> Sequence[int]:
        """Return what a token sees in a head."""
        mask = self.heads[head].mask
        return list(self.tokens) if mask is None else sorted(mask.seen(token))

    def sees(self, token: int) -> Sequence[int]:
        """Return what a token sees in some head, and itself."""
        return sorted({token}.union(*(self.seen(head, token) for head in range(len(self.heads)))))

    def matrix_at(self, head: int, layer: int) -> int:
        """Return which of the matrices of scores of a head is that of a layer."""
        return entry(len(self.heads[head].matrices), self.system.period, layer)

    def tau(self, layer: int) -> Fraction:
        """Return the step of a layer."""
        return rational(self.system.schedule.at(layer))

    @cached_property
    def plain_values(self) -> bool:
        """Whether every head has the identity for its matrices of values."""
        return not any(head.values for head in self.heads)

    def values(self, layer: int) -> list[list[list[Fraction]]]:
        """Return the matrix of values of every head at a layer."""
        size = self.coordinates
        found = [head.value(self.system.period, layer) for head in self.heads]
        one = [[Fraction(r == c) for c in size] for r in size]
        return [one if V is None else [[rational(x) for x in row] for row in V] for V in found]

    def sum_of_values(self, layer: int) -> list[list[Fraction]]:
        """Return (1 - tau) I + tau S of a layer, S being the sum of the matrices of values."""
        size, tau, values = self.coordinates, self.tau(layer), self.values(layer)
        return [[(1 - tau) * (r == c) + tau * sum(V[r][c] for V in values) for c in size] for r in size]

    def inverse(self, layer: int) -> list[list[Fraction]]:
        """Return the inverse of that."""
        matrix = fmpq_mat(
            [[fmpq(x.numerator, x.denominator) for x in row] for row in self.sum_of_values(layer)]
        )
        return [[Fraction(int(x.p), int(x.q)) for x in row] for row in matrix.inv().tolist()]

    def share(self, layer: int) -> Fraction | None:
        """Return s where all matrices of values are multiples of I, of sum s I; else None."""
        size, total = self.coordinates, Fraction(0)
        for V in self.values(layer):
            if any(V[r][c] != V[0][0] * (r == c) for r in size for c in size):
                return None
            total += V[0][0]
        return total


def stated(claim: Claim) -> dict[str, Any]:
    """Return the evidence or the witness of a claim as it stands in the certificate."""
    data = claim.data.value
    return data if isinstance(data, dict) else {}


def rational(number: Number) -> Fraction:
    """Return a number of a certificate over the rationals as what it is."""
    if isinstance(number, Fraction):
        return number
    raise TypeError(f"requires a rational number, got {number!r}")


def rationals(numbers: Iterable[Number]) -> list[Fraction]:
    """Return numbers of a certificate over the rationals as what they are."""
    return [rational(number) for number in numbers]
