"""A family of systems: all matrices of an affine space or of a definite part of it; all else is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix, Number, RationalMatrix, Rows
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.facts import Facts
from proofs_checks.hardmax.heads import BESIDE, Head, read_beside
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.moves import LinearStep, step
from proofs_checks.hardmax.schedule import Listed, Schedule, read_schedule
from proofs_checks.hardmax.system import LAYERS_LIMIT, System, read_alpha
from proofs_checks.hardmax.vectors import dot, firsts

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

NONZERO, DISTINCT = "nonzero-tokens", "distinct-tokens"
"""What a family without tokens may say of the tokens that it is about."""

RANKS_LIMIT = 1000
"""The largest rank that is stated."""

NARROWED = ("rank", "hypotheses")
"""The members that make a family without tokens smaller."""

_STAND_IN = ((Fraction(0),),) * 4
"""Tokens for all tokens: of four, named masks show all that lemmas ask of them for any number."""


@dataclass(frozen=True)
class Family:
    """All A = base + sum x_p span_p, of these only the (semi)definite ones if the class says so.

    ``head``: what the one head has beside its matrix. Without tokens: all matrices of the class in every
    dimension and all tokens; ``every_alpha``: and all alpha > 0, for which 1 stands, as lemmas ask for no
    more than its sign; ``ranked``: of the matrices those of at most this rank; ``hypotheses``: of the tokens
    those for which these hold. ``each_layer``: every layer has a matrix of its own.
    """

    kind: str
    base: Matrix
    span: tuple[Matrix, ...]
    tokens: Matrix
    schedule: Schedule
    head: Head
    period: int = 1
    every_alpha: bool = False
    ranked: int | None = None
    hypotheses: frozenset[str] = frozenset()
    each_layer: bool = False

    def system(self, *matrices: Matrix) -> System:
        """Return the system of one matrix for all layers, or of those of the layers 0, 1, ..."""
        head = Head(matrices, self.head.values, self.head.mask, self.head.ties)
        return System(self.tokens, (head,), self.schedule, (), self.period)

    @cached_property
    def any_system(self) -> System:
        """A system that shows what is true of all of the family, whatever the matrix."""
        if self.tokens:
            return self.system(self.base)
        head = Head((((Fraction(0),),),), (), self.head.mask, self.head.ties)
        return System(_STAND_IN, (head,), self.schedule, (), self.period)

    @cached_property
    def facts(self) -> Facts:
        """What lemmas may ask of all systems of the family."""
        return Facts(self.any_system)

    @property
    def rank(self) -> int | None:
        """A number that the rank of no matrix exceeds; None where none is known."""
        return self.dimension if self.tokens else self.ranked

    @property
    def distinct(self) -> bool:
        """Whether no two tokens are equal, in none of the systems."""
        own = firsts(self.tokens) == list(range(len(self.tokens)))
        return own if self.tokens else DISTINCT in self.hypotheses

    @property
    def nonzero(self) -> bool:
        """Whether no token is 0, in none of the systems."""
        return all(map(any, self.tokens)) if self.tokens else NONZERO in self.hypotheses

    @property
    def alpha(self) -> Number:
        """The coefficient of all layers; raises RejectedError where there is none, or are several."""
        return self.any_system.alpha

    @property
    def plain(self) -> bool:
        """Whether all is seen, all of a tie attended, V left out, and one alpha that of all layers."""
        return self.facts.plain and self.any_system.tau != 1

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

    def seen(self, token: int) -> Iterable[int]:
        """Return what a token may see."""
        return range(len(self.tokens)) if self.head.mask is None else self.head.mask.seen(token)

    def passes(self, token: int, other: int) -> bool:
        """Tell whether a token is attended rather than another one of the same score."""
        return {"mean": False, "first": token < other, "last": token > other}[self.head.ties]

    def foremost(self, tokens: Iterable[int]) -> int:
        """Return the token that stands for tokens of one score: the last one if ``ties`` says so."""
        return max(tokens) if self.head.ties == "last" else min(tokens)

    def chosen(self, group: frozenset[int]) -> frozenset[int]:
        """Return what is attended of tokens that have the largest score together."""
        return group if self.head.ties == "mean" else frozenset({self.foremost(group)})

    def rate(self, layer: int) -> Number | None:
        """Return the v for which z becomes z + v (c - z) at a layer; None with a V that is no number."""
        shares = self.facts.shares.at(layer)
        return None if shares is None else shares[1][0]

    def moved(
        self, layer: int, numerators: Rows, denominator: int, attended: list[frozenset[int]]
    ) -> tuple[Rows, int]:
        """Move integer vectors over a denominator that attend these sets at a layer."""
        tau, value = self.schedule.at(layer), self.head.value(self.period, layer)
        if value is None:
            return step(numerators, denominator, attended, tau)
        linear = LinearStep.of([value], tau, self.dimension, layer)
        return linear.moved(numerators, denominator, (attended,), None)


def read_family(field: Field) -> Family:
    """Read the member ``family`` of version 1: one alpha, everybody seen, all of a tie attended.

    Source: FORMAT.md, section "All matrices".
    """
    if "tokens" not in field.names():
        members = field.fields(["class"], NARROWED)
        return _of_all_tokens(members, Listed((Fraction(1, 2),)), Head(()), every_alpha=True)
    members = field.fields(["class", "alpha", "tokens"], ["base", "span"])
    alpha = read_alpha(members["alpha"])
    return _with_tokens(field, members, Listed((alpha / (1 + alpha),)), 1)


def read_general_family(field: Field) -> Family:
    """Read the member ``family`` of version 2: a step for every layer, V, a mask, a rule for ties.

    Source: FORMAT.md, section "Families with schedules and masks".
    """
    if "tokens" not in field.names():
        return _read_without_tokens(field)
    members = field.fields(["class", "tau", "tokens"], ["base", "span", "period", "each_layer", *BESIDE])
    period = members["period"].integer(1, LAYERS_LIMIT) if "period" in members else 1
    family = _with_tokens(field, members, read_schedule(members["tau"], period), period)
    return replace(family, each_layer=members["each_layer"].truth()) if "each_layer" in members else family


def _read_without_tokens(field: Field) -> Family:
    # V and rows of a mask would fix the dimension or the number of tokens.
    members = field.fields(["class"], ["tau", "period", "mask", "ties", *NARROWED])
    if "mask" in members and isinstance(members["mask"].value, list):
        members["mask"].refuse('"causal" or "strict" where no tokens are given')
    if "period" in members and "tau" not in members:
        members["period"].refuse("tau beside it")
    period = members["period"].integer(1, LAYERS_LIMIT) if "period" in members else 1
    every = "tau" not in members
    schedule = Listed((Fraction(1, 2),)) if every else read_schedule(members["tau"], period)
    head = read_beside(members, 0, 0, period)
    return _of_all_tokens(members, schedule, head, period, every)


def _of_all_tokens(
    members: Mapping[str, Field],
    schedule: Schedule,
    head: Head,
    period: int = 1,
    every_alpha: bool = False,
) -> Family:
    kind = _read_class(members["class"])
    rank = members["rank"].integer(0, RANKS_LIMIT) if "rank" in members else None
    named = members["hypotheses"].items() if "hypotheses" in members else []
    hypotheses = frozenset(_read_hypothesis(entry) for entry in named)
    return Family(kind, (), (), (), schedule, head, period, every_alpha, rank, hypotheses)


def _read_hypothesis(field: Field) -> str:
    name = field.text()
    return name if name in (NONZERO, DISTINCT) else field.refuse(f"{NONZERO} or {DISTINCT}")


def _with_tokens(field: Field, members: Mapping[str, Field], schedule: Schedule, period: int) -> Family:
    kind = _read_class(members["class"])
    rows = members["tokens"].items() or members["tokens"].refuse("at least one token")
    size = len(rows[0].items()) or rows[0].refuse("at least one coordinate")
    zero = ((Fraction(0),) * size,) * size
    base = members["base"].matrix(size, size) if "base" in members else zero
    span: tuple[Matrix, ...] = units(size, kind)
    if "span" in members:
        span = tuple(B.matrix(size, size) for B in members["span"].items())
    if kind in SYMMETRIC and any(tuple(zip(*B, strict=True)) != B for B in (base, *span)):
        field.refuse("symmetric matrices in this class")
    head = read_beside(members, len(rows), size, period)
    return Family(kind, base, span, members["tokens"].matrix(None, size), schedule, head, period)


def _read_class(field: Field) -> str:
    kind = field.text()
    return kind if kind in CLASSES else field.refuse(f"one of {', '.join(CLASSES)}")


def system_names(family: Family) -> list[str]:
    """Return the names of what gives a system of the family."""
    return ["matrices"] if family.each_layer else member_names(family)


def read_system_of(claim: Claim, members: Mapping[str, Field], family: Family, layers: int) -> System:
    """Read a system of the family: a member or, in ``matrices``, one for each of the layers 0..N."""
    if not family.each_layer:
        return family.system(read_member(claim, members, family))
    entries = [entry.fields(member_names(family)) for entry in members["matrices"].items(layers + 1)]
    return family.system(*(read_member(claim, entry, family) for entry in entries))


def member_names(family: Family) -> list[str]:
    """Return the names of what gives a member of the family."""
    return ["at", "factorisation"] if family.kind in DEFINITE else ["at"]


def read_member(claim: Claim, members: Mapping[str, Field], family: Family) -> Matrix:
    """Read a member of the family: ``at``, its x_p, and a ``factorisation`` where the class demands it.

    The factorisation is that of A, or of -A in the negative classes.
    """
    x, size = members["at"].vector(len(family.span)), range(len(family.base))
    work.count_fractions(len(size) ** 2, 0)  # an empty span costs nothing but the sums with the base
    A = tuple(tuple(family.base[r][c] + dot(x, [B[r][c] for B in family.span]) for c in size) for r in size)
    if family.kind in DEFINITE:
        factorisation = members["factorisation"]
        form = tuple(tuple(family.sign * x for x in row) for row in A)
        definite = is_definite(factorisation, form, strictly=family.kind in STRICT)
        claim.require(definite, f"{factorisation.path}: it does not prove the member to be {family.kind}")
    return A


def units(size: int, kind: str) -> tuple[RationalMatrix, ...]:
    """Return a matrix for every entry; for symmetric matrices, for every entry on or above the diagonal."""
    symmetric = kind in SYMMETRIC
    work.count_fractions(size**4, 0)
    places = [(r, c) for r in range(size) for c in range(size) if r <= c or not symmetric]
    ones = [{place, place[::-1] if symmetric else place} for place in places]
    zero, one = Fraction(0), Fraction(1)
    return tuple(
        tuple(tuple(one if (r, c) in own else zero for c in range(size)) for r in range(size)) for own in ones
    )
