"""What is concluded about all later time, and the box that every such conclusion starts from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from exactdyn.softmax.balls import Balls, balls
from exactdyn.softmax.flow.flow import Flow
from exactdyn.softmax.system import Drive, Start
from exactdyn.verdict import Verdict

SLACK = 2
"""The radius that a certificate states is this many times the one computed, and one unit more: the checker's
own is not the same to the last bit."""

TUBE_SHARE = Fraction(15, 16)
"""What must be less than rho is required to be less than this share of it: the checker rounds otherwise."""


@dataclass(frozen=True)
class Box:
    """Where the distinct points are at time T: every coordinate within ``radius`` of that of ``centre``.

    Points count as in :attr:`~exactdyn.softmax.system.Start.points`. ``bits``: the precision to compute with.
    """

    model: Drive
    start: Start
    time: Fraction
    centre: tuple[tuple[Fraction, ...], ...]
    radius: Fraction
    bits: int

    def positions(self) -> Balls:
        """Return a ball for every coordinate of every point.

        >>> from exactdyn.softmax.flow.flow import flow
        >>> from exactdyn.softmax.system import Softmax
        >>> box = box_of(flow(Softmax(), [[1], [2], [1]], until=Fraction(1, 4)))
        >>> len(box.positions())
        2
        """
        return balls(self.centre, self.radius)

    def tokens(self, point: int) -> tuple[int, ...]:
        """Return the tokens at a point.

        >>> from exactdyn.softmax.flow.flow import flow
        >>> from exactdyn.softmax.system import Softmax
        >>> box = box_of(flow(Softmax(), [[1], [2], [1]], until=Fraction(1, 4)))
        >>> box.tokens(0)
        (0, 2)
        """
        return tuple(token for token, place in enumerate(self.start.place) if place == point)

    def lasting(self, i: int, j: int) -> str:
        """Say that the attention of one point on another is not proved to vanish, by tokens at them.

        >>> from exactdyn.softmax.flow.flow import flow
        >>> from exactdyn.softmax.system import Softmax
        >>> box = box_of(flow(Softmax(), [[1], [1], [2]], until=Fraction(1, 4)))
        >>> box.lasting(0, 1)
        'the attention of token 0 on token 2 is not proved to vanish'
        """
        here, there = self.tokens(i)[0], self.tokens(j)[0]
        return f"the attention of token {here} on token {there} is not proved to vanish"


def box_of(flow: Flow) -> Box:
    """Return the box at the end of a flow.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Envelope".

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.system import Softmax
    >>> box = box_of(flow(Softmax(), [[1], [2], [1]], until=Fraction(1, 4)))
    >>> box.time
    Fraction(1, 4)
    """
    reached = flow.enclosure(flow.time)
    radius = SLACK * reached.radius + Fraction(1, 2**flow.bits)
    return Box(flow.model, flow.start, flow.time, reached.centre, radius, max(flow.bits, 80) + 32)


@dataclass(frozen=True)
class Conclusion:
    """A verdict about all t >= T, and what is proved even if something is left undecided.

    ``verdict``: ``holds`` if it speaks of every token, else ``undecided`` with the reason for the others.
    ``evidence``: what a certificate claims, fields as in ``proofs_checks/softmax/FORMAT.md``; None if
    nothing is proved. ``settled``: the tokens it speaks of. ``details``: numbers for the reader.
    ``undecided``: for each of the other tokens the reason, where there is one for each.
    """

    verdict: Verdict
    settled: frozenset[int] = frozenset()
    evidence: Mapping[str, Any] | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    undecided: Mapping[int, str] = field(default_factory=dict)


def nothing(reason: str) -> Conclusion:
    """Return the conclusion that nothing is proved, with the reason.

    >>> nothing("V > 0 is required").verdict.outcome
    'undecided'
    """
    return Conclusion(Verdict("undecided", reason=reason))


def whole(box: Box, lemma: str, evidence: Mapping[str, object], details: Mapping[str, object]) -> Conclusion:
    """Return what is proved about all tokens.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.system import Softmax
    >>> whole(box_of(flow(Softmax(), [[1], [2]], until=Fraction(1, 4))), "hull", {}, {}).settled
    frozenset({0, 1})
    """
    verdict = Verdict("holds", f"every t >= {box.time}", lemma, evidence)
    return Conclusion(verdict, frozenset(range(len(box.start.place))), evidence, details)


def conclusion(
    box: Box,
    settled: frozenset[int],
    lemma: str,
    evidence: Mapping[str, object],
    details: Mapping[str, object],
    why: Callable[[int], str],
) -> Conclusion:
    """Return what is proved about these tokens; ``why``: for a point, why nothing is about its tokens.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Statements".

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.system import Softmax
    >>> box = box_of(flow(Softmax(), [[1], [2], [1]], until=Fraction(1, 4)))
    >>> found = conclusion(box, frozenset({0, 2}), "hull", {}, {}, lambda point: "it is in the middle")
    >>> found.verdict.reason, found.undecided
    ('token 1: it is in the middle', {1: 'it is in the middle'})
    """
    left = {token: why(point) for token, point in enumerate(box.start.place) if token not in settled}
    if not left:
        return whole(box, lemma, evidence, details)
    by_reason = {reason: [token for token in left if left[token] == reason] for reason in left.values()}
    reasons = [f"{_tokens(tokens)}: {reason}" for reason, tokens in by_reason.items()]
    undecided = Verdict("undecided", reason="; ".join(reasons))
    if not settled:
        return Conclusion(undecided, undecided=left)
    return Conclusion(undecided, settled, evidence, details, left)


def _tokens(tokens: Sequence[int]) -> str:
    return f"token{'' if len(tokens) == 1 else 's'} {', '.join(map(str, tokens))}"
