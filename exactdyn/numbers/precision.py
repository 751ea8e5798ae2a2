"""Ball arithmetic: its working precision, changed for a moment and always put back; balls of radius 0."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from threading import RLock

from flint import arb, ctx, fmpz

# flint keeps one precision for the whole process. Two threads that compute enclosures take turns, so that
# neither changes the other's; a ball encloses whatever the precision is, so not even a foreign change of it
# in between can make a result wrong.
_TURN = RLock()

FIRST_BITS = 64
"""Precision that is tried first; it doubles until a question is decided."""


@contextmanager
def working(bits: int) -> Iterator[None]:
    """Compute with balls of this precision, then restore what was before.

    Another thread that wants the same waits for its turn.

    >>> from flint import arb
    >>> before = ctx.prec
    >>> with working(20):
    ...     third = arb(1) / 3
    >>> bool(third.rad() > 1e-8), ctx.prec == before
    (True, True)
    """
    with _TURN:
        before = ctx.prec
        try:
            ctx.prec = bits
            yield
        finally:
            ctx.prec = before


def exactly(point: arb) -> Fraction:
    """Return the value of a ball of radius 0.

    >>> exactly(arb((3, -1)))
    Fraction(3, 2)
    """
    numerator, exponent = point.man_exp()
    scale = fmpz(2) ** abs(int(exponent))
    value = (numerator * scale, fmpz(1)) if exponent >= 0 else (numerator, scale)
    return Fraction(int(value[0]), int(value[1]))
