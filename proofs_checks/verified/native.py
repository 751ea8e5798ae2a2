"""What the generated checker takes from Python: integers, and lists as tuples.

Each function is one of Coq's standard library, of the same name and arguments; a function that it is given
takes one argument after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import gcd, lcm
from typing import Any, NoReturn


def z_div(a: int, b: int) -> int:
    """Return the quotient rounded down; by 0 it is 0, as in Coq.

    >>> z_div(-7, 2), z_div(7, 0)
    (-4, 0)
    """
    return a // b if b else 0


z_gcd, z_lcm = gcd, lcm


def z_ggcd(a: int, b: int) -> tuple[int, tuple[int, int]]:
    """Return the greatest common divisor and both numbers divided by it.

    >>> z_ggcd(-4, 6), z_ggcd(0, 0)
    ((2, (-2, 3)), (0, (0, 0)))
    """
    g = gcd(a, b)
    return g, (z_div(a, g), z_div(b, g))


def z_to_pos(a: int) -> int:
    """Return the number as a positive one; 1 where it is none.

    >>> z_to_pos(7), z_to_pos(-7)
    (7, 1)
    """
    return max(a, 1)


def nth(place: int, entries: tuple[Any, ...], default: Any) -> Any:
    """Return an entry, or the default beyond the end.

    >>> nth(1, (5, 6), 0), nth(2, (5, 6), 0)
    (6, 0)
    """
    return entries[place] if place < len(entries) else default


def map(function: Callable[[Any], Any], entries: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what the function makes of every entry.

    >>> map(lambda x: x + 1, (5, 6))
    (6, 7)
    """
    return tuple([function(entry) for entry in entries])


def seq(start: int, count: int) -> tuple[int, ...]:
    """Return as many numbers from the first on.

    >>> seq(5, 2)
    (5, 6)
    """
    return tuple(range(start, start + count))


def combine(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return pairs, as many as the shorter list has entries.

    >>> combine((1, 2, 3), (5, 6))
    ((1, 5), (2, 6))
    """
    return tuple(zip(first, second, strict=False))


def concat(lists: tuple[tuple[Any, ...], ...]) -> tuple[Any, ...]:
    """Return the lists one after the other, as one.

    >>> concat(((1, 2), (), (3,)))
    (1, 2, 3)
    """
    return tuple([entry for part in lists for entry in part])


def flat_map(function: Callable[[Any], tuple[Any, ...]], entries: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what the function makes of every entry, one list after the other.

    >>> flat_map(lambda x: (x, x), (5, 6))
    (5, 5, 6, 6)
    """
    return concat(map(function, entries))


def fold_right(function: Callable[[Any], Callable[[Any], Any]], start: Any, entries: tuple[Any, ...]) -> Any:
    """Return what comes out when every entry is joined to the result, from the last one on.

    >>> fold_right(lambda x: lambda result: x - result, 0, (5, 6))
    -1
    """
    return reduce(lambda result, entry: function(entry)(result), reversed(entries), start)


def forallb(function: Callable[[Any], bool], entries: tuple[Any, ...]) -> bool:
    """Tell whether this is true of all entries.

    >>> forallb(lambda x: x > 5, (6, 5)), forallb(bool, ())
    (False, True)
    """
    return all(function(entry) for entry in entries)


def existsb(function: Callable[[Any], bool], entries: tuple[Any, ...]) -> bool:
    """Tell whether this is true of an entry.

    >>> existsb(lambda x: x > 5, (6, 5)), existsb(bool, ())
    (True, False)
    """
    return any(function(entry) for entry in entries)


def filter(function: Callable[[Any], bool], entries: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the entries of which this is true.

    >>> filter(lambda x: x > 5, (6, 5, 7))
    (6, 7)
    """
    return tuple([entry for entry in entries if function(entry)])


def find(function: Callable[[Any], bool], entries: tuple[Any, ...]) -> tuple[Any] | None:
    """Return the first entry of which this is true, in a tuple; None where there is none.

    >>> find(lambda x: x > 5, (5, 6, 7)), find(lambda x: x > 5, ())
    ((6,), None)
    """
    return next(((entry,) for entry in entries if function(entry)), None)


def unwound(later: list[Callable[[Any], Any]], result: Any) -> Any:
    """Return what comes out when all that is left to do is done with the result, the last thing first.

    >>> unwound([lambda x: x - 1, lambda x: 2 * x], 5)
    9
    """
    while later:
        result = later.pop()(result)
    return result


def unknown(value: Any) -> NoReturn:
    """Raise ValueError: no constructor makes this value.

    >>> unknown(("NoSuchClaim",))
    Traceback (most recent call last):
    ValueError: not a value of Coq: NoSuchClaim
    """
    raise ValueError(f"not a value of Coq: {value[0]}")
