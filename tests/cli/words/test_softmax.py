"""Enclosures as text: every number has the radius within which the true one lies."""

import json
import re
from fractions import Fraction

import pytest

from exactdyn.cli.words.softmax import proof_data, proof_text, verdicts_by_token
from exactdyn.documents import Example, load_example
from exactdyn.softmax import Proof, Softmax, flow, prove


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


def test_a_row_that_tends_to_a_token_with_copies_is_told_to_be_shared():
    tokens = tuple((Fraction(x),) for x in (2, 2, -2))
    example, proof = Example("copies", "", None, tokens), prove(Softmax(), tokens, Fraction(2))
    text = proof_text(example, proof)
    assert (
        "  limits of the rows of P (row: token, with its copies in equal shares): 0: 0, 1: 0, 2: 2\n" in text
    )
    apart = tokens[1:]
    alone = proof_text(Example("apart", "", None, apart), prove(Softmax(), apart, Fraction(2)))
    assert "  limits of the rows of P (row: token): 0: 0, 1: 1\n" in alone


def test_a_run_that_stopped_early_says_why(line):
    example, proof = line
    from dataclasses import replace

    stopped = Proof(replace(proof.flow, reason="too many steps"), {})
    assert "\nstopped there: too many steps\n" in proof_text(example, stopped)
    assert proof_data(stopped)["reason"] == "too many steps"


def test_of_a_statement_that_is_proved_of_some_tokens_these_are_named_and_the_others_have_reasons():
    tokens = tuple(tuple(map(Fraction, row)) for row in ((2, 0), (0, 2), (1, 1), (-1, -1)))
    example, proof = Example("a tie", "", None, tokens), prove(Softmax(), tokens, Fraction(3, 4))
    lines = proof_text(example, proof).splitlines()
    start = lines.index("clusters undecided: token 2: as far as is known it attends tokens 0 and 1 alike")
    assert lines[start + 1 : start + 3] == [
        f"  proved of tokens 0, 1, 3, for every t >= {proof.flow.time}:",
        "  token: leader  0: 0, 1: 1, 3: 3",
    ]
    data = proof_data(proof)["statements"]["clusters"]
    assert data["settled"] == [0, 1, 3]
    assert data["undecided"] == {"2": "as far as is known it attends tokens 0 and 1 alike"}
    assert data["evidence"]["leaders"] == [0, 1, None, 3]
    rows = {(token, name): said for token, name, said in verdicts_by_token(proof)}
    assert rows["every", "hull-shrinkage"] == "holds: every t >= 0"
    assert rows["3", "clusters"] == "holds: follows token 3"
    assert rows["2", "clusters"].startswith("undecided: as far as is known")
