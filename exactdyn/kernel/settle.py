"""What the filter leaves open, decided exactly: among the candidates only, copies found on the way.

Exact scores are dear, one integer product of long numbers each. So they are taken only for the tokens that
came within the bound of the best: every attended token is one of these. What ties exactly is told apart by
the exact position: tokens at one point are joined, for they will be together at every later layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from flint import fmpz, fmpz_mat

from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.exact.point import over_common
from exactdyn.kernel.exact.states import ExactStates, Held
from exactdyn.kernel.floats.filter import RowInDoubt
from exactdyn.kernel.floats.shadow import Shadow, U

MANY = 16
"""With more candidates than this, the exact direction is looked at in floats once more."""

LONG = 2048
"""Of numbers with more bits than this, differences are compared, by their first digits."""

DIGITS = 192
"""So many bits are first digits."""

Integers = tuple[fmpz, ...]


@dataclass
class Settled:
    """Rows decided exactly.

    ``attended``: for every row the representatives of the points it attends, ascending; None for the zero
    direction, which attends everything. ``survivors``: for every representative found to be at the point of
    another one that other one.
    """

    attended: dict[int, tuple[int, ...] | None] = field(default_factory=dict)
    survivors: dict[int, int] = field(default_factory=dict)


def exact_directions(matrix: Matrix | None, rows: Sequence[Integers]) -> list[Integers]:
    """Return a positive multiple of A z for each point z given by its numerators; None is the identity.

    >>> from exactdyn.numbers.reading import exact_rows
    >>> exact_directions(Matrix(exact_rows([[0, 2], [1, 0]], "A")), [(fmpz(3), fmpz(4))])
    [(8, 3)]
    """
    if matrix is None:
        return list(rows)
    return [tuple(row) for row in (fmpz_mat([list(row) for row in rows]) * matrix.transposed).tolist()]


def score(vector: Sequence[fmpz | int], place: Integers) -> fmpz:
    """Return a scalar product.

    >>> score((fmpz(1), fmpz(2)), (fmpz(3), fmpz(4)))
    11
    """
    return sum([x * y for x, y in zip(vector, place, strict=True)], fmpz(0))


def unit_floats(integers: Sequence[fmpz], bits: int) -> list[float]:
    """Divide integers of at most this many bits by 2**bits, each with an error of at most 1.01 * 2**-53.

    >>> unit_floats([fmpz(1), fmpz(-3)], 2)
    [0.25, -0.75]
    """
    shift = max(0, bits - 62)
    scale = 2.0 ** -min(bits, 62)
    return [float(int(x >> shift)) * scale for x in integers]


def settle(
    states: ExactStates,
    matrix: Matrix | None,
    layer: int,
    doubt: Sequence[RowInDoubt],
    shadow: Shadow,
    columns: np.ndarray,
) -> Settled:
    """Decide rows exactly.

    ``columns``: the tokens that the filter compared. The itinerary behind ``states`` must reach the layer
    before this one.
    Source: arXiv 2407.01602, equation (1.2).

    >>> from fractions import Fraction
    >>> from exactdyn.kernel.exact.itinerary import Itinerary
    >>> from exactdyn.kernel.exact.start import Source
    >>> from exactdyn.kernel.floats.shadow import initial_shadow
    >>> source = Source([[1], [1], ["1/2"]])
    >>> states = ExactStates(source, Fraction(1, 2), Itinerary(3, 1))
    >>> shadow = initial_shadow(*source.shadow(), None)
    >>> settle(states, None, 0, [RowInDoubt(2, np.array([0, 1]), 1e-16)], shadow, np.arange(3))
    Settled(attended={2: (0,)}, survivors={1: 0})
    """
    settled = Settled()
    tokens = [row.token for row in doubt]
    own = states.values(layer, tokens)
    directions = exact_directions(matrix, [own[token].numerators for token in tokens])
    contests: list[tuple[int, Integers, list[int]]] = []
    for row, vector in zip(doubt, directions, strict=True):
        if any(vector):
            contests.append((row.token, vector, _candidates(row, vector, shadow, columns)))
        else:
            settled.attended[row.token] = None  # every score is 0, also with tokens that are no column
    places = _common_numerators(states, layer, contests)
    for token, vector, candidates in contests:
        tied = _highest(vector, [j for j in candidates if j not in settled.survivors], places)
        settled.attended[token] = _distinct(tied, places, states.itinerary.locked, settled.survivors)
    return settled


def _candidates(row: RowInDoubt, vector: Integers, shadow: Shadow, columns: np.ndarray) -> list[int]:
    """Narrow many candidates down by the direction itself, which its shadow may have lost."""
    many = columns if row.candidates is None else row.candidates
    if len(many) > MANY:
        unit = np.array(unit_floats(vector, max(x.bit_length() for x in vector)))
        scores = shadow.positions.rows.take(many, 0) @ unit
        error = float(shadow.score_error(float(np.abs(unit).sum()), direction_error=2 * U))
        many = many[scores >= scores.max() - 2.02 * error]
    candidates: list[int] = many.tolist()
    return candidates


def _common_numerators(
    states: ExactStates, layer: int, contests: list[tuple[int, Integers, list[int]]]
) -> dict[int, Integers]:
    # One common denominator for all contests of the layer: it changes no comparison, and places are compared.
    wanted = sorted({j for _, _, candidates in contests for j in candidates})
    if not wanted:
        return {}
    values: Held = states.values(layer, wanted)
    rows, _, _ = over_common([values[j] for j in wanted], states.sizes)
    return dict(zip(wanted, rows, strict=True))


def _highest(vector: Integers, candidates: list[int], places: dict[int, Integers]) -> list[int]:
    if max(x.bit_length() for x in vector) > LONG:
        return _highest_by_differences(vector, candidates, places)
    scores = [score(vector, places[j]) for j in candidates]
    highest = max(scores)
    return [j for j, own in zip(candidates, scores, strict=True) if own == highest]


def _highest_by_differences(
    vector: Integers, candidates: list[int], places: dict[int, Integers]
) -> list[int]:
    """Compare each candidate with the best so far: of long numbers the difference has few digits that count.

    Tokens that come together agree in most digits; of their difference, and of the direction, the first ones
    decide as a rule, and a product of all digits is taken where they do not.
    """
    direction = _first_digits(vector)
    best, *others = candidates
    tied = [best]
    for j in others:
        ahead = [x - y for x, y in zip(places[j], places[best], strict=True)]
        lead = _leading_part(direction, _first_digits(ahead)) or score(vector, tuple(ahead))
        if lead > 0:
            best, tied = j, [j]
        elif lead == 0:
            tied.append(j)
    return tied


def _first_digits(integers: Sequence[fmpz]) -> list[fmpz]:
    """Shift integers alike until they have at most :data:`DIGITS` bits: each is then off by less than 1."""
    shift = max(0, *(x.bit_length() - DIGITS for x in integers))
    return [x >> shift for x in integers]


def _leading_part(first: list[fmpz], second: list[fmpz]) -> fmpz:
    """Return the scalar product of first digits, each off by less than 1, or 0 where its sign is open."""
    product = score(first, tuple(second))
    return product if abs(product) > len(first) << DIGITS + 2 else fmpz(0)


def _distinct(
    tied: list[int], places: dict[int, Integers], locked: dict[int, int], survivors: dict[int, int]
) -> tuple[int, ...]:
    """Keep one of each point among the tied: a locked one if there is one, what is known of it stays true."""
    if len(tied) == 1:
        return (tied[0],)
    points: dict[Integers, list[int]] = {}
    for j in tied:
        points.setdefault(places[j], []).append(j)
    kept = []
    for copies in points.values():
        survivor = next((j for j in copies if j in locked), copies[0])
        survivors.update((j, survivor) for j in copies if j != survivor)
        kept.append(survivor)
    return tuple(sorted(kept))
