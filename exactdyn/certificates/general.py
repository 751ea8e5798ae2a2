"""A system of any kind as the data of a certificate of version 2."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from exactdyn.layer.mask import Mask
from exactdyn.layer.relu import Relu
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import identity
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.head import Head
from exactdyn.systems.system import System
from proofs_checks.format.rationals import write_rational

GENERAL_VERSION = 2
"""The version of certificates of systems that are not one A and one alpha."""


def plain_parts(system: System, dimension: int) -> tuple[Rows, Fraction] | None:
    """Return the one A and the one alpha that say all of a system's dynamics; None where there are no such.

    V = s I is no more than another alpha: (I + alpha V)^-1 alpha V is that of alpha s and the identity. Where
    alpha is not positive, or s turns it, what is said of alpha is about the stated one, so V is kept.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> plain_parts(Hardmax(alpha=1, V=[[2]]), 1)
    (((Fraction(1, 1),),), Fraction(2, 1))
    >>> plain_parts(Hardmax(alpha="1/2", V=[[-1]]), 1) is None
    True
    """
    if not isinstance(system, HardAttention) or len(system.parts) > 1 or len(system.parts[0].A or ()) > 1:
        return None
    facts = system.facts(dimension)
    step, matrix = facts.step, facts.matrix
    if step is None or matrix is None or step.tau == 1 or not (facts.all_visible and facts.ties_kept):
        return None
    stated = facts.stated is not None and facts.stated.positive
    if (step.alpha <= 0 and stated) or (system.parts[0].V is not None and not stated):
        return None
    return matrix, step.alpha


def general_system(system: HardAttention, start: Points) -> dict[str, object]:
    """Return the member ``system`` of a certificate of version 2; what has its default is left out.

    Source: ``proofs_checks/FORMAT.md``, section "Systems with schedules, masks, heads".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> general_system(Hardmax(tau="1/2", mask="causal"), Points.from_rows([[1]]))
    {'tokens': [['1']], 'tau': {'listed': ['1/2']}, 'heads': [{'A': [[['1']]], 'mask': 'causal'}]}
    """
    data: dict[str, object] = {
        "tokens": _matrix(start.rows()),
        "tau": system.schedule.to_dict(),
        "heads": [_head(head, start.count, start.dimension) for head in system.parts],
    }
    if system.relu is not None:
        data["relu"] = [_block(block) for block in system.relu]
    return data | ({"period": system.period} if system.period != 1 else {})


def _head(head: Head, count: int, dimension: int) -> dict[str, object]:
    matrices = head.A or (identity(dimension),)
    return {"A": [_matrix(matrix) for matrix in matrices]} | _beside(head, count)


def beside(system: HardAttention, count: int) -> dict[str, object]:
    """Return what a certificate states of the one head of a system beside A and its steps.

    Source: ``proofs_checks/FORMAT.md``, section "Families with schedules and masks".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> beside(Hardmax(tau=["1", "1/2"], mask="causal"), 3)
    {'mask': 'causal'}
    """
    (head,) = system.parts
    return _beside(head, count) | ({"period": system.period} if system.period != 1 else {})


def _beside(head: Head, count: int) -> dict[str, object]:
    data: dict[str, object] = {}
    if head.V is not None:
        data["V"] = [_matrix(matrix) for matrix in head.V]
    if head.mask is not None:
        data["mask"] = _mask(head.mask, count)
    return data | ({"ties": head.ties} if head.ties != "mean" else {})


def _mask(mask: Mask, count: int) -> object:
    if mask.rows is None:
        return mask.kind
    return [[int(j in own) for j in range(count)] for own in mask.rows]


def _block(block: Relu) -> dict[str, object]:
    return {
        "W1": _matrix(block.W1),
        "b1": _vector(block.b1),
        "W2": _matrix(block.W2),
        "b2": _vector(block.b2),
        "eta": write_rational(block.eta),
    }


def _matrix(rows: Iterable[Iterable[Fraction]]) -> list[list[str]]:
    return [_vector(row) for row in rows]


def _vector(row: Iterable[Fraction]) -> list[str]:
    return [write_rational(x) for x in row]
