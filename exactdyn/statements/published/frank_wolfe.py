"""What version 1 of arXiv 2508.09628 says of hardmax attention as a Frank-Wolfe step."""

from __future__ import annotations

from exactdyn.statements.published.record import TRANSCRIBED, Publication, PublishedStatement, Showing

PAPER = "arXiv 2508.09628"

ENTRIES = (
    PublishedStatement(
        "frank-wolfe-rate",
        Publication(PAPER, "v1", "Theorem 3.1", TRANSCRIBED),
        (
            "A = -B, B symmetric and positive semidefinite, the same at all layers or falling",
            "the steps are 2/(t+2), t = 0, 1, ...",
            "0 lies in the hull of the tokens at layer 0",
        ),
        "<Bz, z>/2 of every token z at layer t+1 is at most 2/(t+1) times the largest eigenvalue of B "
        "times the square of the diameter of the hull at layer 0",
        "false",
        "B = 1, tokens 3, -1, where the bound is 32/(t+1): token 1 is at 1/3 from layer 2 on, where z^2/2 "
        "= 1/18, and token 0 tends to it from above. At t = 575 the bound is 1/18, and token 0, at "
        "13849/41544 > 1/3, is beyond it; from t = 576 on both are. That 0 lies in the later hulls, too, "
        "is not so: they shrink to 1/3. The Lean text refutes the theorem with the same tokens. A "
        "reproduction in floats that counts no violation stopped after 60 layers.",
        (
            Showing(
                "exactdyn check frank-wolfe-rate",
                1,
                ("frank-wolfe-rate fails token 0 has <Bz, z>/2 = 191794801/3451807872 at layer 576",),
            ),
            Showing(
                "exactdyn check frank-wolfe-rate --layers 60",
                1,
                ("frank-wolfe-rate holds layers 0..60, computed",),
            ),
            Showing(
                "exactdyn run frank-wolfe-rate --layers 576",
                0,
                ("layer 576 token 0 attends 1 at (13849/41544)", "token 1 attends 1 at (1/3) leader"),
            ),
        ),
    ),
    PublishedStatement(
        "frank-wolfe-clusters",
        Publication(PAPER, "v1", "Theorem 4.2", TRANSCRIBED),
        (
            "A is positive definite, the same at all layers",
            "the steps g_k are between 0 and 1",
            "every vertex of the hull of the tokens attends itself alone",
            "every token i attends one vertex v_i alone",
        ),
        "token i is at p z_i + (1 - p) v_i at layer t, p the product of the 1 - g_k over the layers "
        "before; in particular it tends to v_i at least exponentially fast",
        "false as worded",
        "The formula holds, and A need not be definite: it is lemma "
        "`frank-wolfe-clusters`. But with g_k = 2^-(k+1) a quarter of the way or more is left for ever, as "
        "(1 - 1/2) (1 - 1/4 - 1/8 - ...) = 1/4: the token does not even tend to v_i. The Lean text says "
        "so, too, and the abstract of the ICML version asks for a step size bounded away from zero.",
        (
            Showing(
                "exactdyn check summable-steps",
                1,
                ("frank-wolfe-clusters holds every layer", "frank-wolfe-exponential fails token 1 goes"),
            ),
            Showing(
                "exactdyn run summable-steps --layers 4", 0, ("layer 4", "token 1 attends 0 at (1733/2048)")
            ),
        ),
        corrected="steps g_k >= c > 0 for its last part",
    ),
    PublishedStatement(
        "single-cluster",
        Publication(PAPER, "v1", "abstract", "the abstract of v1 as listed publicly"),
        ("A is negative semidefinite",),
        "the method linearly contracts all tokens to a single cluster at the origin",
        "false as worded",
        "Not at the origin: A = -1, alpha = 1, tokens 3, -1 are both at 1 from layer 1 on, although 0 is "
        "between them at the start. Not single: A = diag(0, -1, -1), alpha = 1/2 and five tokens, one of "
        "which alternates between two places for ever, while the others tend to two points. With the "
        "correction it is lemma `consensus`; no rate is claimed. The abstract of the ICML version says it "
        "otherwise.",
        (
            Showing("exactdyn limit one-point-not-the-origin", 0, ("token 0 tends to (1)",)),
            Showing("exactdyn limit alternating-singular", 0, ("token 4 has no limit",)),
            Showing(
                "exactdyn hunt convergence --class negative-definite --tokens 3 --dim 2 --layers 5",
                1,
                ("holds for all negative-definite matrices", "and every layer, by lemma consensus"),
            ),
            Showing(
                "exactdyn limit never-periodic",
                0,
                ("all tokens tend to the middle of two places that attend each other for ever",),
            ),
        ),
        corrected="negative definite in place of negative semidefinite, one constant step 0 < tau < 1, and "
        "some point of the hull in place of the origin",
    ),
)
"""The statements, in the order of the text."""
