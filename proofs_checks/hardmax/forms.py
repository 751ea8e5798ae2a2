"""When scores keep their order though rates are irrational or complex: quadratic forms that stay positive.

FORMAT.md, section "Forms" and lemma ``locked-by-forms``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Integer, Number, Rows
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import divided, dot, inner, over_one_denominator, widest


@dataclass(frozen=True)
class Cone:
    """A form J >= 0 at all w(j), as it is at w(0) and a period makes it at least a multiple of itself.

    ``form``: J times a positive integer, ``scale``.
    """

    form: Rows
    scale: int


@dataclass(frozen=True)
class Proof:
    """Rows of nodes, each of integers over one denominator, a cone or none, and the part of it to exceed."""

    rows: tuple[tuple[list[Integer], int], ...]
    cone: Cone | None
    weight: Number


@dataclass(frozen=True)
class Forms:
    """The recurrence of the states, and the proofs.

    ``recurrence``: -m_0, ..., -m_{s-1} times ``denominator``, integers. ``weights``: the first w(j), each
    times a positive integer. Forms are integer matrices, each a form times a positive integer.
    """

    recurrence: list[Integer]
    denominator: int
    proofs: tuple[Proof, ...]
    weights: Rows

    @property
    def size(self) -> int:
        """The order of the recurrence."""
        return len(self.recurrence)

    def keeps_order(self, form: Rows, scale: int) -> bool:
        """Tell whether a difference of scores, as a symmetric form, is 0 for ever or positive for ever.

        ``form``: that form times ``scale``, a positive integer.

        Source: FORMAT.md, lemma ``locked-by-forms``.
        """
        if not form[0][0]:
            return self._vanishes(form)
        return form[0][0] > 0 and any(self._stays_positive(form, scale, proof) for proof in self.proofs)

    def _vanishes(self, form: Rows) -> bool:
        return not any(_dot(w, _image(form, w)) for w in self.weights)

    def _stays_positive(self, form: Rows, scale: int, proof: Proof) -> bool:
        # Level h is B_h times scales[h]; each of these is a multiple of the one before.
        levels, scales = [form], [scale]
        for nodes, below in proof.rows:
            if levels[-1][0][0] < 0:
                return False
            following = _times(below, moved(levels[-1], self.recurrence, self.denominator))
            common = scales[-1] * self.denominator**2
            for node, level, own in zip(nodes, levels, scales, strict=True):
                following = _less(following, node * (common // own), level) if node else following
            levels.append(following)
            scales.append(common * below)
        if self._vanishes(levels[-1]):
            return True
        last, weight = levels[-1], proof.weight
        if proof.cone is not None:
            whole = _times(weight.denominator * proof.cone.scale, last)
            last = _less(whole, weight.numerator * scales[-1], proof.cone.form)
        return is_semidefinite(last)


def read_forms(members: dict[str, Field], claim: Claim, run: Run, layer: int, period: int) -> Forms:
    """Read ``recurrence``, ``cones``, ``proofs`` and check what they say of the states alone.

    The rule is in FORMAT.md, section "Forms".

    Source: FORMAT.md, lemma ``locked-by-forms``.
    """
    recurrence = members["recurrence"].vector()
    size = len(recurrence)
    claim.require(size > 0, "a recurrence has an order")
    states = [run[layer + period * j].points() for j in range(size + 1)]
    terms = zip(*states, strict=True)
    obeyed = all(
        last + dot(recurrence, [*earlier]) == 0
        for token in terms
        for *earlier, last in zip(*token, strict=True)
    )
    claim.require(obeyed, "the states obey another recurrence")
    (integers,), denominator = over_one_denominator((recurrence,))
    own = [-x for x in integers]
    cones = [_read_cone(field, claim, own, denominator) for field in members["cones"].items()]
    proofs = tuple(_read_proof(field, claim, cones) for field in members["proofs"].items())
    weights: Rows = [[1 if r == 0 else 0 for r in range(size)]]
    while len(weights) < size * (size + 1) // 2:
        # w(j + 1) = T w(j), T the companion matrix of the recurrence.
        *firsts, last = weights[-1]
        _count(2 * size, [[*weights[-1], *own]])
        weights.append([x * denominator + y * last for x, y in zip([0, *firsts], own, strict=True)])
    return Forms(own, denominator, proofs, weights)


def _read_cone(field: Field, claim: Claim, recurrence: list[Integer], denominator: int) -> Cone:
    members = field.fields(["form", "factor"])
    size = len(recurrence)
    stated, factor = members["form"].matrix(size, size), members["factor"].number()
    form, scale = over_one_denominator(stated)
    symmetric = all(form[r][c] == form[c][r] for r in range(size) for c in range(r))
    claim.require(symmetric and factor >= 0 and form[0][0] >= 0, "a cone does not hold the first state")
    later = _times(factor.denominator, moved(form, recurrence, denominator))
    claim.require(is_semidefinite(_less(later, factor.numerator * denominator**2, form)), "a cone is left")
    return Cone(form, scale)


def _read_proof(field: Field, claim: Claim, cones: Sequence[Cone]) -> Proof:
    members = field.fields(["nodes"], ["cone", "weight"])
    rows = tuple(row.vector() for row in members["nodes"].items())
    sizes = all(len(row) == place + 1 for place, row in enumerate(rows))
    claim.require(bool(rows) and sizes, "row h of the nodes has h + 1 entries")
    claim.require(rows[0][0] > 0 and all(x >= 0 for row in rows for x in row), "a node is negative")
    over_one = [over_one_denominator((row,)) for row in rows]
    nodes = tuple((integers, below) for (integers,), below in over_one)
    if "cone" not in members:
        return Proof(nodes, None, Fraction(0))
    members = field.fields(["nodes", "cone", "weight"])
    weight = members["weight"].number()
    claim.require(weight >= 0, "a cone has a negative weight")
    place = members["cone"].integer(0, max(len(cones) - 1, 0))
    claim.require(place < len(cones), "there is no such cone")
    return Proof(nodes, cones[place], weight)


def is_semidefinite(form: Rows) -> bool:
    """Tell whether a symmetric integer form is positive semidefinite, by elimination without fractions.

    Every division leaves no remainder (Bareiss). A row and a column of zeros are left out.

    >>> is_semidefinite([[1, 1], [1, 1]]), is_semidefinite([[1, 2], [2, 1]])
    (True, False)
    """
    rest, divisor = form, cast("Integer", 1)
    while rest:
        (pivot, *first), *others = rest
        if pivot < 0 or (pivot == 0 and any(first)):
            return False
        rest = [row[1:] for row in others]
        if pivot:
            _count(3 * len(rest) ** 2, [[pivot, *first], *rest])
            rest = [
                [divided(pivot * x - own * y, divisor) for x, y in zip(row, first, strict=True)]
                for own, row in zip(first, rest, strict=True)
            ]
            divisor = pivot
    return True


def moved(form: Rows, recurrence: list[Integer], denominator: int) -> Rows:
    """Return what a symmetric form is a period later, times the square of the denominator.

    That is T^T J T: the companion matrix T takes all unit vectors but the last to the next one, and the last
    to ``recurrence`` over ``denominator``.

    >>> moved([[1, 0], [0, 2]], [-1, 3], 2)
    [[8, 12], [12, 19]]
    """
    square, last = denominator**2, _image(form, recurrence)
    _count(len(form) ** 2, [[square], *form])
    rows = [
        [*(square * x for x in row[1:]), denominator * y] for row, y in zip(form[1:], last[1:], strict=True)
    ]
    return [*rows, [*(row[-1] for row in rows), _dot(recurrence, last)]]


def _dot(x: Sequence[Integer], y: Sequence[Integer]) -> Integer:
    _count(len(x), [x, y])
    return inner(x, y)


def _image(form: Rows, vector: list[Integer]) -> list[Integer]:
    return [_dot(row, vector) for row in form]


def _times(factor: int, form: Rows) -> Rows:
    _count(len(form) ** 2, [[factor], *form])
    return [[factor * x for x in row] for row in form]


def _less(form: Rows, factor: Integer, other: Rows) -> Rows:
    _count(2 * len(form) ** 2, [[factor], *form, *other])
    return [
        [x - factor * y for x, y in zip(row, own, strict=True)] for row, own in zip(form, other, strict=True)
    ]


def _count(operations: int, rows: Sequence[Sequence[Integer]]) -> None:
    work.count_products(operations, widest(rows))
