"""The Hypothesis strategies produce what a lemma may stumble over: each case is found, not hoped for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import Phase, find, settings

from tests.judges.hard_attention import run
from tests.judges.reference import Matrix, System, attention, transpose
from tests.judges.truth import determinant
from tests.random_systems import meets
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, HardCase, hard_attention_systems, systems

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


def states(case: HardCase) -> list[Matrix]:
    """The tokens of layers 0 to 2, those of layer 0 alone where a layer has no step."""
    return [layer.tokens for layer in run(case.judged, case.tokens, 2) or run(case.judged, case.tokens, 0)]


KINDS: dict[str, Callable[[HardCase], object]] = {
    "tokens that meet on the way": lambda case: len(set(states(case)[-1])) < len(set(case.tokens)),
    "copies": lambda case: len(set(case.tokens)) < len(case.tokens),
    "copies that part": lambda case: len(set(states(case)[-1])) > len(set(case.tokens)),
    "tau beyond 1": lambda case: max(case.judged.taus) > 1,
    "a negative tau": lambda case: min(case.judged.taus) < 0,
    "one token in two dimensions": lambda case: len(case.tokens) == 1 < len(case.tokens[0]),
    "a zero token": lambda case: not all(map(any, case.tokens)),
    "a token that does not see itself": lambda case: any(
        i not in seen for head in case.judged.heads if head.seen for i, seen in enumerate(head.seen)
    ),
    "several heads": lambda case: len(case.judged.heads) > 1,
    "a block": lambda case: case.judged.relu,
    "a layer without a step": lambda case: len(states(case)) < 3,
}


@pytest.mark.parametrize("kind", KINDS)
def test_random_hard_attention_systems_contain(kind: str) -> None:
    find(hard_attention_systems(), lambda case: bool(KINDS[kind](case)), settings=FOUND_IS_ENOUGH)


@pytest.mark.parametrize("alphas", [NONNEGATIVE_ALPHAS, NEGATIVE_ALPHAS], ids=["alpha >= 0", "alpha < 0"])
def test_tokens_meet_whatever_alphas_are_asked_for(alphas) -> None:
    find(systems(alphas=alphas), lambda system: meets(system, 1), settings=FOUND_IS_ENOUGH)
