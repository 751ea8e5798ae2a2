"""Texts of version 2 meant to hurt: no system is malformed, what costs too much is told before it is done."""

from __future__ import annotations

import json
from typing import Any

import pytest

from proofs_checks import MalformedError, RejectedError, verify
from proofs_checks.format.errors import TooMuchWorkError

LONG = "0x" + "f" * 900_000
FORMULA = {"numerator": [["2", 0, "1"]], "denominator": [["1", 1, "1"], ["2", 0, "1"]]}
HEAD = {"A": [[["1"]]]}
HULL = {"claim": "hull-shrinkage", "verdict": "holds", "scope": "every layer", "lemma": "convex-step"}
LEADERS = {
    "claim": "leaders-persist",
    "verdict": "holds",
    "scope": "every layer",
    "lemma": "leaders-persist",
}


def text(claim: Any = HULL, **members: Any) -> str:
    """A certificate of two tokens on a line, with other members of its system."""
    system = {"tokens": [["1"], ["0"]], "tau": {"listed": ["1/2"]}, "heads": [HEAD]} | members
    return json.dumps(
        {"format": "exactdyn certificate", "version": 2, "system": system, "layers": 2, "claims": [claim]}
    )


def quotient(numerator: Any, denominator: Any) -> Any:
    return {"numerator": numerator, "denominator": denominator}


def late(layer: int) -> Any:
    """A claim that alpha is not positive at a layer."""
    return {
        "claim": "positive-alpha",
        "verdict": "fails",
        "witness": {"layer": layer, "tau": "1"},
    }


def locked(layer: int) -> Any:
    """A claim that the tokens are locked at a layer."""
    return {
        "claim": "attention-settles",
        "verdict": "holds",
        "scope": "every layer",
        "lemma": "locked-targets",
        "evidence": {"locked": {"layer": layer}},
    }


MALFORMED = {
    "tau of nothing": ({"tau": {"listed": []}}, "at least one entry"),
    "tau of two kinds": ({"tau": {"listed": ["1"]} | FORMULA}, "unknown field"),
    "quotient of no terms": ({"tau": quotient([], [])}, "proved not to vanish"),
    "base 0": ({"tau": quotient([["1", 0, "0"]], [["1", 0, "1"]])}, "greater than 0"),
    "base below 0": ({"tau": quotient([["1", 0, "-1/2"]], [["1", 0, "1"]])}, "greater than 0"),
    "power that is true": ({"tau": quotient([["1", True, "1"]], [["1", 0, "1"]])}, "from 0 to 100"),
    "power beyond the limit": ({"tau": quotient([["1", 10**7, "1"]], [["1", 0, "1"]])}, "from 0 to 100"),
    "pole at the last layer looked at": (
        {"tau": quotient([["1", 0, "1"]], [["1", 1, "1"], ["-4095", 0, "1"]])},
        "not 0 at layer 4095",
    ),
    "pole behind the layers looked at": (
        {"tau": quotient([["1", 0, "1"]], [["1", 1, "1"], ["-5000", 0, "1"]])},
        "proved not to vanish",
    ),
    "sign that settles after millions of layers": (
        {"tau": quotient([["1", 0, "1"]], [["1", 0, "1"], ["-1", 100, "4095/4096"]])},
        "proved not to vanish",
    ),
    "period 0": ({"period": 0}, "from 1 to"),
    "list shorter than its period": ({"tau": {"listed": ["1/2", "1/3"]}, "period": 3}, "at least 3"),
    "no heads": ({"heads": []}, "at least one head"),
    "no matrices": ({"heads": [{"A": []}]}, "at least one entry"),
    "matrix of nothing": ({"heads": [{"A": [[]]}]}, "requires 1 entries"),
    "no values": ({"heads": [HEAD | {"V": []}]}, "at least one entry"),
    "mask of true": ({"heads": [HEAD | {"mask": [[True] * 2] * 2}]}, "from 0 to 1"),
    "mask that hides all": ({"heads": [HEAD | {"mask": [[1, 1], [0, 0]]}]}, "a 1, as every token sees"),
    "mask of one token": ({"heads": [HEAD | {"mask": [[1]]}]}, "requires 2 entries"),
    "mask of null": ({"heads": [HEAD | {"mask": None}]}, "mask: requires a text"),
    "no blocks": ({"relu": []}, "at least one entry"),
    "tokens of no coordinate": ({"tokens": [[], []]}, "at least one coordinate"),
    "tokens of two dimensions": ({"tokens": [["1"], ["1", "2"]]}, "requires 1 entries"),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_what_is_no_system_is_malformed_in_one_line(kind: str) -> None:
    members, said = MALFORMED[kind]
    with pytest.raises(MalformedError, match=said) as refusal:
        verify(text(**members))
    assert len(str(refusal.value)) < 300
    assert "\n" not in str(refusal.value)


TOO_MUCH = {
    "power of a base at layer 10,000,000": (late(10**7), quotient([["1", 0, "1/2"]], [["1", 0, "1"]])),
    "power of the layer 10,000,000": (
        late(10**7),
        quotient([["2", 100, "1"]], [["1", 100, "1"], ["2", 0, "1"]]),
    ),
    "targets at layer 10,000,000": (
        locked(10**7),
        quotient([["1", 0, "1/2"]], [["1", 0, "1"], ["1", 0, "1/3"]]),
    ),
    "coefficient of a million digits": (
        HULL,
        quotient([["1", 0, "1"]], [[LONG, 100, "1"], ["1", 99, "1"], ["1", 0, "1"]]),
    ),
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_what_costs_too_much_is_told_before_it_is_done(kind: str) -> None:
    claim, tau = TOO_MUCH[kind]
    with pytest.raises(TooMuchWorkError):
        verify(text(claim, tau=tau))


def test_a_base_of_a_million_digits_is_no_step_of_the_lemma() -> None:
    tau = quotient([["1", 0, LONG]], [["1", 0, "0x" + "e" * 900_000]])
    with pytest.raises(RejectedError, match="convex-step requires convex steps"):
        verify(text(tau=tau))


def test_a_step_that_is_bad_at_the_end_of_a_long_list_is_found() -> None:
    listed = ["1/2"] * 3000
    verify(text(tau={"listed": listed}))
    with pytest.raises(RejectedError, match="convex-step requires convex steps"):
        verify(text(tau={"listed": [*listed, "2"]}))
    with pytest.raises(RejectedError, match="leaders-persist requires convex steps that keep"):
        verify(text(LEADERS, heads=[{"A": HEAD["A"], "V": [[["2"]]] * 3000 + [[["-1"]]]}]))


def test_a_period_of_millions_costs_nothing_where_no_list_is_long() -> None:
    verify(text(period=10**7))
