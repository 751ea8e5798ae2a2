"""What the rule of a statement says of all matrices at once; FORMAT.md, section "All matrices"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from proofs_checks.families.family import CLASSES
from proofs_checks.format.claims import Claim
from proofs_checks.hardmax.run import Run


@dataclass(frozen=True)
class Rule:
    """How a statement is checked for all matrices of a family.

    ``lemma`` proves it for alpha >= 0 and the matrices of these ``classes``. Else ``check`` is applied to the
    run at the leaves of a tree of cases. ``final``: whether it speaks of the sets of the last layer, too.
    ``growth``: whether the tree itself has to show, at every layer, that <Az, z> grows. ``apart``: whether it
    is enough before the last layer that no two tokens can meet any more. ``limit``: whether it is about the
    limit; then the lemma asks for alpha > 0, and no tree of cases proves it.

    Source: FORMAT.md, section "Statements about all matrices".
    """

    check: Callable[[Claim, Run], None]
    lemma: str
    classes: tuple[str, ...] = CLASSES
    final: bool = False
    growth: bool = False
    apart: bool = False
    limit: bool = False


def shown_on_the_way(claim: Claim, run: Run) -> None:
    """Ask nothing of a leaf: the tree has shown the statement on the way to it.

    Source: FORMAT.md, section "Statements about all matrices", on norm-growth.
    """
    claim.data.fields([])
