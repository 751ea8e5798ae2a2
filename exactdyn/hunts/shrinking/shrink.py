"""A counterexample reduced like a failing property test, until nothing smaller of its kind fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from exactdyn.hunts.shrinking.counterexample import (
    Counterexample,
    Trial,
    decided_by_run,
    failing,
    size,
    violated,
)
from exactdyn.hunts.shrinking.reductions import REDUCTIONS
from exactdyn.numbers.reading import Rows


def shrink(
    found: Counterexample,
    layers: int,
    allowed: Callable[[Rows], bool] = lambda A: True,
    keep: Iterable[str] = (),
) -> Counterexample:
    """Reduce a counterexample until no single reduction leads to a smaller one.

    ``layers``: so many are looked at for a statement on the limit. ``allowed``: whether a matrix belongs to
    the class asked about. ``keep``: names of :data:`~exactdyn.hunts.shrinking.reductions.REDUCTIONS` that
    are left out, and "alpha" to keep alpha; what a system has beyond A and alpha is kept. No hypothesis that
    holds is lost. Every step makes :attr:`Counterexample.size` smaller, so this ends; the answer is smallest
    for single reductions, not necessarily among all counterexamples.
    Source: "1-minimal" of A. Zeller and R. Hildebrandt, Simplifying and isolating failure-inducing input
    (2002).

    >>> from fractions import Fraction
    >>> from exactdyn.hunts.shrinking.counterexample import Trial
    >>> one, two = Fraction(1), Fraction(2)
    >>> trial = Trial(((-one, one), (one, -two)), one, ((one, two), (-one, -two), (two, one)), 3)
    >>> small = shrink(failing("distinctness-preserved", trial), 3)
    >>> [int(x) for row in (*small.trial.A, *small.trial.tokens) for x in row]
    [-1, 1, -1]
    """
    kept = frozenset(keep)
    names = [name for name in REDUCTIONS if name not in kept]
    begun, refuted = None, set[Trial]()
    while begun != found:
        begun = found
        for name in names:
            # What a counterexample does not lead to, a smaller one that breaks less does not lead to either.
            found = _exhausted(found, name, layers, allowed, "alpha" in kept, refuted)
    return found


def reduced(
    found: Counterexample,
    name: str,
    layers: int,
    allowed: Callable[[Rows], bool],
    keep_alpha: bool = False,
    skipped: int = 0,
    refuted: set[Trial] | None = None,
) -> Iterator[tuple[int, Counterexample]]:
    """Go through what one reduction makes of a counterexample: smaller ones of its kind, with their places.

    ``name``: of :data:`~exactdyn.hunts.shrinking.reductions.REDUCTIONS`. ``skipped``: how many of its
    proposals are left out. ``refuted``: trials that this counterexample, or a larger one that was shrunk to
    it, has not led to; they are not tried again, and more are added. The rest is as in :func:`shrink`.
    Source: A. Zeller and R. Hildebrandt, Simplifying and isolating failure-inducing input (2002).

    >>> from fractions import Fraction
    >>> from exactdyn.hunts.shrinking.counterexample import Trial
    >>> one, two = Fraction(1), Fraction(2)
    >>> found = failing("distinctness-preserved", Trial(((-one,),), one, ((one,), (-one,), (two,)), 1))
    >>> [len(smaller.trial.tokens) for _, smaller in reduced(found, "tokens", 1, lambda A: True)]
    [2, 2]
    """
    refuted = set() if refuted is None else refuted
    simple = name == "simplest"  # they are the same for every counterexample
    broken_of, decided = (_known_broken, _known_failing) if simple else (_broken, failing)
    on_the_limit, before = not decided_by_run(found.statement), found.size
    if on_the_limit and name == "layers":
        return
    for place, trial in enumerate(islice(REDUCTIONS[name](found.trial), skipped, None), start=skipped):
        if (keep_alpha and _another_alpha(found.trial, trial)) or not allowed(trial.A):
            continue
        # How many layers a limit takes is not known before it is: none is what makes it smallest.
        trial = replace(trial, layers=0) if on_the_limit else trial
        known = len(refuted)
        refuted.add(trial)
        if len(refuted) == known:  # it was there; to hash it once is enough
            continue
        broken = broken_of(trial)
        if not broken <= found.violated or size(trial, broken) >= before:
            continue
        smaller = decided(found.statement, replace(trial, layers=layers) if on_the_limit else trial)
        if smaller is not None and smaller.size < before:
            yield place, smaller


def _broken(trial: Trial) -> frozenset[str]:
    return violated(trial.beginning)


_known_broken, _known_failing = lru_cache(maxsize=1 << 14)(_broken), lru_cache(maxsize=1 << 14)(failing)


def _another_alpha(before: Trial, after: Trial) -> bool:
    # With fewer tokens a mask may hide nobody any more: then there is one alpha, that of before.
    return before.alpha is not None and after.alpha != before.alpha


def _exhausted(
    found: Counterexample,
    name: str,
    layers: int,
    allowed: Callable[[Rows], bool],
    keep_alpha: bool,
    refuted: set[Trial],
) -> Counterexample:
    # After a success the proposals before it are not tried again until the others have been.
    skipped = 0
    while True:
        step = next(reduced(found, name, layers, allowed, keep_alpha, skipped, refuted), None)
        if step is not None:
            skipped, found = step
        elif skipped == 0:
            return found
        else:
            skipped = 0
