"""A family of systems: all matrices of an affine space or of a definite part of it, one alpha, one start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field, Matrix
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.system import System, read_alpha
from proofs_checks.hardmax.vectors import dot

POSITIVE = (
    "positive-semidefinite",
    "positive-definite",
    "positive-semidefinite-part",
    "positive-definite-part",
)
NEGATIVE = tuple(kind.replace("positive", "negative") for kind in POSITIVE)
"""The classes that are the mirror images of those: -A belongs to the other one."""

DEFINITE = (*POSITIVE, *NEGATIVE)
CLASSES = ("general", "symmetric", *DEFINITE)
PARTS = tuple(kind for kind in DEFINITE if kind.endswith("part"))
SYMMETRIC = tuple(kind for kind in CLASSES if kind not in ("general", *PARTS))
STRICT = tuple(kind for kind in DEFINITE if "semidefinite" not in kind)


@dataclass(frozen=True)
class Family:
    """All A = base + sum x_p span_p, of these only the (semi)definite ones if the class says so.

    Without tokens: all matrices of the class in every dimension, all tokens and all alpha > 0. Lemmas ask for
    no more than the sign of alpha, and 1 stands for them.
    """

    kind: str
    base: Matrix
    span: tuple[Matrix, ...]
    alpha: Fraction
    tokens: Matrix

    @property
    def tau(self) -> Fraction:
        """The step alpha / (1 + alpha)."""
        return self.alpha / (1 + self.alpha)

    @property
    def dimension(self) -> int:
        """The dimension d."""
        return len(self.base)

    @property
    def sign(self) -> int:
        """The s for which s <Ax, x> is not negative for any x, where the class is a definite one."""
        return -1 if self.kind in NEGATIVE else 1

    @property
    def named(self) -> bool:
        """Whether this is all of the class."""
        return not any(map(any, self.base)) and self.span == units(self.dimension, self.kind)


def read_family(field: Field) -> Family:
    """Read the member ``family``; FORMAT.md, section "Family".

    Source: FORMAT.md, section "All matrices".
    """
    everything = "tokens" not in field.names()
    optional = [] if everything else ["base", "span"]
    members = field.fields(["class"] if everything else ["class", "alpha", "tokens"], optional)
    kind = members["class"].text()
    if kind not in CLASSES:
        members["class"].refuse(f"one of {', '.join(CLASSES)}")
    if everything:
        return Family(kind, (), (), Fraction(1), ())
    rows = members["tokens"].items() or members["tokens"].refuse("at least one token")
    size = len(rows[0].items()) or rows[0].refuse("at least one coordinate")
    alpha = read_alpha(members["alpha"])
    zero = ((Fraction(0),) * size,) * size
    base = members["base"].matrix(size, size) if "base" in members else zero
    span = units(size, kind)
    if "span" in members:
        span = tuple(B.matrix(size, size) for B in members["span"].items())
    if kind in SYMMETRIC and any(tuple(zip(*B, strict=True)) != B for B in (base, *span)):
        field.refuse("symmetric matrices in this class")
    return Family(kind, base, span, alpha, members["tokens"].matrix(None, size))


def member_names(family: Family) -> list[str]:
    """Return the names of what gives a member of the family."""
    return ["at", "factorisation"] if family.kind in DEFINITE else ["at"]


def read_member(claim: Claim, members: Mapping[str, Field], family: Family) -> System:
    """Read a member of the family: ``at``, its x_p, and a ``factorisation`` where the class demands it.

    The factorisation is that of A, or of -A in the negative classes.
    """
    x, size = members["at"].vector(len(family.span)), range(len(family.base))
    A = tuple(tuple(family.base[r][c] + dot(x, [B[r][c] for B in family.span]) for c in size) for r in size)
    system = System.of(A, family.alpha, family.tokens)
    if family.kind in DEFINITE:
        factorisation = members["factorisation"]
        form = tuple(tuple(family.sign * x for x in row) for row in A)
        definite = is_definite(factorisation, form, strictly=family.kind in STRICT)
        claim.require(definite, f"{factorisation.path}: it does not prove the member to be {family.kind}")
    return system


def units(size: int, kind: str) -> tuple[Matrix, ...]:
    """Return a matrix for every entry; for symmetric matrices, for every entry on or above the diagonal."""
    symmetric = kind in SYMMETRIC
    work.count_fractions(size**4, 0)
    places = [(r, c) for r in range(size) for c in range(size) if r <= c or not symmetric]
    ones = [{place, place[::-1] if symmetric else place} for place in places]
    zero, one = Fraction(0), Fraction(1)
    return tuple(
        tuple(tuple(one if (r, c) in own else zero for c in range(size)) for r in range(size)) for own in ones
    )
