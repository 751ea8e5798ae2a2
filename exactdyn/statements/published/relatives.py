"""Statements about other systems that examples of hardmax attention are near to."""

from __future__ import annotations

from exactdyn.statements.published.record import OWN_WORDS, Publication, PublishedStatement, Showing

ENTRIES = (
    PublishedStatement(
        "causal-convergence",
        Publication(
            "arXiv 2411.04990",
            None,
            "a question about hardmax attention that it suggests, not a statement of it",
            "its abstract, as listed publicly, announces convergence to a single cluster in causal softmax "
            "attention on the sphere, for arbitrary Q and K, and V = I",
        ),
        ("A is symmetric", "alpha > 0", "every token sees itself and the tokens before it"),
        "every token has a limit",
        "false",
        "A = diag(3, 3, -1), alpha = 1: the last of five tokens alternates between (0, 0, 1/3) and (0, 0, "
        "-1/3) for ever, with the mask as without it, for the state of layer 2 is that of layer 0, and all "
        "layers are alike. This contradicts nothing in the paper, which is about other dynamics.",
        (
            Showing(
                "exactdyn run causal-periodic --layers 2",
                0,
                (
                    "layer 0",
                    "token 4 attends 2, 3 at (0, 0, 1/3)",
                    "token 4 attends 0, 1 at (0, 0, -1/3)",
                    "layer 2",
                    "token 4 attends 2, 3 at (0, 0, 1/3)",
                ),
            ),
        ),
    ),
    PublishedStatement(
        "spelling-digits",
        Publication(
            "B. Chazelle, Natural algorithms and influence systems, Communications of the ACM 55(12), 2012",
            None,
            "the example of a chaotic diffusive influence system with n = 4 and d = 1",
            OWN_WORDS,
        ),
        ("four agents on a line", "two of them on opposite sides of 0, of which the one further out moves"),
        "whether agent 1 or 2 moves at time t is, from some starts, the digit t of a binary expansion",
        "holds",
        "Not run here; its proof is the source's. Its relative in hardmax attention: three tokens on a "
        "line and one matrix, A = -1, with alpha = 1/2, spell the binary digits of any number between 0 "
        "and 1 that is no p / 2^m. With alpha = 1/3 and the third token at 1/5 a denominator doubles at "
        "every layer, so that the attention graphs never become periodic.",
        (
            Showing(
                "exactdyn run binary-digits --layers 3", 0, ("token 2 (digits of 314159/1000003) attends 1",)
            ),
            Showing(
                "exactdyn limit alternating-digits",
                0,
                ("the attention graphs of layers 0..1 repeat for ever",),
            ),
        ),
    ),
)
"""The statements."""
