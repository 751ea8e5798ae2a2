"""The Hypothesis strategies produce what a lemma may stumble over: each case is found, not hoped for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import Phase, find, settings

from tests.judges.reference import System, attention, transpose
from tests.judges.truth import determinant
from tests.random_systems import meets
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, systems

FOUND_IS_ENOUGH = settings(max_examples=1000, phases=[Phase.generate])
"""An example need not be made small: that takes minutes."""

CASES: dict[str, Callable[[System], object]] = {
    "tokens that meet on the way": lambda s: meets(s, 2),
    "tokens that meet for tau beyond 1": lambda s: s.alpha < -1 and meets(s, 1),
    "tokens that meet for a negative tau": lambda s: -1 < s.alpha < 0 and meets(s, 1),
    "copies": lambda s: len(set(s.tokens)) < len(s.tokens),
    "tau beyond 1": lambda s: s.alpha < -1,
    "a negative tau": lambda s: -1 < s.alpha < 0,
    "tau zero": lambda s: s.alpha == 0,
    "tau near 1": lambda s: s.alpha > 1000,
    "one token": lambda s: len(s.tokens) == 1,
    "more dimensions than tokens": lambda s: len(s.A) > len(s.tokens) > 1,
    "a zero token": lambda s: not all(map(any, s.tokens)),
    "a tie between places": lambda s: any(
        len({s.tokens[j] for j in own}) > 1 for own in attention(s.A, s.tokens)
    ),
    "a singular matrix other than 0": lambda s: determinant(s.A) == 0 and any(map(any, s.A)),
    "a matrix that is not symmetric": lambda s: transpose(s.A) != s.A,
}


@pytest.mark.parametrize("case", CASES)
def test_random_systems_contain(case: str) -> None:
    find(systems(), lambda system: bool(CASES[case](system)), settings=FOUND_IS_ENOUGH)


@pytest.mark.parametrize("alphas", [NONNEGATIVE_ALPHAS, NEGATIVE_ALPHAS], ids=["alpha >= 0", "alpha < 0"])
def test_tokens_meet_whatever_alphas_are_asked_for(alphas) -> None:
    find(systems(alphas=alphas), lambda system: meets(system, 1), settings=FOUND_IS_ENOUGH)
