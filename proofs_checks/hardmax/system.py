"""The system a certificate speaks of: tokens, heads, steps, blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul

from proofs_checks import work
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.field_number import Integer, Matrix, Number, Rows, Vector
from proofs_checks.format.number_field import NumberField
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.heads import Head, heads_as_one, read_head
from proofs_checks.hardmax.relu import Relu, read_relu
from proofs_checks.hardmax.schedule import Listed, Schedule, entry, read_schedule, require_length
from proofs_checks.hardmax.vectors import over_one_denominator, positive_multiple, quotient, widest

LAYERS_LIMIT = 10_000_000
"""Largest layer that a certificate may name."""


@dataclass(frozen=True)
class System:
    """n tokens in d dimensions, heads, a step for every layer, maybe blocks; of lists the end repeats.

    ``stated``: the heads as the certificate has them; :attr:`heads` are what they amount to. ``period``: how
    many entries at the end repeat; ``field``: that of the numbers, None: the rationals. ``apart``: heads that
    attend alike are not taken together, as with softmax they do not.
    """

    tokens: Matrix
    stated: tuple[Head, ...]
    schedule: Schedule
    relu: tuple[Relu, ...] = ()
    period: int = 1
    field: NumberField | None = None
    apart: bool = False

    @classmethod
    def of(cls, A: Matrix, alpha: Number, tokens: Matrix) -> System:
        """Return the system of one matrix A (d x d) and one coefficient alpha other than -1.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),))).tau
        Fraction(1, 2)
        """
        return cls(tokens, (Head((A,)),), Listed((alpha / (1 + alpha),)))

    @cached_property
    def heads(self) -> tuple[Head, ...]:
        """The heads, one in place of those that attend alike.

        Source: FORMAT.md, lemma ``heads-as-one``.

        >>> from fractions import Fraction
        >>> head = Head((((Fraction(2),),),))
        >>> len(System(((Fraction(1),),), (head, head), Listed((Fraction(1, 2),))).heads)
        1
        """
        return self.stated if self.apart else heads_as_one(self.stated, self.period)

    @cached_property
    def A(self) -> Matrix:  # noqa: N802  (the letter of the papers)
        """The one matrix of scores, up to positive factors, of all heads and layers.

        Raises RejectedError where there are several.
        """
        first, *others = (matrix for head in self.heads for matrix in head.matrices)
        if all(positive_multiple(matrix, first) for matrix in others):
            return first
        raise RejectedError("system: requires one matrix A for all heads and layers, got several")

    @cached_property
    def tau(self) -> Number:
        """The step that is the same at all layers; raises RejectedError where there are several.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),))).tau
        Fraction(1, 2)
        """
        if isinstance(self.schedule, Listed) and self.schedule.constant:
            return self.schedule.values[0]
        raise RejectedError("system: requires one step for all layers, got a schedule")

    @property
    def alpha(self) -> Number:
        """The coefficient tau / (1 - tau); raises RejectedError where there is none, or are several.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(-3), ((Fraction(1),),)).alpha
        Fraction(-3, 1)
        """
        if self.tau == 1:
            raise RejectedError("system: requires a coefficient alpha, got the step 1")
        return self.tau / (1 - self.tau)

    @property
    def degree(self) -> int:
        """How many integers a number takes, beside a denominator.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),))).degree
        1
        """
        return 1 if self.field is None else self.field.degree

    @property
    def dimension(self) -> int:
        """The dimension d.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),))).dimension
        1
        """
        return len(self.heads[0].matrices[0])

    def image(self, x: Vector) -> Vector:
        """Return Ax.

        >>> from fractions import Fraction
        >>> system = System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> system.image((Fraction(3),))
        (Fraction(6, 1),)
        """
        numerators, below = self._image(x)
        work.count_fractions(len(numerators), widest([numerators], below))
        return tuple(quotient(number, below) for number in numerators)

    def form(self, x: Vector, y: Vector) -> Number:
        """Return <Ax, y>.

        >>> from fractions import Fraction
        >>> system = System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> system.form((Fraction(3),), (Fraction(1),))
        Fraction(6, 1)
        """
        (image, below), ((numerators,), own) = self._image(x), over_one_denominator((y,))
        bits = widest([image, numerators], below * own)
        work.count_products(len(image), bits)
        work.count_fractions(1, 2 * bits)
        return quotient(sum(map(mul, image, numerators)), below * own)

    def _image(self, x: Vector) -> tuple[Sequence[Integer], int]:
        # Ax as integers over one denominator.
        rows, below = self._integers
        (numerators,), own = over_one_denominator((x,))
        work.count_products(len(rows) * len(x), widest([numerators]) + widest(rows))
        return [sum(map(mul, row, numerators)) for row in rows], below * own

    @cached_property
    def _integers(self) -> tuple[Rows, int]:
        return over_one_denominator(self.A)

    def entry(self, length: int, layer: int) -> int:
        """Return which entry of a list of this length is that of a layer.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)).entry(1, 7)
        0
        """
        return entry(length, self.period, layer)

    def relu_at(self, layer: int) -> Relu | None:
        """Return the block of a layer, if there is one.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)).relu_at(7) is None
        True
        """
        return self.relu[self.entry(len(self.relu), layer)] if self.relu else None

    @cached_property
    def cycle(self) -> tuple[int, int]:
        """From which layer on the lists repeat, and with which period; what is no list is left out.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)).cycle
        (0, 1)
        """
        lists: list[tuple[object, ...]] = [self.relu]
        lists += [part for head in self.heads for part in head.lists]
        if isinstance(self.schedule, Listed):
            lists.append(self.schedule.values)
        longer = [len(part) - self.period for part in lists if any(entry != part[0] for entry in part)]
        return (max(longer), self.period) if longer else (0, 1)

    def alike(self, layer: int) -> int | None:
        """Return the first layer whose step is this layer's by the lists alone; None with a formula for tau.

        >>> from fractions import Fraction
        >>> System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)).alike(7)
        0
        """
        first, period = self.cycle
        later = first + (layer - first) % period if layer > first else layer
        return later if isinstance(self.schedule, Listed) else None


def read_system(field: Field) -> System:
    """Read the member ``system`` of version 1: one matrix A and one alpha.

    Source: FORMAT.md, section "System".
    """
    members = field.fields(["A", "alpha", "tokens"])
    size = len(members["A"].items())
    if size == 0:
        members["A"].refuse("at least one row")
    if not members["tokens"].items():
        members["tokens"].refuse("at least one token")
    alpha = read_alpha(members["alpha"])
    return System.of(members["A"].matrix(size, size), alpha, members["tokens"].matrix(None, size))


def read_general_system(field: Field) -> System:
    """Read the member ``system`` of version 2, or of version 3, where its field has been read before.

    Source: FORMAT.md, section "Systems with schedules, masks, heads".
    """
    stated = ["field"] if field.over is not None else []
    members = field.fields(["tokens", "tau", "heads", *stated], ["relu", "period"])
    rows = members["tokens"].items() or members["tokens"].refuse("at least one token")
    size = len(rows[0].items()) or rows[0].refuse("at least one coordinate")
    tokens = members["tokens"].matrix(None, size)
    period = members["period"].integer(1, LAYERS_LIMIT) if "period" in members else 1
    heads = tuple(read_head(head, len(tokens), size, period) for head in members["heads"].items())
    if not heads:
        members["heads"].refuse("at least one head")
    relu: tuple[Relu, ...] = ()
    if "relu" in members:
        require_length(members["relu"], period)
        relu = tuple(read_relu(block, size) for block in members["relu"].items())
    return System(tokens, heads, read_schedule(members["tau"], period), relu, period, field.over)


def read_alpha(field: Field) -> Number:
    """Read the coefficient: any number but -1.

    >>> read_alpha(Field("1/2", "alpha"))
    Fraction(1, 2)
    """
    alpha = field.number()
    return field.refuse("a number other than -1") if alpha == -1 else alpha
