"""What version 1 of arXiv 2508.09628 says of hardmax attention as a Frank-Wolfe step."""

from __future__ import annotations

from exactdyn.statements.published.record import Publication, PublishedStatement, Showing

PAPER = "arXiv 2508.09628"

ENTRIES = (
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
                "exactdyn limit never-periodic", 0, ("all tokens tend to one point, whatever the itinerary",)
            ),
        ),
        corrected="negative definite in place of negative semidefinite, one constant step 0 < tau < 1, and "
        "some point of the hull in place of the origin",
    ),
)
"""The statements, in the order of the text."""
