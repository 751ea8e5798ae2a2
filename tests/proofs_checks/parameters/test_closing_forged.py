"""Closings that are claimed too early, with the right rates: what the checker accepts goes on for ever."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from exactdyn import Hardmax, cells, load_example
from exactdyn.limits.recurrence import spectrum_of
from exactdyn.numbers.reading import to_fmpq
from exactdyn.parameters.recurrence import averaging_polynomial, ordered_pairs
from exactdyn.parameters.roots import simplest_between
from exactdyn.parameters.rounds import Round
from proofs_checks.format.errors import TooMuchWorkError
from tests.amounts import amount
from tests.judges.parameter import confirms
from tests.mutations import fate

EXAMPLES = ("alternating-invertible", "alternating-in-the-limit", "period-three", "binary-digits")
LATER = 24
"""So many layers after it is closed a sample is run, in plain fractions."""


def found_in(random: Random) -> Any:
    """Return the cells of a built-in example, or of a random small system of all alpha or of a t."""
    if random.random() < 0.2:
        return cells(load_example(random.choice(EXAMPLES)), layers=4)
    d = random.choice([1, 1, 2, 2, 3])
    A = [[random.randint(-3, 3) for _ in range(d)] for _ in range(d)]
    tokens = [[str(random.randint(-4, 4)) for _ in range(d)] for _ in range(random.choice([2, 3, 4]))]
    if random.random() < 0.5:
        return cells(Hardmax(A), tokens=tokens, layers=3)
    random.choice(tokens)[0] = random.choice(["t", "1/2 + t", "1 - 2*t"])
    t = {"name": "t", "from": -1, "to": 1}
    return cells(Hardmax(A, alpha=random.choice(["1/2", 1, 3])), tokens=tokens, parameter=t, layers=3)


def ended(found: Any, random: Random) -> Iterator[tuple[Any, Fraction, int]]:
    """Yield certificates of one cell that end with a closing which repeats the last one to three layers."""
    todo = list(found.exploration.top)
    while todo:
        piece = todo.pop()
        todo += piece.below
        if piece.region.point:
            continue
        value = next(piece.region.samples())
        low = simplest_between(piece.region.low.high, value)
        high = simplest_between(value, piece.region.high.low)
        path = [piece]
        for period in range(1, min(3, len(piece.itinerary)) + 1):
            closed = closing(found.line.tau, path, value, random)
            if closed is not None:
                yield one_cell(found.line, piece, (low, high), closed), value, period
            path.insert(0, path[0].above)


def closing(tau: Fraction | None, path: list[Any], value: Fraction, random: Random) -> Any:
    """Return a closing with rates that are right, nodes in some order, or one of them left out."""
    around = Round(tuple(piece.sets for piece in path), tau)
    state, step = path[0].state, to_fmpq(value if tau is None else tau)
    if len(path) == 1 and random.random() < 0.7:
        spectrum = spectrum_of(averaging_polynomial(state, path[0].sets)) or {}
        stated = [[str(v), e] for v, e in spectrum.items()]
        values = [1 - step * (1 - to_fmpq(v)) for v in spectrum]
        closed: dict[str, Any] = {"lemma": "locked-itinerary", "rates": stated}
    else:
        rates = around.rates or ()
        stated = [[[str(c) for c in rate.coeffs()], 1 if rate.is_one() else 2] for rate in rates]
        values = [rate(to_fmpq(value)) for rate in rates]
        closed = {"lemma": "periodic-itinerary", "period": len(path), "rates": stated}
        if len(path) > 1 and random.random() < 0.6:
            closed["moving"] = [random.randrange(1, len(path)), random.randrange(state.count), 0]
        else:
            goal = state.averaged(path[0].sets).coefficients()
            closed["limits"] = [[[str(c) for c in entry] for entry in row] for row in goal]
    if not 0 < len(stated) <= 3:
        return None
    nodes = with_changes(ordered_pairs(values, [e for _, e in stated]), random)
    if len(nodes) * len(path) > 16:
        return None  # would take long
    return {**closed, "nodes": [list(pair) for pair in nodes]}


def with_changes(pairs: list[tuple[int, int]], random: Random) -> list[tuple[int, int]]:
    kind = random.choice(["right", "right", "shuffled", "fewer"])
    if kind == "shuffled":
        random.shuffle(pairs)
    return pairs[1:] if kind == "fewer" and len(pairs) > 1 else pairs


def one_cell(line: Any, piece: Any, ends: tuple[Fraction, Fraction], closed: Any) -> Any:
    own = {"parameter": line.name} if line.tau is None else {"parameter": line.name, "alpha": alpha(line.tau)}
    rows = {"A": line.matrix, "tokens": line.tokens}
    own |= {
        name: [[entry(x) for x in zip(*row, strict=True)] for row in zip(*parts, strict=True)]
        for name, parts in rows.items()
    }
    sets = [[[i, sorted(own)] for i, own in enumerate(layer)] for layer in piece.itinerary]
    return {
        "format": "exactdyn parameter certificate",
        "version": 1,
        "line": own,
        "points": [point(end, (ends[1] - ends[0]) / 4) for end in ends],
        "cells": {"at": [], "pieces": [{"attention": sets, "closed": closed}]},
    }


def alpha(tau: Fraction) -> str:
    return str(tau / (1 - tau))


def entry(parts: Any) -> Any:
    return str(parts[0]) if not any(parts[1:]) else [str(c) for c in parts]


def point(number: Fraction, width: Fraction) -> Any:
    ends = [str(number - width), str(number + width)]
    return {"polynomial": [-number.numerator, number.denominator], "interval": ends}


def goes_on(line: Any, value: Fraction, sets: list[Any], period: int) -> bool:
    """Tell whether at a value of the parameter the sets are these, and the last ones repeat."""
    system, tokens = line.system(value)
    run = system.run(tokens, len(sets) + LATER)
    wanted = [*sets, *(sets[len(sets) - period + m % period] for m in range(LATER))]
    return list(run.itinerary)[: len(wanted)] == wanted


def what_becomes_of(document: Any) -> str:
    try:
        return fate(document)
    except TooMuchWorkError:
        return "too much"


def judged(number: int, seed: str) -> Counter[str]:
    """Count what becomes of closings; what the checker accepts has to be true."""
    random, counts = Random(seed), Counter[str]()
    while sum(counts.values()) < number:
        found = found_in(random)
        for document, value, period in ended(found, random):
            outcome = what_becomes_of(document)
            counts[outcome] += 1
            if outcome == "accepted":
                piece = document["cells"]["pieces"][0]
                sets: list[Any] = [tuple(frozenset(own) for _, own in layer) for layer in piece["attention"]]
                assert confirms(document), json.dumps(document)
                assert goes_on(found.line, value, sets, period), json.dumps(document)
    return counts


def test_a_closing_that_is_claimed_too_early_is_rejected_and_others_are_true():
    counts = judged(60, "few")
    assert counts["RejectedError"] > counts["accepted"] > 0


@pytest.mark.slow
def test_thousands_of_closings_that_are_claimed_early_are_rejected_or_true():
    assert judged(amount(2000, 10_000), "many")["accepted"] > 100
