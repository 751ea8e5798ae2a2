"""What arXiv 2305.05465 says of softmax attention in continuous time."""

from __future__ import annotations

from exactdyn.statements.published.record import (
    OWN_WORDS,
    TRANSCRIBED,
    Publication,
    PublishedStatement,
    Showing,
)

PAPER = "arXiv 2305.05465"
FOR_A_RUN = (
    "The proof is the paper's; it does not say which limit occurs. Here that is decided for a given run"
)


def _at(place: str) -> Publication:
    return Publication(PAPER, None, place, OWN_WORDS)


ENTRIES = (
    PublishedStatement(
        "softmax-hull",
        _at("section 3"),
        ("V = I", "B = Q^T K is symmetric and positive definite"),
        "the hull of the rescaled tokens z(t) = exp(-tV) x(t) never grows",
        "holds",
        "For V = a I, a >= 0, and every B (lemma `hull` of the softmax certificates), so for all time from "
        "t = 0 on. Of other V nothing is said here. (So early nothing else is decided, hence the exit "
        "status.)",
        (
            Showing(
                "exactdyn softmax softmax-polytope --until 1/64 --prove",
                3,
                ("hull-shrinkage holds: every t >= 0, by lemma hull",),
            ),
        ),
    ),
    PublishedStatement(
        "attention-limit",
        _at("Theorem 2.1"),
        ("d = 1", "V > 0", "QK > 0", "distinct tokens"),
        "the attention matrix tends to a matrix of rank at most 2, all of whose rows but at most one are "
        "Boolean: the first or the last token alone is attended",
        "holds",
        f"{FOR_A_RUN}, for all later time and with a bound (lemma `line-trap`), copies of tokens included. "
        "Not decided: the row of a token at 0, or of one whose sign is not settled by the time asked for.",
        (
            Showing(
                "exactdyn softmax softmax-line --until 8 --prove",
                0,
                ("attention-limit holds", "by lemma line-trap"),
            ),
        ),
    ),
    PublishedStatement(
        "clusters",
        _at("Theorem 3.1"),
        ("V = I", "B = Q^T K is symmetric and positive definite"),
        "the hull of z(t) shrinks to a polytope K, and every z_i tends to the finite set of the x in K "
        "with <Bx, x> = max <Bx, v> over the vertices v of K, which lie in the boundary of K or are 0",
        "holds",
        f"{FOR_A_RUN}, for V = a I, a > 0, and any B: the leader of every token, and the vertices of the "
        "limit polytope (lemma `cluster-trap`). Not decided: tokens that tend to 0, ties, limits that are "
        "no vertices.",
        (
            Showing(
                "exactdyn softmax softmax-polytope --until 8 --prove",
                0,
                ("clusters holds", "by lemma cluster-trap"),
            ),
        ),
    ),
    PublishedStatement(
        "hyperplanes",
        Publication(PAPER, "v6", "Theorem 4.2", OWN_WORDS),
        (
            "V has a simple, positive eigenvalue, larger in modulus than all others",
            "<Q phi, K phi> > 0 there",
        ),
        "the rescaled tokens tend to at most three parallel hyperplanes",
        "holds",
        f"{FOR_A_RUN}: the hyperplane of every token, enclosed (lemma `hyperplane-trap`). Not decided: "
        "tokens whose side is not settled, and where within its hyperplane a token goes.",
        (
            Showing(
                "exactdyn softmax softmax-hyperplanes --until 12 --prove",
                0,
                ("hyperplanes holds", "by lemma hyperplane-trap"),
            ),
        ),
    ),
    PublishedStatement(
        "polytope-times-subspace",
        Publication(
            PAPER,
            None,
            "the case of a multiple leading eigenvalue",
            f"{OWN_WORDS}; what it asks of Q and K is not noted here",
        ),
        ("V = lambda I on a subspace F, lambda > 0", "V has a smaller spectral radius on a complement G"),
        "the rescaled tokens approach (the boundary of K, or 0) x G, with a polytope K in F",
        "holds",
        f"{FOR_A_RUN}, for any Q and K and a rational lambda: the leader of every token, and the vertices "
        "of the limit polytope in F (lemma `leading-trap`). Not decided: ties, limits that are no vertices.",
        (
            Showing(
                "exactdyn softmax softmax-multiplicity --until 4 --prove",
                0,
                ("leading-clusters holds", "by lemma leading-trap"),
            ),
        ),
    ),
    PublishedStatement(
        "codimension",
        Publication(
            PAPER,
            "v6",
            "section 4, a conjecture",
            f"{TRANSCRIBED}; the original may exclude repeated eigenvalues",
        ),
        ("V has k >= 1 eigenvalues of positive real part, with multiplicity; Q and K are any",),
        "every rescaled token tends to one of at most three parallel affine subspaces of codimension k",
        "false",
        "For V = I in the plane k is 2, and subspaces of codimension 2 are points: the tokens (2, 0), "
        "(-2, 0), (0, 2), (0, -2) tend to four different ones, each its own leader (lemma `cluster-trap`). "
        "Eigenvalues need not be repeated: for V = diag(a, b), a > b > 0, Q = K = I and the tokens "
        "(p, q), (p, -q), (-p, q), (-p, -q), p, q > 0, symmetry leaves the two equations "
        "x' = a x tanh(x^2), y' = b y tanh(y^2), so exp(-at) x and exp(-bt) y have positive limits, and "
        "the four tokens four different ones. No other was found: of 1,188 systems in the plane with "
        "different real eigenvalues (`python -m tests.benchmarks.codimension`: entries 0, 1, 2, six forms "
        "Q^T K, a rectangle or five random tokens) 893 settle in floating point, and two have four limits: "
        "the rectangle with diag(1, 2) and diag(2, 1).",
        (
            Showing(
                "exactdyn softmax softmax-four-points --until 1 --prove",
                0,
                ("clusters holds", "by lemma cluster-trap", "0: 0, 1: 1, 2: 2, 3: 3"),
            ),
        ),
    ),
    PublishedStatement(
        "softmax-several-heads",
        _at("section 12, an open question"),
        ("several heads", "softmax attention in continuous time"),
        "do the tokens cluster?",
        "open",
        "Runs of several heads are enclosed, also under masks. Concluded for all later time is that the "
        "hull of z(t) never grows, where every V is a multiple a >= 0 of I, and nothing else.",
        (),
    ),
)
"""The statements, in the order of the paper."""
