"""How much a certificate may ask the verified checker to compute: estimated before anything is computed."""

from __future__ import annotations

from proofs_checks.verified.claims import Sizes
from proofs_checks.verified.document import Rational

WORK_LIMIT = 25_000_000
WORK_PER_CHARACTER = 500
"""As much as the hand-written checker grants, in steps that are counted before they are done."""

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


def steps_of_run(alpha: Rational, sizes: Sizes, characters: int, last: int) -> int:
    """Estimate what it costs to run these many layers: scores of all tokens, of numbers that grow.

    >>> steps_of_run((1, 1), Sizes(3, 2, 30), 1000, 30)
    5250
    """
    n, d = sizes.tokens, sizes.dimension
    growth = sum(alpha).bit_length()
    words = (4 * characters // (n * d + 1) + last * growth) // (2 * WORD)
    return (last + 5) * n * (n + d) * d * (1 + words)


def steps_of_cases(span: int, sizes: Sizes, nodes: int) -> int:
    """Estimate what it costs to go through a tree: at every node all tokens are compared by all matrices.

    >>> steps_of_cases(3, Sizes(3, 2, 2), 10)
    2880
    """
    n, d = sizes.tokens, sizes.dimension
    return nodes * n * n * (span + 1) * 2 * d * d
