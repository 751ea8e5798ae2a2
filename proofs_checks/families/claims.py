"""The claims about all matrices of a family; FORMAT.md, section "All matrices"."""

from __future__ import annotations

from collections.abc import Mapping

from proofs_checks.families.cases import Goal, Path, check_cases
from proofs_checks.families.family import (
    DEFINITE,
    Family,
    member_names,
    read_member,
    read_system_of,
    system_names,
)
from proofs_checks.families.rules import Rule
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import over_one_denominator


def check_statement(rule: Rule, claim: Claim, family: Family, layers: int) -> None:
    """Check that a statement holds for all matrices of the family, by its lemma or by a closed tree.

    Source: FORMAT.md, section "Statements about all matrices".
    """
    claim.require(claim.verdict == "holds", "a statement fails for one matrix: that is a system")
    named = (entry for entry in rule.guarantees if entry.lemma == claim.lemma)
    proof = next(named, rule.guarantees[0])
    if claim.by_lemma(proof.lemma, layers):
        claim.data.fields([])
        for need in proof.needs:
            claim.require(need.known(family), f"{proof.lemma} requires {need.words}")
        claim.require(family.kind in proof.classes, f"{proof.lemma} requires {' or '.join(proof.classes)}")
        return
    claim.require(not rule.limit, "only a lemma speaks of the limit for all matrices")
    members = claim.data.fields(["ties", "cases"], ["members"])
    claim.require(bool(family.tokens), "without tokens only a lemma proves it")
    goal = Goal(({},) * (layers + 1), ties=_ties(claim, members, family), rule=rule)
    _check_tree(claim, members["cases"], family, goal)


def check_unrealised(claim: Claim, family: Family, layers: int) -> None:
    """Check that no matrix of the family does what is described, or that the witness does.

    Source: FORMAT.md, section "unrealised".
    """
    if claim.verdict == "holds":
        members = claim.data.fields(["attention", "cases"], ["only", "leaders"])
        _check_tree(claim, members["cases"], family, _goal(members, family, layers))
        return
    members = claim.data.fields(["attention", *system_names(family)], ["only", "leaders"])
    goal = _goal(members, family, layers)
    run = Run(read_system_of(claim, members, family, layers), layers)
    for k, sets in enumerate(goal.sets):
        same = all(run[k].attended[i] == own for i, own in sets.items())
        claim.require(same, f"layer {k}: this member attends otherwise")
    leading = {i for i, own in enumerate(run[layers].attended) if own == {i}}
    named = {i for i, own in goal.sets[-1].items() if own == {i}}
    claim.require(not goal.only or leading == named, "other tokens lead as well")
    claim.require(len(leading) >= goal.leaders, "fewer tokens lead")


def check_itineraries(claim: Claim, family: Family, layers: int) -> None:
    """Check that the leaves list the itineraries of all matrices of the family, each with one.

    Source: FORMAT.md, section "itineraries".
    """
    members = claim.data.fields(["ties", "cases"], ["members"])
    claim.require(claim.verdict == "holds", "the list can only be claimed to be complete")
    ties = _ties(claim, members, family)
    _check_tree(claim, members["cases"], family, Goal(({},) * (layers + 1), ties=ties, listed=True))


def _ties(claim: Claim, evidence: Mapping[str, Field], family: Family) -> bool:
    # Whether avoidable ties count. If not, a tie of all admitted matrices must be one of base and span.
    ties, definite = evidence["ties"].truth(), family.kind in DEFINITE
    if "members" not in evidence:
        spanned = ties or not definite or family.named
        claim.require(spanned, "members: without them a tie that no base and span show may be unavoidable")
        return ties
    if ties or not definite:
        evidence["members"].refuse("none, unless ties is false and the class a definite one")
    first: Vector = ()
    for p, entry in enumerate(evidence["members"].items(len(family.span) + 1), start=-1):
        members = entry.fields(member_names(family))
        read_member(claim, members, family)
        x = members["at"].vector(len(family.span))
        first = first or x
        others = [r for r in range(len(x)) if x[r] != first[r]]
        claim.require(others == ([p] if p >= 0 else []), f"{entry.path}: requires another x_{p} and no more")
    return ties


def _check_tree(claim: Claim, cases: Field, family: Family, goal: Goal) -> None:
    numerators, denominator = over_one_denominator(family.tokens)
    check_cases(claim, cases, Path(family, goal, (), (), ()).entering(numerators, denominator))


def _goal(members: dict[str, Field], family: Family, layers: int) -> Goal:
    count = len(family.tokens)
    sets = tuple(
        {i: _set(entry, i, family) for i, entry in enumerate(layer.items(count)) if entry.value is not None}
        for layer in members["attention"].items(layers + 1)
    )
    only = members["only"].truth() if "only" in members else False
    leaders = members["leaders"].integer(0, count) if "leaders" in members else 0
    return Goal(sets, only, leaders)


def _set(field: Field, token: int, family: Family) -> frozenset[int]:
    count = len(family.tokens)
    own = frozenset(j.integer(0, count - 1) for j in field.items()) or field.refuse("at least one token")
    if not own <= {*family.seen(token)}:
        field.refuse(f"tokens that token {token} sees")
    return own if family.chosen(own) == own else field.refuse("one token, as of a tie one is attended")
