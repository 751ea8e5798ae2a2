"""The shares rho and v_h that a new token, or one coordinate of it, has of what was; FORMAT.md, "Facts"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.field_number import Matrix, Number, Vector
from proofs_checks.hardmax.schedule import Quotient
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.terms import Terms, proved_from
from proofs_checks.work import longest


@dataclass(frozen=True)
class Shares:
    """What the numbers s_h in place of the V_h make of a step: rho and v_h, layer by layer.

    ``scales``: the s_h of every head, entry by entry as V_h is listed; None where there are none, or a block
    follows.
    """

    system: System
    scales: tuple[Vector, ...] | None

    @classmethod
    def of_tokens(cls, system: System) -> Shares:
        """Return those of whole tokens: s_h with V_h = s_h I.

        Source: FORMAT.md, section "Facts".

        >>> Shares.of_tokens(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),))).at(3)
        (Fraction(1, 2), (Fraction(1, 2),))
        """
        return cls._of(system, _scale)

    @classmethod
    def of_coordinate(cls, system: System, r: int) -> Shares:
        """Return those of one coordinate: s_h with e_r V_h = s_h e_r.

        Source: FORMAT.md, section "Facts".

        >>> Shares.of_coordinate(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)), 0).scales
        ((Fraction(1, 1),),)
        """
        return cls._of(system, lambda V: _scale_of_row(V, r))

    @classmethod
    def _of(cls, system: System, scale: Callable[[Matrix], Number | None]) -> Shares:
        one: tuple[Number | None, ...] = (Fraction(1),)
        found = [tuple(map(scale, head.values)) if head.values else one for head in system.heads]
        scales = tuple(tuple(s for s in own if s is not None) for own in found)
        known = not system.relu and list(map(len, scales)) == list(map(len, found))
        return cls(system, scales if known else None)

    def at(self, layer: int) -> tuple[Number, Vector] | None:
        """Return rho and the v_h of a layer: (1 - tau + tau s) v_h = tau s_h, with s the sum of the s_h.

        None where there are none.

        >>> Shares.of_tokens(System.of(((Fraction(2),),), Fraction(-3), ((Fraction(1),),))).at(0)
        (Fraction(-1, 2), (Fraction(3, 2),))
        """
        if self.scales is None:
            return None
        tau = self.system.schedule.at(layer)
        own = [scales[self.system.entry(len(scales), layer)] for scales in self.scales]
        work.count_fractions(4 * len(own), longest((tau, *own)))
        whole = 1 - tau + tau * sum(own, Fraction(0))
        return ((1 - tau) / whole, tuple(tau * s / whole for s in own)) if whole else None

    @property
    def convex(self) -> bool:
        """Whether rho >= 0 and v_h >= 0 at every layer.

        >>> Shares.of_tokens(System.of(((Fraction(2),),), Fraction(-3), ((Fraction(1),),))).convex
        False
        """
        return self.convex_from == 0

    @property
    def convex_from(self) -> int | None:
        """The first layer from which on rho >= 0 and v_h >= 0; None if none is known.

        >>> Shares.of_tokens(System.of(((Fraction(2),),), Fraction(-3), ((Fraction(1),),))).convex_from
        """
        return self.since(lambda rho, pulls: min(rho, *pulls) >= 0, strictly=False, keep=True)

    @property
    def fades(self) -> bool | None:
        """Whether the sum of the v_h tends to 0, all of them being in [0, 1]; None if that is not known.

        Source: FORMAT.md, lemma ``frank-wolfe-exponential``.

        >>> Shares.of_tokens(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),))).fades
        False
        """
        if self.scales is None:
            return None
        schedule = self.system.schedule
        if not isinstance(schedule, Quotient):
            first, period = self.system.cycle
            late = [self.at(k) for k in range(first, first + period)]
            return None if None in late else not any(any(own[1]) for own in late if own is not None)
        if self.constant is None:
            return None
        above, below = self.taken(schedule)
        return bool(below.parts) and above.grows_less_than(below)

    @property
    def constant(self) -> Vector | None:
        """The s_h, where they are the same at all layers.

        >>> Shares.of_tokens(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),))).constant
        (Fraction(1, 1),)
        """
        if self.scales is None or any(s != own[0] for own in self.scales for s in own):
            return None
        return tuple(own[0] for own in self.scales)

    def taken(self, schedule: Quotient) -> tuple[Terms, Terms]:
        """Return numerator and denominator of 1 - rho = s N/E, E = D + (s - 1) N, the s_h being constant.

        >>> one = Terms.of([(Fraction(1), 0, Fraction(1))])
        >>> shares = Shares.of_tokens(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)))
        >>> shares.taken(Quotient(one, one)) == (one, one)
        True
        """
        s = sum(self.constant or (), Fraction(0))
        above, below = schedule.numerator, schedule.denominator
        return Terms(()).plus(s, above), below.plus(s - 1, above)

    def since(self, test: Callable[[Number, Vector], bool], strictly: bool, keep: bool) -> int | None:
        """Return the first layer from which on rho and the v_h pass a test; None if none is known.

        For a formula the test is that the v_h are not negative, and with ``keep`` that rho is not negative,
        or positive if ``strictly``.

        >>> shares = Shares.of_tokens(System.of(((Fraction(2),),), Fraction(1), ((Fraction(1),),)))
        >>> shares.since(lambda rho, pulls: rho > 0 and min(pulls) >= 0, strictly=True, keep=True)
        0
        """
        if isinstance(self.system.schedule, Quotient):
            last = self._proved(self.system.schedule, strictly, keep)
            tail = last
        else:
            tail, period = self.system.cycle
            last = tail + period
        if last is None or tail is None:
            return None
        failing = [k for k in range(last) if not self._passes(k, test)]
        if any(k >= tail for k in failing):
            return None
        return max(failing, default=-1) + 1

    def _passes(self, layer: int, test: Callable[[Number, Vector], bool]) -> bool:
        shares = self.at(layer)
        return shares is not None and test(*shares)

    def _proved(self, schedule: Quotient, strictly: bool, keep: bool) -> int | None:
        # A layer from which on the formula passes: rho = (D - N)/E, v_h = s_h N/E with E = D + (s - 1) N.
        scales = self.constant
        if scales is None:
            return None
        above, below = schedule.numerator, schedule.denominator
        conditions = [
            (below.plus(sum(scales, Fraction(-1)), above), True),
            *((Terms(()).plus(s, above), False) for s in scales),
        ]
        if keep:
            conditions.append((below.plus(Fraction(-1), above), strictly))
        opposite = [(Terms(()).plus(Fraction(-1), terms), strict) for terms, strict in conditions]
        found = proved_from(conditions)
        return proved_from(opposite) if found is None else found


def _scale(matrix: Matrix) -> Number | None:
    # The number s with s I = matrix.
    first, *others = (_scale_of_row(matrix, r) for r in range(len(matrix)))
    return first if all(s == first for s in others) else None


def _scale_of_row(matrix: Matrix, r: int) -> Number | None:
    # The number s with s e_r = e_r matrix.
    return None if any(x for c, x in enumerate(matrix[r]) if c != r) else matrix[r][r]
