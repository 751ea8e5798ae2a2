"""Statements about consecutive layers for all matrices at once; FORMAT.md, section "All matrices"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from proofs_checks.families.family import CLASSES, DEFINITE
from proofs_checks.format.claims import Claim
from proofs_checks.hardmax.statements import (
    distinctness_preserved,
    hull_shrinkage,
    leaders_extreme,
    leaders_persist,
    norm_growth,
)
from proofs_checks.hardmax.system import Run


@dataclass(frozen=True)
class Rule:
    """How a statement is checked for all matrices of a family.

    ``lemma`` proves it for alpha >= 0 and the matrices of these ``classes``. Else ``check`` is applied to the
    run at the leaves of a tree of cases. ``final``: whether it speaks of the sets of the last layer, too.
    ``growth``: whether the tree itself has to show, at every layer, that <Az, z> grows. ``apart``: whether it
    is enough before the last layer that no two tokens can meet any more.
    """

    check: Callable[[Claim, Run], None]
    lemma: str
    classes: tuple[str, ...] = CLASSES
    final: bool = False
    growth: bool = False
    apart: bool = False


def _shown_on_the_way(claim: Claim, run: Run) -> None:
    claim.data.fields([])


RULES: dict[str, Rule] = {
    "hull-shrinkage": Rule(hull_shrinkage.check, hull_shrinkage.LEMMA),
    "norm-growth": Rule(_shown_on_the_way, norm_growth.LEMMA, ("positive-definite",), growth=True),
    "leaders-persist": Rule(leaders_persist.check, leaders_persist.LEMMA, final=True),
    "distinctness-preserved": Rule(
        distinctness_preserved.check, distinctness_preserved.LEMMA, DEFINITE, apart=True
    ),
    "leaders-extreme": Rule(leaders_extreme.check, leaders_extreme.LEMMA, final=True),
}
"""The statements that can be claimed for all matrices of a family."""
