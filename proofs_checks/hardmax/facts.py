"""What lemmas ask of a system, whatever its heads, masks, steps are; FORMAT.md, section "Facts"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from proofs_checks import work
from proofs_checks.format.field_number import Number, Vector
from proofs_checks.hardmax.heads import Mask
from proofs_checks.hardmax.schedule import Listed, Quotient
from proofs_checks.hardmax.shares import Shares
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.terms import proved_from


@dataclass(frozen=True)
class Facts:
    """What is known of a system; each is True, or a layer, only where it is proved here.

    A step is *scalar* where R = rho I and P_h = v_h I, so that rho + sum v_h = 1, and no block follows.
    """

    system: System

    @cached_property
    def convex(self) -> bool:
        """Whether every step is scalar, and rho, v_h >= 0: a new token is in the hull of what was.

        Source: FORMAT.md, lemma ``convex-step``.
        """
        return self.shares.convex

    @cached_property
    def coordinates_convex(self) -> bool:
        """Whether every coordinate of a new token is a convex combination of that coordinate of what was.

        Source: FORMAT.md, lemma ``convex-coordinates``.
        """
        rows = range(self.system.dimension)
        return all(Shares.of_coordinate(self.system, r).convex for r in rows)

    @cached_property
    def forward(self) -> bool:
        """Whether every step is scalar, and v_h >= 0, maybe beyond what is attended.

        Source: FORMAT.md, lemma ``norm-growth``.
        """
        return self.shares.since(lambda rho, pulls: min(pulls) >= 0, strictly=False, keep=False) == 0

    @cached_property
    def keeps_from(self) -> int | None:
        """The first layer from which on every step is scalar, v_h >= 0 and rho > 0; None if none is known.

        With one head and V = I that is 0 <= tau < 1.

        Source: FORMAT.md, lemma ``leaders-persist``.
        """
        return self.shares.since(lambda rho, pulls: rho > 0 and min(pulls) >= 0, strictly=True, keep=True)

    @cached_property
    def exposed_from(self) -> int | None:
        """The first layer from which on steps leave a leader's place exposed, where a head exposes it.

        They are convex, and keep a part of the token unless all of a tie are attended in every head; None if
        none is known.

        Source: FORMAT.md, lemma ``leader-exposed``.
        """
        return self.shares.convex_from if self.ties_kept else self.keeps_from

    @cached_property
    def followed_from(self) -> int | None:
        """The first layer from which on whoever attends one leader alone always will; None if none is known.

        That is where everybody is seen and all of a tie are attended. Over a number field it is not looked
        for: that may take signs that nothing else asks for.

        Source: FORMAT.md, lemma ``lock-in``.
        """
        rational = self.system.field is None
        return self.keeps_from if rational and self.one_head and self.same_scores else None

    @property
    def keeps(self) -> bool:
        """Whether that is so at every layer."""
        return self.keeps_from == 0

    @cached_property
    def positive_alpha(self) -> bool:
        """Whether alpha > 0, that is 0 < tau < 1, at every layer."""
        schedule = self.system.schedule
        if isinstance(schedule, Listed):
            return all(0 < tau < 1 for tau in schedule.values)
        above, rest = schedule.numerator, schedule.denominator.plus(Fraction(-1), schedule.numerator)
        last = proved_from([(above, True), (rest, True)])
        return last is not None and all(0 < schedule.at(k) < 1 for k in range(last))

    @cached_property
    def same_scores(self) -> bool:
        """Whether each head has one matrix of scores, up to positive factors that may depend on the layer."""
        return all(head.attends_alike for head in self.system.heads)

    @property
    def one_head(self) -> bool:
        """Whether there is one head."""
        return len(self.system.heads) == 1

    @property
    def ties_kept(self) -> bool:
        """Whether a token attends all tokens of the largest score in every head."""
        return all(head.ties == "mean" for head in self.system.heads)

    @property
    def all_visible(self) -> bool:
        """Whether every token sees every token in every head."""
        return all(mask is None for mask in self._masks)

    @cached_property
    def one_view(self) -> bool:
        """Whether in every head all tokens see the same tokens."""
        count = len(self.system.tokens)
        return all(
            mask is None or count == 1 or (mask.kind == "rows" and len(set(mask.rows)) == 1)
            for mask in self._masks
        )

    @cached_property
    def sees_itself(self) -> bool:
        """Whether every token sees itself in every head."""
        count = len(self.system.tokens)
        return all(mask is None or all(i in mask.seen(i) for i in range(count)) for mask in self._masks)

    @property
    def exposes(self) -> bool:
        """Whether in some head every token sees every token and attends all of the largest score."""
        return any(head.mask is None and head.ties == "mean" for head in self.system.heads)

    def seen(self, token: int) -> frozenset[int]:
        """Return what a token sees in some head, and the token itself.

        Source: FORMAT.md, section "hull-of-the-seen".
        """
        if None in self._masks:
            return frozenset(range(len(self.system.tokens)))
        return frozenset({token}).union(*(mask.seen(token) for mask in self._masks if mask is not None))

    @cached_property
    def transitive(self) -> bool:
        """Whether what is seen, in any head, by a token that i sees in head h is seen by i in head h.

        Source: FORMAT.md, lemma ``leaders-persist``.
        """
        masks = list(self._masks)
        if len(masks) == 1 and (masks[0] is None or masks[0].kind != "rows"):
            return True
        count = len(self.system.tokens)
        work.count_products(len(masks) ** 2 * count * count, count)
        views = [[_bits(mask, i, count) for i in range(count)] for mask in masks]
        return all(
            later[j] & ~own == 0
            for view in views
            for own in view
            for j in range(count)
            if own >> j & 1
            for later in views
        )

    @cached_property
    def plain(self) -> bool:
        """Whether the system is one head with one matrix A and V = I, all seen, ties kept, one step."""
        head, schedule = self.system.heads[0], self.system.schedule
        one_step = isinstance(schedule, Listed) and schedule.constant
        simple = self.one_head and self.all_visible and self.ties_kept and not head.values
        return simple and one_step and self.same_scores and not self.system.relu

    @property
    def scalar(self) -> bool:
        """Whether every step is scalar, so that it mixes tokens and leaves their coordinates apart."""
        return self.shares.scales is not None

    @cached_property
    def weights(self) -> Vector | None:
        """The shares v_h / sum v of the heads in a scalar step, where they are the same at all layers."""
        scales = self.shares.constant
        whole = sum(scales or (), Fraction(0))
        return tuple(s / whole for s in scales) if scales is not None and whole else None

    @cached_property
    def infinite_sum(self) -> bool:
        """Whether the sum of 1 - rho over the layers is infinite; ``keeps_from`` is to be known.

        Source: FORMAT.md, lemma ``dominant-terms``.
        """
        if isinstance(self.system.schedule, Quotient):
            above, below = self.shares.taken(self.system.schedule)
            if not above.parts:
                return False
            (power, base), (other_power, other_base) = above.fastest, below.fastest
            return base == other_base and power - other_power >= -1
        first, period = self.system.cycle
        shares = map(self.shares.at, range(first, first + period))
        return any(own is not None and own[0] != 1 for own in shares)

    @property
    def one_share(self) -> Number | None:
        """The number v_1 of a scalar step that is the same at all layers, where there is one head.

        >>> Facts(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),))).one_share
        Fraction(1, 2)
        """
        schedule = self.system.schedule
        same = isinstance(schedule, Listed) and schedule.constant
        if not (self.one_head and same and self.shares.constant is not None):
            return None
        found = self.shares.at(0)
        return None if found is None else found[1][0]

    def rests_for_ever(self, layer: int) -> bool:
        """Whether a state that the step of this layer leaves as it is stays so at all later layers.

        Source: FORMAT.md, lemma ``rest``.
        """
        system, (first, period) = self.system, self.system.cycle
        listed = isinstance(system.schedule, Listed)
        if listed and period == 1 and layer >= first:
            return True
        identity = not any(head.values for head in system.heads)
        simple = self.same_scores and identity and self.forward and not system.relu
        return simple and system.schedule.at(layer) != 0

    @property
    def _masks(self) -> set[Mask | None]:
        return {head.mask for head in self.system.heads}

    @cached_property
    def shares(self) -> Shares:
        """What a new token has of itself and of what it attends, where the steps are scalar."""
        return Shares.of_tokens(self.system)


def _bits(mask: Mask | None, token: int, count: int) -> int:
    # What a token sees, one bit for each token.
    if mask is None:
        return (1 << count) - 1
    return sum(1 << j for j in mask.seen(token))
