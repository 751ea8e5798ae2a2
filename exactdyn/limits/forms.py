"""Differences of scores as quadratic forms, which stay positive though rates are irrational or complex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq, fmpq_mat

from exactdyn.numbers.domain import DomainPolynomial
from exactdyn.numbers.fields.joining import from_flint
from exactdyn.numbers.reading import Row
from exactdyn.verdict import Data


@dataclass(frozen=True)
class Cone:
    """A form J that is not negative at w(0), and that a period makes at least ``factor`` times as large."""

    form: fmpq_mat
    factor: fmpq


@dataclass(frozen=True)
class FormProof:
    """Rows of nodes, and a cone with a weight where the last form is positive inside of it only."""

    rows: tuple[tuple[fmpq, ...], ...]
    cone: Cone | None = None
    weight: fmpq | int = 0


@dataclass(frozen=True)
class Forms:
    """A proof by forms that the graphs of a few layers repeat.

    ``recurrence``: m_0, ..., m_{s-1} with m_0 Z(0) + ... + m_{s-1} Z(s-1) + Z(s) = 0. ``proofs``: for each
    difference of scores that has to stay positive there is one.
    """

    recurrence: Row
    proofs: tuple[FormProof, ...]

    @property
    def data(self) -> Data:
        """The members ``recurrence``, ``cones`` and ``proofs`` of an itinerary of a certificate.

        Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

        >>> from fractions import Fraction
        >>> Forms((Fraction(-1),), (FormProof(((fmpq(1, 4),),)),)).data
        {'recurrence': [Fraction(-1, 1)], 'cones': [], 'proofs': [{'nodes': [[Fraction(1, 4)]]}]}
        """
        cones: list[Cone] = []
        proofs = []
        for proof in self.proofs:
            stated: dict[str, object] = {"nodes": [[from_flint(x) for x in row] for row in proof.rows]}
            if proof.cone is not None:
                if proof.cone not in cones:
                    cones.append(proof.cone)
                stated |= {"cone": cones.index(proof.cone), "weight": from_flint(proof.weight)}
            proofs.append(stated)
        stated_cones = [{"form": _rows(cone.form), "factor": from_flint(cone.factor)} for cone in cones]
        return {"recurrence": list(self.recurrence), "cones": stated_cones, "proofs": proofs}


def _rows(matrix: fmpq_mat) -> list[list[Any]]:
    return [[from_flint(x) for x in row] for row in matrix.tolist()]


def companion_of(polynomial: DomainPolynomial) -> fmpq_mat:
    """Return T with w(j+1) = T w(j), where Z(j) = sum_l w_l(j) Z(l) for states with this recurrence.

    Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

    >>> from fractions import Fraction
    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> companion_of(RATIONALS.polynomial([Fraction(1, 2), Fraction(-3, 2), Fraction(1)])).tolist()
    [[0, -1/2], [1, 3/2]]
    """
    coefficients, size = polynomial.coeffs(), int(polynomial.degree())
    return fmpq_mat(
        [[fmpq(int(r == c + 1)) for c in range(size - 1)] + [-coefficients[r]] for r in range(size)]
    )


def moved(form: fmpq_mat, companion: fmpq_mat) -> fmpq_mat:
    """Return what a form is one step of the recurrence later: T^T form T.

    Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

    >>> moved(fmpq_mat([[2]]), fmpq_mat([[3]])).tolist()
    [[18]]
    """
    return companion.transpose() * form * companion


def levels(form: fmpq_mat, rows: tuple[tuple[fmpq, ...], ...], companion: fmpq_mat) -> list[fmpq_mat]:
    """Return a form and, after each row of nodes, what is left of the last one a step later.

    Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

    >>> [level.tolist() for level in levels(fmpq_mat([[2]]), ((fmpq(1, 4),),), fmpq_mat([[3]]))]
    [[[2]], [[35/2]]]
    """
    found = [form]
    for row in rows:
        following = moved(found[-1], companion)
        for node, level in zip(row, found, strict=True):
            following -= level * node
        found.append(following)
    return found


def vanishes(form: fmpq_mat, companion: fmpq_mat) -> bool:
    """Tell whether a form is 0 at w(0) and all later w(j).

    Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

    >>> vanishes(fmpq_mat([[0]]), fmpq_mat([[1]]))
    True
    """
    size = companion.nrows()
    w = fmpq_mat([[fmpq(int(r == 0))] for r in range(size)])
    for _ in range(size * (size + 1) // 2):
        if (w.transpose() * form * w)[0, 0] != 0:
            return False
        w = companion * w
    return True


def is_semidefinite(form: fmpq_mat) -> bool:
    """Tell whether a symmetric form is positive semidefinite.

    Source: F. R. Gantmacher, The Theory of Matrices 1, section II.3.

    >>> is_semidefinite(fmpq_mat([[1, 1], [1, 1]])), is_semidefinite(fmpq_mat([[1, 2], [2, 1]]))
    (True, False)
    """
    rest = form.tolist()
    while rest:
        (pivot, *first), *others = rest
        if pivot < 0 or (pivot == 0 and any(x != 0 for x in first)):
            return False
        rest = [row[1:] for row in others]
        if pivot != 0:
            factors = [own / pivot for own in first]
            rest = [
                [x - f * y for x, y in zip(row, first, strict=True)]
                for f, row in zip(factors, rest, strict=True)
            ]
    return True
