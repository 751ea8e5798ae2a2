"""What settles a region for all later layers; parameters/FORMAT.md, section "Closing"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field
from proofs_checks.parameters.line import Line
from proofs_checks.parameters.packed import Packed
from proofs_checks.parameters.polynomials import Polynomial, determinant, inner, plus, trimmed
from proofs_checks.parameters.regions import Region
from proofs_checks.parameters.states import Rows, Sets, State, difference, image

MINORS_LIMIT = 6
"""Largest matrix whose principal minors are computed."""

WEIGHTS_LIMIT = 100
"""Most weights of a limit."""


@dataclass(frozen=True)
class Settled:
    """A region, the attention sets and states of its layers, and whether <Ax, x> >= 0 is proved."""

    line: Line
    A: Rows
    region: Region
    states: tuple[State, ...]
    itinerary: tuple[Sets, ...]
    semidefinite: bool

    @property
    def state(self) -> State:
        """The tokens at the last layer."""
        return self.states[-1]

    @property
    def sets(self) -> Sets:
        """The attention sets of the last layer."""
        return self.itinerary[-1]


@dataclass(frozen=True)
class Future:
    """What is known of all later layers: where the tokens tend, None where they do not converge.

    ``period``: the sets of so many layers repeat; None where nothing is known of sets.
    """

    limits: State | None
    period: int | None = 1


def leading(region: Region, state: State, sets: Sets) -> frozenset[int]:
    """Return the tokens of leading points: tokens at one place that attend exactly each other.

    Source: FORMAT.md, lemma ``leaders-persist``.
    """

    def together(i: int, j: int) -> bool:
        if state.places[i] == state.places[j]:
            return True
        return all(region.vanishes(plus(x, y, -1)) for x, y in zip(state.rows[i], state.rows[j], strict=True))

    return frozenset(
        i for i, own in enumerate(sets) if i in own and all(sets[j] == own and together(i, j) for j in own)
    )


def followers(region: Region, state: State, sets: Sets) -> frozenset[int]:
    """Return the tokens that attend one leading point, which they do for ever.

    Source: FORMAT.md, lemma ``lock-in``.
    """
    lead = leading(region, state, sets)
    return frozenset(i for i, own in enumerate(sets) if min(own) in lead and own == sets[min(own)])


def check_followers(settled: Settled, data: Field) -> Future:
    """Check that every token follows leading points for ever.

    Source: FORMAT.md, lemmas ``lock-in`` and ``tie-lock-in``.
    """
    data.fields(["lemma"])
    region, state, sets = settled.region, settled.state, settled.sets
    lead = leading(region, state, sets)
    need(data, all(own <= lead for own in sets), "a token attends one that does not lead")
    for own in {own for own in sets if own != sets[min(own)]}:
        total: list[Polynomial] = [[] for _ in state.rows[0]]
        for j in own:
            total = [plus(x, y) for x, y in zip(total, state.rows[j], strict=True)]
        direction = image(settled.A, total)
        values = [inner(direction, row) for row in state.rows]
        for j, value in enumerate(values):
            gap = plus(values[min(own)], value, -1)
            fits = region.vanishes(gap) or (j not in own and region.positive(gap))
            need(data, fits, f"token {j} is not seen to stay behind the mean of a tie")
    return Future(state.averaged(sets))


def check_basin(settled: Settled, data: Field) -> Future:
    """Check that every token tends to a leading point.

    Source: FORMAT.md, lemma ``basin``.
    """
    state, count = settled.state, len(settled.sets)
    entries = data.fields(["lemma", "targets"])["targets"].items(count)
    targets = [entry.integer(0, count - 1) for entry in entries]
    proved = settled.semidefinite or minors_not_negative(settled.A, settled.region)
    need(data, proved, "basin requires <Ax, x> >= 0, by a factorisation or by minors")
    lead = leading(settled.region, state, settled.sets)
    need(data, all(p in lead for p in targets), "a target does not lead")
    # The copies of a target are one group with it.
    named = {p: min(settled.sets[p]) for p in targets}
    group = [named[p] for p in targets]
    need(data, all(group[i] == min(settled.sets[i]) for i in lead), "a leading token tends elsewhere")
    quick = Packed(settled.A, [state], *settled.region.ends)
    for i, p in enumerate(group):
        scores = quick.scores(i)
        for b in range(count):
            if group[b] == p and (b != i or i in settled.sets[p]):
                continue
            if not quick.positive(scores[p] - scores[b]):
                gap = difference(settled.A, state, i, p, b)
                need(data, settled.region.positive(gap), f"token {i} is not seen to prefer its target to {b}")
    return Future(State([state.rows[p] for p in group], state.denominator), None)


def minors_not_negative(A: Rows, region: Region) -> bool:
    """Tell whether no principal minor of A + A^T is negative on the region; False where there are too many.

    Source: F. R. Gantmacher, The Theory of Matrices 1, section X.4, theorem 4.
    """
    size = range(len(A))
    if len(A) > MINORS_LIMIT:
        return False
    chosen = (own for count in size for own in combinations(size, count + 1))
    minors = (_minor(A, own) for own in chosen)
    return all(region.vanishes(minor) or region.positive(minor) for minor in minors)


def minors_positive(A: Rows, region: Region) -> bool:
    """Tell whether the leading principal minors of A + A^T are positive on the region.

    Source: J. J. Sylvester's criterion; F. R. Gantmacher, The Theory of Matrices 1, section X.4, theorem 3.
    """
    sizes = range(1, len(A) + 1)
    return len(A) <= MINORS_LIMIT and all(region.positive(_minor(A, range(size))) for size in sizes)


def _minor(A: Rows, own: Sequence[int]) -> Polynomial:
    return determinant([[plus(A[r][c], A[c][r]) for c in own] for r in own])


def limits_by_weights(settled: Settled, data: Field, weights: list[Fraction]) -> Future:
    """Return sum w_j W^j Z, W the averaging of the graph; it has to be left as it is by W."""
    need(data, 0 < len(weights) <= WEIGHTS_LIMIT and sum(weights) == 1, "weights have the sum 1")
    state = settled.state
    total: State | None = None
    for weight in weights:
        top, below = weight.numerator, weight.denominator
        total = (
            state.combined(state, trimmed([top]), [], below)
            if total is None
            else total.combined(state, [below], trimmed([top]), below)
        )
        state = state.averaged(settled.sets)
    if total is None:
        raise RejectedError("requires weights")
    still = total.combined(total.averaged(settled.sets), [1], [-1], 1)
    rest = all(settled.region.vanishes(x) for row in still.rows for x in row)
    need(data, rest, "the weights name a state that moves on")
    return Future(total)


def need(field: Field, condition: bool, why: str) -> None:
    """Raise RejectedError, which says where, unless a condition holds."""
    if not condition:
        raise RejectedError(f"{field.path}: {why}")
