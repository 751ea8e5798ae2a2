"""What the rule of a statement says of all matrices at once; FORMAT.md, section "All matrices"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from proofs_checks.families.family import CLASSES, Family
from proofs_checks.format.claims import Claim
from proofs_checks.hardmax.facts import Facts
from proofs_checks.hardmax.growth import is_steady
from proofs_checks.hardmax.run import Run


@dataclass(frozen=True)
class Need:
    """What a lemma asks of all systems of a family beside the class of the matrices, and how that is said."""

    words: str
    known: Callable[[Family], bool]


def _fact(words: str, known: Callable[[Facts], bool]) -> Need:
    return Need(words, lambda family: known(family.facts))


CONVEX = _fact("convex steps", lambda facts: facts.convex)
COORDINATES = _fact("convex steps of every coordinate", lambda facts: facts.coordinates_convex)
FORWARD = _fact("steps towards what is attended", lambda facts: facts.forward)
KEEPS = _fact("convex steps that keep a part of the token", lambda facts: facts.keeps)
TRANSITIVE = _fact("transitive masks", lambda facts: facts.transitive)
SEES_ITSELF = _fact("that tokens see themselves", lambda facts: facts.sees_itself)
ONE_VIEW = _fact("that all tokens see the same", lambda facts: facts.one_view)
EXPOSES = _fact("a head of ties kept that sees all", lambda facts: facts.exposes)
PLAIN = _fact("one step, V = I, no mask and all ties", lambda facts: facts.plain)
POSITIVE_ALPHA = _fact("0 < tau < 1", lambda facts: facts.positive_alpha)
ALL_VISIBLE = _fact("that all tokens are seen", lambda facts: facts.all_visible)
ENDLESS = _fact(
    "steps of an infinite sum that keep a part of the token",
    lambda facts: facts.keeps_from is not None and facts.infinite_sum,
)
STEADY = _fact("one head that sees all and keeps ties, and 0 < tau < 1", is_steady)
DISTINCT = Need("distinct tokens", lambda family: family.distinct)
NONZERO = Need("tokens other than 0", lambda family: family.nonzero)
LOW_RANK = Need("a rank of at most 2", lambda family: family.rank is not None and family.rank <= 2)


@dataclass(frozen=True)
class Guarantee:
    """A lemma that proves a statement for the matrices of these ``classes`` where the ``needs`` are met."""

    lemma: str
    needs: tuple[Need, ...]
    classes: tuple[str, ...] = CLASSES


@dataclass(frozen=True)
class Rule:
    """How a statement is checked for all matrices of a family.

    One of the ``guarantees`` proves it for every layer, whatever the matrix. Else ``check`` is applied to the
    run at the leaves of a tree of cases. ``final``: whether it speaks of the sets of the last
    layer, too. ``growth``: whether the tree itself has to show, at every layer, that <Az, z> grows.
    ``apart``: whether it is enough before the last layer that no two tokens can meet any more. ``limit``:
    whether it is about the limit; then no tree of cases proves it.

    Source: FORMAT.md, section "Statements about all matrices".
    """

    check: Callable[[Claim, Run], None]
    guarantees: tuple[Guarantee, ...]
    final: bool = False
    growth: bool = False
    apart: bool = False
    limit: bool = False


def shown_on_the_way(claim: Claim, run: Run) -> None:
    """Ask nothing of a leaf: the tree has shown the statement on the way to it.

    Source: FORMAT.md, section "Statements about all matrices", on norm-growth.
    """
    claim.data.fields([])
