"""The answer of a hunt in words counts all that was searched."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.cli.words.hunt import facts, hunt_data, hunt_latex, hunt_text, matrices_in_words, searched_lines
from exactdyn.cli.words.latex import MATHEMATICAL
from exactdyn.cli.words.sentences import PLAIN
from exactdyn.hunts.answer import Answer, Searched, gathered
from exactdyn.hunts.request import Request
from exactdyn.hunts.shrinking.counterexample import Trial, failing
from exactdyn.numbers.shown import counted
from exactdyn.systems.hardmax import Hardmax

ONE = Fraction(1)
PAIR = failing("distinctness-preserved", Trial(((-ONE,),), ONE, ((ONE,), (-ONE,)), 1))
COUNTS = st.dictionaries(st.sampled_from(["integers", "lattice", "twins"]), st.integers(1, 9))


@given(COUNTS, COUNTS, st.integers(0, 99), st.integers(0, 99))
def test_every_configuration_and_program_is_counted(absent, found, programs, runs):
    searched = Searched(absent=absent, found=found, programs=programs, runs=runs)
    lines = searched_lines(Request("norm-growth", "general", (), 2, 1, 3), searched)
    said = [int(line.split()[0]) for line in lines if " configuration" in line]
    assert said == [sum(counts.values()) for counts in (found, absent) if counts]
    assert lines[-1] == f"  {counted(programs, 'linear program')}, {counted(runs, 'limit')}"


@pytest.mark.parametrize("statement", ["norm-growth", "convergence"])
def test_a_search_without_result_is_never_told_as_a_proof(statement):
    request = Request(statement, "general", (), 2, 1, 3)
    answer = Answer("budget", Searched(unfinished={"integers": 1}))
    text = hunt_text(request, answer, None)
    assert text.startswith("budget")
    assert "holds" not in text
    data = hunt_data(request, answer, None)
    assert (data["status"], data["example"], data["lemma"]) == ("budget", None, None)


def test_what_a_lemma_excludes_is_told_with_the_lemma():
    request = Request("hull-shrinkage", "symmetric", (), 2, 1, 1)
    assert "by lemma convex-step" in hunt_text(request, gathered(request, {}), None)


@pytest.mark.parametrize("notation", [PLAIN, MATHEMATICAL], ids=["plain", "latex"])
def test_a_counterexample_is_told_in_four_lines_that_name_what_does_not_hold(notation):
    lines = facts(PAIR, notation)
    assert len(lines) == 4
    assert lines[3].endswith(": positive-definite")


def test_a_mask_is_told_as_what_the_theorem_does_not_assume():
    trial = Trial(((ONE,),), Hardmax(alpha=1, mask="causal"), ((3 * ONE,), (4 * ONE,), (2 * ONE,)), 1)
    line = facts(failing("distinctness-preserved", trial), PLAIN)[3]
    assert line.startswith(
        "hypotheses of the clustering theorem that do not hold: none; the theorem is about one"
    )


def test_the_latex_of_a_counterexample_has_balanced_mathematics():
    text = hunt_latex(PAIR)
    assert text.count("$") % 2 == 0
    assert text.count("{") == text.count("}")


def test_the_data_of_an_answer_are_json():
    request = Request("norm-growth", "general", (), 2, 1, 1)
    json.dumps(hunt_data(request, gathered(request, {}), None), allow_nan=False)


@pytest.mark.parametrize("ties", [True, False])
def test_matrices_with_ties_are_left_out_only_where_that_is_said(ties):
    request = Request("norm-growth", "symmetric", (), 2, 2, 3, ties=ties)
    assert ("without avoidable ties" in matrices_in_words(request)) == (not ties)
