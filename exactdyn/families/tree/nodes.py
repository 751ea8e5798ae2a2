"""What becomes of branches: nodes of the tree, as ``proofs_checks/FORMAT.md``, section "Cases", has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from exactdyn.families.classes.conditions import Comparison
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.classes.member import Member, Nobody
from exactdyn.families.tree.branch import Branch, BranchLayer, locked_weights
from exactdyn.geometry.definiteness import Factorisation, factorise

Node: TypeAlias = dict[str, object]
"""A node; its numbers are fractions. The nodes below it are its ``cases``, None for one that is open."""

Place: TypeAlias = tuple[int, ...]
"""A place in the tree: the cases taken from the root on."""


@dataclass(frozen=True)
class Expanded:
    """What became of a branch.

    ``node``: its node of the tree, with None for the branches below; None if the case stays open. ``below``:
    the branches below. ``found``: the branch itself, if its matrix is sought. ``reasons``: why cases, this
    one or some below it, stay open for good.
    """

    node: Node | None = None
    below: tuple[Branch, ...] = ()
    found: Branch | None = None
    reasons: tuple[str, ...] = ()


def split(token: int, cases: Sequence[Node | None]) -> Node:
    """Return the node that splits at a token.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> split(0, [None])
    {'token': 0, 'cases': [None]}
    """
    return {"token": token, "cases": list(cases)}


def contradiction(weights: Mapping[Comparison, Fraction]) -> Node:
    """Return the leaf where a weighted sum of comparisons shows that no matrix is left.

    Source: lemma ``farkas`` in ``proofs_checks/FORMAT.md``.

    >>> contradiction({(0, 1, 0, 1): Fraction(2)})
    {'weights': [[[0, 1, 0, 1], Fraction(2, 1)]]}
    """
    return {"weights": [[list(comparison), weight] for comparison, weight in weights.items()]}


def closed(proof: Nobody) -> Node:
    """Return the leaf of a proof that no matrix of the class is left, cuts included.

    Source: lemma ``farkas`` in ``proofs_checks/FORMAT.md``.

    >>> closed(Nobody({}, ((Fraction(1), (1, 0)),)))
    {'weights': [], 'cuts': [[Fraction(1, 1), [Fraction(1, 1), Fraction(0, 1)]]]}
    """
    node = contradiction(proof.weights)
    if proof.cuts:
        node["cuts"] = [[weight, [Fraction(x) for x in v]] for weight, v in proof.cuts]
    return node


def holding(evidence: Mapping[str, object]) -> Node:
    """Return the leaf where a statement holds of the states and attention sets on the way to it.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> holding({})
    {'holds': {}}
    """
    return {"holds": dict(evidence)}


def growing(leaves: Sequence[Node | None]) -> Node:
    """Return the node where <Az, z> grows for every token that moves, by one contradiction each.

    Source: lemma ``cases`` in ``proofs_checks/FORMAT.md``, "Growth".

    >>> growing([])
    {'growth': [], 'cases': [None]}
    """
    return {"growth": list(leaves), "cases": [None]}


def realised(matrices: MatrixClass, members: Sequence[Member], each_layer: bool) -> Node:
    """Return the leaf that names the one matrix of all layers, or one for each.

    Source: ``proofs_checks/FORMAT.md``, section "Families with schedules and masks".

    >>> from flint import fmpz
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> realised(matrix_class("general", 1), [Member((fmpz(3),))], each_layer=True)
    {'matrices': [{'at': [Fraction(3, 1)]}]}
    """
    found = [listed(matrices, member) for member in members]
    return {"matrices": found} if each_layer else found[0]


def listed(matrices: MatrixClass, member: Member) -> Node:
    """Return what names a matrix of the class, with what proves that it belongs there.

    Source: ``proofs_checks/FORMAT.md``, section "All matrices": a member.

    >>> from flint import fmpz
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> listed(matrix_class("positive-definite", 1), Member((fmpz(3),)))
    {'at': [Fraction(3, 1)], 'factorisation': {'lower': ((Fraction(1, 1),),), 'diagonal': (Fraction(3, 1),)}}
    """
    at = matrices.at(member.coordinates)
    node: Node = {"at": list(at)}
    if matrices.definite:
        factorisation = factorise(matrices.form(at))
        if not isinstance(factorisation, Factorisation):
            raise ValueError("requires a matrix of the class")
        node["factorisation"] = {"lower": factorisation.lower, "diagonal": factorisation.diagonal}
    return node


def locked(
    token: int, before: BranchLayer, groups: Sequence[frozenset[int]], ties: bool, tau: Fraction
) -> tuple[Node, Place]:
    """Return the node of a token that is locked, with the place below it where the tree continues.

    ``before``: the layer before, where its attention set P was one leading point. Every other case has an
    explicit contradiction, see :func:`~exactdyn.families.tree.branch.locked_weights`.

    Source: lemmas ``lock-in`` and ``cases`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from exactdyn.families.classes.conditions import Preferences
    >>> from exactdyn.numbers.points import Points
    >>> line = Preferences(matrix_class("general", 1), 0, Points.from_rows([[2], [1]]))
    >>> before = BranchLayer(line, {0: frozenset({0}), 1: frozenset({0})})
    >>> node, place = locked(1, before, [frozenset({0}), frozenset({1})], ties=False, tau=Fraction(1, 2))
    >>> place, node["cases"][0], sorted(node["cases"][1])
    ((0,), None, ['weights'])
    """
    own, k = before.sets[token], before.preferences.layer + 1
    p, place = min(own), groups.index(own)
    later = groups[place + 1 :] if ties else []
    inside: Node | None = None
    for group in reversed(later):
        equal = {(k, token, p, min(group)): Fraction(-1)} | locked_weights(before, token, min(group), tau)
        inside = split(token, [contradiction(equal), inside])
    cases = [
        contradiction(
            {(k, token, min(group), p): Fraction(1)} | locked_weights(before, token, min(group), tau)
        )
        if group != own
        else inside
        for group in groups
    ]
    return split(token, cases), (place, *(1 for _ in later))
