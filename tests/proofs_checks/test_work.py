"""How much work a short certificate can ask for: bounded, counted alike everywhere, and said."""

from __future__ import annotations

import json
import time
from bisect import bisect_left
from fractions import Fraction
from functools import partial
from itertools import combinations, permutations
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from proofs_checks import TooMuchWorkError, parse, verify, work
from proofs_checks.hardmax.itinerary import Lock
from proofs_checks.hardmax.rigidity import is_rigid
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.vectors import dot
from tests.command import assert_refused, inside, python

SECONDS = 10


def hardmax(A: Any, alpha: str, tokens: Any, layers: int, *claims: dict[str, Any]) -> str:
    system = {"A": A, "alpha": alpha, "tokens": tokens}
    head = {"format": "exactdyn certificate", "version": 1, "system": system, "layers": layers}
    return json.dumps(head | {"claims": list(claims)})


def holding(name: str, layers: int, **evidence: Any) -> dict[str, Any]:
    return {"claim": name, "verdict": "holds", "scope": f"layers 0..{layers}", "evidence": evidence}


def for_ever(name: str, lemma: str, **evidence: Any) -> dict[str, Any]:
    return {"claim": name, "verdict": "holds", "scope": "every layer", "lemma": lemma, "evidence": evidence}


def identity(size: int) -> list[list[str]]:
    return [[str(int(r == c)) for c in range(size)] for r in range(size)]


def at_rest(size: int) -> str:
    """Return that the limits of size + 1 leaders are rigid: they have nearly 2^(size + 1) simplices."""
    return hardmax(identity(size), "1", [*identity(size), ["-1"] * size], 0, limit_set(1))


def limit_set(period: int) -> dict[str, Any]:
    itinerary = {"layer": 0, "period": period, "nodes": ["1"]}
    return for_ever("limit-set", "locked-limit", itinerary=itinerary, coefficients=["1"])


def follows(period: int) -> str:
    """Return that a token tends to its leader, said of whole periods of layers; each takes (1/2)^period."""
    half = 2**period
    itinerary = {"layer": 0, "period": period, "nodes": [f"0x1/{half**2:#x}", f"0x1/{half:#x}", "1"]}
    coefficients = [f"-0x1/{half - 1:#x}", f"{half:#x}/{half - 1:#x}"]
    evidence = {"itinerary": itinerary, "coefficients": coefficients, "limits": [["1"], ["1"]]}
    return hardmax([["1"]], "1", [["1"], ["1/2"]], 0, for_ever("convergence", "locked-limit", **evidence))


def twelve_places(copies: int, base: int) -> str:
    tokens = [[str(base**k)] for k in range(12) for _ in range(copies)]
    family = {"class": "general", "alpha": "1/2", "tokens": tokens}
    evidence = {"ties": True, "cases": {"holds": {}}}
    claim = holding("distinctness-preserved", 1, **evidence)
    head = {"format": "exactdyn certificate", "version": 1, "family": family, "layers": 1}
    return json.dumps(head | {"claims": [claim]})


def many_layers(tokens: list[list[str]], alpha: str = "1") -> str:
    layers = 10_000_000
    names = ["norm-growth", "leaders-persist", "distinctness-preserved"]
    return hardmax([["1"]], alpha, tokens, layers, *(holding(name, layers) for name in names))


def wide_family(size: int) -> str:
    family = {"class": "general", "alpha": "1", "tokens": [["0"] * size]}
    claim = {"claim": "hull-shrinkage", "verdict": "holds", "scope": "every layer", "lemma": "convex-step"}
    head = {"format": "exactdyn certificate", "version": 1, "family": family, "layers": 0}
    return json.dumps(head | {"claims": [claim]})


def steep_series(bits: int, order: int) -> str:
    system = {"V": [["1"]], "Q": [["1"]], "K": [["1"]], "tokens": [["1"], ["-1"]], "radius": "0"}
    one = [1 << bits] + [0] * order
    piece = {"length": "1", "tube": 1, "polynomials": [[one], [[-x for x in one]]]}
    head = {"format": "exactdyn softmax certificate", "version": 1, "system": system, "radius": "1"}
    enclosure = {"bits": bits, "pieces": [piece]}
    return json.dumps(head | {"enclosure": enclosure, "claims": [{"claim": "hull-shrinkage"}]})


def euler(points: int, steps: int) -> str:
    """Return so many steps of Euler's method for points on a line, in short numbers."""
    one = {"V": [["1"]], "Q": [["1"]], "K": [["1"]]}
    tokens = [[str(x)] for x in range(points)]
    system = {"heads": [one], "step": "1/1000000", "tokens": tokens, "radius": "0"}
    head = {"format": "exactdyn softmax certificate", "version": 2, "system": system, "radius": "1"}
    enclosure = {"bits": 64, "steps": steps}
    return json.dumps(head | {"enclosure": enclosure, "claims": [{"claim": "hull-shrinkage"}]})


def many_heads(points: int, heads: int) -> str:
    """Return a piece along which points on a line hardly move, each drawn by many heads."""
    one = {"V": [["1/9999"]], "Q": [["1/999"]], "K": [["1"]]}
    tokens = [[str(x)] for x in range(points)]
    system = {"heads": [one] * heads, "tokens": tokens, "radius": "0"}
    piece = {"length": "1", "tube": 256, "polynomials": [[[x << 8, 0]] for x in range(points)]}
    head = {"format": "exactdyn softmax certificate", "version": 2, "system": system, "radius": "9"}
    enclosure = {"bits": 8, "pieces": [piece]}
    return json.dumps(head | {"enclosure": enclosure, "claims": [{"claim": "hull-shrinkage"}]})


def to_and_fro(ties: str, entry: Any, **field: Any) -> str:
    """Return ten million layers at which two tokens change places, in two heads of one number each."""
    heads = [{"A": [[["-1"]]]}, {"A": [[["-1"]]], "ties": ties, "V": [[["1"]]]}]
    system = {"tokens": [[entry], [["0", "-1"] if field else "-1"]], "tau": {"listed": ["1"]}, "heads": heads}
    head = {"format": "exactdyn certificate", "version": 3 if field else 2, "layers": 10_000_000}
    claim = {"claim": "leaders-persist", "verdict": "holds", "scope": "layers 0..10000000"}
    return json.dumps(head | {"system": system | field, "claims": [claim]})


def phases(period: int) -> str:
    """Return that two tokens change places for ever, said of a long period, with a form for every phase."""
    proofs = {"recurrence": ["-1"], "cones": [], "proofs": [{"nodes": [["1"]]}]}
    claim = for_ever(
        "attention-settles", "locked-itinerary", itinerary={"layer": 0, "period": period, **proofs}
    )
    system = {"tokens": [["1"], ["-1"]], "tau": {"listed": ["1"]}, "heads": [{"A": [[["-1"]]]}]}
    head = {"format": "exactdyn certificate", "version": 2, "layers": 0}
    return json.dumps(head | {"system": system, "claims": [claim]})


ROOT = {"polynomial": [-2, 0, 1], "interval": ["1", "2"]}
TOO_MUCH = {
    "period-of-8000-layers": follows(8_000),
    "ten-million-layers-of-two-tokens": many_layers([["1"], ["1/3"]]),
    "step-of-a-thousand-digits": many_layers([["1"], ["1/3"]], f"1/{'7' * 1000}"),
    "two-hundred-dimensions-at-once": wide_family(200),
    "polynomials-of-order-100-in-10000-bits": steep_series(9_000, 100),
}
IN_SHORT_NUMBERS = {
    "a-hundred-steps-of-sixty-points": euler(60, 100),
    "ten-heads-of-ninety-points": many_heads(90, 10),
    "ten-million-layers-of-two-heads": to_and_fro("first", "1"),
    "ten-million-layers-over-a-field": to_and_fro("mean", ["0", "1"], field=ROOT),
    "a-hundred-thousand-phases-of-forms": phases(100_000),
}
"""Too much for what is done beside sums and products, of which there are few."""


SLOW = [pytest.param(text, id=name, marks=pytest.mark.slow) for name, text in IN_SHORT_NUMBERS.items()]


@pytest.mark.parametrize("text", [*(pytest.param(text, id=name) for name, text in TOO_MUCH.items()), *SLOW])
def test_a_text_that_asks_for_too_much_work_is_refused_soon(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(TooMuchWorkError, match=r"more than [0-9,]+ steps of work"):
        verify(text)
    assert time.process_time() - begun < SECONDS


AFFORDABLE = {
    "simplices-of-dimension-7": at_rest(7),
    "simplices-of-dimension-9": at_rest(9),
    "ten-million-layers-of-one-token": many_layers([["1"]]),
    "ten-million-layers-at-rest": many_layers([["1"], ["-1"], ["1"]]),
    "a-period-of-8000-layers-at-rest": hardmax([["1"]], "1", [["1"], ["-1"]], 0, limit_set(8_000)),
    "a-period-of-100-layers": follows(100),
    "twelve-places-of-twenty-copies": twelve_places(20, 1000),
}


@pytest.mark.parametrize("text", AFFORDABLE.values(), ids=AFFORDABLE)
def test_what_took_minutes_is_accepted_in_seconds(text: str) -> None:
    begun = time.process_time()
    verify(text)
    assert time.process_time() - begun < SECONDS


def enough(text: str, limit: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(work, "WORK_LIMIT", limit)
    try:
        verify(text)
    except TooMuchWorkError:
        return False
    return True


def test_a_certificate_costs_the_same_each_time_and_patience_lifts_the_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = follows(30)
    monkeypatch.setattr(work, "WORK_PER_CHARACTER", 0)
    cost = bisect_left(range(10**6), True, key=lambda limit: enough(text, limit, monkeypatch))
    assert 10**3 < cost < 10**6
    assert enough(text, cost, monkeypatch)
    assert not enough(text, cost - 1, monkeypatch)
    with pytest.raises(TooMuchWorkError, match=r"^convergence: more than"):
        verify(text)
    assert verify(text, patient=True) == parse(text)


def test_what_is_counted_for_one_text_is_not_counted_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    text = follows(30)
    monkeypatch.setattr(work, "WORK_LIMIT", 10**6)
    for _ in range(5):
        verify(text)


@pytest.mark.parametrize("program", [("-m", "proofs_checks"), ("-m", "exactdyn", "verify")], ids=str)
def test_the_programs_say_that_it_is_too_much_work_and_go_on_if_patient(
    program: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, layers, run = tmp_path / "long.json", 16_000, partial(python, *program)
    if "exactdyn" in program:  # in this process, where less is too much
        monkeypatch.setattr(work, "WORK_LIMIT", 10**6)
        layers, run = 5_000, partial(inside, "verify")
    path.write_text(hardmax([["1"]], "1", [["1"], ["1/3"]], layers, holding("leaders-persist", layers)))
    assert_refused(run(path), f"{path}: too much work: leaders-persist: more than ", "--patient")
    patient = run(path, "--patient")
    assert (patient.returncode, patient.stderr) == (0, "")
    assert patient.stdout.startswith(f"{path}: accepted\n")


def test_verify_says_in_json_that_it_was_too_much_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "WORK_LIMIT", 10**6)
    path = tmp_path / "long.json"
    path.write_text(many_layers([["1"], ["1/3"]]))
    done = inside("verify", path, "--json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["accepted"]) == (2, False)
    assert document["files"][0]["verdict"] == "too much work"


RATIONALS = st.fractions(-3, 3, max_denominator=3)


@given(st.integers(1, 3), st.data())
def test_places_are_rigid_if_the_determinants_of_all_their_simplices_say_so(
    size: int, data: st.DataObject
) -> None:
    vectors = st.tuples(*[RATIONALS] * size)
    A = data.draw(
        st.tuples(*[st.tuples(*[st.sampled_from([Fraction(n) for n in (-1, 0, 1, 2)])] * size)] * size)
    )
    places = tuple(data.draw(st.lists(vectors, min_size=1, max_size=5, unique=True)))
    system = System.of(A, Fraction(1), places)
    assert is_rigid(Run(system, 0), places) == all(
        determinant([[dot(a, b) for b in edges] for a in edges]) == 0
        or determinant([[system.form(a, b) for b in edges] for a in edges]) != 0
        for count in range(2, size + 2)
        for first, *others in combinations(places, count)
        for edges in [[tuple(x - y for x, y in zip(other, first, strict=True)) for other in others]]
    )


def determinant(rows: list[list[Fraction]]) -> Fraction:
    """Return a determinant by its definition."""
    size = range(len(rows))
    total = Fraction(0)
    for order in permutations(size):
        turned = sum(order[i] > order[j] for j in size for i in range(j))
        total += (-1) ** turned * prod((rows[i][order[i]] for i in size), start=Fraction(1))
    return total


@given(st.lists(st.tuples(RATIONALS, RATIONALS), min_size=1, max_size=4), RATIONALS, st.data())
def test_a_run_gives_the_same_layers_in_whatever_order_they_are_asked_for(
    tokens: list[tuple[Fraction, Fraction]], alpha: Fraction, data: st.DataObject
) -> None:
    assume(alpha != -1)
    A = data.draw(st.tuples(*[st.tuples(RATIONALS, RATIONALS)] * 2))
    system = System.of(A, alpha, tuple(tokens))
    states = [system.tokens]
    for _ in range(8):
        states.append(plain_step(system, states[-1]))
    run = Run(system, 8)
    run._room = data.draw(st.sampled_from([0, 3000, 10**9]))  # what is kept makes no difference
    for k in data.draw(st.lists(st.integers(0, 8), max_size=6)):
        assert run[k].points() == states[k]
    first = data.draw(st.integers(0, 8))
    walked = dict(run.walk(first, 8))
    assert all(walked[min(k, max(walked))].points() == states[k] for k in range(first, 9))


def plain_step(system: System, points: tuple[tuple[Fraction, ...], ...]) -> tuple[tuple[Fraction, ...], ...]:
    moved = []
    for x in points:
        image = [sum(a * b for a, b in zip(row, x, strict=True)) for row in system.A]
        scores = [sum(a * b for a, b in zip(image, y, strict=True)) for y in points]
        own = [y for y, score in zip(points, scores, strict=True) if score == max(scores)]
        mean = [sum(column) / len(own) for column in zip(*own, strict=True)]
        moved.append(tuple((a + system.alpha * c) / (1 + system.alpha) for a, c in zip(x, mean, strict=True)))
    return tuple(moved)


@pytest.mark.parametrize("period", [1, 2, 3])
def test_limits_stay_under_the_graphs_of_a_period_if_they_are_the_same_in_every_phase(period: int) -> None:
    A = ((Fraction(3), 0, 0), (0, Fraction(3), 0), (0, 0, Fraction(-1)))
    tokens = ((1, 0, 1), (-1, 0, 1), (0, 1, -1), (0, -1, -1), (0, 0, Fraction(1, 3)))
    run = Run(System.of(A, Fraction(1), tuple(tuple(map(Fraction, token)) for token in tokens)), 0)
    lock = Lock(run, 0, period)
    begun = [lock.combine((Fraction(1),), phase) for phase in range(period + 1)]
    assert lock.stays(begun[0]) == all(state == begun[0] for state in begun)
