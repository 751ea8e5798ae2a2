"""Several heads and masks in continuous time: enclosures hold what another method finds in 40 digits."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from exactdyn.softmax import certificate_data, flow, prove, state
from exactdyn.softmax.flow.along import Polynomial, attention_along
from exactdyn.softmax.flow.growth import LogarithmicNorms, SumOfNorms
from exactdyn.softmax.system import SoftHead, Softmax, driven
from proofs_checks import RejectedError, verify
from tests.amounts import amount
from tests.judges.oracle import softmax_kinds as judge
from tests.softmax_systems import tokens

LEVELS, PARTS, DIGITS = 7, 4, 40
"""So often steps are halved, on each of so many parts of the time."""


def solution(heads, start, time):
    """Gragg's modified midpoint rule, extrapolated as Bulirsch and Stoer do, in mpmath."""
    with mp.workdps(DIGITS):
        state = [[judge._real(x) for x in row] for row in start]
        for _ in range(PARTS):
            state = extrapolated(heads, state, judge._real(time) / PARTS)
        return state


def field(heads, state):
    return [judge._velocity(heads, i, state) for i in range(len(state))]


def moved(x, h, v):
    return [[a + h * b for a, b in zip(*pair, strict=True)] for pair in zip(x, v, strict=True)]


def extrapolated(heads, start, time):
    counts = [2 * (k + 1) for k in range(LEVELS)]
    table = [midpoint(heads, start, time, count) for count in counts]
    for order in range(1, LEVELS):
        ratios = [mpf(counts[k + order]) ** 2 / mpf(counts[k]) ** 2 - 1 for k in range(LEVELS - order)]
        table = [
            [[b + (b - a) / ratio for a, b in zip(*rows, strict=True)] for rows in zip(*pair, strict=True)]
            for ratio, pair in zip(ratios, pairwise(table), strict=True)
        ]
    return table[0]


def midpoint(heads, start, time, count):
    h = time / count
    before, now = start, moved(start, h, field(heads, start))
    for _ in range(count - 1):
        before, now = now, moved(before, 2 * h, field(heads, now))
    smooth = moved(before, h, field(heads, now))
    return [[(a + b) / 2 for a, b in zip(*pair, strict=True)] for pair in zip(now, smooth, strict=True)]


def system_of(seed, count, size, masks):
    parts = [
        SoftHead(*(tokens(size, size, seed + 10 * h + k) for k in range(3)), mask=mask)
        for h, mask in enumerate(masks)
    ]
    return Softmax(heads=parts)


def judged(system, start, time):
    data = json.loads(json.dumps(certificate_data(prove(system, start, Fraction(1, 16)))))
    heads = [
        judge._head(head, len(start[0]), len(start)) for head in data["system"].get("heads", [data["system"]])
    ]
    return solution(heads, start, time)


MASKS = st.lists(
    st.sampled_from(["causal", "strict", None, [[0, 1, 1], [1, 1, 0], [0, 0, 1]]]), min_size=1, max_size=2
)


@settings(max_examples=amount(8, 60), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.sampled_from([1, 2]), MASKS)
def test_an_enclosure_of_heads_and_masks_holds_the_solution_and_is_certified(seed, size, masks):
    masks = [*masks, "causal"] if masks == [None] else masks
    system, start, time = system_of(seed, 3, size, masks), tokens(3, size, seed + 5), Fraction(1, 2)
    reached = flow(system, start, time)
    assert reached.reason is None
    enclosure = reached.enclosure(time)
    assert enclosure.radius < Fraction(1, 10**12)
    for point, x in zip(reached.start.place, judged(system, start, time), strict=True):
        for middle, coordinate in zip(enclosure.centre[point], x, strict=True):
            assert abs(judge._real(middle) - coordinate) <= judge._real(enclosure.radius) + mpf(10) ** -13
    data = json.loads(json.dumps(certificate_data(prove(system, start, time))))
    verify(data)
    assert judge.confirms(data)


def test_heads_that_attend_alike_are_one_head_with_the_sum_of_their_values():
    start = [[1, 0], ["1/3", "1/2"], [-1, "1/4"]]
    one = state(flow(Softmax([[3, 0], [0, 3]], mask="causal"), start, Fraction(1, 2)), Fraction(1, 2))
    twice = Softmax(heads=[SoftHead(mask="causal"), SoftHead([[2, 0], [0, 2]], mask="causal")])
    two = state(flow(twice, start, Fraction(1, 2)), Fraction(1, 2))
    for x, y in zip(one.tokens, two.tokens, strict=True):
        assert all(a.overlaps(b) for a, b in zip(x, y, strict=True))


def test_the_first_token_under_a_causal_mask_moves_as_if_it_were_alone():
    V = [[1, 2], [0, -1]]
    seen = flow(Softmax(V, mask="causal"), [[1, 1], [3, 0], [-2, 1]], Fraction(1))
    alone = flow(Softmax(V), [[1, 1]], Fraction(1))
    first, other = (state(own, Fraction(1)).tokens[0] for own in (seen, alone))
    assert all(a.overlaps(b) for a, b in zip(first, other, strict=True))


def test_a_mask_that_hides_nobody_changes_nothing():
    start, everybody = [[1], ["1/2"], [-1]], [[1, 1, 1]] * 3
    plain, masked = (flow(Softmax(mask=mask), start, Fraction(1, 2)) for mask in (None, everybody))
    assert plain.pieces == masked.pieces
    assert masked.system.plain


def test_the_bound_of_growth_of_two_heads_is_that_of_both():
    _, drive = driven(Softmax(heads=[SoftHead(), SoftHead([[2]])]), [[1], [-1]])
    heads = []
    for pull in drive.pulls:
        u = Polynomial((((2**40, 2**36),), ((-(2**40), 2**36),)), 40, Fraction(1, 16), (0, 1))
        heads.append(LogarithmicNorms(pull, u, attention_along(pull, u), 2))
    (one, _), (two, _) = (own.norms(0.0) for own in heads)
    assert one + two <= SumOfNorms(heads).norms(0.0)[0] <= (one + two) * (1 + 1e-6)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("mask", "strict"),
        ("V", [["2"]]),
        ("Q", [["2"]]),
        ("mask", [[1, 0, 0], [1, 1, 0], [1, 0, 1]]),
    ],
)
def test_an_enclosure_of_another_system_is_rejected(field, wrong):
    system = Softmax(heads=[SoftHead(mask="causal"), SoftHead([["1/2"]], [[3]])])
    data = json.loads(json.dumps(certificate_data(prove(system, [[1], ["1/2"], [-1]], Fraction(1, 2)))))
    verify(data)
    data["system"]["heads"][0][field] = wrong
    assert not judge.confirms(data)
    with pytest.raises(RejectedError):
        verify(data)
