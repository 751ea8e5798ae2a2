"""Statements for all values of a parameter: decided on parts, between which nothing that they ask changes."""

import json
from fractions import Fraction
from random import Random

import pytest

from exactdyn import Hardmax, cells, check, load_example
from exactdyn.parameters.certificate import carried
from exactdyn.parameters.verdicts import line_hypotheses, line_verdicts
from tests.command import assert_refused, inside, printed
from tests.parameters.random_lines import random_line
from tests.parameters.statements_at_values import disagreements

T = {"name": "t", "from": -1, "to": 1}


def outcomes(verdict):
    """The parts of a verdict: where each begins, and what is said there."""
    return [(part.low.text(6), part.point, part.verdict.outcome) for part in verdict.parts]


def test_what_lemmas_prove_of_a_system_holds_for_every_alpha():
    verdicts = line_verdicts(cells(load_example("emerging-leader"), low="1/10"))
    assert {name: verdict.lemma for name, verdict in verdicts.items()} == {
        "hull-shrinkage": "convex-step",
        "norm-growth": "norm-growth",
        "leaders-persist": "leaders-persist",
        "distinctness-preserved": "no-collision",
        "leaders-extreme": "leader-exposed",
        "convergence": "growth-converges",
        "leader-vertex": "leading-points",
        "limit-set": "growth-converges",
        "attention-settles": "rank-two-settles",
    }


def test_where_a_lemma_is_missing_the_limits_of_closed_cells_decide():
    verdicts = line_verdicts(cells(load_example("cyclic")))
    assert verdicts["convergence"].outcome == "holds"
    assert verdicts["leader-vertex"].outcome == verdicts["limit-set"].outcome == "fails"
    assert verdicts["limit-set"].parts[0].verdict.witness == {"token": 0, "limit": [0, 0]}


def test_an_open_cell_is_undecided_with_the_reason():
    verdict = line_verdicts(cells(load_example("alternating-digits"), low=1, layers=1))["attention-settles"]
    reasons = {part.verdict.reason for part in verdict.parts if part.verdict.outcome == "undecided"}
    assert reasons == {"open after layer 1"}


def test_a_value_that_fails_in_an_open_cell_is_a_part_of_its_own():
    verdict = line_verdicts(cells(load_example("period-three"), low=1, high=2, layers=1))["convergence"]
    assert outcomes(verdict) == [
        ("1", False, "undecided"),
        ("3/2", True, "fails"),
        ("3/2", False, "undecided"),
    ]
    assert verdict.outcome == "fails"


def test_where_graphs_repeat_and_tokens_do_not_converge_that_fails_all_over_the_cell():
    verdicts = line_verdicts(cells(load_example("period-three"), low=3))
    for name in ("convergence", "limit-set", "attention-settles"):
        assert outcomes(verdicts[name]) == [("3", False, "fails")]
        assert verdicts[name].parts[0].verdict.witness["token"] == 6
    (part,) = verdicts["leader-vertex"].parts
    assert (part.verdict.outcome, part.verdict.reason) == ("undecided", "not all tokens converge")


def test_distinct_tokens_meet_exactly_where_a_check_of_one_system_says_so():
    verdict = line_verdicts(cells(Hardmax([[-1]]), tokens=[[1], [-1]]))["distinctness-preserved"]
    assert outcomes(verdict) == [("0", False, "holds"), ("1", True, "fails"), ("1", False, "holds")]
    assert verdict.fails_at == (Fraction(1),)
    told = check(Hardmax([[-1]], alpha=1), tokens=[[1], [-1]]).statements["distinctness-preserved"]
    assert told.witness == verdict.parts[1].verdict.witness


def test_a_limit_is_zero_for_one_value_inside_a_cell():
    found = cells(Hardmax(), A=[[0]], tokens=[[1], ["2*t"]], parameter=T)
    verdict = line_verdicts(found)["limit-set"]
    assert len(found.cells) == 1
    assert [own for own in outcomes(verdict) if own[2] != "holds"] == [("-1/2", True, "fails")]


def test_limits_are_rigid_for_one_value_inside_a_cell():
    tokens = [[1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, "t"]]
    found = cells(Hardmax([[1, 0, 0], [0, 1, 0], [0, 0, 0]]), tokens=tokens, parameter=T)
    assert len(found.cells) == 1
    parts = outcomes(line_verdicts(found)["limit-set"])
    assert parts == [("-1", False, "undecided"), ("0", True, "holds"), ("0", False, "undecided")]


def test_a_matrix_that_moves_is_definite_where_it_is():
    tokens, A = [[1, 0], ["1/2", 0]], [[1, 0], [0, "t"]]
    verdict = line_verdicts(cells(Hardmax(), A=A, tokens=tokens, parameter=T))["norm-growth"]
    assert [part.verdict.lemma for part in verdict.parts] == [None, None, "norm-growth"]
    assert {part.verdict.scope for part in verdict.parts[:2]} == {"layers 0..6"}


def test_nothing_is_said_of_values_that_were_not_reached():
    from exactdyn.parameters.cells import explored, gathered

    exploration = explored(Hardmax([[-1]]), [[1], [-1]], None, None, 6)
    first = next(exploration.cells())
    verdict = line_verdicts(gathered(exploration, [first], finished=False))["distinctness-preserved"]
    assert [part.verdict.reason for part in verdict.parts][1:] == ["not reached before the stop"]
    assert (verdict.parts[1].low.text(), verdict.parts[1].high.text()) == ("1", "infinity")


@pytest.mark.parametrize("name", ["collision-indefinite", "non-leader-clusters", "moving-tie", "zero-token"])
def test_at_values_drawn_in_every_example_check_says_the_same(name):
    assert disagreements(cells(load_example(name), layers=3), Random(name), 3) == []


@pytest.mark.parametrize("seed", range(6))
def test_at_values_drawn_on_random_lines_check_says_the_same(seed):
    source = Random(seed)
    assert disagreements(random_line(source), source, 3) == []


@pytest.mark.slow
def test_at_values_drawn_on_many_random_lines_check_says_the_same():
    source = Random(0)
    for _ in range(150):
        assert disagreements(random_line(source), source, 6) == []


def test_verdicts_are_printed_beside_the_cells():
    assert "norm-growth: fails for every alpha in (0, infinity), at alpha = 1: layer 0, token 0" in printed(
        "cells", "cyclic", "--statements"
    )
    text = printed("cells", "square", "--statements")
    assert "norm-growth: holds for every alpha in (0, infinity): by lemma norm-growth\n" in text
    assert text.endswith("a certificate (--certificate) carries all of these\n")
    assert '"hull-shrinkage": {"verdict": "holds"' in printed("cells", "square", "--statements", "--json")
    assert_refused(inside("cells", "square", "--statements", "--latex"), "--latex: requires")


def test_it_is_said_where_the_theorem_applies():
    text = printed("cells", "square", "--statements")
    assert (
        "the clustering theorem applies for every alpha in (0, infinity): all its hypotheses hold\n" in text
    )
    text = printed("cells", "collision-on-a-line", "--statements")
    assert (
        "\npositive-definite: fails for every alpha in (0, infinity), at alpha = 1: <Ax, x> = -1 at x = (1)\n"
        in text
    )
    answer = json.loads(printed("cells", "square", "--statements", "--json"))["hypotheses"]
    assert {own["verdict"] for own in answer.values()} == {"holds"}


def test_a_hypothesis_holds_where_tokens_are_no_longer_equal_and_the_form_is_definite():
    tokens, A = [[1, 0], ["1/2", 0]], [[1, 0], [0, "t^1"]]
    hypotheses = line_hypotheses(cells(Hardmax(), A=A, tokens=tokens, parameter=T))
    assert outcomes(hypotheses["positive-definite"]) == [
        ("-1", False, "fails"),
        ("0", True, "fails"),
        ("0", False, "holds"),
    ]
    moving = line_hypotheses(cells(Hardmax(), tokens=[[1], ["3*t - 1"]], parameter=T))
    assert outcomes(moving["distinct-tokens"])[-2:] == [("2/3", True, "fails"), ("2/3", False, "holds")]


def test_it_is_said_which_statements_a_certificate_carries():
    text = printed("cells", "cyclic", "--statements")
    always = "hull-shrinkage, leaders-persist, distinctness-preserved, leaders-extreme, convergence"
    others = "norm-growth, leader-vertex, limit-set"
    assert text.endswith(f"a certificate (--certificate) carries {always}, attention-settles; not {others}\n")
    answer = json.loads(printed("cells", "cyclic", "--statements", "--json"))["statements"]
    assert [name for name, own in answer.items() if not own["carried"]] == others.split(", ")
    assert answer["limit-set"]["parts"] == [
        {
            "from": "0",
            "to": "infinity",
            "point": False,
            "verdict": "fails",
            "at": "1",
            "witness": {"token": 0, "limit": ["0", "0"]},
        }
    ]


def test_what_a_certificate_carries_holds_for_every_value():
    source = Random(2)
    for _ in range(4):
        found = random_line(source)
        verdicts = line_verdicts(found)
        assert {verdicts[name].outcome for name in carried(found)} == {"holds"}
