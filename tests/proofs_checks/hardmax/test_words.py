"""A system of version 2 in words: all that it is is said."""

from __future__ import annotations

from proofs_checks.format.reading import Field
from proofs_checks.hardmax.system import read_general_system
from proofs_checks.hardmax.words import general_lines


def test_heads_masks_values_ties_steps_and_blocks_are_said() -> None:
    system = {
        "tokens": [["3"], ["-1"]],
        "tau": {"numerator": [["2", 0, "1/2"]], "denominator": [["1", 2, "1"], ["2", 0, "1"]]},
        "heads": [
            {"A": [[["-1"]]], "mask": "causal"},
            {"A": [[["1"]], [["-1"]]], "V": [[["2"]]], "mask": [[1, 0], [1, 1]], "ties": "first"},
        ],
        "relu": [{"W1": [["1"]], "b1": ["0"], "W2": [["2"]], "b2": ["-1"]}],
        "period": 2,
    }
    assert general_lines(read_general_system(Field(system, "system"))) == [
        "tau = (2 (1/2)^k) / (1 k^2 + 2) at layer k",
        "head 0: A = (-1), mask causal",
        "head 1: A = (1); (-1), the last 2 repeat, V = (2), tokens see 0; 0, 1, of a tie the first token",
        "then eta y + W2 relu(W1 y + b1) + b2: eta = 1, W1 = (1), b1 = (0), W2 = (2), b2 = (-1)",
    ]
