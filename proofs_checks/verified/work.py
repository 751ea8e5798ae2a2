"""How much a certificate may ask the verified checker to compute: estimated before anything is computed.

Estimates count products of machine words, and are meant to be too large rather than too small. Nothing that
is accepted depends on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import comb

from proofs_checks.verified.claims import RULES, Data, Sizes
from proofs_checks.verified.document import Rational

WORK_LIMIT = 25_000_000
WORK_PER_CHARACTER = 500
"""As much as the hand-written checker grants, in steps that it counts when they are done."""

WORD = 64


class TooMuchError(Exception):
    """Checking may cost more than a certificate of this length may ask for."""


def require_affordable(characters: int, steps: int) -> None:
    """Raise :class:`TooMuchError` where a text of so many characters may not ask for so many steps.

    >>> require_affordable(0, 10**9)
    Traceback (most recent call last):
    proofs_checks.verified.work.TooMuchError: more than 25,000,000 steps of work
    """
    limit = WORK_LIMIT + WORK_PER_CHARACTER * characters
    if steps > limit:
        raise TooMuchError(f"more than {limit:,} steps of work")


def steps_about_system(
    alpha: Rational, sizes: Sizes, characters: int, claims: Iterable[Data], last: int
) -> int:
    """Estimate what it costs to run the layers up to the last one, and to check the claims on them.

    >>> steps_about_system((1, 1), Sizes(3, 2, 30), 1000, [], 30)
    6300
    """
    n, d = sizes.tokens, sizes.dimension
    growth = sum(alpha).bit_length() + n // 2  # of a tie among many the mean is taken
    words = 1 + (4 * characters // (n * d + 1) + last * growth) // (2 * WORD)
    run = (last + 5) * n * (n + d) * d * words
    return run + sum(_steps_of_claim(claim, sizes, words + _bits(claim) // WORD) for claim in claims)


def _bits(claim: Data) -> int:
    # Of the numbers by which layers are combined.
    if "itinerary" not in RULES[claim[0]].members:
        return 0
    _, _, nodes, *_ = claim[1]
    coefficients = claim[2] if "coefficients" in RULES[claim[0]].members else ()
    return sum(part.bit_length() for number in (*nodes, *coefficients) for part in number)


def _steps_of_claim(claim: Data, sizes: Sizes, words: int) -> int:
    # What costs most in each rule: periods of scores, limits against each other, all simplices of limits.
    n, d = sizes.tokens, sizes.dimension
    kinds, steps = RULES[claim[0]].members.values(), 0
    if "itinerary" in kinds:
        _, period, nodes, forms = claim[1]
        size = len(forms[0][0]) if forms else 1 + len(nodes)
        steps = period * size**2 * n * n * words
        steps *= size * (1 + len(forms[0][2])) if forms else 1
    if RULES[claim[0]].claim in ("limit-set", "leader-vertex"):
        steps += 20 * n * n * d * d * words
    if RULES[claim[0]].claim == "limit-set" and "factorisation" not in kinds and "Rigid" in claim[0]:
        steps += sum(comb(n, k) * (k * d) ** 2 * 60 * words for k in range(d + 2))
    return steps


def steps_of_units(dimension: int) -> int:
    """Estimate what it costs to write down a matrix for every entry.

    >>> steps_of_units(3)
    81
    """
    return dimension**4


def steps_of_cases(span: int, sizes: Sizes, nodes: int) -> int:
    """Estimate what it costs to go through a tree: at every node all tokens are compared by all matrices.

    >>> steps_of_cases(3, Sizes(3, 2, 2), 10)
    29010
    """
    n, d = sizes.tokens, sizes.dimension
    return 10 * nodes * n * n * (span + 1) * 2 * d * d + (sizes.layers + 5) * n * (n + d) * d
