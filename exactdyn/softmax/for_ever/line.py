"""``attention-limit``: on a line every row of attention that can be trapped tends to an outermost token."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from flint import arb

from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import ball
from exactdyn.softmax.for_ever.statement import Box, Conclusion, conclusion, nothing

WITHIN = Fraction(1, 10**6)
"""How near every row is to its limit from the time on that is reported."""

STEPS = 16
"""Into how many steps the time 1/V, or nearly that, is divided when that time is looked for."""

LATER_LIMIT = 256
"""How many such times after T it is given up."""


def decide(box: Box) -> Conclusion:
    """Conclude which limit every row of the attention matrix has, for tokens on a line.

    Requires d = 1, V > 0 and QK > 0. Row i tends to the row that is uniform on the copies of the outermost
    token on the side of x_i. Rows of tokens whose sign is undecided stay undecided.
    Source: lemma ``line-trap`` in ``proofs_checks/softmax/FORMAT.md``; that each row but one has such a
    limit: arXiv 2305.05465, Theorem 2.1.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> box = box_of(flow(Softmax(Q=[[3]]), [[1], [-1]], until=Fraction(1, 4)))
    >>> decide(box).evidence["rows"]
    [[0, 0], [1, 1]]
    """
    if box.model.dimension != 1:
        return nothing("the dimension is not 1")
    if not (box.model.V[0][0] > 0 and box.model.B[0][0] > 0):
        return nothing("V > 0 and QK > 0 are required")
    with working(box.bits):
        traps = [trap for sign in (1, -1) if (trap := _trap(box, sign)) is not None]
        rows = {point: trap for trap in traps for point in trap.disturbances}
        later = _later(box, rows)
    if later is None:
        return nothing(f"the rows are not proved to be within {WITHIN} of their limits in reasonable time")
    since = box.time + later
    pairs = [
        [token, box.tokens(trap.leader)[0]]
        for point, trap in sorted(rows.items())
        for token in box.tokens(point)
    ]
    evidence = {"rows": pairs, "from": since, "within": WITHIN}
    leaders = sorted({leader for _, leader in pairs})
    details = {"leaders": leaders, "rank": len(leaders)}
    settled = frozenset(token for token, _ in pairs)
    return conclusion(box, settled, "line-trap", evidence, details, partial(_why, box, traps))


def _why(box: Box, traps: list[_LineTrap], point: int) -> str:
    # Why the row of a point is not proved to have a limit.
    with working(box.bits):
        x = box.positions()[point][0]
        if not (x > 0 or x < 0):
            return f"at time {float(box.time):g} its sign is undecided"
        if not any(trap.lows[point] > 0 for trap in traps):
            return f"at time {float(box.time):g} the outermost token on its side is not trapped"
    return f"at time {float(box.time):g} it is too near 0 to be trapped"


@dataclass(frozen=True)
class _LineTrap:
    """One side: its outermost point n, and lower bounds of all sign x_i and of the gaps of the others to n.

    ``disturbances``: upper bounds k_i for the rows that are trapped.
    """

    leader: int
    lows: list[arb]
    gaps: dict[int, arb]
    disturbances: dict[int, arb]


def _trap(box: Box, sign: int) -> _LineTrap | None:
    xs = [sign * row[0] for row in box.positions()]
    leader = max(range(len(xs)), key=lambda j: sign * box.centre[j][0])
    lows = [x.lower() for x in xs]
    gaps = {j: (xs[leader] - x).lower() for j, x in enumerate(xs) if j != leader}
    if not (all(gap > 0 for gap in gaps.values()) and lows[leader] > 0):
        return None
    found = {i: _disturbance(box, leader, gaps, low) for i, low in enumerate(lows) if low > 0}
    trapped = {i: k for i, k in found.items() if k < lows[leader]}
    return _LineTrap(leader, lows, gaps, trapped) if leader in trapped else None


def _disturbance(box: Box, leader: int, gaps: dict[int, arb], c: arb) -> arb:
    # k = sum m_j g(u_j) / m_n with g(u) = u exp(-b c u) where b c u >= 1, else 1 / (e b c).
    rate = ball(box.model.B[0][0]) * c
    total = arb(0)
    for j, gap in gaps.items():
        # A comparison of balls is true only when certain: otherwise the larger of the two values of g.
        part = gap * (-rate * gap).exp() if rate * gap >= 1 else 1 / (rate * arb(1).exp())
        total = total + box.model.weights[j] * part
    return (total / box.model.weights[leader]).upper()


def _later(box: Box, rows: dict[int, _LineTrap]) -> Fraction | None:
    # How long after T all the rows are near enough to their limits: the least multiple of about 1/(16 V).
    V = box.model.V[0][0]
    unit = Fraction(2) ** (V.denominator.bit_length() - V.numerator.bit_length()) / STEPS
    low, high = -1, 1
    while not _near(box, rows, high * unit):
        if high > LATER_LIMIT * STEPS:
            return None
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _near(box, rows, middle * unit) else (middle, high)
    return high * unit


def _near(box: Box, rows: dict[int, _LineTrap], later: Fraction) -> bool:
    limit = ball(WITHIN) * (1 - arb(2) ** -20)
    return all(_error(box, trap, point, later) < limit for point, trap in rows.items())


def _error(box: Box, trap: _LineTrap, point: int, later: Fraction) -> arb:
    # A bound of 1 - P_in at all times from T + later on.
    V, b = ball(box.model.V[0][0]), ball(box.model.B[0][0])
    strength, own = trap.disturbances[trap.leader], trap.disturbances[point]
    growth = (V * ball(later)).exp() - 1
    pull = V * (strength - own) * ball(later) + (trap.lows[trap.leader] - strength) * growth
    distance = trap.lows[point] + pull
    if not distance > 0:
        return arb(1)
    weights = box.model.weights
    shares = (weights[j] * (-b * distance * gap).exp() for j, gap in trap.gaps.items())
    return (sum(shares, arb(0)) / weights[trap.leader]).upper()
