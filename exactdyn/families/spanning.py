"""Matrices of a class that span it: with them a tie that all matrices have is one of base and span."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from flint import fmpz, fmpz_mat

from exactdyn.errors import InputError
from exactdyn.families.classes.conditions import Condition, Preferences
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.classes.member import Finder, Member, Nobody
from exactdyn.families.tree.nodes import listed
from exactdyn.systems.run import Run

_Coordinates = tuple[fmpz, ...]


def tie_evidence(matrices: MatrixClass, ties: bool) -> dict[str, object]:
    """Return the members ``ties`` and ``members`` of evidence about a class; without ties it must be spanned.

    A tie is avoidable if not all matrices of the class have it. Where definiteness forces a combination of
    the coordinates to a value, more ties are unavoidable than base and span show, and the question is
    refused. A class without any matrix has no ties, so there they may as well count.

    Raises :class:`~exactdyn.errors.InputError` where the matrices of the class do not span it, or that is
    not found out.
    Source: ``proofs_checks/FORMAT.md``, section "itineraries".

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> tie_evidence(matrix_class("positive-semidefinite", 1), False)
    {'ties': False}
    >>> half_line = matrix_class("positive-semidefinite", 2, "a, 0; 0, 0")
    >>> [member["at"] for member in tie_evidence(half_line, False)["members"]]
    [[Fraction(1, 1)], [Fraction(2, 1)]]
    >>> tie_evidence(matrix_class("positive-semidefinite", 2, "a, 0; 0, -a"), False)
    Traceback (most recent call last):
    exactdyn.errors.InputError: class: requires a pattern that its positive-semidefinite matrices span where \
avoidable ties are left out, got one in which definiteness ties entries; narrow the pattern, or count ties
    """
    if ties or not matrices.definite or matrices.named:
        return {"ties": ties}
    members = _spanning(matrices)
    if not members:
        return {"ties": True}
    return {"ties": False, "members": [listed(matrices, member) for member in members]}


def has_avoidable_ties(matrices: MatrixClass, run: Run) -> bool:
    """Tell whether a token attends two tokens at a layer of a run that other matrices of a class tell apart.

    The class is one that :func:`tie_evidence` does not refuse.

    Source: lemma ``spanned`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> pair = Hardmax([[0]], alpha=1).run([[1], [-1]], 0)
    >>> has_avoidable_ties(matrix_class("general", 1), pair)
    True
    """
    for k in range(run.layers + 1):
        state = run.state(k)
        (head,) = run.system.heads(k, state.dimension)
        mask = None if head.mask is None else head.mask.seen(state.count)
        preferences = Preferences(matrices, k, state, mask)
        # All that have the largest score, whatever a tie means.
        sets = run.attention(k) if head.ties == "mean" else replace(head, ties="mean").attention(state)
        for i, own in enumerate(sets):
            if not any(own <= group for group in preferences.groups(i)):
                return True
    return False


@lru_cache(maxsize=64)  # every configuration of a hunt asks for the same
def _spanning(matrices: MatrixClass) -> tuple[Member, ...]:
    # One in the middle, then for every x_p another that differs from it there alone; none if there are none.
    finder = Finder(matrices)
    found = _independent(matrices, finder)
    if not found:
        return ()
    middle = tuple(sum(column, fmpz(0)) for column in zip(*found, strict=True))
    first = len(middle) - len(matrices.span)
    # A multiple of it, as all are to differ in one coordinate alone: so large that each may be moved by 1.
    while True:
        moved = [tuple(x + (q == p) for q, x in enumerate(middle)) for p in range(first, len(middle))]
        if all(finder.accepts(Member(x), []) for x in moved):
            return tuple(map(Member, (middle, *moved)))
        middle = tuple(2 * x for x in middle)


def _independent(matrices: MatrixClass, finder: Finder) -> list[_Coordinates]:
    # So many members with independent coordinates as there are coordinates. The class being convex, their sum
    # may be moved a little in every direction.
    found, width = list[_Coordinates](), len(matrices.generators)
    nothing = (fmpz(0),) * width
    while len(found) < width:
        vectors, _ = fmpz_mat([list(x) for x in found or [nothing]]).nullspace()
        row = [vectors[p, 0] for p in range(width)]  # 0 at all that were found
        answers = [finder.find([_positive([sign * x for x in row])]) for sign in (1, -1)]
        members = [answer.coordinates for answer in answers if isinstance(answer, Member)]
        if members:
            found.append(members[0])
        elif isinstance(finder.find([]), Nobody):
            return []
        else:
            proved = all(isinstance(answer, Nobody) for answer in answers)
            got = "one in which definiteness ties entries" if proved else "one where that stays open"
            whose = f"a pattern that its {matrices.kind} matrices span where avoidable ties are left out"
            raise InputError(f"class: requires {whose}, got {got}; narrow the pattern, or count ties")
    return found


def _positive(row: list[fmpz]) -> Condition:
    return Condition((), ">", tuple(row), Fraction(1))
