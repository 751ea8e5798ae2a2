"""Times as a user lists them, with dots in place of those that go on in equal steps."""

from __future__ import annotations

from fractions import Fraction

from exactdyn.errors import InputError

DOTS = "..."


def read_times(text: str, option: str) -> tuple[Fraction, ...]:
    """Return the times of a list such as 0,1/2,2 or 0,1/10,...,2; dots go on as the two before them.

    Raises :class:`~exactdyn.errors.InputError` for what is no such list, beginning with ``option``.

    >>> read_times("0,1/2,...,2", "--spectrum")[-2:]
    (Fraction(3, 2), Fraction(2, 1))
    >>> read_times("0,1/2,...,7/3", "--spectrum")
    Traceback (most recent call last):
    exactdyn.errors.InputError: --spectrum: requires a last time that equal steps of 1/2 reach, got 7/3
    """
    from exactdyn.numbers.reading import exact
    from exactdyn.softmax.spectrum import TIMES_LIMIT
    from proofs_checks.format.rationals import write_rational

    parts = [part.strip() for part in text.split(",")]
    times = [exact(part, option) for part in parts if part != DOTS]
    if DOTS not in parts:
        return tuple(times)
    if parts.count(DOTS) > 1 or parts.index(DOTS) != len(parts) - 2 or len(times) < 3:
        raise InputError(f"{option}: requires two times before the dots and one after, such as 0,1/10,...,2")
    *first, before, start, last = times
    step = start - before
    count = (last - start) / step if step > 0 else Fraction(0)
    if count.denominator != 1 or count < 1:
        wanted = f"a last time that equal steps of {write_rational(step)} reach"
        raise InputError(f"{option}: requires {wanted}, got {write_rational(last)}")
    if count > TIMES_LIMIT:
        raise InputError(f"{option}: requires from 1 to {TIMES_LIMIT} times, got {count}")
    return (*first, before, *(start + k * step for k in range(int(count) + 1)))
