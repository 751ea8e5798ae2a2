"""Tokens that change places in turn, made so that a difference of scores is any three numbers for ever.

Token 0 follows token 1 as long as a form is positive at (1, 0), (0, 1) and (-1, -1), at the first, second and
third layer; tokens 1, 2, 3 and tokens 4, 5, 6 go round whatever it does. No proof may be accepted where it
turns away.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from proofs_checks import RejectedError, verify
from tests.judges.hard_attention import JudgedHead, JudgedSystem, run
from tests.judges.reference import Matrix

SEEN = tuple(map(frozenset, ({1, 4}, {2}, {3}, {1}, {5}, {6}, {4})))
IDENTITY = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
ROUND = (*IDENTITY, (Fraction(-1), Fraction(-1)))
"""What token 0 goes through, if it follows token 1."""

Three = tuple[Fraction, Fraction, Fraction]


def form(numbers: Three) -> Matrix:
    """The form that has these values at the three places."""
    x, y, z = numbers
    return ((x, (z - x - y) / 2), ((z - x - y) / 2, y))


def ring(numbers: Three) -> Matrix:
    """Seven tokens for A = I, tau = 1: for token 0 the scores of token 1 less those of token 4 are these."""
    B = form(numbers)
    ahead = [ROUND[(k + 1) % 3] for k in range(3)]
    apart = [tuple(sum(b * w for b, w in zip(row, z, strict=True)) for row in B) for z in ROUND]
    rivals = [tuple(a - h for a, h in zip(*pair, strict=True)) for pair in zip(ahead, apart, strict=True)]
    return (ROUND[0], *ahead, *rivals)


def turns_away(tokens: Matrix) -> bool:
    """Whether token 0 attends something else than token 1 at a layer."""
    layers = run(JudgedSystem((JudgedHead((IDENTITY,), None, SEEN, "mean"),), (Fraction(1),)), tokens, 5)
    assert layers is not None
    return any(layer.heads[0][0] != {1} for layer in layers)


def settles(tokens: Matrix, proof: dict[str, Any], cones: list[Any]) -> dict[str, Any]:
    mask = [[int(j in seen) for j in range(7)] for seen in SEEN]
    itinerary = {"layer": 0, "period": 1, "recurrence": ["1", "1"], "cones": cones, "proofs": [proof]}
    claim = {"claim": "attention-settles", "verdict": "holds", "scope": "every layer"}
    return {
        "format": "exactdyn certificate",
        "version": 2,
        "system": {
            "tokens": texts(tokens),
            "tau": {"listed": ["1"]},
            "heads": [{"A": [texts(IDENTITY)], "mask": mask}],
        },
        "layers": 0,
        "claims": [{**claim, "lemma": "locked-itinerary", "evidence": {"itinerary": itinerary}}],
    }


def texts(rows: Matrix) -> list[list[str]]:
    return [[*map(str, row)] for row in rows]


def forged(random: Random) -> tuple[dict[str, Any], list[Any]]:
    """A proof with up to three rows of nodes, some of them with a cone, which may be one of anything."""

    def number(least: int) -> Fraction:
        return Fraction(random.randint(least, 8), random.choice([1, 2, 4, 100]))

    rows = [[str(number(0)) for _ in range(h + 1)] for h in range(random.randint(1, 3))]
    rows[0] = [str(number(1))]
    if random.random() < 0.5:
        return {"nodes": rows}, []
    J = form((number(0), number(-8), number(-8)))
    cone = {"form": texts(J), "factor": str(number(0))}
    return {"nodes": rows, "cone": 0, "weight": str(number(0))}, [cone]


def drawn(random: Random, last: int) -> Three:
    return Fraction(random.randint(1, 12)), Fraction(random.randint(1, 12)), Fraction(last)


def test_a_positive_form_is_proved_to_stay() -> None:
    random = Random("positive")
    for _ in range(20):
        x, y, _z = drawn(random, 0)
        tokens = ring((x, y, x + y))  # the form is x and y on the diagonal
        verify(settles(tokens, {"nodes": [["1/1000"]]}, []))
        assert not turns_away(tokens)


def test_no_forged_proof_is_accepted_where_the_graph_changes_at_layer_2() -> None:
    random = Random("forged")
    for _ in range(400):
        tokens = ring(drawn(random, -random.randint(1, 12)))
        assert turns_away(tokens)
        with pytest.raises(RejectedError):
            verify(settles(tokens, *forged(random)))


def test_no_forged_proof_is_accepted_where_a_rival_ties_at_layer_2() -> None:
    random = Random("ties")
    for _ in range(50):
        tokens = ring((*drawn(random, 0)[:2], Fraction(0)))
        assert turns_away(tokens)
        with pytest.raises(RejectedError):
            verify(settles(tokens, *forged(random)))
