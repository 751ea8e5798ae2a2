"""The states of a path through a tree of cases: numbers, as its attention sets alone decide them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exactdyn.certificates.translations.scene import SystemScene, rationals
from proofs_checks.families.family import Family

State = Sequence[Sequence[Fraction]]


@dataclass(frozen=True)
class FamilyScene(SystemScene):
    """The scene of all matrices of a family at once."""

    family: Family | None = None

    @property
    def members(self) -> Family:
        """The family."""
        if self.family is None:
            raise ValueError("requires a family")
        return self.family

    @property
    def unknown(self) -> range:
        """The places of the matrices that are unknown: one for all layers, or one for each.

        >>> from proofs_checks.families.family import read_family
        >>> from proofs_checks.format.reading import Field
        >>> one = read_family(Field({"class": "general", "alpha": "1", "tokens": [["1"]]}, "family"))
        >>> FamilyScene(one.any_system, 3, None, one).unknown
        range(0, 1)
        """
        return range(self.layers + 1 if self.members.each_layer else 1)

    def matrix_at(self, head: int, layer: int) -> int:
        """Return which of the unknown matrices is that of a layer.

        >>> from proofs_checks.families.family import read_family
        >>> from proofs_checks.format.reading import Field
        >>> one = read_family(Field({"class": "general", "alpha": "1", "tokens": [["1"]]}, "family"))
        >>> FamilyScene(one.any_system, 3, None, one).matrix_at(0, 2)
        0
        """
        return layer if self.members.each_layer else 0

    def coordinate(self, at: int, p: int) -> str:
        """Return the name of a coordinate of an unknown matrix.

        >>> from proofs_checks.families.family import read_family
        >>> from proofs_checks.format.reading import Field
        >>> one = read_family(Field({"class": "general", "alpha": "1", "tokens": [["1"]]}, "family"))
        >>> FamilyScene(one.any_system, 3, None, one).coordinate(0, 0)
        'x_0'
        """
        return f"x_{at}_{p}" if self.members.each_layer else f"x_{p}"

    def named(self, data: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the members that a leaf or a witness names, one for each unknown matrix.

        >>> from proofs_checks.families.family import read_family
        >>> from proofs_checks.format.reading import Field
        >>> one = read_family(Field({"class": "general", "alpha": "1", "tokens": [["1"]]}, "family"))
        >>> FamilyScene(one.any_system, 3, None, one).named({"at": ["1"]})
        [{'at': ['1']}]
        """
        return list(data["matrices"]) if self.members.each_layer else [data]


def start(scene: SystemScene) -> State:
    """Return the tokens of layer 0."""
    return [rationals(token) for token in scene.system.tokens]


def moved(scene: SystemScene, layer: int, state: State, sets: Mapping[int, frozenset[int]]) -> State:
    """Return the tokens after the step of a layer, of one head, in which each attends a given set."""
    tau, (V,), inverse = scene.tau(layer), scene.values(layer), scene.inverse(layer)
    size, found = scene.coordinates, []
    for i, z in enumerate(state):
        centre = [sum(state[j][r] for j in sets[i]) / Fraction(len(sets[i])) for r in size]
        sums = [(1 - tau) * z[r] + tau * sum(V[r][c] * centre[c] for c in size) for r in size]
        found.append([sum((row[c] * sums[c] for c in size), Fraction(0)) for row in inverse])
    return found


def groups(scene: FamilyScene, state: State, token: int) -> list[frozenset[int]]:
    """Return the tokens that one sees, those together between which no matrix of the family tells, in order.

    Source: FORMAT.md, section "Cases".
    """
    family, z = scene.members, state[token]
    found: dict[tuple[Fraction, ...], set[int]] = {}
    for j in sorted(scene.seen(0, token), reverse=family.head.ties == "last"):
        y = state[j]
        products = [
            sum(
                (x * z[c] * y[r] for r, row in enumerate(B) for c, x in enumerate(rationals(row)) if x),
                Fraction(0),
            )
            for B in (family.base, *family.span)
        ]
        found.setdefault(tuple(products), set()).add(j)
    return [frozenset(group) for group in found.values()]
