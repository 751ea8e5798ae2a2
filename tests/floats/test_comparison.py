import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.floats.comparison import compare
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from tests.command import inside
from tests.judges import reference
from tests.strategies import systems

DIGITS = [["1/2"], ["-1/2"], [Fraction(314159, 1000003) - Fraction(1, 2)]]


def test_floats_run_out_of_digits_and_float32_first():
    run = Hardmax([[-1]], alpha="1/2").run(DIGITS, layers=80)
    double, single = compare(run), compare(run, "float32")
    assert 15 < single.layer < 30 < double.layer < 60
    assert [row.token for row in double.rows] == [2]
    assert double.rows[0].exact != double.rows[0].floats


def test_a_tie_that_floats_break_has_margin_zero():
    square = [[x, y] for x in range(-2, 3) for y in range(-2, 3)]
    found = compare(Hardmax(alpha=1).run(square, layers=3))  # the mean of 25 floats around 0 is not 0
    assert found.layer == 1
    (row,) = found.rows
    assert (row.token, row.exact, row.margin) == (12, frozenset(range(25)), 0)
    assert row.floats < row.exact


def test_a_near_tie_that_floats_take_for_one_has_its_exact_margin():
    near = 1 + Fraction(1, 2**60)
    found = compare(Hardmax().run([[near, 1], [1, -1], ["1/2", 0]], layers=2))
    assert found.layer == 0
    assert (found.rows[0].token, found.rows[0].exact, found.rows[0].floats) == (2, {0}, {0, 1})
    assert found.rows[0].margin == Fraction(1, 2**61)
    assert (found.margins[0].token, found.margins[0].lead) == (2, Fraction(1, 2**61))


def test_numbers_beyond_the_range_of_floats_leave_no_attention_and_are_no_tie():
    found = compare(Hardmax(alpha=1).run([[10**400], [0]], layers=1))
    assert found.layer == 0
    assert [(row.floats, row.margin, row.overflow) for row in found.rows] == [(frozenset(), None, True)] * 2
    assert found.margins[0].lead == 10**800


def test_scores_that_are_infinite_alike_are_told_from_a_tie():
    found = compare(Hardmax().run([[10**200], [10**200 - 1]], layers=0))
    assert {(row.floats, row.margin, row.overflow) for row in found.rows} == {
        (frozenset({0, 1}), 10**200, True),
        (frozenset({0, 1}), 10**200 - 1, True),
    }


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_step_beyond_the_range_of_floats_is_infinite_to_them(dtype):
    found = compare(Hardmax(alpha=-1 - Fraction(1, 10**400)).run([[1], ["1/2"]], layers=1), dtype)
    assert (found.layer, found.rows[0].overflow) == (1, True)


def test_words_of_an_overflow_do_not_speak_of_a_tie(tmp_path):
    (tmp_path / "large.toml").write_text('alpha = 1\ntokens = [["1e400"], [0]]\n', encoding="utf-8")
    said = inside("compare", "large.toml", "--layers", "1", folder=tmp_path).stdout
    assert "token 0 attends 0, in floats nobody: scores beyond the range of float64" in said
    assert "tie" not in said
    data = json.loads(inside("compare", "large.toml", "--layers", "1", "--json", folder=tmp_path).stdout)
    assert data["tokens"][0] == {"token": 0, "exact": [0], "floats": [], "margin": None, "overflow": True}


def test_nothing_differs_where_floats_are_exact():
    lattice = from_floats(np.array([[x, y] for x in (-3, -1, 1, 3) for y in (-3, -1, 1, 3)], dtype=float))
    found = compare(Hardmax(alpha=1).run(lattice, layers=3))
    assert (found.layer, found.rows) == (None, ())
    assert repr(found) == "Comparison(float64, layers 0..3, no difference)"


@given(systems(dimensions=2, largest=5), st.integers(0, 4))
def test_margins_are_the_narrowest_leads_of_the_definition(system, layers):
    found = compare(Hardmax(system.A, system.alpha).run(system.tokens, layers))
    for margin, layer in zip(found.margins, reference.run(system, layers), strict=True):
        leads = {}
        for token, (z, attended) in enumerate(zip(layer.tokens, layer.attention, strict=True)):
            scores = [reference.dot(reference.times(system.A, z), other) for other in layer.tokens]
            rest = [score for j, score in enumerate(scores) if j not in attended]
            if rest:
                leads[token] = max(scores) - max(rest)
        if margin is None:
            assert not leads
        else:
            assert margin.lead == min(leads.values()) == leads[margin.token]


@pytest.mark.parametrize("dtype", ["float16", "float", None, 64])
def test_another_type_of_floats_is_refused(dtype):
    run = Hardmax().run([[1]], layers=1)
    with pytest.raises(InputError, match=r'^dtype: requires "float32" or "float64", got '):
        compare(run, dtype)
