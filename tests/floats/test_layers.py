"""Layers of any system in floats, against the definition."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import HardAttention, Hardmax, Head, InputError, Relu
from exactdyn.floats.comparison import compare, run_in_floats
from exactdyn.floats.layers import FloatHead, FloatStep
from exactdyn.floats.runs import TokenArithmetic
from tests.judges import hard_attention as judge
from tests.strategies import hard_attention_systems

LAYERS = 3


@given(hard_attention_systems(), st.sampled_from(["float32", "float64"]))
@settings(max_examples=60, deadline=None)
def test_floats_follow_the_definition_until_they_attend_somebody_else(case, dtype):
    follow_until_they_attend_somebody_else(case, dtype)


@given(hard_attention_systems(), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_floats_follow_the_definition_in_blocks_of_few_rows_too(case, numbers):
    with patch("exactdyn.floats.layers.BLOCK_NUMBERS", numbers):
        follow_until_they_attend_somebody_else(case, "float64")


def follow_until_they_attend_somebody_else(case, dtype):
    try:
        run = case.system().run(case.tokens, LAYERS)
    except InputError:  # some layer has no normalised step
        return
    found, largest = compare(run, dtype), 1.0
    for k, (floats, layer) in enumerate(zip(run_in_floats(run, dtype), judged(case), strict=True)):
        exact = np.array([[float(x) for x in token] for token in layer.tokens])
        largest = max(largest, float(np.abs(exact).max()))
        assert np.abs(floats.state - exact).max() <= 1e3 * largest**2 * np.finfo(dtype).eps
        sets = tuple(tuple(head.sets()) for head in floats.heads)
        assert (sets == layer.heads) == (found.layer is None or k < found.layer)
        if k == found.layer:
            wrong = {
                (h, i): own
                for h, (mine, right) in enumerate(zip(sets, layer.heads, strict=True))
                for i, own in enumerate(mine)
                if own != right[i]
            }
            assert {(row.head, row.token): row.floats for row in found.rows} == wrong
            return


@given(hard_attention_systems())
@settings(max_examples=60, deadline=None)
def test_margins_are_the_narrowest_leads_within_the_mask_of_every_head(case):
    try:
        run = case.system().run(case.tokens, LAYERS)
    except InputError:
        return
    for k, (margins, layer) in enumerate(zip(compare(run).head_margins, judged(case), strict=True)):
        for margin, head in zip(margins, case.judged.heads, strict=True):
            expected = leads(judge.entry(head.A, k, case.judged.period), layer.tokens, head.seen)
            if margin is None:
                assert not expected
            else:
                assert margin.lead == min(expected.values()) == expected[margin.token]


def judged(case):
    return judge.run(case.judged, case.tokens, LAYERS)


def leads(A, tokens, seen):
    """By how much every token prefers its best to the next score that it sees; none where all are tied."""
    found = {}
    for i, token in enumerate(tokens):
        direction = judge.times(A, token)
        visible = range(len(tokens)) if seen is None else seen[i]
        scores = sorted({judge.dot(direction, tokens[j]) for j in visible})
        if len(scores) > 1:
            found[i] = scores[-1] - scores[-2]
    return found


def test_a_hidden_token_is_not_attended_where_all_scores_are_minus_infinity():
    found = compare(Hardmax([[-1]], mask="causal").run([[10**200], [10**200], [10**200]], layers=0))
    assert (found.layer, found.rows) == (None, ())  # infinite alike, as they are alike exactly


@pytest.mark.parametrize(("ties", "attended"), [("mean", {0, 1}), ("first", {0}), ("last", {1})])
def test_equal_floats_mean_what_the_tie_rule_says(ties, attended):
    head = FloatHead(TokenArithmetic(np.eye(1)), ties=ties)
    (row,) = head.found(np.array([[2.0, 2.0, 1.0]]))[:1]
    assert set(np.flatnonzero(row).tolist()) == attended


def test_a_tie_that_a_rule_decides_and_floats_break_is_told_with_its_head():
    seen = [[1, 0, 0], [0, 1, 0], [1, 1, 0]]
    system = HardAttention([Head(), Head(mask=seen, ties="first")], alpha=1)
    found = compare(system.run([["3/10", 0], ["1/10", "1/5"], [1, 1]], layers=1))
    (row,) = found.rows
    assert (found.layer, row.head, row.token, row.exact, row.floats, row.margin) == (0, 1, 2, {0}, {1}, 0)
    assert found.head_margins[0][1] is None  # whoever sees two sees a tie


def test_a_block_is_computed_in_the_type_of_the_run():
    block = Relu([["1/3"]], [0], [["1/3"]], [0], eta="1/3")
    run = HardAttention([Head()], alpha=1, relu=block).run([[1], [2]], layers=2)
    assert {floats.state.dtype.name for floats in run_in_floats(run, "float32")} == {"float32"}


def test_a_step_of_another_kind_is_refused_in_one_line():
    with pytest.raises(InputError, match=r"^system: a run in floats requires an affine step, got object$"):
        FloatStep.of(object(), "float64")
