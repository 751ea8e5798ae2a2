"""Euler's method for softmax attention: the enclosures hold what plain arithmetic of 100 digits finds."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from exactdyn.documents import load_example
from exactdyn.errors import InputError
from exactdyn.softmax import certificate_data, certificate_text, flow, prove, state
from exactdyn.softmax.euler.walk import STEPS_LIMIT, WIDE, walk
from exactdyn.softmax.system import SoftHead, Softmax
from proofs_checks import RejectedError, verify
from tests.amounts import amount
from tests.judges.oracle import softmax_kinds as judge
from tests.strategies import masks, matrices, token_sets, value_matrices


@st.composite
def walks(draw):
    """Heads, tokens, a step and a number of steps."""
    d = draw(st.integers(1, 2))
    tokens = draw(token_sets(d, 4))
    heads = [
        {
            "V": draw(value_matrices(d)),
            "Q": draw(matrices(d)),
            "K": draw(matrices(d)),
            "mask": draw(masks(len(tokens))),
        }
        for _ in range(draw(st.sampled_from([1, 1, 2])))
    ]
    step = draw(st.sampled_from([Fraction(1, 10), Fraction(1, 3), Fraction(2)]))
    return heads, tokens, step, draw(st.integers(1, 3))


def system_of(heads, step):
    def rows(seen, count):
        return None if seen is None else [[int(j in own) for j in range(count)] for own in seen]

    parts = [SoftHead(**(own | {"mask": rows(own["mask"], len(own["mask"] or ()))})) for own in heads]
    return Softmax(heads=parts, step=step)


def judged(system, tokens, count, off=Fraction(0)):
    """The states after so many steps, by the judge."""
    data = json.loads(json.dumps(certificate_data(prove(system, tokens, system.step))))
    rows = [[Fraction(x) for x in token] for token in tokens]
    heads = [judge._head(head, len(rows[0]), len(rows)) for head in data["system"]["heads"]]
    return [judge._walked(heads, system.step, start, count) for start in judge._starts(rows, off)]


def holds(enclosure, place, ends):
    with mp.workdps(judge.DIGITS):
        for end in ends:
            for point, x in zip(place, end, strict=True):
                for middle, coordinate in zip(enclosure.centre[point], x, strict=True):
                    gap = abs(judge._real(middle) - coordinate)
                    assert gap <= judge._real(enclosure.radius) + mpf(10) ** (10 - judge.DIGITS) * (
                        1 + abs(coordinate)
                    )


@settings(max_examples=amount(25, 200), suppress_health_check=list(HealthCheck))
@given(walks())
def test_every_enclosure_holds_the_run_of_the_definition_and_is_narrow(case):
    heads, tokens, step, count = case
    system = system_of(heads, step)
    reached = walk(system, tokens, count * step)
    if reached.reason is None:
        enclosure = reached.enclosure(reached.time)
        assert enclosure.radius <= Fraction(1, 2 ** (reached.bits // 4))
        holds(enclosure, reached.start.place, judged(system, tokens, count))


@settings(max_examples=amount(15, 100), suppress_health_check=list(HealthCheck))
@given(walks())
def test_the_certificate_of_where_the_tokens_are_is_accepted_and_true(case):
    heads, tokens, step, count = case
    proof = prove(system_of(heads, step), tokens, count * step)
    if proof.flow.reason is None:
        data = json.loads(json.dumps(certificate_data(proof)))
        verify(data)
        assert judge.confirms(data)


def test_tokens_that_may_be_off_are_enclosed_with_all_that_they_may_be():
    system, tokens = Softmax(mask="causal", step="1/4"), [[1, 0], ["1/2", 1], [1, 0]]
    off = Fraction(1, 10**6)
    reached = walk(system, tokens, Fraction(1), radius=off)
    holds(reached.enclosure(Fraction(1)), reached.start.place, judged(system, tokens, 4, off))


def test_under_a_causal_mask_the_first_token_is_multiplied_by_one_matrix():
    system = Softmax([[1, 2], [0, -1]], mask="causal", step="1/2")
    reached = walk(system, [[1, 1], [3, 0]], Fraction(1))
    assert [float(x.mid()) for x in reached.states[2][0]] == [4.25, 0.25]  # (I + V/2)^2 (1, 1)
    now = state(reached, Fraction(1))
    assert [float(x.mid()) for x in now.rescaled[0]] == [1, 1]
    assert float(now.attention[0][1]) == 0


def test_copies_that_see_different_tokens_part():
    reached = walk(Softmax(mask="strict", step=1), [[1], [-1], [-1]], Fraction(1))
    assert reached.start.place == (0, 1, 2)
    assert [float(row[0].mid()) for row in reached.states[1]][:2] == [2, 0]


def test_of_copies_that_a_token_sees_in_part_each_has_its_own_share():
    now = state(
        walk(Softmax(mask=[[1, 0, 0], [1, 0, 0], [1, 1, 1]], step=1), [[1], [1], [0]], Fraction(1)),
        Fraction(0),
    )
    assert [[round(float(x.mid()), 9) for x in row] for row in now.attention] == [
        [1, 0, 0],
        [1, 0, 0],
        [round(1 / 3, 9)] * 3,
    ]


def test_where_the_step_kills_a_direction_there_are_no_rescaled_tokens():
    reached = walk(Softmax([[-1]], step=1), [[1], [2]], Fraction(2))
    assert state(reached, Fraction(2)).rescaled is None


def test_precision_is_raised_where_errors_grow():
    system, tokens = Softmax([[-2]], Q=[[3]], step=1), [[1], ["1/3"], ["-2/7"], ["1/11"]]
    reached = walk(system, tokens, Fraction(40))
    assert reached.bits > 80 and reached.reason is None
    holds(reached.enclosure(reached.time), reached.start.place, judged(system, tokens, 40))


def test_where_no_precision_is_enough_the_walk_ends_before_and_says_so():
    reached = walk(Softmax([[-5]], Q=[[30]], step=1), [[k * k] for k in range(-3, 4)], Fraction(1000))
    assert reached.reason == WIDE
    assert 0 < reached.time < 1000


def test_not_one_step_is_proved_of_tokens_too_far_apart_and_that_is_certified():
    proof = prove(Softmax(step=1), [[Fraction(10**900, k)] for k in (3, 7, 9)], Fraction(2))
    assert (proof.flow.reason, proof.flow.steps) == (WIDE, 0)
    verify(certificate_text(certificate_data(proof)))


@pytest.mark.parametrize("until", [Fraction(1, 3), Fraction(STEPS_LIMIT + 1)])
def test_a_time_that_no_number_of_steps_reaches_is_refused(until):
    with pytest.raises(InputError, match="until: requires a multiple of the step 1, at most 10000 times it"):
        walk(Softmax(step=1), [[1]], until)


@pytest.mark.parametrize("time", [Fraction(1, 2), Fraction(3), Fraction(-1)])
def test_between_steps_and_beyond_the_last_nothing_is_said(time):
    with pytest.raises(InputError, match="time: requires a multiple of 1 from 0 to 2"):
        walk(Softmax(step=1), [[1]], Fraction(2)).enclosure(time)


@pytest.mark.parametrize(
    ("system", "words"),
    [
        (Softmax(mask="causal", step=1), "asks for continuous time, got steps of 1"),
        (Softmax(heads=[SoftHead(), SoftHead(Q=[[2]])], step=1), "asks for continuous time"),
    ],
)
def test_what_is_no_lemma_for_such_systems_is_undecided_and_says_why(system, words):
    statements = prove(system, [[1], [-1]], Fraction(2)).statements
    assert statements["hull-shrinkage"].verdict.outcome == "holds"
    assert words in statements["attention-limit"].verdict.reason


def test_the_hull_may_grow_where_a_head_pushes():
    pushed = Softmax(heads=[SoftHead(V=[[2]]), SoftHead(V=[[-1]], Q=[[-3]])], step=1)
    assert "hull-shrinkage" not in prove(pushed, [[1], [-1]], Fraction(1)).statements


@pytest.mark.parametrize(
    "wrong",
    [
        {"radius": "0"},
        {"enclosure": {"bits": 80, "steps": 3}},
        {"enclosure": {"bits": 16, "steps": 4}, "radius": "1/100000000000000"},
    ],
)
def test_what_the_steps_do_not_prove_is_rejected(wrong):
    data = json.loads(
        certificate_text(certificate_data(prove(Softmax(step="1/4"), [[1], [-1]], Fraction(1))))
    )
    verify(data)
    with pytest.raises(RejectedError):
        verify(data | wrong)


def test_the_built_in_example_is_as_far_from_continuous_time_as_it_says():
    example = load_example("softmax-euler")
    assert "up to 2/3 from" in example.about
    steps = prove(example.softmax, example.tokens, Fraction(2)).flow
    smooth = flow(Softmax(), example.tokens, Fraction(2))
    pairs = zip(*(state(own, Fraction(2)).tokens for own in (steps, smooth)), strict=True)
    off = [abs(x - y) for rows in pairs for x, y in zip(*rows, strict=True)]
    assert all(x < 2 / 3 for x in off) and any(x > 0.6 for x in off)
