"""When scores keep their order though rates are irrational or complex: quadratic forms that stay positive.

FORMAT.md, section "Forms" and lemma ``locked-by-forms``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix, Number, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import dot


@dataclass(frozen=True)
class Cone:
    """A form J >= 0 at all w(j), as it is at w(0) and a period makes it at least a multiple of itself."""

    form: Matrix
    factor: Number


@dataclass(frozen=True)
class Proof:
    """Rows of nodes, a cone or none, and the part of it that the last form has to exceed."""

    rows: tuple[Vector, ...]
    cone: Cone | None
    weight: Number


@dataclass(frozen=True)
class Forms:
    """The recurrence of the states, as the companion matrix that moves on by a period, and the proofs."""

    companion: Matrix
    proofs: tuple[Proof, ...]
    weights: tuple[Vector, ...]

    @property
    def size(self) -> int:
        """The order of the recurrence."""
        return len(self.companion)

    def moved(self, form: Matrix) -> Matrix:
        """Return what a form is a period later."""
        return _moved(self.companion, form)

    def keeps_order(self, form: Matrix) -> bool:
        """Tell whether a difference of scores, as a symmetric form, is 0 for ever or positive for ever.

        Source: FORMAT.md, lemma ``locked-by-forms``.
        """
        if not form[0][0]:
            return self._vanishes(form)
        return form[0][0] > 0 and any(self._stays_positive(form, proof) for proof in self.proofs)

    def _vanishes(self, form: Matrix) -> bool:
        return not any(dot(w, _image(form, w)) for w in self.weights)

    def _stays_positive(self, form: Matrix, proof: Proof) -> bool:
        levels = [form]
        for row in proof.rows:
            if levels[-1][0][0] < 0:
                return False
            following = self.moved(levels[-1])
            for node, level in zip(row, levels, strict=True):
                following = _less(following, node, level) if node else following
            levels.append(following)
        if self._vanishes(levels[-1]):
            return True
        last = levels[-1] if proof.cone is None else _less(levels[-1], proof.weight, proof.cone.form)
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
    zero, one = Fraction(0), Fraction(1)
    companion = tuple(
        (*(one if r == c + 1 else zero for c in range(size - 1)), -recurrence[r]) for r in range(size)
    )
    cones = [_read_cone(field, claim, companion) for field in members["cones"].items()]
    proofs = tuple(_read_proof(field, claim, cones) for field in members["proofs"].items())
    weights: list[Vector] = [tuple(one if r == 0 else zero for r in range(size))]
    while len(weights) < size * (size + 1) // 2:
        weights.append(_image(companion, weights[-1]))
    return Forms(companion, proofs, tuple(weights))


def _read_cone(field: Field, claim: Claim, companion: Matrix) -> Cone:
    members = field.fields(["form", "factor"])
    size = len(companion)
    form, factor = members["form"].matrix(size, size), members["factor"].number()
    symmetric = all(form[r][c] == form[c][r] for r in range(size) for c in range(r))
    claim.require(symmetric and factor >= 0 and form[0][0] >= 0, "a cone does not hold the first state")
    claim.require(is_semidefinite(_less(_moved(companion, form), factor, form)), "a cone is left")
    return Cone(form, factor)


def _read_proof(field: Field, claim: Claim, cones: Sequence[Cone]) -> Proof:
    members = field.fields(["nodes"], ["cone", "weight"])
    rows = tuple(row.vector() for row in members["nodes"].items())
    sizes = all(len(row) == place + 1 for place, row in enumerate(rows))
    claim.require(bool(rows) and sizes, "row h of the nodes has h + 1 entries")
    claim.require(rows[0][0] > 0 and all(x >= 0 for row in rows for x in row), "a node is negative")
    if "cone" not in members:
        return Proof(rows, None, Fraction(0))
    members = field.fields(["nodes", "cone", "weight"])
    weight = members["weight"].number()
    claim.require(weight >= 0, "a cone has a negative weight")
    place = members["cone"].integer(0, max(len(cones) - 1, 0))
    claim.require(place < len(cones), "there is no such cone")
    return Proof(rows, cones[place], weight)


def is_semidefinite(form: Matrix) -> bool:
    """Tell whether a symmetric form is positive semidefinite, by elimination without division.

    >>> one, two = Fraction(1), Fraction(2)
    >>> is_semidefinite(((one, one), (one, one))), is_semidefinite(((one, two), (two, one)))
    (True, False)
    """
    rest = [list(row) for row in form]
    while rest:
        (pivot, *first), *others = rest
        if pivot < 0 or (pivot == 0 and any(first)):
            return False
        rest = [row[1:] for row in others]
        if pivot:
            _count(len(rest) ** 2, [pivot, *first, *(x for row in rest for x in row)])
            rest = [
                [pivot * x - own * y for x, y in zip(row, first, strict=True)]
                for own, row in zip(first, rest, strict=True)
            ]
    return True


def _moved(companion: Matrix, form: Matrix) -> Matrix:
    # T^T J T, T the companion matrix.
    columns = list(zip(*companion, strict=True))
    images = [_image(form, column) for column in columns]
    return tuple(tuple(dot(column, image) for image in images) for column in columns)


def _image(form: Matrix, vector: Vector) -> Vector:
    return tuple(dot(row, vector) for row in form)


def _less(form: Matrix, factor: Number, other: Matrix) -> Matrix:
    _count(len(form) ** 2, [factor, *(x for row in (*form, *other) for x in row)])
    pairs = zip(form, other, strict=True)
    return tuple(tuple(x - factor * y for x, y in zip(row, own, strict=True)) for row, own in pairs)


def _count(operations: int, numbers: Iterable[Number]) -> None:
    work.count_fractions(2 * operations, work.longest(numbers))
