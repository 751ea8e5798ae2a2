"""A system of any kind as the data of a certificate of version 2."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import identity
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.head import Head
from exactdyn.systems.system import System

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

    Numbers are fractions, which :func:`~exactdyn.certificates.envelope.encode` writes.
    Source: ``proofs_checks/FORMAT.md``, section "Systems with schedules, masks, heads".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> data = general_system(Hardmax(tau="1/2", mask="causal"), Points.from_rows([[1]]))
    >>> data["tau"], data["heads"]
    ({'listed': [Fraction(1, 2)]}, [{'A': (((Fraction(1, 1),),),), 'mask': 'causal'}])
    """
    data: dict[str, object] = {
        "tokens": start.rows(),
        "tau": system.schedule.to_dict(),
        "heads": [_head(head, start.count, start.dimension) for head in system.parts],
    }
    if system.relu is not None:
        data["relu"] = [
            {own.name: getattr(block, own.name) for own in fields(block)} for block in system.relu
        ]
    return data | ({"period": system.period} if system.period != 1 else {})


def _head(head: Head, count: int, dimension: int) -> dict[str, object]:
    return {"A": head.A or (identity(dimension),)} | _beside(head, count)


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
        data["V"] = head.V
    if head.mask is not None and not head.mask.everybody:
        data["mask"] = head.mask.data(count)
    return data | ({"ties": head.ties} if head.ties != "mean" else {})
