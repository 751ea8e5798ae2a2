"""`--brief` is the answer alone, `--decimal` its numbers as decimals; elsewhere both are refused."""

import re
from decimal import Context, Decimal
from fractions import Fraction

import numpy as np
import pytest

from tests.command import assert_refused, inside
from tests.lemma_hypotheses import CERTIFICATES

BRIEF = {
    "compare": ["compare", "cyclic", "--layers", 3],
    "compare --softmax": ["compare", "cyclic", "--layers", 3, "--softmax", "1/10"],
    "hunt": ["hunt", "norm-growth", "--example", "cyclic", "--layers", 2, "--class", "symmetric"],
    "cells": ["cells", "collision-on-a-line"],
    "softmax": ["softmax", "softmax-line", "--until", 8, "--prove"],
    "lead": ["lead", "triangle", "--leaders", "0,1"],
    "verify": ["verify", CERTIFICATES / "valid" / "convergence-fails-in-a-cycle.json"],
    "explain": ["explain", "--model", "handmade", "--review", "tied"],
}


@pytest.mark.parametrize("command", BRIEF)
def test_a_brief_answer_is_a_part_of_the_whole_one(command):
    whole, brief = inside(*BRIEF[command]), inside(*BRIEF[command], "--brief")
    assert (brief.returncode, brief.stderr) == (whole.returncode, whole.stderr)
    lines = [re.sub(r"[ ─]+", " ", line).strip() for line in brief.stdout.splitlines()]
    rest = iter([re.sub(r"[ ─]+", " ", line).strip() for line in whole.stdout.splitlines()])
    assert len(lines) > 0
    assert len(brief.stdout) < len(whole.stdout)
    assert all(any(line in other for other in rest) for line in lines)


@pytest.mark.parametrize("command", BRIEF)
def test_a_brief_answer_is_text(command):
    assert_refused(inside(*BRIEF[command], "--brief", "--json"), "--brief: requires that --json is absent")


def test_a_brief_run_says_whom_tokens_attend_in_a_line_a_layer():
    shown = inside("run", "emerging-leader", "--layers", 1).stdout
    attended = re.findall(r"attends ([\d, ]*\d)", shown)
    brief = inside("run", "emerging-leader", "--layers", 1, "--brief").stdout.splitlines()[2:]
    assert [line.partition(":")[0] for line in brief] == ["layer 0", "layer 1"]
    assert [own for line in brief for own in line.split()[2:]] == [own.replace(", ", ",") for own in attended]


def test_brief_itineraries_have_no_matrices():
    whole = inside("itineraries", "cyclic", "--layers", 1).stdout.splitlines()
    brief = inside("itineraries", "cyclic", "--layers", 1, "--brief").stdout.splitlines()
    assert brief == [line.partition("   A")[0] for line in whole]


def test_a_brief_inspection_has_no_table_of_heads(tmp_path):
    np.savez(tmp_path / "m.npz", **dict.fromkeys("QKV", np.eye(2)))
    whole, brief = (inside("inspect", "m.npz", *how, folder=tmp_path) for how in ([], ["--brief"]))
    assert whole.stdout.startswith(brief.stdout + "\nlayer")


def test_brief_lists_are_names():
    for command, first in (("examples", "alternating-digits"), ("statements", "hull-shrinkage")):
        names = inside(command, "--brief").stdout.split("\n")
        assert names[0] == first
        assert names[-1] == ""
        assert all(re.fullmatch(r"[\w-]+", name) for name in names[:-1])
    assert inside("statements", "symmetric", "--brief").stdout == "symmetric: A is symmetric\n"
    assert inside("examples", "cyclic", "--brief").stdout == "cyclic\n"


DECIMAL = {
    "run": ["run", "emerging-leader", "--layers", 2],
    "check": ["check", "cyclic"],
    "limit": ["limit", "emerging-leader"],
    "compare": ["compare", "cyclic", "--layers", 4],
    "lead": ["lead", "triangle", "--leaders", "0,1"],
    "itineraries": ["itineraries", "cyclic", "--layers", 1],
    "hunt": ["hunt", "norm-growth", "--example", "cyclic", "--layers", 2, "--class", "symmetric"],
}


@pytest.mark.parametrize("command", DECIMAL)
def test_numbers_are_decimals_of_as_many_digits_correctly_rounded(command):
    exact = inside(*DECIMAL[command]).stdout
    for digits in (2, 5):
        shown = inside(*DECIMAL[command], "--decimal", digits)
        assert shown.returncode == inside(*DECIMAL[command]).returncode
        found = re.findall(r"(?<![\w./~])(~?)(-?\d+\.\d+(?:e-?\d+)?)(?!\w)", shown.stdout)
        wanted = {Fraction(text) for text in re.findall(r"(?<![\w.])-?\d+/\d+(?![\w/])", exact)}
        for mark, text in found:
            near = [value for value in wanted if round_to(value, digits) == Decimal(text)]
            assert near, text
            assert mark or Fraction(text) in near
    assert_refused(inside(*DECIMAL[command], "--decimal", 2, "--json"), "--decimal: requires that --json")
    assert_refused(
        inside(*DECIMAL[command], "--decimal", 0), "--decimal: requires an integer from 1 to 10000"
    )


def round_to(value, digits):
    """The decimal of so many digits that is nearest, ties to even."""
    return Context(prec=digits).divide(Decimal(value.numerator), Decimal(value.denominator))


def test_scores_of_an_explanation_have_as_many_digits_as_are_asked():
    shown = inside("explain", "--model", "handmade", "--review", "tied", "--decimal", 12).stdout
    assert "score +0.0456666666667 after 3 layers" in shown
    assert "score +0.0416666666667: the class it has" in shown
    assert_refused(
        inside("explain", "--model", "handmade", "--decimal", 2, "--json"), "--decimal: requires that --json"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["graph", "cyclic", "--layer", 0, "--brief"],
        ["plot", "cyclic", "-o", "p.png", "--decimal", 2],
        ["verify", "c.json", "--decimal", 2],
        ["inspect", "m.npz", "--decimal", 2],
        ["softmax", "softmax-line", "--until", 1, "--decimal", 2],
        ["new", "heads", "--brief"],
        ["run", "cyclic", "--brief", "--decimal", 2],
        ["itineraries", "cyclic", "--layers", 1, "--brief", "--decimal", 2],
        ["compare", "cyclic", "--softmax", 1, "--decimal", 2],
        ["hunt", "norm-growth", "--example", "cyclic", "--layers", 1, "--latex", "--decimal", 2],
        ["hunt", "norm-growth", "--example", "cyclic", "--layers", 1, "--latex", "--brief"],
        ["cells", "cyclic", "--latex", "--brief"],
        ["examples", "cyclic", "--show", "--brief"],
        ["statements", "--markdown", "--brief"],
    ],
)
def test_where_it_means_nothing_it_is_refused(arguments, tmp_path):
    option = next(word for word in ("--decimal", "--brief") if word in arguments)
    assert_refused(inside(*arguments, folder=tmp_path), option)
