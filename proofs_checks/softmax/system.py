"""The softmax system that a certificate speaks of; FORMAT.md, section "System"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from proofs_checks import work
from proofs_checks.format.envelope import VERSION
from proofs_checks.format.field_number import RationalMatrix
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.heads import Mask, read_mask
from proofs_checks.hardmax.vectors import dot


@dataclass(frozen=True)
class SoftHead:
    """A head: matrices V (d x d), Q and K (k x d), and which tokens a token may see; no mask: everybody."""

    V: RationalMatrix
    Q: RationalMatrix
    K: RationalMatrix
    mask: Mask | None = None

    @property
    def form(self) -> RationalMatrix:
        """The matrix B = Q^T K of the logits x^T B y.

        Source: FORMAT.md here, section "System".

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> SoftHead(one, two, two).form
        ((Fraction(4, 1),),)
        """
        queries, keys = (list(zip(*matrix, strict=True)) for matrix in (self.Q, self.K))
        return tuple(tuple(dot(q, k) for k in keys) for q in queries)

    def multiple(self) -> Fraction | None:
        """Return a if V = a I, else None.

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> SoftHead(one, two, two).multiple()
        Fraction(1, 1)
        """
        a, size = self.V[0][0], range(len(self.V))
        return a if all(self.V[i][j] == a * (i == j) for i in size for j in size) else None


@dataclass(frozen=True)
class Softmax:
    """Heads, n tokens of Q^d, how far each coordinate may be off; a step where time is discrete."""

    heads: tuple[SoftHead, ...]
    tokens: RationalMatrix
    radius: Fraction
    step: Fraction | None = None

    @property
    def plain(self) -> bool:
        """Whether there is one head that sees everybody, in continuous time.

        >>> one = ((Fraction(1),),)
        >>> Softmax((SoftHead(one, one, one),), one, Fraction(0)).plain
        True
        """
        return len(self.heads) == 1 and self.heads[0].mask is None and self.step is None

    @property
    def V(self) -> RationalMatrix:  # noqa: N802  (the letter of the paper)
        """The matrix V of the first head."""
        return self.heads[0].V

    @property
    def Q(self) -> RationalMatrix:  # noqa: N802  (the letter of the paper)
        """The matrix Q of the first head."""
        return self.heads[0].Q

    @property
    def K(self) -> RationalMatrix:  # noqa: N802  (the letter of the paper)
        """The matrix K of the first head."""
        return self.heads[0].K

    @property
    def form(self) -> RationalMatrix:
        """The matrix B = Q^T K of the logits of the first head."""
        return self.heads[0].form

    @property
    def dimension(self) -> int:
        """The dimension d.

        >>> one = ((Fraction(1),),)
        >>> Softmax((SoftHead(one, one, one),), one, Fraction(0)).dimension
        1
        """
        return len(self.V)

    @cached_property
    def place(self) -> Sequence[int]:
        """For every token the index of its point: tokens are at one if they are equal and see the same.

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> Softmax((SoftHead(one, one, one),), (*two, *one, *two), Fraction(0)).place
        [0, 1, 0]
        """
        masks = [head.mask for head in self.heads if head.mask is not None]
        index: dict[object, int] = {}
        views = ((token, *(mask.seen(i) for mask in masks)) for i, token in enumerate(self.tokens))
        return [index.setdefault(view, len(index)) for view in views]

    @cached_property
    def points(self) -> RationalMatrix:
        """Where the distinct points are, in the order in which they first appear.

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> Softmax((SoftHead(one, one, one),), (*two, *one, *two), Fraction(0)).points
        ((Fraction(2, 1),), (Fraction(1, 1),))
        """
        return tuple(self.tokens[token] for token in self.firsts)

    @cached_property
    def firsts(self) -> Sequence[int]:
        """For every point the first token at it."""
        return [self.place.index(point) for point in range(max(self.place) + 1)]

    @property
    def weights(self) -> tuple[int, ...]:
        """How many tokens are at each point.

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> Softmax((SoftHead(one, one, one),), (*two, *one, *two), Fraction(0)).weights
        (2, 1)
        """
        counts = Counter(self.place)
        return tuple(counts[point] for point in range(len(counts)))

    def seen(self, head: int) -> Sequence[tuple[int, ...]]:
        """Return for every point how many tokens of each point it sees in a head.

        Source: FORMAT.md here, section "System".

        >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
        >>> Softmax((SoftHead(one, one, one, Mask("causal")),), (*two, *one), Fraction(0)).seen(0)
        [(1, 0), (1, 1)]
        """
        mask = self.heads[head].mask
        if mask is None:
            return [self.weights] * len(self.weights)
        counts = [Counter(self.place[j] for j in mask.seen(i)) for i in self.firsts]
        return [tuple(own[point] for point in range(len(counts))) for own in counts]

    def multiple(self) -> Fraction | None:
        """Return a if V = a I for the first head, else None."""
        return self.heads[0].multiple()


def read_system(field: Field, version: int) -> Softmax:
    """Read the member ``system``: one head in version 1, heads and a step in version 2.

    Source: FORMAT.md here, section "System".
    """
    general = version > VERSION
    stated = ["heads"] if general else ["V", "Q", "K"]
    members = field.fields([*stated, "tokens", "radius"], ["step"] if general else [])
    if not members["tokens"].items():
        members["tokens"].refuse("at least one token")
    count = len(members["tokens"].items())
    tables = (
        [head.fields(["V", "Q", "K"], ["mask"]) for head in members["heads"].items()]
        if general
        else [members]
    )
    if not tables:
        members["heads"].refuse("at least one head")
    size = len(tables[0]["V"].items())
    if size == 0:
        tables[0]["V"].refuse("at least one row")
    radius = members["radius"].rational()
    if radius < 0:
        members["radius"].refuse("a number of at least 0")
    step = members["step"].rational() if "step" in members else None
    if step is not None and step <= 0:
        members["step"].refuse("a number greater than 0")
    work.count_products((1 + len(tables)) * count * count, 0)  # equal tokens are found, and counted
    heads = tuple(_read_head(table, size, count) for table in tables)
    return Softmax(heads, members["tokens"].rational_matrix(None, size), radius, step)


def _read_head(members: Mapping[str, Field], size: int, count: int) -> SoftHead:
    keys = len(members["K"].items())
    if keys == 0:
        members["K"].refuse("at least one row")
    return SoftHead(
        members["V"].rational_matrix(size, size),
        members["Q"].rational_matrix(keys, size),
        members["K"].rational_matrix(keys, size),
        read_mask(members["mask"], count) if "mask" in members else None,
    )
