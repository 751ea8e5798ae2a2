"""The claims about all matrices of a family; FORMAT.md, section "All matrices"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import lcm

from proofs_checks.cases import Goal, Path, check_cases
from proofs_checks.claims import Claim
from proofs_checks.family import CLASSES, DEFINITE, Family, read_member
from proofs_checks.reading import Field
from proofs_checks.statements import (
    distinctness_preserved,
    hull_shrinkage,
    leaders_extreme,
    leaders_persist,
    norm_growth,
)
from proofs_checks.system import Run


@dataclass(frozen=True)
class Rule:
    """How a statement about consecutive layers is checked for all matrices of a family.

    ``lemma`` proves it for alpha >= 0 and the matrices of these ``classes``. Else ``check`` is applied where
    the states and sets are known; ``final``: whether it speaks of the attention sets of the last layer, too.
    """

    check: Callable[[Claim, Run], None]
    lemma: str
    classes: tuple[str, ...] = CLASSES
    final: bool = False


RULES: dict[str, Rule] = {
    "hull-shrinkage": Rule(hull_shrinkage.check, hull_shrinkage.LEMMA),
    "norm-growth": Rule(norm_growth.check, norm_growth.LEMMA, ("positive-definite",)),
    "leaders-persist": Rule(leaders_persist.check, leaders_persist.LEMMA, final=True),
    "distinctness-preserved": Rule(distinctness_preserved.check, distinctness_preserved.LEMMA, DEFINITE),
    "leaders-extreme": Rule(leaders_extreme.check, leaders_extreme.LEMMA, final=True),
}
"""The statements that can be claimed for all matrices of a family."""


def check_statement(claim: Claim, family: Family, layers: int) -> None:
    """Check that a statement holds for all matrices of the family, by its lemma or by a closed tree."""
    claim.require(claim.verdict == "holds", "a statement fails for one matrix: that is a system")
    rule = RULES[claim.name]
    if claim.by_lemma(rule.lemma, layers):
        claim.data.fields([])
        claim.require(family.alpha >= 0, f"{rule.lemma} requires alpha >= 0")
        claim.require(family.kind in rule.classes, f"{rule.lemma} requires {' or '.join(rule.classes)}")
        return
    members = claim.data.fields(["ties", "cases"])
    claim.require(bool(family.tokens), "without tokens only a lemma proves it")
    ties = members["ties"].truth()
    growth = claim.name == "norm-growth"
    goal = Goal(({},) * (layers + 1), ties=ties, holds=rule.check, final=rule.final, growth=growth)
    _check_tree(claim, members["cases"], family, goal)


def check_unrealised(claim: Claim, family: Family, layers: int) -> None:
    """Check that no matrix of the family does what is described, or that the witness does."""
    if claim.verdict == "holds":
        members = claim.data.fields(["attention", "cases"], ["only", "leaders"])
        _check_tree(claim, members["cases"], family, _goal(members, family, layers))
        return
    members = claim.data.fields(["attention", "at"], ["only", "leaders", "factorisation"])
    goal = _goal(members, family, layers)
    run = Run(read_member(claim, members, family), layers)
    for k, sets in enumerate(goal.sets):
        same = all(run[k].attended[i] == own for i, own in sets.items())
        claim.require(same, f"layer {k}: this member attends otherwise")
    leading = {i for i, own in enumerate(run[layers].attended) if own == {i}}
    named = {i for i, own in goal.sets[-1].items() if own == {i}}
    claim.require(not goal.only or leading == named, "other tokens lead as well")
    claim.require(len(leading) >= goal.leaders, "fewer tokens lead")


def check_itineraries(claim: Claim, family: Family, layers: int) -> None:
    """Check that the leaves list the itineraries of all matrices of the family, each with one."""
    members = claim.data.fields(["ties", "cases"])
    claim.require(claim.verdict == "holds", "the list can only be claimed to be complete")
    ties = members["ties"].truth()
    _check_tree(claim, members["cases"], family, Goal(({},) * (layers + 1), ties=ties, listed=True))


def _check_tree(claim: Claim, cases: Field, family: Family, goal: Goal) -> None:
    denominator = lcm(*(x.denominator for token in family.tokens for x in token))
    numerators = [[int(x * denominator) for x in token] for token in family.tokens]
    try:
        check_cases(claim, cases, Path(family, goal, (), (), {}).entering(numerators, denominator))
    except RecursionError:
        cases.refuse("cases that are not nested so deeply")


def _goal(members: dict[str, Field], family: Family, layers: int) -> Goal:
    count = len(family.tokens)
    sets = tuple(
        {i: _set(entry, count) for i, entry in enumerate(layer.items(count)) if entry.value is not None}
        for layer in members["attention"].items(layers + 1)
    )
    only = members["only"].truth() if "only" in members else False
    leaders = members["leaders"].integer(0, count) if "leaders" in members else 0
    return Goal(sets, only, leaders)


def _set(field: Field, count: int) -> frozenset[int]:
    return frozenset(j.integer(0, count - 1) for j in field.items()) or field.refuse("at least one token")
