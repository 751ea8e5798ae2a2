"""The softmax system that a certificate speaks of; FORMAT.md, section "System"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.field_number import RationalMatrix
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.vectors import dot


@dataclass(frozen=True)
class Softmax:
    """Matrices V (d x d), Q and K (k x d), n tokens of Q^d and how far each coordinate may be off."""

    V: RationalMatrix
    Q: RationalMatrix
    K: RationalMatrix
    tokens: RationalMatrix
    radius: Fraction

    @property
    def dimension(self) -> int:
        """The dimension d.

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> system = Softmax(one, two, two, (*two, *one, *two), Fraction(0))
        >>> system.dimension
        1
        """
        return len(self.V)

    @property
    def form(self) -> RationalMatrix:
        """The matrix B = Q^T K of the logits x^T B y.

        Source: FORMAT.md here, section "System".

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> system = Softmax(one, two, two, (*two, *one, *two), Fraction(0))
        >>> system.form
        ((Fraction(4, 1),),)
        """
        queries, keys = (list(zip(*matrix, strict=True)) for matrix in (self.Q, self.K))
        return tuple(tuple(dot(q, k) for k in keys) for q in queries)

    @property
    def points(self) -> RationalMatrix:
        """The distinct tokens, in the order in which they first appear.

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> system = Softmax(one, two, two, (*two, *one, *two), Fraction(0))
        >>> system.points
        ((Fraction(2, 1),), (Fraction(1, 1),))
        """
        return tuple(dict.fromkeys(self.tokens))

    @property
    def weights(self) -> tuple[int, ...]:
        """How many tokens are at each distinct point.

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> system = Softmax(one, two, two, (*two, *one, *two), Fraction(0))
        >>> system.weights
        (2, 1)
        """
        return tuple(self.tokens.count(point) for point in self.points)

    def multiple(self) -> Fraction | None:
        """Return a if V = a I, else None.

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> system = Softmax(one, two, two, (*two, *one, *two), Fraction(0))
        >>> system.multiple()
        Fraction(1, 1)
        """
        a, size = self.V[0][0], range(self.dimension)
        return a if all(self.V[i][j] == a * (i == j) for i in size for j in size) else None


def read_system(field: Field) -> Softmax:
    """Read the member ``system``.

    Source: FORMAT.md here, section "System".
    """
    members = field.fields(["V", "Q", "K", "tokens", "radius"])
    size = len(members["V"].items())
    if size == 0:
        members["V"].refuse("at least one row")
    keys = len(members["K"].items())
    if keys == 0:
        members["K"].refuse("at least one row")
    if not members["tokens"].items():
        members["tokens"].refuse("at least one token")
    radius = members["radius"].rational()
    if radius < 0:
        members["radius"].refuse("a number of at least 0")
    count = len(members["tokens"].items())
    work.count_products(count * count, 0)  # equal tokens are counted
    return Softmax(
        members["V"].rational_matrix(size, size),
        members["Q"].rational_matrix(keys, size),
        members["K"].rational_matrix(keys, size),
        members["tokens"].rational_matrix(None, size),
        radius,
    )


def place(system: Softmax) -> Sequence[int]:
    """Return for every token the index of its point.

    >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
    >>> system = Softmax(one, two, two, (*two, *one, *two), Fraction(0))
    >>> place(system)
    [0, 1, 0]
    """
    index = {point: number for number, point in enumerate(system.points)}
    return [index[token] for token in system.tokens]
