"""Statements about every value of a parameter, by lemmas; parameters/FORMAT.md, section "Statements"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.parameters.closing import minors_not_negative, minors_positive
from proofs_checks.parameters.line import Line, constant
from proofs_checks.parameters.regions import Between
from proofs_checks.parameters.tree import Cell

Affine: TypeAlias = tuple[Fraction, Fraction]
"""a and b of a + b x."""

RANK_TWO = 2


@dataclass(frozen=True)
class Known:
    """What lemmas ask of a line, each True only where it is established for every value of the parameter.

    ``semidefinite``, ``definite``: <Ax, x> >= 0, and > 0 for x != 0. ``low_rank``: A has rank at most 2.
    ``distinct``, ``nonzero``: no two tokens of layer 0 are equal, none is 0. ``closed``: every cell is
    closed, with limits; ``settled``: every cell is closed, with sets that stay.
    """

    symmetric: bool
    semidefinite: bool
    definite: bool
    low_rank: bool
    distinct: bool
    nonzero: bool
    closed: bool
    settled: bool

    @property
    def grows(self) -> bool:
        """Whether A is symmetric and positive definite."""
        return self.symmetric and self.definite

    @property
    def flat(self) -> bool:
        """Whether A is symmetric, semidefinite and of rank at most 2."""
        return self.symmetric and self.semidefinite and self.low_rank


Rule: TypeAlias = tuple[str, Callable[[Known], bool]]

RULES: dict[str, tuple[Rule, ...]] = {
    "hull-shrinkage": (("convex-step", lambda known: True),),
    "norm-growth": (("norm-growth", lambda known: known.grows),),
    "leaders-persist": (("leaders-persist", lambda known: True),),
    "distinctness-preserved": (("no-collision", lambda known: known.semidefinite),),
    "leaders-extreme": (("leader-exposed", lambda known: True),),
    "convergence": (
        ("growth-converges", lambda known: known.grows),
        ("rank-two-settles", lambda known: known.flat),
        ("closed cells", lambda known: known.closed),
    ),
    "leader-vertex": (("leading-points", lambda known: known.grows and known.distinct),),
    "limit-set": (("growth-converges", lambda known: known.grows and known.nonzero),),
    "attention-settles": (
        ("rank-two-settles", lambda known: known.flat),
        ("closed cells", lambda known: known.settled),
    ),
}
"""By which lemmas each statement may be claimed, and what each of them asks."""


def check_statements(field: Field, known: Known) -> dict[str, str]:
    """Return each statement that is claimed with the lemma that proves it.

    Raises :class:`~proofs_checks.format.errors.RejectedError` for one that is not proved.

    Source: parameters/FORMAT.md, section "Statements".
    """
    found: dict[str, str] = {}
    for entry in field.items():
        name = entry.text()
        if name not in RULES or name in found:
            entry.refuse(f"different ones of {', '.join(RULES)}")
        lemma = next((lemma for lemma, asks in RULES[name] if asks(known)), None)
        if lemma is None:
            raise RejectedError(f"{entry.path}: what is known of the line does not prove {name}")
        found[name] = lemma
    return found


def known_of(line: Line, region: Between, factorisation: Field | None, cells: Sequence[Cell]) -> Known:
    """Return what is established of a line on a region.

    ``factorisation``: that of its A, which has been checked.
    """
    futures = [cell.future for cell in cells]
    ends, tokens = region.ends, [[_affine(entry) for entry in row] for row in line.tokens]
    differences = (
        [(a - c, b - d) for (a, b), (c, d) in zip(one, other, strict=True)]
        for one, other in combinations(tokens, 2)
    )
    form = _form(line, region, factorisation)
    return Known(
        symmetric=[list(column) for column in zip(*line.A, strict=True)] == line.A,
        semidefinite=form.semidefinite,
        definite=form.definite,
        low_rank=form.low_rank,
        distinct=not any(_vanishes(row, ends) for row in differences),
        nonzero=not any(_vanishes(row, ends) for row in tokens),
        closed=all(future is not None and future.limits is not None for future in futures),
        settled=all(future is not None and future.period == 1 for future in futures),
    )


@dataclass(frozen=True)
class Form:
    """What is established of <Ax, x>."""

    semidefinite: bool
    definite: bool
    low_rank: bool


def _form(line: Line, region: Between, factorisation: Field | None) -> Form:
    """Return it by the factorisation of an A without the parameter, else by minors of an A with it."""
    A, size = constant(line.matrix), len(line.matrix)
    if A is None:
        semidefinite = minors_not_negative(line.A, region)
        return Form(semidefinite, minors_positive(line.A, region), size <= RANK_TWO)
    if factorisation is None:
        return Form(False, False, False)
    diagonal = factorisation.fields(["lower", "diagonal"])["diagonal"].vector(size)
    low_rank = sum(pivot != 0 for pivot in diagonal) <= RANK_TWO
    return Form(True, is_definite(factorisation, A, strictly=True), low_rank)


def _affine(entry: Sequence[Fraction]) -> Affine:
    return entry[0], entry[1] if len(entry) > 1 else Fraction(0)


def _vanishes(row: Sequence[Affine], ends: tuple[Fraction, Fraction]) -> bool:
    """Tell whether all of some a + b x are 0 at once, for an x between two numbers.

    Source: parameters/FORMAT.md, section "Statements".
    """
    if any(a != 0 and b == 0 for a, b in row):
        return False
    zeros = {-a / b for a, b in row if b != 0}
    return len(zeros) <= 1 and all(ends[0] < x < ends[1] for x in zeros)
