"""Enclosures as text: every number has the radius within which the true one lies."""

import json
import re
from fractions import Fraction

import pytest

from exactdyn.cli.words.softmax import proof_data, proof_text
from exactdyn.documents import load_example
from exactdyn.softmax import Proof, Softmax, flow


@pytest.fixture(scope="module")
def line():
    example = load_example("collision-on-a-line")
    return example, Proof(flow(Softmax(), example.tokens, Fraction(1, 8)), {})


def test_the_balls_hold_the_tokens_at_the_time_and_are_shown_with_radii(line):
    example, proof = line
    data = proof_data(proof)
    assert json.loads(json.dumps(data, allow_nan=False))["time"] == "1/8"
    total = sum(Fraction(middle) for ((middle, radius),) in data["tokens"])
    within = sum(Fraction(radius) for ((middle, radius),) in data["tokens"])
    assert abs(total) <= within  # the two tokens are opposite for ever
    rows = [line for line in proof_text(example, proof).splitlines() if line.startswith("  token ")]
    assert len(rows) == len(example.tokens)
    assert all(len(re.findall(r"\+-", row)) == 2 for row in rows)


def test_the_rows_of_the_attention_matrix_sum_to_one(line):
    for row in proof_data(line[1])["attention"]:
        assert abs(sum(Fraction(middle) for middle, _ in row) - 1) <= sum(
            Fraction(radius) for _, radius in row
        )


def test_a_run_that_stopped_early_says_why(line):
    example, proof = line
    from dataclasses import replace

    stopped = Proof(replace(proof.flow, reason="too many steps"), {})
    assert "\nstopped there: too many steps\n" in proof_text(example, stopped)
    assert proof_data(stopped)["reason"] == "too many steps"
