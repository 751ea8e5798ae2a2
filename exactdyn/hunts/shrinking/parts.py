"""What reductions ask of tokens and of all of a system but A."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from exactdyn.families.setting import Around, Setting
from exactdyn.hunts.shrinking.counterexample import Trial
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import rational_matrix


def has_values(trial: Trial) -> bool:
    """Tell whether a system has value matrices, which are about its coordinates.

    >>> one = Fraction(1)
    >>> has_values(Trial(((one,),), one, ((one,),), 1))
    False
    """
    return trial.alpha is None and Setting.of(trial.around).system.V is not None


def without(around: Around, tokens: Iterable[int]) -> Around | None:
    """Return what is around A without these tokens; None where another one then sees nobody.

    >>> without(Fraction(1), [0, 2])
    Fraction(1, 1)
    """
    if isinstance(around, Fraction):
        return around
    system = Setting.of(around).system
    if system.mask is None or system.mask.rows is None:
        return around
    seen = system.mask.rows
    kept = [i for i in range(len(seen)) if i not in {*tokens}]
    rows = [[int(j in seen[i]) for j in kept] for i in kept]
    return Setting.of(system).with_mask(rows).around if all(map(any, rows)) else None


def independent(tokens: Rows) -> list[int]:
    """Return the first tokens that span what all span.

    >>> one, two = Fraction(1), Fraction(2)
    >>> independent(((one, one), (two, two), (one, two)))
    [0, 2]
    """
    reduced, rank = rational_matrix(tokens).transpose().rref()
    return [next(c for c in range(len(tokens)) if reduced[r, c] != 0) for r in range(rank)]
