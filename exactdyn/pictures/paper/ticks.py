"""Numbers beside an axis."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.ticker import MaxNLocator

_SHORT, _LONGEST = 4, 6


def readable_ticks(low: float, high: float, most: int) -> tuple[Sequence[float], list[str]]:
    """Return at most about ``most`` round numbers between two floats, and how they are written.

    Long numbers are fewer. If they cannot be told apart in a few digits, none is written.

    >>> readable_ticks(-1.2, 1.3, 4)
    ([-1.0, 0.0, 1.0], ['−1', '0', '1'])
    """
    for count in (most, 2):
        numbers = MaxNLocator(count, steps=[1, 2, 5, 10]).tick_values(low, high)
        values = [float(number) for number in numbers if low <= number <= high]
        texts = [f"{value:.6g}".replace("-", "−").replace("e+", "e") for value in values]
        longest = max(map(len, texts), default=0)
        if longest <= _SHORT:
            break
    if longest > _LONGEST or len(set(texts)) < len(texts):
        return values, [""] * len(values)
    return values, texts
