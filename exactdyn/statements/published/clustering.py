"""What arXiv 2407.01602 says of clustering in pure-attention hardmax transformers."""

from __future__ import annotations

from exactdyn.statements.published.record import OWN_WORDS, Publication, PublishedStatement, Showing

PAPER = "arXiv 2407.01602"
HYPOTHESES = (
    "A is symmetric",
    "<Ax, x> > 0 for every x != 0",
    "alpha > 0",
    "no token is zero",
    "no two tokens are equal",
)


def _at(place: str) -> Publication:
    return Publication(PAPER, None, place, OWN_WORDS)


IN_THE_PROOF = _at("in the proof of Theorem 2.2")

ENTRIES = (
    PublishedStatement(
        "clustering",
        _at("Theorem 2.2"),
        HYPOTHESES,
        "every token converges to a point of a finite set S; there are leaders, they reach in finitely "
        "many layers distinct vertices of the limit polytope K, and every vertex of K is one of them; "
        "every point of S that is no vertex is the projection of 0, in the norm of A, onto a face of K",
        "holds",
        "The proof is the paper's. Here `convergence`, `leader-vertex` and `limit-set` are decided for "
        "each run, with a certificate. Each of the five hypotheses is needed: all examples but the first "
        "violate one each, in the order above, and a conclusion fails.",
        (
            Showing("exactdyn check emerging-leader", 0, ("the clustering theorem applies",)),
            Showing("exactdyn check cyclic", 1, ("leader-vertex fails", "not apply: symmetric fails")),
            Showing(
                "exactdyn check alternating-invertible",
                1,
                ("convergence fails", "not apply: positive-definite fails"),
            ),
            Showing(
                "exactdyn check negative-alpha-grows",
                1,
                ("convergence fails", "not apply: positive-alpha fails"),
            ),
            Showing(
                "exactdyn check zero-token",
                1,
                ("limit-set fails", "not apply: nonzero-tokens fails"),
            ),
            Showing(
                "exactdyn check repeated-tokens",
                1,
                ("leader-vertex fails", "not apply: distinct-tokens fails"),
            ),
        ),
    ),
    PublishedStatement(
        "limits-on-the-boundary",
        _at("Theorem 2.2"),
        HYPOTHESES,
        "the limits lie in the boundary of the limit polytope K",
        "holds",
        "With the boundary that K has in R^d (lemma `limit-set`). In the boundary that K has within its own "
        "affine hull they need not lie: from (1, 1), (1, -1), (1/2, 0) with A = I, alpha = 1, K is a segment "
        'and (1, 0), where the third token ends, is inside it. And without "no token is zero" it is false: '
        "A = 1, tokens -1, 0, 1, where 0 stays.",
        (
            Showing("exactdyn limit segment-interior", 0, ("token 2 tends to (1, 0)",)),
            Showing(
                "exactdyn check zero-token", 1, ("limit-set fails token 1 tends to (0), which is not in S",)
            ),
        ),
    ),
    PublishedStatement(
        "hull-shrinkage",
        IN_THE_PROOF,
        HYPOTHESES,
        "the hull of the tokens never grows",
        "holds",
        "For every A and all tokens: alpha >= 0 is all it needs (lemma `convex-step`). With alpha = -2 it "
        "fails.",
        (
            Showing(
                "exactdyn check rotating-square",
                1,
                ("hull-shrinkage holds every layer, by lemma convex-step",),
            ),
            Showing(
                "exactdyn check negative-alpha-grows",
                1,
                ("hull-shrinkage fails token 2 leaves the hull after layer 0",),
            ),
        ),
    ),
    PublishedStatement(
        "norm-growth",
        _at("Lemma 3.2"),
        HYPOTHESES,
        "<Az, z> never falls, and grows for every token that moves",
        "holds",
        "For all tokens, zero and equal ones too, where A is symmetric and positive definite and tau >= 0 "
        '(lemma `norm-growth`). Without "symmetric" it falls; with <Ax, x> >= 0 only, tokens move while it '
        "stays the same.",
        (
            Showing(
                "exactdyn check square-plain", 0, ("norm-growth holds every layer, by lemma norm-growth",)
            ),
            Showing(
                "exactdyn check cyclic",
                1,
                ("norm-growth fails layer 0, token 0: <Az, z> goes from 1 to 1/2",),
            ),
            Showing(
                "exactdyn check semidefinite-no-leader",
                1,
                ("norm-growth fails layer 0, token 0: <Az, z> goes from 1 to 1",),
            ),
        ),
    ),
    PublishedStatement(
        "leaders-persist",
        IN_THE_PROOF,
        HYPOTHESES,
        "once a leader, always a leader, and at rest",
        "holds",
        "For every A and all tokens: alpha >= 0 is all it needs (lemma `leaders-persist`). With alpha = -2 "
        "it fails.",
        (
            Showing(
                "exactdyn check alternating-invertible",
                1,
                ("leaders-persist holds every layer, by lemma leaders-persist",),
            ),
            Showing(
                "exactdyn check negative-alpha-grows",
                1,
                ("leaders-persist fails token 1 is a leader at layer 0, but attends token 2 at layer 1",),
            ),
        ),
    ),
    PublishedStatement(
        "distinctness-preserved",
        IN_THE_PROOF,
        HYPOTHESES,
        "distinct tokens never meet",
        "holds",
        "For all tokens, where <Ax, x> >= 0 for every x and alpha >= 0; A need not be symmetric (lemma "
        "`no-collision`). If <Aw, w> < 0 for some w, then for each alpha > 0 some tokens on the line "
        "through 0 and w meet, one of them at 0 if alpha > 1; for alpha = 1 it is w and -w.",
        (
            Showing(
                "exactdyn check semidefinite-no-leader",
                1,
                ("distinctness-preserved holds every layer, by lemma no-collision",),
            ),
            Showing(
                "exactdyn check collision-on-a-line",
                1,
                ("distinctness-preserved fails tokens 0 and 1, distinct at layer 0, meet at (0)",),
            ),
        ),
    ),
    PublishedStatement(
        "choosing-the-leaders",
        _at("section 5, an open question"),
        ("tokens are given",),
        "which matrices A make chosen tokens the leaders?",
        "open",
        "Decided here for given tokens: the matrices for which chosen tokens lead at layer 0 form a cone, "
        "so one linear program finds one or proves that there is none, and at layer K, or with no other "
        "leaders, a finite tree of them does. For all tokens: linearly independent extreme points of the "
        "hull can always lead together, two tokens on one ray from 0 never. Where any d tokens are "
        "independent, all extreme points can if d = 2, n = 3 or d = 3, n <= 5, and not always if d = 2, "
        "n = 4 or d = 3, n = 6 (proofs: docs/gallery/leaders.md).",
        (Showing("exactdyn lead square-plain --leaders 0,2", 0, ("leaders: 0, 2",)),),
    ),
)
"""The statements, in the order of the theorem, of its proof, and of the questions that it leaves."""
